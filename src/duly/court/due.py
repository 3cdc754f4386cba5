"""By when an order wants compliance: a date that it states, or a period counted from its entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from duly.clock import Calendars, Counted, Period, count, day_words, explain_stated


@dataclass(frozen=True, slots=True)
class DueStated:
    """The order itself names the date or moment."""

    due: date | datetime


@dataclass(frozen=True, slots=True)
class DueCounted:
    """The order sets a period. It runs from the order's entry unless `trigger` says from what else.

    `served_by` is how the order was served, for periods that service lengthens (Fed. R. Civ. P. 6(d)).
    """

    period: Period
    trigger: date | datetime | None = None
    served_by: str | None = None


def count_due(due: DueStated | DueCounted, entered_on: date, court: str, zone: str, calendars: Calendars) -> Counted:
    """When compliance is due, with the steps. Raises ClockError for what cannot be counted."""
    event = f"{court} entered its order on {day_words(entered_on)}."
    if isinstance(due, DueStated):
        return explain_stated(due.due, entered_on, zone, calendars, event=event)
    trigger = entered_on if due.trigger is None else due.trigger
    return count(due.period, trigger, zone, calendars, served_by=due.served_by, event=event)
