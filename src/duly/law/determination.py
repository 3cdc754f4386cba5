"""The law's answer for one act: outcome, proof, what is still possible, and which facts would settle it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from duly.evidence import Fact

Outcome = Literal[
    "required", "demanded", "requested", "permitted", "forbidden", "contested", "unregulated", "undetermined"
]
OUTCOMES: tuple[Outcome, ...] = (
    "required", "demanded", "requested", "permitted", "forbidden", "contested", "unregulated", "undetermined",
)  # fmt: skip
Truth = bool | None
"""True, False, or None for unknown. Unknown is never spelled False."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One node of a proof: a condition in English and in SQL, whether it holds, and the facts or parts it rests on.

    `facts` and `unknown` are names; the known ones, each with its value and where it came from, are in the `facts` of the
    determination or finding that the proof belongs to.
    """

    english: str
    sql: str
    truth: Truth
    facts: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """One rule as considered for this determination.

    `role` says what became of it: it `applies`, it `may apply` (depends on unknown facts), it was `overridden` or beaten
    by a `higher` rule, or it does `not apply`. `direction` is how it points on the act (required, demanded, requested,
    permitted, forbidden) or None for rules without a direction. `ordered` is the condition from which on a duty *on court
    order* binds.
    """

    rule: str
    kind: str
    title: str
    cite: str
    text: str
    layer: str
    jurisdiction: str
    direction: str | None
    force: str
    role: Literal["applies", "may apply", "overridden", "beaten", "not apply"]
    because: str
    when: Condition | None = None
    unless: Condition | None = None
    note: str = ""
    source: str = ""
    ordered: Condition | None = None


@dataclass(frozen=True, slots=True)
class PrecedentOnPoint:
    """A decided case whose pattern fits, whom it binds, and whether it settles the point here."""

    rule: str
    name: str
    cite: str
    holding: str
    text: str
    binding: bool
    settles: bool
    status: str
    because: str


@dataclass(frozen=True, slots=True)
class Determination:
    """The law's answer for one act of one office on known facts and one date.

    `possible` is the exact set of outcomes still possible (one element when determined); `decisive` holds the smallest
    sets of unknown facts that would settle it, cheapest first; `applied` the rules that carry the outcome, `considered`
    those that do not; `facts` every known fact that a rule reads, by name, with its source; `summary` one plain sentence.
    """

    act: str
    office: str
    on: date
    outcome: Outcome
    possible: tuple[Outcome, ...]
    decisive: tuple[tuple[str, ...], ...]
    summary: str
    applied: tuple[Applied, ...]
    considered: tuple[Applied, ...]
    precedents: tuple[PrecedentOnPoint, ...] = ()
    assumptions: tuple[Fact, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def cites(self) -> tuple[str, ...]:
        """The sources relied on, each once, in the order in which the proof uses them."""
        return tuple(dict.fromkeys(rule.cite for rule in self.applied))
