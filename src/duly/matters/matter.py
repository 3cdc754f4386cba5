"""Where a matter stands: everything that its events say, as one frozen record."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

import rfc8785

from duly.evidence import Evidence, Fact
from duly.instruments import Value
from duly.matters.codec import encode
from duly.matters.events import (
    Disposition,
    Relation,
)
from duly.matters.instrument import Instrument
from duly.matters.parts import (
    KIND,
    Appeal,
    AssessmentRecord,
    Compliance,
    CourtOrder,
    Custody,
    Extension,
    LawChange,
    LegalHold,
    LetterRecord,
    LinkedPaper,
    NonDisclosure,
    Petition,
    Position,
    ReadPaper,
    Seal,
    Service,
    TimelineLine,
)
from duly.matters.roles import Actor, Role

__all__ = ["KIND", "STAGES", "Matter", "Position", "ReadPaper", "Stage", "TimelineLine", "digest", "known_values"]

Stage = Literal[
    "Intake", "Verify", "Hold", "Collect", "Review", "Counsel", "Approve", "Answer", "Enforcement", "Closed"
]  # fmt: skip
STAGES: tuple[Stage, ...] = (
    "Intake", "Verify", "Hold", "Collect", "Review", "Counsel", "Approve", "Answer", "Enforcement", "Closed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Matter:
    """Everything about one instrument (or several served together) from receipt to close, as of its last event.

    `sequence` is how many events it rests on: whoever appends the next one says that number, so that two people
    cannot both act on the same state. Derived states (stage, staleness, deadlines' standing) are computed, not stored.
    """

    id: str
    number: str
    office: str
    jurisdiction: str
    opened_at: datetime
    received_at: datetime
    title: str | None = None
    sequence: int = 0
    papers: tuple[LinkedPaper, ...] = ()
    readings: tuple[ReadPaper, ...] = ()
    service: Service | None = None
    custody: Custody | None = None
    stated: Mapping[str, Fact] = field(default_factory=dict)
    fact_history: tuple[Fact, ...] = ()
    assessment: AssessmentRecord | None = None
    position: Position | None = None
    earlier_positions: tuple[Position, ...] = ()
    letters: tuple[LetterRecord, ...] = ()
    holds: tuple[LegalHold, ...] = ()
    collection: Literal["started", "finished", "reviewed"] | None = None
    petitions: tuple[Petition, ...] = ()
    orders: tuple[CourtOrder, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    compliances: tuple[Compliance, ...] = ()
    extensions: Mapping[str, Extension] = field(default_factory=dict)
    deadlines_met: Mapping[str, datetime] = field(default_factory=dict)
    notices_given: tuple[tuple[str, datetime], ...] = ()
    related: tuple[tuple[str, Relation], ...] = ()
    notes: tuple[TimelineLine, ...] = ()
    warnings_resolved: Mapping[str, str] = field(default_factory=dict)
    law_changes: tuple[LawChange, ...] = ()
    claimed_by: Actor | None = None
    referred_to: Role | None = None
    seal: Seal | None = None
    non_disclosure: NonDisclosure | None = None
    disposition: Disposition | None = None
    closed: bool = False
    timeline: tuple[TimelineLine, ...] = ()

    @property
    def unconfirmed(self) -> tuple[tuple[int, str], ...]:
        """(number of the reading, name) of everything decisive that no person has looked at yet."""
        return tuple((index, name) for index, paper in enumerate(self.readings) for name in paper.unsettled)

    @property
    def instrument(self) -> Instrument | None:
        """The instrument with all that came with it; None while nothing has been read."""
        if not self.readings:
            return None
        names = {paper.paper: paper.file_name or "" for paper in self.papers}
        main, *others = (paper.as_instrument(names.get(paper.paper, "")) for paper in self.readings)
        return replace(main, accompanying=tuple(others))

    def facts(self) -> dict[str, Fact]:
        """What persons and records say on this matter, for the law. What a court did is added by `duly.court`."""
        found = {"instrument.received_at": _fact("instrument.received_at", self.received_at, _RECEIVED)}
        if self.service is not None:
            found["instrument.served_on"] = _fact("instrument.served_on", self.service.served_on, self.service.evidence)
            found["service.manner"] = _fact("service.manner", self.service.manner, self.service.evidence)
        if self.custody is not None:
            found["person.in_custody"] = _fact("person.in_custody", self.custody.in_custody, self.custody.evidence)
            if self.custody.eligible_for_release_at is not None:
                name = "person.eligible_for_release_at"
                found[name] = _fact(name, self.custody.eligible_for_release_at, self.custody.evidence)
        return {**found, **self.stated}

    @property
    def basis(self) -> str:
        """SHA-256 (hex) over every value that an assessment rests on: kinds, fields, facts, court orders.

        Confirming a value as it was read leaves it as it is; changing one makes every earlier assessment stale.
        """
        basis = {
            "readings": [[paper.kind, known_values(paper.fields)] for paper in self.readings],
            "facts": {name: encode(fact.value) for name, fact in self.facts().items()},
            "orders": [
                encode((order.id, order.kind, order.entered_on, order.covers, order.compliance_due, order.standing))
                for order in self.orders
            ],
        }
        return digest(basis)

    @property
    def assessment_is_stale(self) -> bool:
        """Whether something that the last assessment rests on has changed since. Without one there is nothing stale."""
        return self.assessment is not None and self.assessment.basis != self.basis

    @property
    def position_is_stale(self) -> bool:
        """Whether the position rests on an assessment that is no longer the last, or that is stale itself."""
        if self.position is None:
            return False
        current = self.assessment
        return current is None or self.position.assessment != current.digest or self.assessment_is_stale

    @property
    def open_law_changes(self) -> tuple[LawChange, ...]:
        """Changes of the law that nobody has answered yet. A closed matter has none: it is never reopened by the law."""
        return () if self.closed else tuple(change for change in self.law_changes if change.answered is None)

    @property
    def answered_at(self) -> datetime | None:
        """When the first answer left the office."""
        sent = [letter.sent_at for letter in self.letters if letter.kind == "answer" and letter.sent_at is not None]
        return min(sent) if sent else None

    @property
    def orders_that_bind(self) -> tuple[CourtOrder, ...]:
        return tuple(order for order in self.orders if order.binds)

    def letter(self, id: str) -> LetterRecord | None:
        return next((letter for letter in self.letters if letter.id == id), None)


_RECEIVED = Evidence("record", note="As recorded when the paper came in.")


def _fact(name: str, value: Any, evidence: Evidence) -> Fact:
    return Fact(name, value, evidence)


def known_values(fields: Mapping[str, Value]) -> dict[str, Any]:
    """The values that are known, as they are stored. A field that was not found says the same as one never looked for."""
    return {name: encode(value.value) for name, value in fields.items() if value.value is not None}


def digest(value: Any) -> str:
    """SHA-256 (hex) of the canonical JSON (RFC 8785) of what `codec.encode` makes of a value."""
    return hashlib.sha256(rfc8785.dumps(encode(value))).hexdigest()
