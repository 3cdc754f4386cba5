"""Browse the law as text and rule, and ask what it says of an act on supposed facts."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from duly.desk.accounts.gate import Visit
from duly.desk.law import asking, reading
from duly.desk.shelf import library
from duly.errors import DulyError


@require_safe
def law(request: Visit) -> HttpResponse:
    """Every jurisdiction with what it has enacted."""
    books = library()
    own = {place.id for place in books.chain(request.office.jurisdiction)} if request.office else set()
    return render(request, "law/law.html", {"shelves": reading.shelves(books), "own": own, "digest": books.digest})


@require_safe
def enactment(request: Visit, enactment: str) -> HttpResponse:
    """One enactment: its text on the left, its rules on the right, as of a date."""
    books = library()
    found = books.enactments.get(enactment)
    if found is None:
        raise Http404
    on, wrong = _date(request.GET.get("on", ""), request)
    stretches = reading.stretches(books, found)
    context = {
        "enactment": found,
        "place": books.jurisdiction(found.jurisdiction),
        "stretches": stretches,
        "on": on,
        "wrong": wrong,
        "in_force": {rule.id for stretch in stretches for rule in reading.in_force(stretch.rules, on)},
    }
    return render(request, "law/enactment.html", context, status=422 if wrong else 200)


@require_safe
def ask(request: Visit) -> HttpResponse:
    """What the law would say: an act, a place, a date, and facts; the answer with its proof."""
    books = library()
    on, wrong = _date(request.GET.get("on", ""), request)
    place = request.GET.get("place") or (request.office.jurisdiction if request.office else "us")
    act = request.GET.get("act", "")
    given = {name[2:]: str(text) for name, text in request.GET.items() if name.startswith("f.") and text}
    if "f.office.kind" not in request.GET and request.office and place == request.office.jurisdiction:
        given["office.kind"] = request.office.kind
    answer, questions, error = None, [], wrong
    if act in books.vocabulary.acts and place in books.jurisdictions and not wrong:
        zone = ZoneInfo(books.jurisdiction(place).time_zone)
        try:
            answer = asking.ask(books, place, act, asking.supposed(books, given, zone), on)
            questions = asking.turns_on(books, answer, given)
        except DulyError as refusal:
            error = str(refusal)
    context = {
        "acts": books.vocabulary.acts.values(),
        "places": sorted(books.jurisdictions.values(), key=lambda found: found.id),
        "act": books.vocabulary.acts.get(act),
        "place": place,
        "on": on,
        "answer": answer,
        "decisive": [question for question in questions if question.decisive or question.given],
        "others": [question for question in questions if not question.decisive and not question.given],
        "error": error,
    }
    return render(request, "law/ask.html", context, status=422 if error else 200)


def _date(text: str, request: Visit) -> tuple[date, str]:
    """The chosen date, or the office's today and a sentence saying what was wrong."""
    today = request.office.today() if request.office else date.today()  # noqa: DTZ011 (no office: any day will do)
    if not text:
        return today, ""
    try:
        return date.fromisoformat(text), ""
    except ValueError:
        return today, f"“{text}” is not a date. Write it as 2020-01-16."
