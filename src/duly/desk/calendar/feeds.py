"""Deadlines for other calendar programs: an address that opens itself, can be renewed and taken away, and names nobody."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from icalendar import Calendar, Event

from duly.desk.accounts.gate import Visit
from duly.desk.accounts.models import Membership
from duly.desk.accounts.roles import may, role_named
from duly.desk.calendar.models import FeedToken, digest_of
from duly.desk.storage.models import DeadlineRow
from duly.desk.today.work import due_of

SCOPES = ("mine", "office")


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The open deadlines as ICS. The token is all that the address carries; an unknown or revoked one finds nothing.

    It goes on opening only while its owner may sign in and their role in the office may see the calendar.
    """
    found = FeedToken.objects.filter(digest=digest_of(token), revoked_at=None).select_related("office").first()
    if found is None:
        raise Http404
    member = Membership.objects.filter(office=found.office, user=found.user_id, user__is_active=True).first()
    if member is None or not may(role_named(member.role), "see the calendar"):
        raise Http404
    FeedToken.objects.filter(pk=found.pk).update(read_at=timezone.now())
    title = found.office.name if found.scope == "office" else f"{found.office.name}, {_('in my hands')}"
    answer = HttpResponse(ics(title, _rows(found)), content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, max-age=300"
    return answer


def _rows(token: FeedToken) -> QuerySet[DeadlineRow]:
    """Open deadlines that can be counted. What is sealed is in no feed, whoever owns it."""
    rows = DeadlineRow.objects.filter(
        matter__office=token.office, matter__sealed=False, matter__closed=False, standing="open", due_on__isnull=False
    )
    if token.scope == "mine":
        rows = rows.filter(matter__holder_id=f"user:{token.user_id}")
    return rows.select_related("matter").order_by("ends_at")


def ics(title: str, rows: QuerySet[DeadlineRow]) -> bytes:
    """A calendar of these deadlines: moments in UTC, civil days as whole days."""
    found = Calendar()
    found.add("prodid", "-//Duly//Deadlines//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", title)
    for row in rows:
        due = due_of(row)
        if due is not None:
            found.add_component(_entry(row, due))
    return bytes(found.to_ical())


def _entry(row: DeadlineRow, due: date | datetime) -> Event:
    """One deadline: number of the matter, what is due and by which law. No name of anybody."""
    entry = Event()
    entry.add("uid", f"{hashlib.sha256(f'{row.matter_id}|{row.deadline}'.encode()).hexdigest()[:32]}@duly")
    entry.add("summary", f"{row.matter.number}: {row.what}")
    entry.add("dtstamp", row.matter.changed_at.astimezone(UTC))
    begins = due.astimezone(UTC) if isinstance(due, datetime) else due
    entry.add("dtstart", begins)
    entry.add("dtend", begins + (timedelta(minutes=1) if isinstance(due, datetime) else timedelta(days=1)))
    entry.add("description", row.cite)
    entry.add("class", "PRIVATE")
    entry.add("transp", "TRANSPARENT")
    return entry


@require_POST
def change(request: Visit, scope: str) -> HttpResponse:
    """Make a new address, which ends the earlier one, or take the address away."""
    if scope not in SCOPES:
        raise Http404
    if request.POST.get("do") == "revoke":
        ended = FeedToken.revoke(request.office, request.user, scope)
        messages.success(request, _("The address opens nothing any more.") if ended else _("There was no address."))
    else:
        token = FeedToken.renew(request.office, request.user, scope)
        address = request.build_absolute_uri(reverse("calendar:feed", args=[token]))
        messages.success(
            request,
            _(
                "Subscribe to this address. It is shown only this once, and an earlier one opens nothing any more: %(address)s"
            )
            % {"address": address},
        )
    return redirect("calendar:calendar")  # to the top, where the new address stands


def feeds_of(visit: Visit) -> list[tuple[str, FeedToken | None]]:
    """This person's live addresses in the office, by scope."""
    live = {one.scope: one for one in FeedToken.objects.filter(office=visit.office, user=visit.user, revoked_at=None)}
    return [(scope, live.get(scope)) for scope in SCOPES]
