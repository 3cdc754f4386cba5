"""Several states of the law beside each other: places, dates, and which rule gives way to which."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from duly.desk.accounts.gate import Visit
from duly.desk.law import asked as addresses
from duly.desk.law import differing, papers, precedence
from duly.desk.law.interview import address
from duly.desk.law.places import compared
from duly.errors import DulyError
from duly.law import LawAt


@require_safe
def places(request: Visit) -> HttpResponse:
    """One act and one kind of paper in every rulebook, as a table and as a map."""
    books = addresses.law_of(request, addresses.asked_on(request))
    asked, wrong = addresses.read(books, request.GET, request.office, addresses.today(request))
    found = None
    if asked.act and asked.paper:
        try:
            found = compared(books, asked)
        except DulyError as refusal:
            wrong.append(str(refusal))
    kept = replace(asked, mode="", at="", skipped=(), law=books.digest[:12])
    context = {
        "acts": books.vocabulary.acts.values(),
        "papers": papers.choices(),
        "office_kinds": addresses.answers(books, books.vocabulary.facts["office.kind"]),
        "asked": asked,
        "office_kind": asked.given.get("office.kind", ""),
        "act": books.vocabulary.acts.get(asked.act),
        "paper_words": papers.in_words(asked.paper) if asked.paper else "",
        "found": found,
        "link": request.build_absolute_uri(address(kept, "law:places")),
        "law_changed": bool(asked.law) and not books.digest.startswith(asked.law),
        "wrong": list(dict.fromkeys(wrong)),
    }
    return render(request, "law/places.html", context, status=422 if wrong else 200)


@require_safe
def differences(request: Visit) -> HttpResponse:
    """Two dates or two places: which rules differ, and for each act, asked one by one, a case answered otherwise."""
    books = addresses.law_of(request, addresses.today(request))
    pair, wrong = differing.read(books, request.GET, request.office, addresses.today(request))
    sides = _sides(request, pair)
    acts = books.vocabulary.acts
    at_once = request.GET.get("cases") == "all"
    context = {
        "places": sorted(books.jurisdictions.values(), key=lambda place: place.id),
        "pair": pair,
        "first": books.jurisdictions[pair.place],
        "second": books.jurisdictions[pair.other],
        "changes": differing.change_links(books, pair) if pair.same_place else [],
        "rules": differing.rules_differing(*sides),
        "acts": [
            (
                act,
                differing.act_address(pair, act.id),
                differing.act_differing(*sides, act.id) if at_once else None,
            )
            for act in acts.values()
        ],
        "at_once": at_once,
        "wrong": list(dict.fromkeys(wrong)),
    }
    return render(request, "law/differences.html", context, status=422 if wrong else 200)


def _sides(request: Visit, pair: differing.Pair) -> tuple[LawAt, LawAt]:
    """The law on both sides, each with the office's own policies of its day."""
    first = LawAt(addresses.law_of(request, pair.before), pair.place, pair.before)
    return first, LawAt(addresses.law_of(request, pair.after), pair.other, pair.after)


@require_safe
def difference(request: Visit, act: str) -> HttpResponse:
    """One act of a comparison: a part of the page for htmx, a page of its own for everybody else."""
    books = addresses.law_of(request, addresses.today(request))
    if act not in books.vocabulary.acts:
        raise Http404
    pair, wrong = differing.read(books, request.GET, request.office, addresses.today(request))
    context = {
        "pair": pair,
        "first": books.jurisdictions[pair.place],
        "second": books.jurisdictions[pair.other],
        "act": books.vocabulary.acts[act],
        "found": None if wrong else differing.act_differing(*_sides(request, pair), act),
        "wrong": list(dict.fromkeys(wrong)),
    }
    part = bool(request.headers.get("HX-Request"))
    name = "law/difference_part.html" if part else "law/difference.html"
    return render(request, name, context, status=422 if wrong else 200)


@require_safe
def graph(request: Visit) -> HttpResponse:
    """Which rule gives way to which, for one act or for the whole law of a place, drawn and as a table."""
    books = addresses.law_of(request, addresses.asked_on(request))
    asked, wrong = addresses.read(books, request.GET, request.office, addresses.today(request))
    rules = precedence.rules_of(books, asked.place, asked.act, asked.on)
    context = {
        "acts": books.vocabulary.acts.values(),
        "places": sorted(books.jurisdictions.values(), key=lambda place: place.id),
        "asked": asked,
        "act": books.vocabulary.acts.get(asked.act),
        "place": books.jurisdictions[asked.place],
        "drawing": precedence.draw(books, rules, asked.on, exceptions=bool(asked.act)),
        "wrong": wrong,
    }
    return render(request, "law/graph.html", context, status=422 if wrong else 200)
