"""The Matter page, the list of matters, papers and pictures, letters, and the matter's part of the ledger."""

from __future__ import annotations

import json

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from duly import ledger as ledger_room
from duly.desk.accounts.gate import Visit
from duly.desk.accounts.roles import may
from duly.desk.headers import ORIGINAL_POLICY
from duly.desk.inbox.views import serve_original
from duly.desk.matter.page import page as matter_page
from duly.desk.matter.papers import made
from duly.desk.storage import ledger, originals
from duly.desk.storage.matters import load
from duly.desk.storage.models import MatterRow
from duly.desk.today.work import first_clock
from duly.desk.verify.pictures import serve_picture
from duly.desk.verify.sheets import mark, sheet
from duly.errors import DulyError
from duly.evidence import Box
from duly.matters import STAGES, Matter

PAGE = 50
# A letter of our own making, shown by the browser's own viewer, which styles its frame.
VIEWED_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"


@require_http_methods(["GET", "HEAD", "POST"])
def matters(request: Visit) -> HttpResponse:
    """Every matter of the office that this person may see, by stage, with a search over number, person and title.

    The search is posted: a name must not stand in an address.
    """
    words = request.POST.get("q", "").strip()
    stage = request.POST.get("stage", "") or request.GET.get("stage", "")
    rows = _visible(request)
    if words:
        rows = rows.filter(Q(number__icontains=words) | Q(title__icontains=words) | Q(person__icontains=words))
    if stage:
        rows = rows.filter(stage=stage)
    elif not words:
        rows = rows.filter(closed=False)
    found = Paginator(rows.prefetch_related("deadlines").order_by("-number"), PAGE).get_page(request.GET.get("page"))
    now = request.office.now()
    context = {
        "page": found,
        "rows": [(row, first_clock(row, now)) for row in found],
        "q": words,
        "stage": stage,
        "stages": STAGES,
        "too_many": bool(words) and found.paginator.num_pages > 1,
    }
    return render(request, "matter/list.html", context)


@require_safe
def matter(request: Visit, matter: str) -> HttpResponse:
    """The whole story of one matter."""
    found = load(request.office, matter, request.actor)
    return render(request, "matter/matter.html", matter_page(request, found))


@require_safe
def page(request: Visit, matter: str, paper: str, number: int) -> HttpResponse:
    """One page of a paper with the place of one value on it; `?box=` gives the place in points."""
    found = load(request.office, matter, request.actor)
    _own(found, paper)
    box = _box(request.GET.get("box", ""))
    marks = (mark(box, "value", "lit"),) if box is not None else ()
    context = {"matter": found, "sheet": sheet(matter, paper, number, marks), "number": number}
    return render(request, "matter/page.html", context)


@require_safe
def picture(request: Visit, matter: str, paper: str, number: int) -> HttpResponseBase:
    """The picture of one page."""
    _own(load(request.office, matter, request.actor), paper)
    return serve_picture(paper, number)


@require_safe
def original(request: Visit, matter: str, paper: str) -> HttpResponseBase:
    """The original's bytes, as a download."""
    found = load(request.office, matter, request.actor)
    name = next((one.file_name for one in found.papers if one.paper == paper and one.file_name), None)
    _own(found, paper)
    head = originals.place(paper).open("rb").read(1024)
    ending = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "image/tiff": ".tif"}
    return serve_original(paper, name or f"{found.number}-{paper[:8]}{ending.get(originals.media_type(head), '')}")


@require_safe
def draft(request: Visit, matter: str) -> HttpResponse:
    """The letter as it would be made now, shown as a PDF and marked as a draft; nothing is kept."""
    found = load(request.office, matter, request.actor)
    try:
        letter = made(request.office, found, request.office.now())
    except DulyError as error:
        messages.error(request, str(error))
        return redirect("matter:matter", matter)
    return _pdf(letter.pdf, f"{found.number}-preview.pdf")


@require_safe
def letter_pdf(request: Visit, matter: str, paper: str) -> HttpResponse:
    """A letter as it was made."""
    found = load(request.office, matter, request.actor)
    _own_letter(found, paper)
    return _pdf(originals.read(paper), f"{found.number}-letter.pdf", download=True)


@require_safe
def letter_json(request: Visit, matter: str, paper: str) -> HttpResponse:
    """The data inside a letter, as it lies in the PDF."""
    found = load(request.office, matter, request.actor)
    _own_letter(found, paper)
    from duly.desk.matter.twin import twin_inside

    response = HttpResponse(twin_inside(originals.read(paper)), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{found.number}-letter.json"'
    return response


@require_safe
def entries(request: Visit, matter: str) -> HttpResponse:
    """Every entry of the matter's chain; as JSON lines with ?as=jsonl, for checking without Duly."""
    found = load(request.office, matter, request.actor)
    if request.GET.get("as") == "jsonl":
        lines = b"\n".join(entry.line for entry in ledger.STORE.entries(matter)) + b"\n"
        response = HttpResponse(lines, content_type="application/x-ndjson")
        response["Content-Disposition"] = f'attachment; filename="{found.number}-ledger.jsonl"'
        return response
    rows = [(entry, entry.at.astimezone(request.office.zone)) for entry in ledger.STORE.entries(matter)]
    context = {"matter": found, "rows": rows, "can_verify": may(request.role, "verify a matter's ledger")}
    return render(request, "matter/entries.html", context)


@require_POST
def verify_chain(request: Visit, matter: str) -> HttpResponse:
    """Check the matter's own chain, with its sealed parts."""
    load(request.office, matter, request.actor)
    found = ledger_room.verify(ledger.STORE.entries(matter), ledger.keys(), scope="matter")
    if found.ok:
        messages.success(request, _("All %(n)d entries of this matter hold.") % {"n": found.entries})
    else:
        messages.error(request, str(found))
    return redirect("matter:ledger", matter)


@require_safe
def as_json(request: Visit, matter: str) -> HttpResponse:
    """The assessment as data, in the schema of `duly answer --json`."""
    from duly.desk.storage.matters import assessed
    from duly.matters import answer_json

    found = load(request.office, matter, request.actor)
    if found.assessment is None or (assessment := assessed(request.office, found, found.assessment.on)) is None:
        raise Http404
    return JsonResponse(json.loads(json.dumps(answer_json([assessment.as_json()]))))


def _visible(request: Visit) -> QuerySet[MatterRow]:
    rows = MatterRow.objects.filter(office=request.office)
    return rows if may(request.role, "see sealed matter") else rows.filter(sealed=False)


def _own(matter: Matter, paper: str) -> None:
    """A paper is shown only through a matter that it belongs to."""
    known = {one.paper for one in matter.papers} | {reading.paper for reading in matter.readings}
    known |= {one.paper for one in matter.petitions if one.paper} | {one.paper for one in matter.orders if one.paper}
    if paper not in known:
        raise Http404


def _own_letter(matter: Matter, paper: str) -> None:
    if all(letter.paper != paper for letter in matter.letters):
        raise Http404


def _box(text: str) -> Box | None:
    try:
        x0, y0, x1, y1 = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return Box(x0, y0, x1, y1)


def _pdf(data: bytes, name: str, *, download: bool = False) -> HttpResponse:
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'{"attachment" if download else "inline"}; filename="{name}"'
    response["Content-Security-Policy"] = ORIGINAL_POLICY if download else VIEWED_POLICY
    return response
