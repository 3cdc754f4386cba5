"""What a change of the law means for one open matter: what was said before, what is said now, and a person's answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from duly.desk.accounts.gate import Visit
from duly.desk.accounts.roles import may
from duly.desk.storage.matters import act, assessed, load
from duly.errors import DulyError
from duly.ledger import Conflict
from duly.matters import commands


@require_safe
def changed(request: Visit, matter: str) -> HttpResponse:
    """Every change of the law on this matter, each with the proof of what is said now."""
    found = load(request.office, matter, request.actor)
    now = assessed(request.office, found, found.assessment.on) if found.assessment is not None else None
    context = {
        "matter": found,
        "changes": [
            (change, [(one, now.determination(one.act) if now is not None else None) for one in change.acts])
            for change in reversed(found.law_changes)
        ],
        "open": {change.sequence for change in found.open_law_changes},
        "may_answer": may(request.role, "answer law change"),
    }
    return render(request, "policy/changed.html", context)


@require_POST
def answer(request: Visit, matter: str) -> HttpResponse:
    """Say in words what follows from a change for this matter."""
    found = load(request.office, matter, request.actor)
    now, said = request.office.now(), request.POST
    try:
        change = int(said.get("change", "0"))
        act(
            request.office, found,
            lambda state: commands.answer_law_change(state, request.actor, now, change=change, resolution=said.get("resolution", "")[:2000]),
            now,
        )  # fmt: skip
        messages.success(request, _("Recorded. The change no longer stands on Today."))
    except Conflict:
        messages.warning(
            request, _("Someone else worked on this matter meanwhile. Look again, and answer if it still fits.")
        )
    except (DulyError, ValueError) as error:
        messages.error(request, str(error))
    return redirect("policy:changed", matter)
