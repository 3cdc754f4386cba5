"""The question without a matter: one question at a time, or all at once; the answer, its proof as a file, and a link."""

from __future__ import annotations

import json
from dataclasses import replace

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from duly import law
from duly.desk.accounts.gate import Visit
from duly.desk.law import asked as addresses
from duly.desk.law import papers
from duly.desk.law.asking import looked_at
from duly.desk.law.interview import Interview, address, all_questions, interview, link_to_keep
from duly.errors import DulyError


@require_safe
def ask(request: Visit) -> HttpResponse:
    """What the law would say: an act, a place, a date, and facts; the next question, or the answer with its proof."""
    books = addresses.law_of(request, addresses.asked_on(request))
    asked, wrong = addresses.read(books, request.GET, request.office, addresses.today(request))
    found = None
    if asked.act and "start" not in request.GET:
        try:
            found = interview(books, asked)
        except DulyError as refusal:
            wrong.append(str(refusal))
    context = {
        "acts": books.vocabulary.acts.values(),
        "places": sorted(books.jurisdictions.values(), key=lambda place: place.id),
        "papers": papers.choices(),
        "asked": asked,
        "act": books.vocabulary.acts.get(asked.act),
        "place": books.jurisdictions[asked.place],
        "paper_words": papers.in_words(asked.paper) if asked.paper else "",
        "wrong": list(dict.fromkeys(wrong)),
        "found": found,
        **(_shown(request, found) if found is not None else {}),
    }
    return render(request, "law/ask.html", context, status=422 if wrong else 200)


def _shown(request: Visit, found: Interview) -> dict[str, object]:
    """What the page shows once there is an answer, final or running."""
    books = addresses.law_of(request, found.asked.on)
    asked, answer = found.asked, found.answer
    names = () if asked.mode != "all" else tuple(looked_at(answer))
    questions = all_questions(books, asked, answer, names) if asked.mode == "all" else []
    return {
        "answer": answer,
        "link": request.build_absolute_uri(link_to_keep(books, asked)),
        "proof_file": address(replace(asked, at="", mode=""), "law:proof"),
        "one_by_one": address(replace(asked, mode="")),
        "all_at_once": address(replace(asked, mode="all", at="")),
        "start_again": f"{address(replace(asked, mode='', at='', skipped=(), given={}))}&start=yes",
        "elsewhere": address(replace(asked, mode="", at="", skipped=()), "law:places"),
        "graph": address(replace(asked, mode="", at="", skipped=(), given={}, paper=""), "law:graph"),
        "law_changed": bool(asked.law) and not books.digest.startswith(asked.law),
        "decisive": [one for one in questions if one.decisive or one.given],
        "others": [one for one in questions if not one.decisive and not one.given],
    }


@require_safe
def proof(request: Visit) -> HttpResponse:
    """The answer as a file that proves itself (duly.proof/1), for `duly.proofcheck` and for anybody's own checker."""
    books = addresses.law_of(request, addresses.asked_on(request))
    asked, wrong = addresses.read(books, request.GET, request.office, addresses.today(request))
    if wrong:
        return _refused(" ".join(wrong))
    if not asked.act:
        raise Http404
    try:
        answer = law.determine(books, asked.place, asked.act, addresses.facts_of(books, asked), asked.on)
    except DulyError as refusal:
        return _refused(str(refusal))
    text = json.dumps(law.export_proof(books, answer), ensure_ascii=False, indent=1)
    name = f"proof-{asked.act}-{asked.place.replace('/', '-')}-{asked.on.isoformat()}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="application/json", headers=headers)


def _refused(sentence: str) -> HttpResponse:
    body = {"title": "The question could not be answered", "detail": sentence, "status": 422}
    return JsonResponse(body, status=422, content_type="application/problem+json")
