"""Counsel writes, checks and sends on; another person approves or declines. Each records, and goes back to the policy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from duly.desk.accounts.gate import Visit
from duly.desk.policy import checking, document
from duly.desk.policy.comparing import Line, lines_between
from duly.desk.policy.document import Written
from duly.desk.policy.forms import Ending, PolicyText
from duly.desk.shelf import library
from duly.desk.storage import originals
from duly.desk.storage.law_changes import catch_up
from duly.desk.storage.policies import act_on_policy, begin_policy, load_policy
from duly.errors import DulyError
from duly.ledger import Conflict
from duly.matters.events import Event
from duly.matters.policies import (
    PREFIX,
    Policy,
    approve_policy,
    decline_policy,
    draft_policy,
    submit_policy,
    withdraw_policy_draft,
)

AT_ONCE = 40
"""How many open matters are held against a policy while its approver waits; the worker goes on with the others."""


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Visit) -> HttpResponse:
    """A first draft of a new policy, beginning with words to change."""
    if request.method == "POST":
        return _written(request, None)
    today, title = request.office.today(), _("Our policy on subpoenas")
    body = document.starter(request.office, title, today)
    start = {"title": title, "adopted_on": today, "effective_from": today, "body": body}
    return _editor(request, None, PolicyText(initial=start), Written(title, today, today, body))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Visit, policy: str) -> HttpResponse:
    """Write on at a draft, or at a new version of what binds."""
    found = load_policy(request.office, policy)
    if request.method == "POST":
        return _written(request, found)
    newest = (
        found.draft
        if found.draft is not None and found.draft.paper
        else next((version for version in reversed(found.versions) if version.paper), None)
    )
    if newest is None or newest.paper is None:
        return redirect("policy:policy", policy)
    today = request.office.today()
    written = Written(
        newest.title, newest.adopted_on, newest.effective_from if newest.status != "approved" else max(today, newest.effective_from),
        document.body_of(originals.read(newest.paper).decode()),
    )  # fmt: skip
    start = {
        "title": written.title, "adopted_on": written.adopted_on, "effective_from": written.effective_from,
        "backdated_because": newest.backdated_because if newest.status != "approved" else "", "body": written.body,
    }  # fmt: skip
    return _editor(request, found, PolicyText(initial=start), written)


@require_POST
def check_text(request: Visit) -> HttpResponse:
    """The checks alone, for a page that asks while somebody types. Records nothing."""
    form = PolicyText(request.POST)
    known = request.POST.get("policy", "")
    checked = checking.check(request, _id(known), form.written()) if form.is_valid() else None
    return render(request, "policy/checks.html", {"checked": checked, "form": form, "live": True})


def _id(known: str) -> str:
    """The id under which a text is tried: its policy's own, or any that no policy has."""
    plain = known.removeprefix(PREFIX)
    return known if known.startswith(PREFIX) and plain.isalnum() else f"{PREFIX}new"


def _written(request: Visit, policy: Policy | None) -> HttpResponse:
    """What one of the editor's buttons asks for: put a block in, check, keep, or keep and send on."""
    form = PolicyText(request.POST)
    wish = request.POST.get("do", "keep")
    if not form.is_valid():
        return _editor(request, policy, form, None, status=422)
    written = form.written()
    if wish in document.SNIPPETS:
        body = document.with_snippet(wish, request.office, written)
        again = PolicyText(initial={**form.cleaned_data, "body": body})
        return _editor(request, policy, again, Written(written.title, written.adopted_on, written.effective_from, body))
    if wish == "check":
        return _editor(request, policy, form, written)
    return _kept(request, policy, form, written, send_on=wish == "submit")


def _kept(request: Visit, policy: Policy | None, form: PolicyText, written: Written, *, send_on: bool) -> HttpResponse:
    office, now = request.office, request.office.now()
    kept = originals.keep([document.compose(office, written).encode()])
    id = policy.id if policy is not None else f"{PREFIX}{uuid4().hex[:12]}"
    try:
        events = draft_policy(
            policy, request.actor, now, id=id, office=office.id, paper=kept.sha256, title=written.title,
            adopted_on=written.adopted_on, effective_from=written.effective_from,
            backdated_because=form.cleaned_data["backdated_because"],
        )  # fmt: skip
        if policy is None:
            saved = begin_policy(office, events)
        else:
            expected = int(request.POST.get("expected", policy.sequence))
            saved = act_on_policy(office, policy, lambda _policy: events, expected=expected)
    except Conflict:
        form.add_error(None, _("Someone else saved this policy after you opened it. Your text is still here and was not saved. Below is how the two differ; if you keep yours now, it takes the place of theirs, which stays in the record."))  # fmt: skip
        return _editor(request, load_policy(office, id), form, written, status=409)
    except (DulyError, ValueError) as error:
        form.add_error(None, str(error))
        return _editor(request, policy, form, written, status=422)
    if send_on:
        return _sent_on(request, saved, written)
    messages.success(request, _("The draft is kept. It binds nobody until another person has approved it."))
    return redirect("policy:edit", saved.id)


@require_POST
def submit(request: Visit, policy: str) -> HttpResponse:
    """Send the draft on for approval, as it was kept."""
    found = load_policy(request.office, policy)
    draft = found.draft
    if draft is None or draft.paper is None:
        return _do(request, found, lambda state, now: submit_policy(state, request.actor, now), _waits())
    body = document.body_of(originals.read(draft.paper).decode())
    return _sent_on(request, found, Written(draft.title, draft.adopted_on, draft.effective_from, body))


def _waits() -> str:
    return _("The policy waits for another person's approval.")


def _sent_on(request: Visit, policy: Policy, written: Written) -> HttpResponse:
    """Send it on, unless it does not load or one of its own cases comes out otherwise."""
    wrong = checking.loads(request, policy.id, written)
    if wrong:
        for sentence in wrong[:10]:
            messages.error(request, sentence)
        messages.warning(request, _("The draft is kept, and was not sent on: first put right what is named above."))
        return redirect("policy:edit", policy.id)
    return _do(request, policy, lambda state, now: submit_policy(state, request.actor, now), _waits())


@require_POST
def decide(request: Visit, policy: str) -> HttpResponse:
    """Approve or decline exactly the text that was read."""
    found = load_policy(request.office, policy)
    draft, actor = _number(request.POST.get("draft", "")), request.actor
    if request.POST.get("do") == "approve":
        answer = _do(
            request, found, lambda state, now: approve_policy(state, actor, now, draft=draft),
            _("The policy is approved. It binds from its day on, and this version never changes."),
        )  # fmt: skip
        if load_policy(request.office, policy).versions != found.versions:
            _tell_of_matters(request)
        return answer
    because = request.POST.get("because", "")
    return _do(
        request, found, lambda state, now: decline_policy(state, actor, now, draft=draft, because=because),
        _("The policy is declined, and counsel sees why."),
    )  # fmt: skip


def _tell_of_matters(request: Visit) -> None:
    try:
        changed = catch_up(request.office, AT_ONCE)
    except DulyError as error:
        messages.error(request, str(error))
        return
    if changed:
        messages.warning(request, _("Answers on open matters are others now. Today lists them under “What changed”."))


@require_POST
def withdraw(request: Visit, policy: str) -> HttpResponse:
    """Take back a draft."""
    found = load_policy(request.office, policy)
    done = _("The draft is taken back. What binds goes on binding.")
    answer = _do(request, found, lambda state, now: withdraw_policy_draft(state, request.actor, now), done)
    return answer if found.versions else redirect("policy:policies")


@require_POST
def end(request: Visit, policy: str) -> HttpResponse:
    """Draft that the policy ends on a day; another person approves that, too."""
    found = load_policy(request.office, policy)
    form = Ending(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say from which day the policy no longer binds."))
        return redirect("policy:policy", policy)
    said, actor, last = form.cleaned_data, request.actor, found.versions[-1] if found.versions else None

    def ending(state: Policy, now: datetime) -> Sequence[Event]:
        return draft_policy(
            state, actor, now, id=state.id, office=state.office, paper=None, title=state.title,
            adopted_on=last.adopted_on if last is not None else now.date(), effective_from=said["effective_from"],
            backdated_because=said["backdated_because"],
        )  # fmt: skip

    return _do(request, found, ending, _("Drafted that the policy ends. Send it on for approval."))


def _do(
    request: Visit, policy: Policy, decide: Callable[[Policy, datetime], Sequence[Event]], done: str
) -> HttpResponse:
    """Do one thing with a policy, and go back to its page with a sentence either way."""
    now = request.office.now()
    try:
        expected = int(request.POST.get("seen", policy.sequence))
        act_on_policy(request.office, policy, lambda state: decide(state, now), expected=expected)
        messages.success(request, done)
    except Conflict:
        messages.warning(request, _("Someone else worked on this policy after you opened the page. Nothing of yours was recorded; look at what changed and do it again if it still fits."))  # fmt: skip
    except (DulyError, ValueError) as error:
        messages.error(request, str(error))
    return redirect("policy:policy", policy.id)


def _theirs(policy: Policy | None, written: Written | None) -> list[Line]:
    """How the text that was saved meanwhile differs from the one in the editor."""
    paper = policy.draft.paper if policy is not None and policy.draft is not None else None
    saved = document.body_of(originals.read(paper).decode()) if paper is not None else ""
    return list(lines_between(saved, written.body if written is not None else ""))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _editor(
    request: Visit, policy: Policy | None, form: PolicyText, written: Written | None, status: int = 200
) -> HttpResponse:
    """The editor with the checks beside it."""
    id = policy.id if policy is not None else ""
    words = library().vocabulary
    context = {
        "policy": policy,
        "form": form,
        "checked": checking.check(request, _id(id), written) if written is not None else None,
        # Who was overtaken has now seen the newer state, and may keep theirs knowingly.
        "expected": (request.POST.get("expected") if status != 409 else "")
        or (policy.sequence if policy is not None else 0),
        "theirs": _theirs(policy, written) if status == 409 else None,
        "acts": words.acts.values(),
        "facts": sorted(words.facts.values(), key=lambda fact: fact.name),
        "prefix": f"{request.office.jurisdiction}/",
    }
    return render(request, "policy/editor.html", context, status=status)
