"""The inbox: put papers in, watch them being read, open them as matters."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from duly.desk.accounts.gate import Visit
from duly.desk.accounts.roles import may
from duly.desk.headers import ORIGINAL_POLICY
from duly.desk.inbox.differing import differences
from duly.desk.inbox.forms import Join, OpenMatter, Upload
from duly.desk.inbox.joining import join, matter_numbered, open_amending, open_together
from duly.desk.inbox.malware import withheld
from duly.desk.inbox.messages import take_in
from duly.desk.inbox.models import InboxItem
from duly.desk.inbox.opening import open_as_matters
from duly.desk.inbox.receiving import readings_of, set_aside, told
from duly.desk.shelf import kinds
from duly.desk.storage import originals
from duly.desk.storage.matters import load
from duly.desk.verify.sheets import sheet_of
from duly.errors import DulyError
from duly.instruments.kind import FieldValue
from duly.matters import Instrument, Matter, instruments_from

PAGE = 50


@require_safe
def inbox(request: Visit) -> HttpResponse:
    """What came in and is no matter yet; with ?show=all also what has become one."""
    everything = request.GET.get("show") == "all"
    items = InboxItem.objects.filter(office=request.office).select_related("progress")
    shown = items if everything else items.exclude(state__in=("opened", "set aside"))
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "working": any(item.is_working for item in page),
        "everything": everything,
        "hidden": 0 if everything else items.count() - page.paginator.count,
        "form": Upload(initial={"received_at": request.office.now().replace(tzinfo=None), "way": "upload"}),
        "can_receive": may(request.role, "receive paper"),
        "can_open": may(request.role, "open matter") and sum(item.state == "read" for item in page) > 1,
    }
    return render(request, "inbox/inbox.html", context)


@require_POST
def upload(request: Visit) -> HttpResponse:
    """Keep each file and return at once; the reading goes on beside."""
    form = Upload(request.POST, request.FILES)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
        return redirect("inbox:inbox")
    office, now = request.office, request.office.now()
    typed = form.cleaned_data["received_at"]
    received_at = typed.replace(tzinfo=office.zone) if typed is not None else now
    files = form.cleaned_data["papers"]
    count = 0
    for file in files:
        try:
            items = take_in(
                office, request.actor, file.chunks(), file.name or "", at=now, received_at=received_at,
                way=form.cleaned_data["way"],
            )  # fmt: skip
        except DulyError as error:
            messages.error(request, f"{file.name}: {error}")
        else:
            count += len(items)
    if not count:
        return redirect("inbox:inbox")
    messages.success(
        request,
        ngettext("%(n)d paper received. It is being read.", "%(n)d papers received. They are being read.", count)
        % {"n": count},
    )
    return redirect("inbox:inbox")


@require_safe
def row(request: Visit, item: int) -> HttpResponse:
    """One row, for the page that waits."""
    found = _item(request, item)
    response = render(request, "inbox/row.html", {"item": found})
    if not found.is_working:
        # 286 tells htmx to stop asking.
        response.status_code = 286 if request.headers.get("HX-Request") else 200
    return response


@require_safe
def item(request: Visit, item: int) -> HttpResponse:
    """One paper: what the machine saw, or why it could not read it; and what to do with it."""
    found = _item(request, item)
    return _item_page(request, found, _opening(request, found))


@require_POST
def open_item(request: Visit, item: int) -> HttpResponse:
    """Open a matter for each instrument in the paper."""
    found = _item(request, item)
    form = OpenMatter(request.POST)
    if not form.is_valid():
        return _item_page(request, found, form, status=422)
    try:
        matters = open_as_matters(request.office, request.actor, found, form.cleaned_data, request.office.now())
    except DulyError as error:
        form.add_error(None, str(error))
        return _item_page(request, found, form, status=422)
    if len(matters) > 1:
        numbers = ", ".join(matter.number for matter in matters)
        messages.success(request, _("The paper holds several instruments. Opened matters %(n)s.") % {"n": numbers})
    return redirect("verify:verify", matters[0].id)


@require_POST
def join_item(request: Visit, item: int) -> HttpResponse:
    """Make the paper part of a matter that is there already, as whatever the person says that it is."""
    found = _item(request, item)
    form, opening = Join(request.POST), OpenMatter(request.POST)
    now = request.office.now()
    if not form.is_valid():
        return _item_page(request, found, _opening(request, found), joining=form, status=422)
    belonging = form.cleaned_data["belonging"]
    try:
        matter = matter_numbered(request.office, request.actor, form.cleaned_data["number"])
        if belonging == "amends":
            said = opening.cleaned_data if opening.is_valid() else {"received_at": _received(request, found)}
            matter = open_amending(request.office, request.actor, found, matter, said, now)
        else:
            matter = join(request.office, request.actor, found, matter, belonging, now)
    except DulyError as error:
        form.add_error(None, str(error))
        return _item_page(request, found, _opening(request, found), joining=form, status=422)
    messages.success(request, _("The paper is part of matter %(n)s.") % {"n": matter.number})
    return redirect("matter:matter" if belonging == "copy" else "verify:verify", matter.id)


@require_POST
def together(request: Visit) -> HttpResponse:
    """Open one matter for several papers that were served together."""
    chosen = [int(number) for number in request.POST.getlist("item") if number.isdigit()][:PAGE]
    items = list(InboxItem.objects.filter(pk__in=chosen, office=request.office).order_by("id"))
    if len(items) < 2:
        messages.error(request, _("Choose at least two papers that were served together."))
        return redirect("inbox:inbox")
    said = {"received_at": min(_received(request, one) for one in items)}
    try:
        matter = open_together(request.office, request.actor, items, said, request.office.now())
    except DulyError as error:
        messages.error(request, str(error))
        return redirect("inbox:inbox")
    messages.success(request, _("Opened matter %(n)s with all the papers chosen.") % {"n": matter.number})
    return redirect("verify:verify", matter.id)


@require_POST
def put_aside(request: Visit, item: int) -> HttpResponse:
    """Set a paper aside that is no matter, with the reason."""
    found = _item(request, item)
    try:
        set_aside(found, request.actor, request.office.now(), request.POST.get("reason", ""))
    except DulyError as error:
        messages.error(request, str(error))
        return redirect("inbox:item", item)
    messages.success(request, _("Set aside. It can still be found under “all papers”."))
    return redirect("inbox:inbox")


@require_safe
def original(request: Visit, item: int) -> HttpResponseBase:
    """The original's bytes, as a download that may do nothing."""
    found = _item(request, item)
    if withheld(found):
        messages.error(request, _("This file is not handed out: it is infected, or has not been checked yet."))
        return redirect("inbox:item", item)
    return serve_original(found.paper, found.file_name)


@require_safe
def picture(request: Visit, item: int, page: int) -> HttpResponseBase:
    """The picture of one page."""
    from duly.desk.verify.pictures import serve_picture

    found = _item(request, item)
    if withheld(found):
        raise Http404
    return serve_picture(found.paper, page)


def serve_original(paper: str, name: str) -> HttpResponseBase:
    """Bytes that came from outside: never shown inside the desk's own pages, always a download."""
    originals.read(paper)
    response = FileResponse(originals.place(paper).open("rb"), content_type="application/octet-stream")
    safe = re.sub(r"[^\w.\- ]", "_", name, flags=re.ASCII)[-100:] or "paper"
    response["Content-Disposition"] = (
        f"attachment; filename=\"{safe}\"; filename*=UTF-8''{quote(name[-100:] or 'paper')}"
    )
    response["Content-Security-Policy"] = ORIGINAL_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _item(request: Visit, item: int) -> InboxItem:
    return get_object_or_404(InboxItem.objects.select_related("office"), pk=item, office=request.office)


def _received(request: Visit, item: InboxItem) -> datetime:
    """When the office got it, on the office's own clock."""
    return item.received_at.astimezone(request.office.zone).replace(tzinfo=None)


def _opening(request: Visit, item: InboxItem) -> OpenMatter:
    return OpenMatter(initial={"received_at": _received(request, item)})


def _resembled(request: Visit, item: InboxItem) -> tuple[InboxItem | None, Matter | None]:
    """The earlier paper that this one resembles, and its matter where the person may see it."""
    earlier = InboxItem.objects.filter(pk=item.resembles, office=request.office).first() if item.resembles else None
    if earlier is None or not earlier.matter:
        return earlier, None
    try:
        return earlier, load(request.office, earlier.matter, request.actor)
    except Http404:
        return earlier, None


def _item_page(
    request: Visit, item: InboxItem, form: OpenMatter, *, joining: Join | None = None, status: int = 200
) -> HttpResponse:
    readings = readings_of(item.paper) if item.state in ("read", "opened") else ()
    instruments = instruments_from(readings, kinds()) if readings else ()
    if item.state == "opened" and item.matter and not request.path.endswith("/open/"):
        context_matter = item.matter
    else:
        context_matter = ""
    earlier, its_matter = _resembled(request, item)
    likely = {"exact": "copy", "near": "copy", "amended": "amends"}.get(item.resemblance, "accompanying")
    number = its_matter.number if its_matter is not None else ""
    context = {
        "item": item,
        "instruments": [(one, _fields(one)) for one in instruments],
        "sheet": sheet_of(readings[0].document, 1, lambda page: _picture_address(item, page)) if readings else None,
        "form": form,
        "earlier": earlier,
        "its_matter": its_matter,
        "differences": differences(item, earlier, its_matter) if earlier is not None and readings else [],
        "joining": joining or Join(initial={"number": number, "belonging": likely}, auto_id="join_%s"),
        "told": told(item),
        "can_join": item.state == "read" and may(request.role, "link paper"),
        "opened": context_matter,
        "can_set_aside": item.state in ("read", "refused") and may(request.role, "receive paper"),
        "can_open": item.state == "read" and may(request.role, "open matter"),
    }
    return render(request, "inbox/item.html", context, status=status)


def _fields(instrument: Instrument) -> list[tuple[str, FieldValue]]:
    """What was read, under the labels of the form."""
    kind = kinds().get(instrument.kind) if instrument.kind is not None else None
    labels = {spec.name: spec.label for spec in kind.fields} if kind is not None else {}
    return [
        (labels.get(name) or name.replace("_", " ").capitalize(), field.value)
        for name, field in instrument.fields.items()
        if field.value is not None
    ]


def _picture_address(item: InboxItem, page: int) -> str:
    from django.urls import reverse

    if item.state == "waiting":
        raise Http404
    return reverse("inbox:picture", args=[item.pk, page])
