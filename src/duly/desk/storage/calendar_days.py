"""The office's own days: loaded from the ledger, decided by the domain's commands, and what of them counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.http import Http404

from duly.clock import Holiday, day_words
from duly.desk.accounts.models import Office
from duly.desk.calendar.models import CalendarDayRow
from duly.desk.storage import ledger
from duly.desk.storage.models import LedgerEntry
from duly.matters import AssessmentRecord
from duly.matters.calendar_days import PREFIX, CalendarDay, extend_day, fold_day
from duly.matters.events import Event

Decide = Callable[[CalendarDay], Sequence[Event]]


def load_day(office: Office, day: str) -> CalendarDay:
    """The day as its events leave it. Http404 where the office has none with that id."""
    events = ledger.events_of(day) if day.startswith(PREFIX) else []
    if not events:
        raise Http404
    found = fold_day(events)
    if found.office != office.id:
        raise Http404
    return found


def begin_day(office: Office, events: Sequence[Event]) -> CalendarDay:
    """Record a new proposal."""
    return _record(office, None, events)


def act_on_day(office: Office, day: CalendarDay, decide: Decide) -> CalendarDay:
    """Take a decision on a day and record it. Raises duly.ledger.Conflict when somebody else was first."""
    return _record(office, day, decide(day))


def _record(office: Office, day: CalendarDay | None, events: Sequence[Event]) -> CalendarDay:
    after = day
    for event in events:
        after = extend_day(after, event)
    assert after is not None
    with transaction.atomic():
        ledger.append(events, office=office.id, expected={after.id: day.sequence if day is not None else 0})
        project_day(after)
    return after


def project_day(day: CalendarDay) -> None:
    """Bring the row of one day up to date."""
    approved = day.status == "approved" and day.decided_by is not None
    CalendarDayRow(
        id=day.id,
        office_id=day.office,
        calendar=day.calendar,
        first=day.first,
        last=day.last,
        title=day.title[:200],
        effect=day.effect,
        source=day.source,
        status=day.status,
        proposed_by=day.proposed_by.id,
        proposed_at=day.proposed_at,
        approved_by=day.decided_by.id if approved and day.decided_by is not None else "",
        approved_at=day.decided_at if approved else None,
        sequence=day.sequence,
    ).save()


def rebuild_days() -> None:
    """Build the rows of every day again from the ledger alone."""
    CalendarDayRow.objects.all().delete()
    rows = (
        LedgerEntry.objects.filter(type="calendar-day-proposed").order_by("sequence").values_list("matter", flat=True)
    )
    for day in rows:
        if day is not None:
            project_day(fold_day(ledger.events_of(day)))


def entered(office: str, known_at: datetime | None = None) -> tuple[Holiday, ...]:
    """The days that two people of the office entered, in the order of approval, as far as approved by `known_at`."""
    rows = CalendarDayRow.objects.filter(office=office, status="approved")
    if known_at is not None:
        rows = rows.filter(approved_at__lte=known_at)
    return tuple(day for row in rows.order_by("approved_at") for day in _days(row))


def _days(row: CalendarDayRow) -> Iterator[Holiday]:
    for number in range((row.last - row.first).days + 1):
        day = row.first + timedelta(days=number)
        yield Holiday(day, row.title, row.calendar, row.effect, row.source)  # type: ignore[arg-type]  # as the domain checked it


def changed_days(office: str, record: AssessmentRecord) -> Iterator[str]:
    """What was entered in the office's calendar since a matter was assessed, a sentence each."""
    rows = CalendarDayRow.objects.filter(office=office, status="approved", approved_at__gt=record.made_at)
    for row in rows.order_by("approved_at"):
        until = "" if row.last == row.first else f" to {day_words(row.last)}"
        yield f"The calendar {row.calendar} has a new entry for {day_words(row.first)}{until}: {row.title} ({row.effect})."
