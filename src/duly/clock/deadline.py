"""The three kinds of time and the result of counting: civil dates, instants, and hours counted in an office's zone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Unit = Literal["days", "business days", "court days", "hours", "hours excluding weekends and holidays", "months"]
Direction = Literal["after", "before"]
Roll = Literal["next working day", "none"]


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time as a rule or a paper states it, and how that rule counts it.

    `length` is in `unit`; `roll` says what happens when the last day is no working day; `calendars` name the dated
    holiday calendars that decide what is a working day (`us-federal`, `us-co`, …); `service_additions` maps a manner of
    service to days added after the period would otherwise expire (Fed. R. Civ. P. 6(d)); `cite` is the counting rule's
    source.
    """

    length: int
    unit: Unit
    direction: Direction = "after"
    roll: Roll = "next working day"
    calendars: tuple[str, ...] = ("us-federal",)
    service_additions: tuple[tuple[str, int], ...] = ()
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of how a deadline was counted, readable by a clerk; `cite` names the rule where a rule made the step."""

    text: str
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date or a moment by which something is due, with every step that led there.

    `due` is a civil `date` (the whole day, in `zone`) or an aware `datetime`; None means that it could not be computed
    yet, and `missing` names the facts that are needed.
    """

    id: str
    what: str
    due: date | datetime | None
    zone: str
    cite: str
    steps: tuple[Step, ...] = ()
    warnings: tuple[str, ...] = ()
    missing: tuple[str, ...] = field(default=())
