"""`/api/v1`: matters, papers and the law for programs. Sign-in by session; every route has its permission in the table."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, File, NinjaAPI, Schema
from ninja.files import UploadedFile

from duly.desk.inbox.messages import take_in
from duly.desk.inbox.models import InboxItem
from duly.desk.law.asking import ask, supposed
from duly.desk.shelf import library, library_for
from duly.desk.storage.matters import assessed, load
from duly.desk.today.work import visible_matters
from duly.errors import DulyError
from duly.matters import answer_json, plain

api = NinjaAPI(title="Duly", version="1", urls_namespace="api", docs_url=None, openapi_url="openapi.json")
PAGE = 100


class Question(Schema):
    """What to ask the law: an act, a jurisdiction, a date, and facts as text (`yes`, `2020-01-16`, `ice-i-138`)."""

    act: str
    office: str
    on: date
    facts: dict[str, str] = Field(default_factory=dict)


@api.exception_handler(DulyError)
def explain(request: HttpRequest, error: DulyError) -> HttpResponse:
    """A refusal as RFC 9457 says it."""
    body = {"type": f"urn:duly:{error.code}", "title": error.message, "detail": str(error), "status": 422}
    return HttpResponse(json.dumps(body), status=422, content_type="application/problem+json")


@api.get("/matters", url_name="matters", summary="The matters that you may see, newest first")
def matters(request: Any, after: str = "") -> dict[str, Any]:
    """A page of matters; pass `next` as `after` for the page that follows."""
    rows = visible_matters(request).order_by("-number")
    page = list((rows.filter(number__lt=after) if after else rows)[: PAGE + 1])
    shown = page[:PAGE]
    return {
        "matters": [
            {
                "id": row.id, "number": row.number, "kind": row.kind or None, "stage": row.stage,
                "received_at": row.received_at.isoformat(), "closed": row.closed,
            }
            for row in shown
        ],
        "next": shown[-1].number if len(page) > PAGE else None,
    }  # fmt: skip


@api.get("/matters/{slug:matter}", url_name="matter", summary="One matter with its answer (duly.answer/1)")
def matter(request: Any, matter: str) -> dict[str, Any]:
    """Where the matter stands, and what the law says on it."""
    found = load(request.office, matter, request.actor)
    assessment = None
    if found.assessment is not None:
        assessment = assessed(request.office, found, found.assessment.on)
    return {
        "id": found.id,
        "number": found.number,
        "sequence": found.sequence,
        "timeline": [{"at": line.at.isoformat(), "event": line.event, "sentence": line.sentence} for line in found.timeline],
        "answer": answer_json([assessment.as_json()] if assessment is not None else []),
    }  # fmt: skip


@api.post("/papers", url_name="papers", summary="Put a paper into the inbox")
def put_paper(request: Any, file: File[UploadedFile], again: bool = False) -> dict[str, Any]:
    """The original is kept and read beside; ask /papers/{id} how far it has come.

    The same bytes sent twice are received once, so that a program may repeat a request that got no answer; `again=true`
    says that they were served a second time. Of a message, `papers` lists each paper that came with it.
    """
    now, office = request.office.now(), request.office
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    known = InboxItem.objects.filter(office=office, paper=digest.hexdigest(), way="portal").order_by("-id").first()
    repeated = known is not None and not again
    items = [known] if known is not None and repeated else take_in(
        office, request.actor, file.chunks(), file.name or "", at=now, received_at=now, way="portal"
    )  # fmt: skip
    first = items[0]
    return {
        "id": first.pk, "sha256": first.paper, "state": first.state, "repeated": repeated,
        "papers": [item.pk for item in items],
    }  # fmt: skip


@api.get("/papers/{int:item}", url_name="paper", summary="What became of a paper")
def paper(request: Any, item: int) -> dict[str, Any]:
    """Whether it is waiting, read, refused (and why) or opened as a matter."""
    found = InboxItem.objects.filter(pk=item, office=request.office).first()
    if found is None:
        raise Http404
    return {
        "id": found.pk, "sha256": found.paper, "state": found.state, "kind": found.kind or None,
        "confidence": found.confidence, "reason": found.reason or None, "message": found.message or None,
        "matter": found.matter or None,
    }  # fmt: skip


@api.post("/law/ask", url_name="ask", summary="What the law says on supposed facts")
def ask_law(request: Any, question: Question) -> Any:
    """A determination with its proof. Nothing is kept."""
    own = question.office == request.office.jurisdiction
    books = library_for(request.office, question.on) if own else library()
    zone = ZoneInfo(books.jurisdiction(question.office).time_zone)
    found = ask(books, question.office, question.act, supposed(books, question.facts, zone), question.on)
    return plain(found)
