"""Browse the law as text and rule."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from duly.desk.accounts.gate import Visit
from duly.desk.law import plain, reading, uses
from duly.desk.law.asked import asked_on, law_of, read_date, today
from duly.desk.words.dates import day


@require_safe
def law(request: Visit) -> HttpResponse:
    """Every jurisdiction with what it has enacted."""
    books = law_of(request, today(request))
    own = {place.id for place in books.chain(request.office.jurisdiction)} if request.office else set()
    return render(request, "law/law.html", {"shelves": reading.shelves(books), "own": own, "digest": books.digest})


@require_safe
def enactment(request: Visit, enactment: str) -> HttpResponse:
    """One enactment: its text on the left, its rules on the right, as of a date."""
    wrong: list[str] = []
    on = read_date(request.GET.get("on", ""), today(request), wrong)
    books = law_of(request, on)
    found = books.enactments.get(enactment)
    if found is None:
        raise Http404
    stretches = reading.stretches(books, found, on, uses.uses(request, found.rules))
    rules = [entry for stretch in stretches for entry in stretch.rules]
    counted = sum(entry.in_force for entry in rules)
    context = {
        "enactment": found,
        "place": books.jurisdiction(found.jurisdiction),
        "stretches": stretches,
        "on": on,
        "shown_on": day(on),
        "wrong": wrong,
        "in_force": counted,
        "not_in_force": len(rules) - counted,
        "shadows": uses.not_known(request),
    }
    return render(request, "law/enactment.html", context, status=422 if wrong else 200)


@require_safe
def rule(request: Visit, rule: str) -> HttpResponse:
    """The lasting address of a rule: on to its place beside the text."""
    on = asked_on(request)
    found = law_of(request, on).by_id.get(rule)
    if found is None:
        raise Http404
    return redirect(plain.rule_href(found, on))
