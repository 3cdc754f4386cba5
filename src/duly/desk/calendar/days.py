"""The office's own days: what each calendar says, a day proposed with what it would move, and approved by another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast, get_args
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from duly.clock import Effect
from duly.desk.accounts.gate import Visit
from duly.desk.accounts.roles import may
from duly.desk.calendar.models import CalendarDayRow
from duly.desk.calendar.moving import moved_by
from duly.desk.reminders.giving import give
from duly.desk.shelf import calendars, calendars_for, library
from duly.desk.storage.calendar_days import act_on_day, begin_day, load_day
from duly.desk.storage.law_changes import catch_up
from duly.errors import DulyError
from duly.ledger import Conflict
from duly.matters.calendar_days import (
    PREFIX,
    CalendarDay,
    approve_day,
    decline_day,
    may_approve,
    propose_day,
    withdraw_day,
)
from duly.matters.events import Event

AT_ONCE = 40
"""How many open matters are counted anew while the approver waits; the worker goes on with the others."""
EFFECTS = {
    "legal holiday": gettext_lazy("legal holiday: no working day, whatever is counted"),
    "office closure": gettext_lazy("closure: the office or court is closed, no law makes it a holiday"),
    "contested": gettext_lazy("contested: counted both ways, the earlier end first"),
    "working day": gettext_lazy("working day: takes a holiday or an entry away"),
}


class Day(forms.Form):
    """A day proposed for one of the calendars by which the office counts."""

    calendar = forms.ChoiceField(label=gettext_lazy("Calendar"))
    first = forms.DateField(label=gettext_lazy("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(
        label=gettext_lazy("Last day, if more than one"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    effect = forms.ChoiceField(label=gettext_lazy("What it is for counting"), choices=list(EFFECTS.items()))
    title = forms.CharField(label=gettext_lazy("Why: what the day is"), max_length=200)
    source = forms.CharField(
        label=gettext_lazy("Source: the order, notice or law that says so"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, names: Sequence[str], *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]  # as Django's own
        field = cast(forms.ChoiceField, self.fields["calendar"])
        known = calendars()
        field.choices = [(name, f"{name}: {known.calendar(name).title}") for name in names]


def counted_by(request: Visit) -> tuple[str, ...]:
    """The calendars by which this office's deadlines may be counted: those of its jurisdictions, from its own up."""
    chain = library().chain(request.office.jurisdiction)
    names = dict.fromkeys(name for place in chain for name in place.calendars)
    return tuple(name for name in (*names, *(() if "us-federal" in names else ("us-federal",))) if name in calendars())


@require_http_methods(["GET", "HEAD", "POST"])
def days(request: Visit) -> HttpResponse:
    """The calendars that count here with their sources, the office's own entries, and a form to propose one."""
    names = counted_by(request)
    may_propose = may(request.role, "propose calendar day")
    form = Day(names, request.POST or None, initial={"first": request.office.today()})
    if request.method == "POST" and may_propose and form.is_valid():
        found = _proposed(request, form)
        if found is not None:
            return redirect("calendar:day", found.id)
    year = _year(request)
    known = calendars_for(request.office)
    context = {
        "form": form if may_propose else None,
        "rows": CalendarDayRow.objects.filter(office=request.office).order_by("-first")[:100],
        "calendars": [(known.calendar(name), sorted(known.year((name,), year).items())) for name in names],
        "year": year,
    }
    return render(request, "calendar/days.html", context, status=422 if request.method == "POST" else 200)


def _year(request: Visit) -> int:
    text = request.GET.get("year", "")
    return int(text) if text.isdecimal() and 1990 <= int(text) <= 2100 else request.office.today().year


def _proposed(request: Visit, form: Day) -> CalendarDay | None:
    said = form.cleaned_data
    assert said["effect"] in get_args(Effect)
    try:
        events = propose_day(
            request.actor, request.office.now(), id=f"{PREFIX}{uuid4().hex[:12]}", office=request.office.id,
            calendar=said["calendar"], first=said["first"], last=said["last"], title=said["title"],
            effect=said["effect"], source=said["source"],
        )  # fmt: skip
        found = begin_day(request.office, events)
    except DulyError as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, _("Proposed. Nothing is counted by it until another person approves it."))
    return found


@require_safe
def day(request: Visit, day: str) -> HttpResponse:
    """One entry: what it says, which open deadlines it would move and from what to what, and what can be done."""
    found = load_day(request.office, day)
    proposed = found.status == "proposed"
    can_decide = proposed and may(request.role, "approve calendar day")
    context = {
        "day": found,
        "days": len(found.entries),
        "moving": moved_by(request, found) if proposed else None,
        "sees_matters": may(request.role, "see matter"),
        "approve": can_decide and may_approve(request.actor, found),
        "own": can_decide and not may_approve(request.actor, found),
        "withdraw": proposed and may(request.role, "withdraw calendar day"),
        "effect": EFFECTS[found.effect],
    }
    return render(request, "calendar/day.html", context)


@require_POST
def decide(request: Visit, day: str) -> HttpResponse:
    """Approve the day, or decline it with a reason."""
    now, because = request.office.now(), request.POST.get("because", "")
    if request.POST.get("do") == "decline":
        return _do(request, day, lambda found: decline_day(found, request.actor, now, because=because), _("Declined."))
    answer = _do(
        request,
        day,
        lambda found: approve_day(found, request.actor, now),
        _("Approved. Open deadlines are counted anew; those that moved stand on Today, and their owners are told."),
    )
    if load_day(request.office, day).status == "approved":
        catch_up(request.office, AT_ONCE)
        give(request.office, now)
    return answer


@require_POST
def withdraw(request: Visit, day: str) -> HttpResponse:
    """Take a proposal back."""
    now = request.office.now()
    return _do(request, day, lambda found: withdraw_day(found, request.actor, now), _("Taken back."))


def _do(request: Visit, day: str, decide: Callable[[CalendarDay], Sequence[Event]], done: str) -> HttpResponse:
    try:
        act_on_day(request.office, load_day(request.office, day), decide)
        messages.success(request, done)
    except Conflict:
        messages.warning(request, _("Somebody else decided this day at the same moment. Look again."))
    except DulyError as error:
        messages.error(request, str(error))
    return redirect("calendar:day", day)


def days_waiting(visit: Visit) -> list[CalendarDayRow]:
    """Proposals that wait for this person: somebody else made them, and the role may approve."""
    if not may(visit.role, "approve calendar day"):
        return []
    rows = CalendarDayRow.objects.filter(office=visit.office, status="proposed")
    return list(rows.exclude(proposed_by=visit.actor.id))
