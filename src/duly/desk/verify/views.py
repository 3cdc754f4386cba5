"""Settle what a paper says, field by field, beside its page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from duly.desk.accounts.gate import Visit
from duly.desk.accounts.roles import may
from duly.desk.shelf import kinds
from duly.desk.storage.matters import act, load
from duly.desk.verify.cards import Card, card, cards, parse
from duly.desk.verify.sheets import sheets
from duly.errors import DulyError
from duly.ledger import Conflict
from duly.matters import KIND, Matter
from duly.matters.commands import confirm_field, confirm_kind, correct_field, mark_unreadable
from duly.matters.events import Event

_HOW = {
    "date": "Write the date as 2020-01-16.",
    "time": "Write the time as 14:00.",
    "boolean": "Choose yes or no.",
    "signature": "Choose yes or no.",
}


@require_safe
def verify(request: Visit, matter: str) -> HttpResponse:
    """The pages beside the fields; `?at=` names the field in focus."""
    found = load(request.office, matter, request.actor)
    lit = request.GET.get("at", "")
    context = _context(request, found, lit)
    context["sheets"] = sheets(found, lit or context["next"])
    context["originals"] = list(dict.fromkeys(reading.paper for reading in found.readings))
    return render(request, "verify/verify.html", context)


@require_POST
def settle(request: Visit, matter: str, reading: int, field: str) -> HttpResponse:
    """Confirm, correct or give up one field. Somebody else's decision on it is never overwritten unseen."""
    found = load(request.office, matter, request.actor)
    shown = card(found, f"{reading}.{field}")
    if shown is None:
        raise Http404
    moved_on = request.POST.get("expected") != str(found.sequence)
    if moved_on and shown.settled and shown.text != request.POST.get("value", ""):
        said = _("Someone else finished this field: it says “%(value)s” now. Look at it again.") % {"value": shown.text}
        return _answer(request, found, said)
    try:
        found = act(request.office, found, lambda state: _decide(request, state, shown), request.office.now())
    except ValueError:
        said = _("“%(value)s” does not fit this field.") % {"value": request.POST.get("value", "")[:60]}
        return _answer(request, found, f"{said} {_HOW.get(shown.type, '')}")
    except Conflict:
        latest = load(request.office, matter, request.actor)
        return _answer(request, latest, _("Someone else worked on this matter at the same moment. Look at it again."))
    except DulyError as error:
        return _answer(request, found, str(error))
    return _answer(request, found)


@require_POST
def rest(request: Visit, matter: str) -> HttpResponse:
    """Confirm as read every field that moves nothing, has been read surely, and nobody has settled yet."""
    found = load(request.office, matter, request.actor)
    if request.POST.get("expected") != str(found.sequence):
        return _answer(request, found, _("Someone else worked on this matter meanwhile. Look at it again."))
    now = request.office.now()

    def decide(state: Matter) -> Sequence[Event]:
        quiet = [shown for shown in cards(state) if _is_quiet(shown)]
        return [
            event
            for shown in quiet
            for event in confirm_field(state, request.actor, now, field=shown.name, reading=shown.reading)
        ]

    try:
        found = act(request.office, found, decide, now)
    except DulyError as error:
        return _answer(request, found, str(error))
    return _answer(request, found)


def _decide(request: Visit, state: Matter, shown: Card) -> Sequence[Event]:
    actor, now, text = request.actor, request.office.now(), request.POST.get("value", "")
    if shown.name == KIND:
        return confirm_kind(state, actor, now, kinds(), kind=text or None, reading=shown.reading)
    if request.POST.get("do") == "unreadable":
        return mark_unreadable(state, actor, now, field=shown.name, reading=shown.reading)
    if text.replace("\r\n", "\n") == shown.text:
        return confirm_field(state, actor, now, field=shown.name, reading=shown.reading)
    return correct_field(state, actor, now, field=shown.name, value=parse(shown.type, text), reading=shown.reading)


def _is_quiet(shown: Card) -> bool:
    return not shown.settled and not shown.decisive and not shown.unsure and shown.name != KIND


def _context(request: Visit, matter: Matter, lit: str = "") -> dict[str, Any]:
    shown = cards(matter)
    left = [one for one in shown if one.is_open]
    return {
        "matter": matter,
        "cards": shown,
        "done": sum(one.settled for one in shown),
        "total": len(shown),
        "left": len(left),
        "next": lit or (left[0].key if left else ""),
        "quiet": sum(_is_quiet(one) for one in shown),
        "can_confirm": may(request.role, "confirm field") and not matter.closed,
    }


def _answer(request: Visit, matter: Matter, message: str = "") -> HttpResponse:
    """The fields alone for a page that swaps them in; otherwise the whole page again, at the next open field."""
    if request.headers.get("HX-Request"):
        return render(request, "verify/fields.html", {**_context(request, matter), "message": message})
    if message:
        messages.warning(request, message)
    left = next((one.key for one in cards(matter) if one.is_open), "")
    response = redirect("verify:verify", matter.id)
    if left:
        response["Location"] += f"?at={left}#f-{left}"
    return response
