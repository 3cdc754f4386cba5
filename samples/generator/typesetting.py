"""Typesets papers through typst and finds out where each entry came to stand."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import pikepdf
import typst
from samples.generator.paper import Paper, Place, Truth, is_typed, truth_of
from samples.generator.pen import signature

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
FORMS = HERE / "forms"
EPOCH = datetime(2020, 1, 2, 15, 0, tzinfo=UTC)


@dataclass
class Sheets:
    """One file as typeset: its PDF bytes, the truth about each instrument in it."""

    pdf: bytes
    instruments: list[Truth] = field(default_factory=list)


@lru_cache(maxsize=64)
def _compiler(form: str) -> typst.Compiler:
    return typst.Compiler(
        input=str(FORMS / f"{form}.typ"), root=str(HERE), font_paths=[str(FONTS)], ignore_system_fonts=True
    )


def typeset(papers: list[Paper], title: str = "", made: datetime = EPOCH) -> Sheets:
    """One PDF holding the papers in order. The same papers give the same bytes."""
    out = pikepdf.new()
    sheets = Sheets(b"")
    for paper in papers:
        first = len(out.pages) + 1
        with pikepdf.open(io.BytesIO(_one(paper, made))) as pdf:
            places = _take_marks(pdf, first)
            out.pages.extend(pdf.pages)
        sheets.instruments.append(truth_of(paper, places, first, len(out.pages)))
    _stamp(out, title, made)
    buffer = io.BytesIO()
    out.save(buffer, deterministic_id=True)
    sheets.pdf = buffer.getvalue()
    return sheets


def _one(paper: Paper, made: datetime) -> bytes:
    given = {
        "kind": paper.kind,
        "edition": paper.edition,
        "values": paper.words(),
        "style": paper.style,
        "pens": {name: _pen(who) for name, who in paper.pens.items()},
        **paper.extra,
    }
    pdf = _compiler(paper.form).compile(
        format="pdf", sys_inputs={"paper": json.dumps(given)}, pdf_tags=False, timestamp=made
    )
    if not isinstance(pdf, bytes):
        raise TypeError(f"typst gave no PDF for {paper.form}")
    return pdf


def _pen(who: str) -> str:
    """A drawn signature for a name; a typed one (`/s/ Name`, `Digitally signed by …`) stays text."""
    return who if is_typed(who) else signature(who).svg()


def _take_marks(pdf: pikepdf.Pdf, first_page: int) -> dict[str, list[Place]]:
    """Reads the marks (links `field:NAME`) and takes them out: the paper itself must not tell where its fields are."""
    places: dict[str, list[Place]] = {}
    for number, page in enumerate(pdf.pages, start=first_page):
        height = float(page.mediabox[3])
        for annotation in page.obj.get("/Annots", []):
            name = str(annotation.A.URI).removeprefix("field:")
            x0, y0, x1, y1 = (float(edge) for edge in annotation.Rect)
            places.setdefault(name, []).append(Place(number, (x0, height - y1, x1, height - y0)))
        if "/Annots" in page.obj:
            del page.obj["/Annots"]
    return places


def _stamp(pdf: pikepdf.Pdf, title: str, made: datetime) -> None:
    when = made.strftime("D:%Y%m%d%H%M%S+00'00'")
    pdf.docinfo["/Title"] = title
    pdf.docinfo["/Producer"] = "Duly sample papers (invented people)"
    pdf.docinfo["/CreationDate"] = when
    pdf.docinfo["/ModDate"] = when
