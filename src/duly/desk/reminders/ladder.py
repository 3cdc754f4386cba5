"""Escalation ladders: which steps a kind of deadline has, and which of them has come at a moment. Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

from duly.clock import end_of_day
from duly.clock.moments import same_time_on
from duly.desk.accounts.roles import PEOPLE, may
from duly.errors import DulyError, Place

FILE = Path(__file__).parent / "ladders.toml"
OWNER, OTHER = "owner", "other"
READERS = tuple(role for role in PEOPLE if may(role, "see matter"))
_STEP = re.compile(r"(\d{1,4})\s+(minute|hour|day)s?\s+(before|after)\s*:\s*(\S.*)")
_LENGTH = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}


class LadderError(DulyError):
    """A step that cannot be read, or that names somebody who may not see matters."""

    code = "bad-ladder"


@dataclass(frozen=True, slots=True)
class Step:
    """`length` before (negative) or after the deadline, and who is told; `in_days`: at the morning of a civil day."""

    length: timedelta
    in_days: bool
    to: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Ladders:
    """The steps for each kind of deadline."""

    morning: time
    stale_after: timedelta
    steps: Mapping[str, tuple[Step, ...]]

    def of(self, purpose: str) -> tuple[Step, ...]:
        return self.steps[purpose] if purpose in self.steps else self.steps[OTHER]

    @property
    def longest_lead(self) -> timedelta:
        """How long before a deadline the earliest step of any ladder can come."""
        leads = [-step.length for steps in self.steps.values() for step in steps]
        return max([timedelta(), *leads]) + timedelta(days=1)


def step(text: str) -> Step:
    """One step from its words. Raises LadderError where they are not understood."""
    match = _STEP.fullmatch(text.strip())
    if match is None:
        raise LadderError(
            f"“{text.strip()}” is no step.",
            place=Place(field="steps"),
            remedy="Write, for example: 1 day before: owner",
        )
    number, unit, side, people = match.groups()
    to = tuple(dict.fromkeys(name.strip() for name in people.split(",") if name.strip()))
    unknown = [name for name in to if name != OWNER and name not in READERS]
    if unknown or not to:
        raise LadderError(
            f"“{', '.join(unknown)}” cannot be reminded of a matter.",
            place=Place(field="steps"),
            remedy=f"Name one or more of: {', '.join((OWNER, *READERS))}.",
        )
    length = int(number) * _LENGTH[unit]
    return Step(-length if side == "before" else length, unit == "day", to, f"{number} {unit}{'' if number == '1' else 's'} {side}")  # fmt: skip


def steps(lines: Iterable[str]) -> tuple[Step, ...]:
    """Steps in the order of time; empty lines are passed over."""
    return tuple(sorted((step(line) for line in lines if line.strip()), key=lambda one: one.length))


@cache
def packaged() -> Ladders:
    """The ladders that come with Duly."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    number, unit = data["stale_after"].split()
    return Ladders(
        time.fromisoformat(data["morning"]),
        int(number) * _LENGTH[unit.removesuffix("s")],
        {purpose: steps(lines) for purpose, lines in data["ladders"].items()},
    )


def comes_at(one: Step, due: date | datetime, zone: str, morning: time) -> datetime:
    """When a step comes: so long before or after the moment, or for a civil day its end; days are counted to the morning."""
    if isinstance(due, datetime):
        return due + one.length
    if one.in_days:
        return same_time_on(due + one.length, morning, zone)[0]
    return end_of_day(due, zone) + one.length


def step_now(ladders: Ladders, purpose: str, due: date | datetime, zone: str, now: datetime) -> Step | None:
    """The last step that has come at `now`. None while none has, and where it came too long ago to be made up for.

    Only the last: whoever was not told three days ahead, because the paper came a day ahead, is not told both.
    """
    come = [(comes_at(one, due, zone, ladders.morning), one) for one in ladders.of(purpose)]
    reached = [(at, one) for at, one in come if at <= now]
    if not reached:
        return None
    at, last = max(reached, key=lambda pair: pair[0])
    return last if now - at <= ladders.stale_after else None
