"""Every kind of rule as a frozen record, with its place in its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from duly.clock.deadline import Direction, Roll, Unit
from duly.evidence import FactValue
from duly.law.condition import FALSE, TRUE, Expression
from duly.law.determination import Outcome

Layer = Literal["policy", "local", "state", "federal"]
LAYERS: tuple[Layer, ...] = ("policy", "local", "state", "federal")
Modality = Literal["required", "forbidden", "permitted"]
Force = Literal["self-executing", "on court order", "request only"]
Status = Literal["good", "superseded", "reversed", "questioned"]
RULE_KINDS = ("duty", "defect", "period", "ground", "notice", "consequence", "report", "define", "precedent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What all kinds have in common.

    `text` are the exact words encoded, which occur in the quoted text of `file`; `in_force` runs from the first date up
    to, not including, the second, None being open. `layer` ranks policy < local < state < federal.
    """

    id: str
    title: str
    cite: str
    text: str
    jurisdiction: str
    layer: Layer
    in_force: tuple[date | None, date | None]
    when: Expression = TRUE
    unless: Expression = FALSE
    when_sql: str = ""
    unless_sql: str = ""
    overrides: tuple[str, ...] = ()
    note: str = ""
    source: str = ""
    enactment: str = ""
    file: str = ""
    line: int = 0

    kind = "rule"

    def is_in_force(self, on: date) -> bool:
        start, end = self.in_force
        return (start is None or start <= on) and (end is None or on < end)

    def covers(self, act: str) -> bool:
        """Whether the rule speaks about `act` by name."""
        return act in getattr(self, "acts", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Rule):
    """An act required, forbidden or permitted. `ordered_when`: from then on an *on court order* duty binds."""

    acts: tuple[str, ...]
    modality: Modality
    force: Force = "self-executing"
    ordered_when: Expression = FALSE
    ordered_when_sql: str = ""
    notwithstanding: bool = False

    kind = "duty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect(Rule):
    """Something on a paper's face that makes it void, voidable or incomplete. `applies` says to which papers."""

    item: str
    effect: Literal["void", "voidable", "incomplete"]
    applies: Expression = TRUE
    applies_sql: str = ""

    kind = "defect"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One way to a due date: counted (`length`, `unit` from `trigger`) or `stated` on the paper, or both side by side.

    `state_holidays`: the other calendars of the office's own jurisdiction count as well, for periods measured after an
    event (Fed. R. Civ. P. 6(a)(6)(C): "any other day declared a holiday by the state where the district court is located").
    """

    trigger: str | None = None
    stated: str | None = None
    length: int | None = None
    unit: Unit | None = None
    direction: Direction = "after"
    roll: Roll = "next working day"
    calendars: tuple[str, ...] | None = None
    state_holidays: bool = False
    service_additions: tuple[tuple[str, int], ...] = ()
    cite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period(Rule):
    """When something is due. `choose` says which of several `counts` governs: the `earliest` or the `latest`."""

    what: str
    purpose: str
    counts: tuple[Count, ...]
    choose: Literal["earliest", "latest"] = "earliest"
    counted_by: str = ""
    alarm: str = ""
    acts: tuple[str, ...] = ()

    kind = "period"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground(Rule):
    """A reason to take a position on an act. `statement` is a sentence for the letter, `by` the period it must keep."""

    acts: tuple[str, ...]
    position: str
    statement: str
    by: str | None = None

    kind = "ground"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(Rule):
    """Someone must be told something."""

    who: str
    must_tell: str
    what: str
    by: str | None = None
    acts: tuple[str, ...] = ()

    kind = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence(Rule):
    """What follows if an act is done or not done, and who must do what for that."""

    acts: tuple[str, ...]
    of: Literal["doing", "not doing"]
    who: str
    statement: str

    kind = "consequence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Rule):
    """What must be counted and published."""

    who: str
    fields: tuple[str, ...]
    by: str
    statement: str

    kind = "report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Define(Rule):
    """A named derived fact: `name` means `meaning`."""

    name: str
    meaning: Expression
    meaning_sql: str = ""

    kind = "define"


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedent(Rule):
    """A decided case. `binds` are jurisdictions, `circuit N`, `district X` or `parties`; `settles` the rules between which it decides.

    `status` holds from `status_from` on (None: always); before that date the case was good law.
    """

    name: str
    court: str
    decided: date
    acts: tuple[str, ...]
    holding: Outcome
    binds: tuple[str, ...]
    parties: tuple[str, ...] = ()
    status: Status = "good"
    status_from: date | None = None
    by: str = ""
    settles: tuple[str, ...] = ()

    kind = "precedent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A worked example beside the law, run as a test.

    `never` are outcomes that must not be possible; `unknown` are facts that the case says are not known (a `null`).
    `ref` is a short name under which the case is known outside (a decided case, a worked example of an authority's);
    `open_texture` says what the law's words leave open about it.
    """

    name: str
    office: str
    on: date
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    expect: Mapping[str, Outcome] = field(default_factory=dict)
    possible: Mapping[str, tuple[Outcome, ...]] = field(default_factory=dict)
    decisive: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    never: Mapping[str, tuple[Outcome, ...]] = field(default_factory=dict)
    defects: tuple[str, ...] | None = None
    due: Mapping[str, date | datetime | None] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    why: str = ""
    source: str = ""
    ref: str = ""
    open_texture: str = ""
    file: str = ""
    line: int = 0
