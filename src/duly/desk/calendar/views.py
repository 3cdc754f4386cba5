"""A month of deadlines, and the feed for other calendars."""

from __future__ import annotations

import calendar as months
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from duly.desk.accounts.gate import Visit
from duly.desk.accounts.models import Membership, Office
from duly.desk.accounts.roles import may
from duly.desk.storage.models import DeadlineRow
from duly.desk.today.work import clock_of_row, due_of, visible_matters


@dataclass(frozen=True, slots=True)
class DayShown:
    """One day of the month with what is due on it."""

    on: date
    in_month: bool
    working: bool
    rows: list[DeadlineRow]


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
        "weeks": [[DayShown(on, on.month == first.month, on.weekday() < 5, by_day.get(on, [])) for on in week] for week in weeks],
        "list": [(row, clock_of_row(row, now)) for row in sorted(rows, key=lambda row: (row.due_on or first, row.pk)) if row.standing == "open"],
        "today": today,
        "feed": request.build_absolute_uri(reverse("calendar:feed", args=[request.office.id, request.user.pk, feed_key(request.office.id, request.user.pk)])),
    }  # fmt: skip
    return render(request, "calendar/calendar.html", context)


@require_safe
def feed(request: HttpRequest, office: str, person: int, key: str) -> HttpResponse:
    """The deadlines as ICS, for a calendar program that cannot sign in. The key is the person's; names are left out."""
    if not constant_time_compare(key, feed_key(office, person)):
        raise Http404
    member = (
        Membership.objects.filter(office_id=office, user_id=person, user__is_active=True)
        .select_related("office")
        .first()
    )
    if member is None or not may(member.role, "see the calendar"):  # type: ignore[arg-type]
        raise Http404
    rows = DeadlineRow.objects.filter(
        matter__office=office, matter__sealed=False, standing="open", due_on__isnull=False
    )
    body = _ics(member.office, list(rows.select_related("matter")))
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


def feed_key(office: str, person: int) -> str:
    """The secret part of one person's feed address."""
    text = f"calendar|{office}|{person}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()[:40]


def _ics(office: Office, rows: list[DeadlineRow]) -> bytes:
    found = Calendar()
    found.add("prodid", "-//Duly//Deadlines//EN")
    found.add("version", "2.0")
    found.add("x-wr-calname", office.name)
    for row in rows:
        due = due_of(row)
        if due is not None:
            found.add_component(_entry(row, due))
    return bytes(found.to_ical())


def _entry(row: DeadlineRow, due: date | datetime) -> Event:
    """One deadline: a moment, or the whole civil day."""
    entry = Event()
    entry.add("uid", f"{row.matter_id}-{hashlib.sha256(row.deadline.encode()).hexdigest()[:12]}@duly")
    entry.add("summary", f"{row.matter.number}: {row.what}")
    entry.add("dtstamp", datetime.now(tz=UTC))
    entry.add("dtstart", due)
    entry.add("dtend", due + (timedelta(minutes=1) if isinstance(due, datetime) else timedelta(days=1)))
    entry.add("description", row.cite)
    return entry


def _month(text: str, today: date) -> date:
    try:
        return datetime.strptime(text, "%Y-%m").replace(tzinfo=ZoneInfo("UTC")).date()
    except ValueError:
        return today.replace(day=1)
