"""The three kinds of time and the result of counting: civil dates, instants, and hours counted in an office's zone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from duly.errors import DulyError

Unit = Literal[
    "days",
    "business days",
    "court days",
    "hours",
    "hours excluding weekends and holidays",
    "weeks",
    "months",
    "years",
    "days excluding weekends and holidays when under 11",
]
"""What a period is counted in.

`business days` leaves out Saturdays, Sundays and legal holidays; `court days` leaves out the days on which the court is
closed as well. The last unit is how Fed. R. Civ. P. 6(a)(2) counted days until 30 November 2009.
"""
Direction = Literal["after", "before"]
Roll = Literal["next working day", "none"]


class ClockError(DulyError):
    """A period that cannot be counted as asked: a moment without a zone, an unknown calendar, a local time that is not."""

    code = "clock"


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time as a rule or a paper states it, and how that rule counts it.

    `length` is in `unit`; `roll` says what happens when the last day is no working day (`next working day` goes on in
    the direction of counting, Fed. R. Civ. P. 6(a)(5)); `calendars` name the dated holiday calendars that decide what is
    a working day (`us-federal`, `us-co`, …), of which those in `calendars_after_only` count only for periods measured
    after an event (state holidays: Fed. R. Civ. P. 6(a)(6)(C)); `service_additions` maps a manner of service to days
    added after the period would otherwise expire (Fed. R. Civ. P. 6(d)); `cite` is the counting rule's source.
    """

    length: int
    unit: Unit
    direction: Direction = "after"
    roll: Roll = "next working day"
    calendars: tuple[str, ...] = ("us-federal",)
    service_additions: tuple[tuple[str, int], ...] = ()
    cite: str = ""
    calendars_after_only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Closure:
    """A time in which the clerk's office (or whatever must receive the paper) was inaccessible.

    `first` and `last` are civil dates (both included; `last` None means that one day) or aware instants.
    """

    first: date | datetime
    last: date | datetime | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """More time by agreement or order: `to` a named date or moment, or by `length` in `unit` from the end as it stood."""

    to: date | datetime | None = None
    length: int | None = None
    unit: Unit = "days"
    why: str = ""
    cite: str = ""

    def __post_init__(self) -> None:
        if (self.to is None) == (self.length is None):
            raise ClockError(
                "An extension runs either to a named date or by a length, and this one names "
                + ("neither." if self.to is None else "both."),
                remedy="Give exactly one of the two.",
            )


@dataclass(frozen=True, slots=True)
class Tolling:
    """A time in which the period does not run: both days included, or between two aware instants; `last` None: still."""

    first: date | datetime
    last: date | datetime | None = None
    why: str = ""
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of how a deadline was counted, readable by a clerk; `cite` names the rule where a rule made the step."""

    text: str
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another date that the same period could end on, and on which open question that depends."""

    due: date | datetime
    because: str
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """The end of a period, and how it was reached.

    `due` is a civil `date` for a period counted in days or longer and an aware `datetime` (in the office's zone) for one
    counted in hours; None while the period is tolled without an end. Where the law leaves the end open (`otherwise`),
    `due` is the earliest, which is safe for whoever has to act by it. `closes_at` is the instant from which it is late.
    """

    due: date | datetime | None
    steps: tuple[Step, ...]
    warnings: tuple[str, ...] = ()
    otherwise: tuple[Alternative, ...] = ()
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date or a moment by which something is due, with every step that led there.

    `due` is a civil `date` (the whole day, in `zone`) or an aware `datetime`; None means that it could not be computed
    yet, and `missing` names the facts that are needed. `otherwise` holds the dates on which it would fall if an open
    question of law or fact were answered the other way; `closes_at` is the instant from which it is late.
    """

    id: str
    what: str
    due: date | datetime | None
    zone: str
    cite: str
    steps: tuple[Step, ...] = ()
    warnings: tuple[str, ...] = ()
    missing: tuple[str, ...] = field(default=())
    otherwise: tuple[Alternative, ...] = ()
    closes_at: datetime | None = None
