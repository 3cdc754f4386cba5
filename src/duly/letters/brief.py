"""What a letter can speak of: the assessment, counsel's position, a court's order, and what goes out with the letter."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Literal

from duly.matters.assessment import Assessment

Overall = Literal[
    "none", "comply", "comply in part", "decline", "object", "move to quash", "ask for time", "cannot be done"
]
"""All choices of a position taken together; `none` where counsel has taken no position."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Counsel's choice on one act, the ids of its grounds, and counsel's own words."""

    act: str
    choice: str
    grounds: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Stance:
    """A position as a letter states it, and whether a second person approved it."""

    choices: tuple[Choice, ...]
    statement: str = ""
    approved: bool = False

    @property
    def overall(self) -> Overall:
        return overall(choice.choice for choice in self.choices)

    def acts(self, *choices: str) -> tuple[str, ...]:
        """The acts on which counsel chose one of `choices`."""
        return tuple(choice.act for choice in self.choices if choice.choice in choices)


def overall(choices: Iterable[str]) -> Overall:
    """One word for a set of choices: a motion or an objection names the letter; complying with some is *in part*."""
    made = set(choices)
    if not made:
        return "none"
    names: tuple[Overall, ...] = ("move to quash", "object", "ask for time")
    for name in names:
        if name in made:
            return name
    said = made - {"cannot be done"}
    if not said:
        return "cannot be done"
    if said == {"comply"}:
        return "comply"
    return "decline" if said == {"decline"} else "comply in part"


@dataclass(frozen=True, slots=True)
class Order:
    """A court's order as a letter names it. `covers` are acts of the vocabulary; `terms` the order's own words."""

    court: str
    entered_on: date
    case_number: str | None = None
    covers: tuple[str, ...] = ()
    due: date | datetime | None = None
    terms: str = ""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A record that goes out with the letter, with its first and last number."""

    description: str
    pages: int
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Withholding:
    """Something withheld from a record: where, why, and under which source."""

    where: str
    reason: str
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything that the blocks of a letter are made from."""

    assessment: Assessment
    stance: Stance | None = None
    order: Order | None = None
    enclosures: tuple[Enclosure, ...] = ()
    withheld: tuple[Withholding, ...] = ()
    received_at: datetime | None = None
    asked_until: date | datetime | None = None

    @property
    def overall(self) -> Overall:
        return "none" if self.stance is None else self.stance.overall

    def value(self, fact: str) -> object:
        """The value of a fact, or None when it is not known."""
        known = self.assessment.facts.get(fact)
        return None if known is None else known.value

    def field(self, role: str) -> str | None:
        """What the paper says in the field that plays a role (`person_named`, `number` …), or None."""
        for name in _field_names()[role]:
            found = self.assessment.instrument.fields.get(name)
            if found is None or found.value is None:
                continue
            text = "; ".join(found.value) if isinstance(found.value, tuple) else str(found.value)
            if text.strip():
                return " ".join(text.split())
        return None


@cache
def _field_names() -> dict[str, list[str]]:
    return tomllib.loads((Path(__file__).parent / "field_names.toml").read_text(encoding="utf-8"))
