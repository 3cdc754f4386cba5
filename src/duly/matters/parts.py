"""The parts of a matter's state: papers, custody, assessment, position, letters, orders, each as a frozen record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from duly.clock.deadline import Step
from duly.evidence import Evidence
from duly.instruments import Value
from duly.matters.events import (
    ActChange,
    ActChoice,
    ActOutcome,
    CountedDeadline,
    DeliveryWay,
    DueChange,
    Forbidden,
    GroundOffered,
    LetterKind,
    Manner,
    OrderKind,
    PaperRole,
    Side,
)
from duly.matters.instrument import Instrument
from duly.matters.roles import Actor

KIND = "kind"
"""The name under which the kind of paper is confirmed, beside the fields."""


@dataclass(frozen=True, slots=True)
class LinkedPaper:
    paper: str
    role: PaperRole
    file_name: str | None = None
    receipt: int | None = None


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """One reading with what persons confirmed on it. `settled` are the names that a person confirmed, corrected or
    found unreadable; `kind` among them means the kind of paper."""

    paper: str
    kind: str | None
    family: str | None
    issuer: str | None
    confidence: float
    pages: tuple[int, int]
    decisive: tuple[str, ...]
    fields: Mapping[str, Value]
    warnings: tuple[str, ...] = ()
    settled: frozenset[str] = frozenset()

    @property
    def unsettled(self) -> tuple[str, ...]:
        """What a person still has to look at before anything may rest on this paper."""
        return tuple(name for name in (KIND, *self.decisive) if name not in self.settled)

    def as_instrument(self, name: str = "") -> Instrument:
        sure = 1.0 if KIND in self.settled else self.confidence
        return Instrument(self.kind, self.fields, self.paper, self.pages, (), sure, name, self.warnings)


@dataclass(frozen=True, slots=True)
class Service:
    served_on: date
    manner: Manner
    served_at: datetime | None
    served_by: str | None
    served_upon: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Custody:
    in_custody: bool
    as_of: datetime
    eligible_for_release_at: datetime | None
    released_at: datetime | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class AssessmentRecord:
    """What the last assessment found. `basis` is the digest of the facts it rests on, `digest` its own, `rulebooks` that of
    the law applied, `calendars` that of the calendars counted by (None where an older record does not say)."""

    digest: str
    basis: str
    on: date
    outcomes: Mapping[str, ActOutcome]
    asked: tuple[str, ...]
    moot: tuple[str, ...]
    deadlines: tuple[CountedDeadline, ...]
    steps: Mapping[str, tuple[Step, ...]]
    defects: tuple[str, ...]
    grounds: tuple[GroundOffered, ...]
    warnings: tuple[str, ...]
    made_at: datetime
    rulebooks: str | None = None
    calendars: str | None = None


@dataclass(frozen=True, slots=True)
class LawChange:
    """A change of the law that changed answers on this matter. `sequence` is its place in the matter's chain; `answered`
    says what a person found to follow from it: in words, or by taking a position afterwards."""

    sequence: int
    at: datetime
    because: str
    acts: tuple[ActChange, ...]
    deadlines: tuple[DueChange, ...]
    answered: str | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """What counsel decided, and how far it has come. `digest` identifies exactly this text for whoever approves it."""

    digest: str
    choices: tuple[ActChoice, ...]
    reasons: Mapping[str, str]
    statement: str
    against: tuple[str, ...]
    assessment: str
    drafted_by: Actor
    drafted_at: datetime
    submitted_by: Actor | None = None
    submitted_at: datetime | None = None
    approved_by: Actor | None = None
    approved_at: datetime | None = None
    returned_by: Actor | None = None
    return_reason: str | None = None

    @property
    def status(self) -> Literal["draft", "submitted", "approved", "returned"]:
        if self.approved_by is not None:
            return "approved"
        if self.returned_by is not None:
            return "returned"
        return "draft" if self.submitted_by is None else "submitted"

    def choice(self, act: str) -> ActChoice | None:
        return next((entry for entry in self.choices if entry.act == act), None)


@dataclass(frozen=True, slots=True)
class Delivery:
    way: DeliveryWay
    at: datetime
    succeeded: bool | None
    """None: sent, and nothing known yet of its arrival."""
    proof: str | None
    evidence: str


@dataclass(frozen=True, slots=True)
class LetterRecord:
    """A letter as composed and, if so, sent. `sent_at` None: it lies ready and has not left the office."""

    id: str
    paper: str
    kind: LetterKind
    language: str
    position: str | None
    composed_at: datetime
    composed_by: Actor
    sent_at: datetime | None = None
    sent_by: Actor | None = None
    recipient: str | None = None
    deliveries: tuple[Delivery, ...] = ()


@dataclass(frozen=True, slots=True)
class LegalHold:
    id: str
    custodians: tuple[str, ...]
    scope: str
    placed_at: datetime
    lifted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Petition:
    id: str
    court: str
    case_number: str | None
    filed_on: date
    filed_by: Side
    matters: tuple[str, ...]
    acts: tuple[str, ...]
    paper: str | None


@dataclass(frozen=True, slots=True)
class CourtOrder:
    """A court's order as it stands now. `covers` are the acts ordered on this matter."""

    id: str
    kind: OrderKind
    court: str
    entered_on: date
    petition: str | None
    covers: tuple[str, ...]
    terms: str
    compliance_due: date | datetime | None
    zone: str | None
    due_steps: tuple[Step, ...]
    hearing_at: datetime | None
    paper: str | None
    page: int | None
    recorded_by: Actor
    recorded_at: datetime
    standing: Literal["in force", "stayed", "vacated", "reversed"] = "in force"
    changed_on: date | None = None

    @property
    def binds(self) -> bool:
        """Whether this order commands something of the office now."""
        return self.standing == "in force" and self.kind in ("comply", "contempt") and bool(self.covers)


@dataclass(frozen=True, slots=True)
class Appeal:
    order: str
    court: str
    filed_on: date
    filed_by: Side


@dataclass(frozen=True, slots=True)
class Compliance:
    acts: tuple[str, ...]
    complied_at: datetime
    in_full: bool
    order: str | None
    paper: str | None


@dataclass(frozen=True, slots=True)
class Extension:
    due: date | datetime
    by: Literal["agreement", "order"]
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Seal:
    until: date | None
    access: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NonDisclosure:
    forbids: tuple[Forbidden, ...]
    until: date | None

    def forbids_on(self, what: Forbidden, on: date) -> bool:
        """Whether `what` is forbidden on that day; an order without an end known holds until it is lifted."""
        return what in self.forbids and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One thing that happened, in a plain sentence."""

    sequence: int
    event: str
    at: datetime
    actor: Actor
    sentence: str
