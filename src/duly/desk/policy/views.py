"""The office's policies to read: what binds, what is being written, every version, and the difference between two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from duly import law
from duly.desk.accounts.gate import Visit
from duly.desk.accounts.roles import may
from duly.desk.law.reading import Stretch, stretches
from duly.desk.policy import checking, document
from duly.desk.policy.comparing import lines_between
from duly.desk.policy.document import Written
from duly.desk.policy.forms import Ending
from duly.desk.shelf import PolicyFile, UnusablePolicyError, library, library_for, with_policies
from duly.desk.storage import originals
from duly.desk.storage.models import PolicyRow
from duly.desk.storage.policies import load_policy, policy_file
from duly.errors import DulyError
from duly.evidence import FactValue
from duly.law import Difference, LawAt
from duly.law.rules import Duty
from duly.matters.policies import Policy, PolicyVersion, in_force, may_approve


@dataclass(frozen=True, slots=True)
class Listed:
    """One policy of the list: how it stands today."""

    row: PolicyRow
    binds: int | None
    since: date | None
    comes: date | None
    ended: date | None


@require_safe
def policies(request: Visit) -> HttpResponse:
    """Every policy of this office."""
    drafts = may(request.role, "see policy draft")
    rows = PolicyRow.objects.filter(office=request.office).prefetch_related("versions")
    listed = [_listed(row, request.office.today()) for row in rows if drafts or row.versions.all()]
    context = {
        "listed": listed, "sees_drafts": drafts, "may_write": may(request.role, "draft policy"), "problem": _problem(request),
    }  # fmt: skip
    return render(request, "policy/policies.html", context)


def _problem(request: Visit) -> str:
    """Why the office's policies cannot be applied with the rulebooks as they are; empty where they can."""
    try:
        library_for(request.office, request.office.today())
    except UnusablePolicyError as error:
        return str(error)
    return ""


def _listed(row: PolicyRow, today: date) -> Listed:
    versions = sorted(row.versions.all(), key=lambda version: version.number)
    last = next((version for version in reversed(versions) if version.effective_from <= today), None)
    coming = [version.effective_from for version in versions if version.effective_from > today]
    binds = last is not None and bool(last.paper)
    return Listed(
        row,
        last.number if last is not None and binds else None,
        last.effective_from if last is not None and binds else None,
        min(coming) if coming else None,
        last.effective_from if last is not None and not binds else None,
    )


@require_safe
def policy(request: Visit, policy: str) -> HttpResponse:
    """One policy: a version as annotated statute, its versions, and what waits."""
    found = _readable(request, policy)
    shown = _shown(request, found)
    draft = found.draft if may(request.role, "see policy draft") else None
    awaits = draft is not None and draft.status == "submitted" and may(request.role, "approve policy")
    can = {
        "write": may(request.role, "draft policy"),
        "submit": may(request.role, "submit policy") and draft is not None and draft.status == "draft",
        "withdraw": may(request.role, "withdraw policy draft") and draft is not None,
        "approve": awaits and draft is not None and may_approve(request.actor, draft),
        "own": awaits and draft is not None and not may_approve(request.actor, draft),
        "end": may(request.role, "draft policy") and draft is None and bool(found.versions) and not found.versions[-1].ends,
    }  # fmt: skip
    text, problem = _stretches(request, found, shown) if shown is not None else ([], "")
    context = {
        "policy": found,
        "shown": shown,
        "draft": draft,
        "binding": found.on(request.office.today()),
        "versions": [(version, _standing(found.versions, version, request.office.today())) for version in reversed(found.versions)],
        "stretches": text,
        "problem": problem,
        "checked": _checked(request, found.id, draft) if can["approve"] and draft is not None and draft.paper else None,
        "history": reversed(found.history) if may(request.role, "see policy draft") else [],
        "can": can,
        "ending": Ending(initial={"effective_from": request.office.today()}),
    }  # fmt: skip
    return render(request, "policy/policy.html", context)


@require_safe
def text(request: Visit, policy: str, number: int) -> HttpResponse:
    """The document of one approved version, as a rulebook file."""
    version = _readable(request, policy).version(number)
    if version is None or version.paper is None:
        raise Http404
    response = HttpResponse(originals.read(version.paper), content_type="text/markdown; charset=utf-8")
    name = f"{slugify(version.title)[:60] or 'policy'}-{number}.md"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def compare(request: Visit, policy: str) -> HttpResponse:
    """Two versions: which lines differ, and for each act a case whose answer does."""
    found = _readable(request, policy)
    known = _comparable(request, found)
    before = known.get(request.GET.get("from", ""))
    after = known.get(request.GET.get("to", ""))
    if before is None or after is None:
        raise Http404
    differences, problem = _differences(request, found, before, after)
    context = {
        "policy": found, "before": before, "after": after, "known": known, "problem": problem,
        "lines": list(lines_between(_body(before), _body(after))),
        "differ": [(one, law.in_words(library(), _told(one))) for one in differences if one.same is False],
        "unsettled": [one for one in differences if one.same is None],
    }  # fmt: skip
    return render(request, "policy/compare.html", context)


def _readable(request: Visit, policy: str) -> Policy:
    """The policy, where this person may read anything of it."""
    found = load_policy(request.office, policy)
    if not found.versions and not may(request.role, "see policy draft"):
        raise Http404
    return found


def _shown(request: Visit, policy: Policy) -> PolicyVersion | None:
    """The version asked for; otherwise the draft for whoever may see it, what binds, or the last."""
    known = _comparable(request, policy)
    asked = request.GET.get("version", "")
    if asked:
        if asked not in known:
            raise Http404
        return known[asked]
    last = policy.versions[-1] if policy.versions else None
    return known.get("draft") or policy.on(request.office.today()) or last


def _comparable(request: Visit, policy: Policy) -> dict[str, PolicyVersion]:
    known = {str(version.number): version for version in policy.versions}
    if policy.draft is not None and may(request.role, "see policy draft"):
        known["draft"] = policy.draft
    return known


def _standing(versions: Sequence[PolicyVersion], version: PolicyVersion, today: date) -> str:
    """How one version stands today."""
    current = in_force(versions, today)
    if version is current:
        return "ended the policy" if version.ends else "in force"
    if version.effective_from > today:
        later = any(one.number > version.number and one.effective_from <= version.effective_from for one in versions)
        return "never takes effect: a later version replaces it" if later else "comes into force"
    return "superseded"


def _body(version: PolicyVersion) -> str:
    return "" if version.paper is None else document.body_of(originals.read(version.paper).decode())


def _written(version: PolicyVersion) -> Written:
    return Written(version.title, version.adopted_on, version.effective_from, _body(version))


def _checked(request: Visit, policy: str, draft: PolicyVersion) -> checking.Checked:
    return checking.check(request, policy, _written(draft))


def _file(request: Visit, policy: Policy, version: PolicyVersion) -> tuple[PolicyFile, ...]:
    if version.paper is None:
        return ()
    return (policy_file(request.office, policy.id, version.title, version.number, version.paper),)


def _stretches(request: Visit, policy: Policy, version: PolicyVersion) -> tuple[list[Stretch], str]:
    """The version as annotated statute; what is wrong where it does not load."""
    if version.paper is None:
        return [], ""
    try:
        books = with_policies(library(), _file(request, policy, version))
    except DulyError as error:
        return [], error.message
    on = max(version.effective_from, request.office.today())
    return stretches(books, books.enactments[f"{request.office.jurisdiction}/{policy.id}"], on), ""


def _told(difference: Difference) -> dict[str, FactValue]:
    """The example without the office's own kind, which its readers know."""
    return {name: value for name, value in (difference.example or {}).items() if name != "office.kind"}


def _differences(
    request: Visit, policy: Policy, before: PolicyVersion, after: PolicyVersion
) -> tuple[Sequence[Difference], str]:
    place = request.office.jurisdiction
    on = max(before.effective_from, after.effective_from, request.office.today())
    try:
        books = [with_policies(library(), _file(request, policy, version)) for version in (before, after)]
    except DulyError as error:
        return (), error.message
    enactment = f"{place}/{policy.id}"
    acts = {
        act
        for each in books
        if enactment in each.enactments
        for id in each.enactments[enactment].rules
        for rule in (each.by_id[id],)
        if isinstance(rule, Duty)
        for act in rule.acts
    }
    one, other = (LawAt(each, place, on) for each in books)
    given: dict[str, FactValue] = {"office.kind": request.office.kind} if request.office.kind else {}
    return law.diff(one, other, sorted(acts), given=given, limit_ms=3_000), ""
