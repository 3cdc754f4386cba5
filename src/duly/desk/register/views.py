"""What the public may see without signing in: counts, never names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

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

# The people of a sample are invented: there is nobody whom a small number could give away.
SAMPLE_THRESHOLD = 1
CROSSED = "answer by kind"


@dataclass(frozen=True, slots=True)
class TableShown:
    """One table of the register, labelled in the reader's language. `columns` only where two things are crossed."""

    title: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    columns: tuple[str, ...] = ()


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
    said = figures_room.statement(figures, language, found.name)
    context = {
        "publisher": found,
        "year": year,
        "years": years,
        "figures": figures,
        "tables": _tables(figures, language),
        # The warning that small numbers are for the office's own eyes is not for invented people.
        "statement": said if figures.is_public else said[1:],
    }
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
    as_of = office.now().replace(second=0, microsecond=0)
    return _counted(office.id, year, as_of, ledger.STORE.head().hash, office.is_sample)


@lru_cache(maxsize=64)
def _counted(office: str, year: int, as_of: datetime, head: str, sample: bool) -> Figures:
    """Counted once for each state of the ledger: `head` is the hash of its last entry."""
    threshold = SAMPLE_THRESHOLD if sample else figures_room.DEFAULT_THRESHOLD
    return figures_room.figures(
        ledger.open_parts(office),
        figures_room.year(year),
        as_of=as_of,
        office=office,
        threshold=threshold,
        kinds=kinds(),
    )


def _tables(figures: Figures, language: Language) -> list[TableShown]:
    data = figures_room.register_json(figures, kinds())
    return [
        _crossed(table, language) if table["id"] == CROSSED else _plain(table, language)
        for table in data["tables"]
        if table["rows"]
    ]


def _plain(table: Mapping[str, Any], language: Language) -> TableShown:
    rows = tuple((row["label"][language], (row["shown"],)) for row in table["rows"])
    return TableShown(table["title"][language], rows)


def _crossed(table: Mapping[str, Any], language: Language) -> TableShown:
    """One row for each kind, one column for each way in which it was answered."""
    lines: dict[str, list[str]] = {}
    columns: dict[str, None] = {}
    for row in table["rows"]:
        *kind, outcome = row["label"][language].split(" · ")
        columns[outcome] = None
        lines.setdefault(" · ".join(kind[1:] or kind), []).append(row["shown"])
    return TableShown(
        table["title"][language], tuple((kind, tuple(shown)) for kind, shown in lines.items()), tuple(columns)
    )
