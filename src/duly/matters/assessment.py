"""What the law says about one instrument on the facts known: facts, defects, deadlines, answers, grounds, warnings."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import rfc8785

from duly.clock.deadline import Deadline
from duly.evidence import Fact
from duly.instruments import Kind
from duly.law import ConsequenceFinding, DefectFinding, Determination, GroundFinding, NoticeFinding
from duly.matters.answer import paper_json
from duly.matters.instrument import Instrument
from duly.matters.office import Office

ACT_DEMANDED_BY: Mapping[str, str] = {
    "demand.records": "produce_records",
    "demand.home_address": "disclose_home_address",
    "demand.testimony": "testify",
    "demand.hold": "hold_past_release",
    "demand.notify": "notify_release",
}
"""Which act a demand on the paper puts in question, beside those that its kind always does."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A fact that was known from another source and gave way; `because` says to what."""

    fact: Fact
    because: str


@dataclass(frozen=True, slots=True)
class CountedDue:
    """A deadline with what it is for: answer, objection, compliance, hold, notice … (the period rule's `for`)."""

    deadline: Deadline
    purpose: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The law of `on` applied to one instrument in one office.

    `facts` are those used, `set_aside` those that gave way to a better source, `facts_by_act` what holds for one act
    only (a court's order covers some demands and not others). `asked` are the acts that the paper itself asks for; `moot`
    says of an act, in a sentence, why it can no longer be done, whatever the law says. `rulebooks` is the digest of the
    law applied, `calendars` that of the calendars by which deadlines were counted.
    """

    office: Office
    on: date
    instrument: Instrument
    kind: Kind | None
    acts: tuple[str, ...]
    facts: Mapping[str, Fact]
    set_aside: tuple[SetAside, ...]
    defects: tuple[DefectFinding, ...]
    deadlines: tuple[CountedDue, ...]
    determinations: tuple[Determination, ...]
    grounds: tuple[GroundFinding, ...]
    consequences: tuple[ConsequenceFinding, ...]
    notices: tuple[NoticeFinding, ...]
    warnings: tuple[str, ...]
    rulebooks: str = ""
    asked: tuple[str, ...] = ()
    facts_by_act: Mapping[str, Mapping[str, Fact]] = field(default_factory=dict)
    moot: Mapping[str, str] = field(default_factory=dict)
    calendars: str = ""

    def determination(self, act: str) -> Determination | None:
        return next((found for found in self.determinations if found.act == act), None)

    def facts_for(self, act: str) -> dict[str, Fact]:
        """The facts that the answer for one act rests on."""
        return {**self.facts, **self.facts_by_act.get(act, {})}

    def asks_for(self, act: str) -> bool | None:
        """Whether the paper itself asks for the act; None where that is not known."""
        demands = [name for name, asked in ACT_DEMANDED_BY.items() if asked == act and name in self.facts]
        return any(self.facts[name].value is True for name in demands) if demands else None

    def as_json(self) -> dict[str, Any]:
        """One entry of `papers` in the schema `duly.answer/1`; `letter` is null until somebody composes one."""
        return paper_json(self)

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the canonical JSON (RFC 8785) of the whole assessment."""
        return hashlib.sha256(rfc8785.dumps(self.as_json())).hexdigest()


@dataclass(frozen=True, slots=True)
class OfferedGround:
    """A ground that counsel may choose: never chosen for them. `certain` False: it depends on facts not known."""

    id: str
    act: str
    position: str
    statement: str
    cite: str
    text: str
    by: str | None
    certain: bool
    unknown: tuple[str, ...] = ()


def offered_grounds(assessment: Assessment) -> tuple[OfferedGround, ...]:
    """The grounds that the law offers for each act in question, in the order of the acts. Nothing is preselected."""
    return tuple(
        OfferedGround(
            id=ground.rule,
            act=act,
            position=ground.position,
            statement=ground.statement,
            cite=ground.cite,
            text=ground.text,
            by=ground.by,
            certain=ground.truth is True,
            unknown=ground.unknown,
        )
        for act in assessment.acts
        for ground in assessment.grounds
        if act in ground.acts and ground.truth is not False
    )
