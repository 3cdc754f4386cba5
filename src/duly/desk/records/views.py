"""Holds, collection and what went out, over all matters that ask for records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from duly.desk.accounts.gate import Visit
from duly.desk.accounts.roles import may
from duly.desk.storage import ledger
from duly.desk.storage.matters import act, load
from duly.desk.today.work import visible_matters
from duly.errors import DulyError
from duly.ledger import Conflict
from duly.matters import Event, Matter, commands, fold

SHOWN = 100


@require_safe
def records(request: Visit) -> HttpResponse:
    """Every open matter that asks for records, with its holds, its collection and what was handed over."""
    rows = visible_matters(request).filter(closed=False).order_by("number")[:SHOWN]
    matters = [fold(ledger.events_of(row.id)) for row in rows]
    asking = [
        matter
        for matter in matters
        if matter.assessment is not None and "produce_records" in matter.assessment.outcomes
    ]
    context = {
        "matters": asking,
        "can_hold": may(request.role, "place legal hold"),
        "can_collect": may(request.role, "collect records"),
    }
    return render(request, "records/records.html", context)


@require_POST
def hold(request: Visit, matter: str) -> HttpResponse:
    """Place a legal hold with those who keep the records."""
    custodians = [line.strip() for line in request.POST.get("custodians", "").splitlines() if line.strip()]
    scope = request.POST.get("scope", "")
    return _do(
        request,
        matter,
        lambda state, now: commands.place_hold(
            state, request.actor, now, hold=uuid4().hex[:12], custodians=custodians, scope=scope
        ),
        _("The legal hold is placed."),
    )


@require_POST
def lift(request: Visit, matter: str, hold: str) -> HttpResponse:
    """End a legal hold, with the reason."""
    reason = request.POST.get("reason", "")
    return _do(
        request,
        matter,
        lambda state, now: commands.lift_hold(state, request.actor, now, hold=hold, reason=reason),
        _("The legal hold is lifted."),
    )


@require_POST
def collect(request: Visit, matter: str) -> HttpResponse:
    """Start or finish the collection, or finish the review: whichever is next."""
    custodians = [line.strip() for line in request.POST.get("custodians", "").splitlines() if line.strip()]
    number = request.POST.get("records", "")

    def decide(state: Matter, now: datetime) -> Sequence[Event]:
        if state.collection is None:
            return commands.start_collection(state, request.actor, now, custodians=custodians)
        if state.collection == "started":
            count = int(number) if number else None
            return commands.finish_collection(state, request.actor, now, records=count)
        return commands.finish_review(state, request.actor, now)

    return _do(request, matter, decide, _("Recorded."))


def _do(request: Visit, matter: str, decide: Callable[[Matter, datetime], Sequence[Event]], done: str) -> HttpResponse:
    found = load(request.office, matter, request.actor)
    now = request.office.now()
    try:
        expected = int(request.POST.get("expected", found.sequence))
        act(request.office, found, lambda state: decide(state, now), now, expected=expected)
        messages.success(request, done)
    except Conflict:
        messages.warning(request, _("Someone else worked on this matter meanwhile. Look again, then repeat it."))
    except (DulyError, ValueError) as error:
        messages.error(request, str(error))
    return redirect("records:records")
