"""A month of deadlines."""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from duly.desk.accounts.gate import Visit
from duly.desk.calendar.feeds import feeds_of
from duly.desk.shelf import calendars_for, library
from duly.desk.storage.models import DeadlineRow
from duly.desk.today.work import clock_of_row, visible_matters


@dataclass(frozen=True, slots=True)
class DayShown:
    """One day of the month with what is due on it."""

    on: date
    in_month: bool
    working: bool
    rows: list[DeadlineRow]
    named: str = ""


@require_safe
def calendar(request: Visit) -> HttpResponse:
    """One month; `?month=2020-01` chooses it. On a phone it reads as a list."""
    today = request.office.today()
    first = _month(request.GET.get("month", ""), today)
    weeks = months.Calendar(firstweekday=6).monthdatescalendar(first.year, first.month)
    rows = list(
        DeadlineRow.objects.filter(
            matter__in=visible_matters(request), due_on__gte=weeks[0][0], due_on__lte=weeks[-1][-1]
        ).select_related("matter")
    )
    by_day: dict[date | None, list[DeadlineRow]] = {}
    for row in rows:
        by_day.setdefault(row.due_on, []).append(row)
    now = request.office.now()
    context = {
        "first": first,
        "before": (first - timedelta(days=1)).replace(day=1),
        "after": (first + timedelta(days=32)).replace(day=1),
        "weeks": [[_shown(request, on, first, by_day.get(on, [])) for on in week] for week in weeks],
        "list": [(row, clock_of_row(row, now)) for row in sorted(rows, key=lambda row: (row.due_on or first, row.pk)) if row.standing == "open"],
        "today": today,
        "feeds": feeds_of(request),
    }  # fmt: skip
    return render(request, "calendar/calendar.html", context)


def _shown(request: Visit, on: date, first: date, rows: list[DeadlineRow]) -> DayShown:
    """A day with what the office's calendars say of it: what is a holiday here, and what only a closure."""
    names = tuple(name for name in library().jurisdiction(request.office.jurisdiction).calendars)
    known = calendars_for(request.office)
    entries = known.entries(on, tuple(name for name in names if name in known))
    off = any(entry.effect == "legal holiday" for entry in entries)
    said = "; ".join(dict.fromkeys(entry.name if entry.effect == "legal holiday" else f"{entry.name} ({entry.effect})" for entry in entries))  # fmt: skip
    return DayShown(on, on.month == first.month, on.weekday() < 5 and not off, rows, said)


def _month(text: str, today: date) -> date:
    try:
        return datetime.strptime(text, "%Y-%m").replace(tzinfo=ZoneInfo("UTC")).date()
    except ValueError:
        return today.replace(day=1)
