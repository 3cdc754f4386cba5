"""Which open deadlines a day would move, from what to what: counted anew with it, before anybody approves it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from duly import court
from duly.clock import Calendars
from duly.desk.accounts.gate import Visit
from duly.desk.shelf import calendars_for, kinds, library_for
from duly.desk.storage import ledger
from duly.desk.storage.models import DeadlineRow, MatterRow
from duly.desk.today.work import visible_matters
from duly.errors import DulyError
from duly.matters import Matter, fold
from duly.matters.calendar_days import CalendarDay

SECONDS = 4.0
"""How long a page counts; what is left is counted by the worker after the approval."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One open deadline that would end otherwise."""

    matter: MatterRow
    what: str
    was: date | datetime | None
    now: date | datetime | None


@dataclass(frozen=True, slots=True)
class Moving:
    """What a day would move. `looked` of `of` open matters were counted within the time."""

    moved: tuple[Moved, ...]
    looked: int
    of: int


def moved_by(visit: Visit, day: CalendarDay) -> Moving:
    """The open deadlines of the office that the day would move, those that end nearest to it first."""
    before = calendars_for(visit.office)
    after = before.with_days(day.entries)
    rows = _nearest(visit, day.first)
    began, looked, found = time.monotonic(), 0, list[Moved]()
    for row in rows:
        if time.monotonic() - began > SECONDS:
            break
        looked += 1
        found += _moved(visit, row, before, after)
    return Moving(tuple(found), looked, len(rows))


def _nearest(visit: Visit, first: date) -> list[MatterRow]:
    rows = DeadlineRow.objects.filter(matter__in=visible_matters(visit), matter__closed=False, standing="open")
    ends: dict[str, tuple[int, MatterRow]] = {}
    for row in rows.select_related("matter"):
        away = abs((row.due_on - first).days) if row.due_on is not None else 10_000
        if row.matter_id not in ends or away < ends[row.matter_id][0]:
            ends[row.matter_id] = (away, row.matter)
    return [matter for _away, matter in sorted(ends.values(), key=lambda one: one[0])]


def _moved(visit: Visit, row: MatterRow, before: Calendars, after: Calendars) -> Iterator[Moved]:
    matter = fold(ledger.events_of(row.id))
    was, now = _dues(visit, matter, before), _dues(visit, matter, after)
    for id, (what, due) in was.items():
        other = now.get(id, (what, None))[1]
        if other != due:
            yield Moved(row, what, due, other)


def _dues(visit: Visit, matter: Matter, days: Calendars) -> dict[str, tuple[str, date | datetime | None]]:
    """Each deadline's end by these calendars, under the law of today; nothing where the law cannot be applied."""
    on = visit.office.today()
    try:
        found = court.assess_matter(
            library_for(visit.office, on), days, visit.office.as_domain(), matter, on, kinds=kinds()
        )
    except DulyError:
        return {}
    return {one.deadline.id: (one.deadline.what, one.deadline.due) for one in found.deadlines}
