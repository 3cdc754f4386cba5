"""What the public may see without signing in: counts, never names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from duly import register as figures_room
from duly.desk.accounts.models import Office
from duly.desk.shelf import kinds
from duly.desk.storage import ledger
from duly.desk.storage.models import MatterRow
from duly.register import Figures, Language


@dataclass(frozen=True, slots=True)
class TableShown:
    """One table of the register, labelled in the reader's language."""

    title: str
    rows: tuple[tuple[str, str], ...]


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The offices that publish here; straight to the one where there is only one."""
    offices = list(Office.objects.all())
    own = getattr(request, "office", None)
    if own is not None:
        return redirect("register:office", own.id)
    if len(offices) == 1:
        return redirect("register:office", offices[0].id)
    return render(request, "register/offices.html", {"offices": offices})


@require_safe
def office(request: HttpRequest, office: str) -> HttpResponse:
    """One office's figures of one year, with a neutral statement."""
    found = get_object_or_404(Office, pk=office)
    year = _year(request, found)
    figures = _figures(found, year)
    language: Language = "es" if (get_language() or "").startswith("es") else "en"
    years = sorted(
        {moment.year for moment in MatterRow.objects.filter(office=found).values_list("received_at", flat=True)}
        | {year}
    )
    context = {
        "publisher": found,
        "year": year,
        "years": years,
        "figures": figures,
        "tables": _tables(figures, language),
        "statement": figures_room.statement(figures, language, found.name),
    }  # fmt: skip
    return render(request, "register/register.html", context)


@require_safe
def as_json(request: HttpRequest, office: str) -> HttpResponse:
    """The same figures in the schema duly.register/1."""
    found = get_object_or_404(Office, pk=office)
    return JsonResponse(figures_room.register_json(_figures(found, _year(request, found)), kinds()))


@require_safe
def as_csv(request: HttpRequest, office: str) -> HttpResponse:
    """The same figures as CSV."""
    found = get_object_or_404(Office, pk=office)
    year = _year(request, found)
    response = HttpResponse(
        figures_room.register_csv(_figures(found, year), "en", kinds()), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{found.id}-{year}.csv"'
    return response


def _year(request: HttpRequest, office: Office) -> int:
    text = request.GET.get("year", "")
    if not text:
        return office.today().year
    if not text.isdigit() or not 1900 < int(text) < 2200:
        raise Http404
    return int(text)


def _figures(office: Office, year: int) -> Figures:
    return _counted(office.id, year, office.now().replace(second=0, microsecond=0), ledger.STORE.head().hash)


@lru_cache(maxsize=64)
def _counted(office: str, year: int, as_of: datetime, head: str) -> Figures:
    """Counted once for each state of the ledger: `head` is the hash of its last entry."""
    period = figures_room.year(year)
    return figures_room.figures(ledger.open_parts(office), period, as_of=as_of, office=office, kinds=kinds())


def _tables(figures: Figures, language: Language) -> list[TableShown]:
    data = figures_room.register_json(figures, kinds())
    return [
        TableShown(table["title"][language], tuple((row["label"][language], row["shown"]) for row in table["rows"]))
        for table in data["tables"]
        if table["rows"]
    ]
