"""What I was reminded of, where my reminders go, the office's ladders, and what was given to whom."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from duly.desk.accounts.gate import Visit
from duly.desk.accounts.roles import may
from duly.desk.reminders.giving import MOVED
from duly.desk.reminders.ladder import OTHER, packaged, steps
from duly.desk.reminders.models import LadderRow, ReminderTo
from duly.desk.storage.models import DeadlineRow
from duly.desk.today.work import visible_matters
from duly.errors import DulyError

SHOWN = 60
PURPOSES = {
    "answer": gettext_lazy("Answer"),
    "objection": gettext_lazy("Objection"),
    "compliance": gettext_lazy("Compliance with the paper"),
    "court compliance": gettext_lazy("Compliance with a court's order"),
    "hold": gettext_lazy("Custody clock"),
    "release": gettext_lazy("Release"),
    "notice": gettext_lazy("Notice to somebody"),
    "appeal": gettext_lazy("Appeal"),
    "preservation": gettext_lazy("Preservation"),
    "verification": gettext_lazy("Verification"),
    "waiting": gettext_lazy("Waiting time"),
    OTHER: gettext_lazy("Everything else"),
}


class Address(forms.Form):
    """Where somebody's reminders go."""

    email = forms.EmailField(label=gettext_lazy("E-mail address for reminders"), required=False)


@dataclass(frozen=True, slots=True)
class LadderShown:
    """One ladder as the page shows it."""

    purpose: str
    label: str
    lines: list[str]
    own: LadderRow | None


@require_safe
def reminders(request: Visit) -> HttpResponse:
    """The whole screen."""
    can_change = may(request.role, "change reminders")
    given = ReminderTo.objects.filter(reminder__office=request.office).select_related("reminder", "user")
    context = {
        "mine": given.filter(user=request.user).order_by("-reminder__at")[:SHOWN],
        "given": given.order_by("-reminder__at")[:SHOWN] if can_change else [],
        "address": Address(initial={"email": request.user.email}),
        "mail_is_set_up": settings.MAIL_IS_SET_UP,
        "ladders": _ladders(request),
        "can_change": can_change,
        "moved": MOVED,
        "sees_matters": may(request.role, "see matter"),
    }
    return render(request, "reminders/reminders.html", context)


def _ladders(request: Visit) -> list[LadderShown]:
    own = {row.purpose: row for row in LadderRow.objects.filter(office=request.office)}
    shipped = packaged()
    return [
        LadderShown(
            purpose,
            str(label),
            own[purpose].steps
            if purpose in own
            else [f"{one.words}: {', '.join(one.to)}" for one in shipped.of(purpose)],
            own.get(purpose),
        )
        for purpose, label in PURPOSES.items()
    ]


@require_POST
def seen(request: Visit) -> HttpResponse:
    """Put one reminder, or all, out of this person's sight. It stays in the list and in the ledger."""
    rows = ReminderTo.objects.filter(user=request.user, reminder__office=request.office, seen_at=None)
    which = request.POST.get("which", "")
    if which.isdecimal():
        rows = rows.filter(pk=int(which))
    rows.update(seen_at=timezone.now())
    return redirect("today:today" if request.POST.get("from") == "today" else "reminders:reminders")


@require_POST
def address(request: Visit) -> HttpResponse:
    """Change where this person's reminders go; without an address they stand in the desk alone."""
    form = Address(request.POST)
    if not form.is_valid():
        messages.error(request, _("This is no e-mail address."))
        return redirect("reminders:reminders")
    request.user.email = form.cleaned_data["email"]
    request.user.save(update_fields=["email"])
    messages.success(request, _("Your address is changed."))
    return redirect("reminders:reminders")


@require_POST
def ladder(request: Visit) -> HttpResponse:
    """Give one kind of deadline the office's own ladder, or go back to the one that comes with Duly."""
    purpose = request.POST.get("purpose", "")
    if purpose not in PURPOSES:
        messages.error(request, _("There is no such kind of deadline."))
        return redirect("reminders:reminders")
    if request.POST.get("do") == "reset":
        LadderRow.objects.filter(office=request.office, purpose=purpose).delete()
        messages.success(request, _("The ladder that comes with Duly holds again."))
        return redirect("reminders:reminders")
    lines = [line.strip() for line in request.POST.get("steps", "").splitlines() if line.strip()]
    try:
        steps(lines)
    except DulyError as error:
        messages.error(request, str(error))
        return redirect("reminders:reminders")
    LadderRow.objects.update_or_create(
        office=request.office,
        purpose=purpose,
        defaults={"steps": lines, "changed_by": request.actor.id, "changed_at": request.office.now()},
    )
    messages.success(request, _("The office's own ladder holds from now on."))
    return redirect("reminders:reminders")


def unseen(visit: Visit) -> list[ReminderTo]:
    """Reminders that this person has not put away, of deadlines that are still open; what moved stays until it is put away."""
    rows = ReminderTo.objects.filter(user=visit.user, reminder__office=visit.office, seen_at=None).select_related(
        "reminder"
    )
    open_ = set(
        DeadlineRow.objects.filter(matter__in=visible_matters(visit), standing="open").values_list(
            "matter_id", "deadline"
        )
    )
    found = [
        row
        for row in rows.order_by("-reminder__at")[:200]
        if row.reminder.step == MOVED or (row.reminder.matter, row.reminder.deadline) in open_
    ]
    latest: dict[tuple[str, str, str], ReminderTo] = {}
    for row in found:
        told = row.reminder
        latest.setdefault((told.matter, told.deadline, told.key if told.step == MOVED else ""), row)
    return list(latest.values())
