"""Page numbers that stay with a record: prefix and running number on every page, covering nothing."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import typst
from pikepdf import Dictionary

from duly.letters.coverage import FONTS
from duly.production.marks import ProductionError

_STRIP = 22.0
"""Points added under a page whose lower right corner is not blank, so that the number covers nothing."""

_STAMP = b"""
#let stamps = json(bytes(sys.inputs.stamps))
#set text(font: "Public Sans", size: 8.5pt, weight: "semibold", fallback: false)
#for s in stamps {
  page(width: s.width * 1pt, height: s.height * 1pt, margin: 0pt, fill: none, place(bottom + right, dx: -20pt, dy: -9pt, s.text))
}
"""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A copy with a number on each page, and the first and last of them. `next` is the running number after the last."""

    pdf: bytes
    numbers: tuple[str, ...]
    next: int

    @property
    def first(self) -> str:
        return self.numbers[0]

    @property
    def last(self) -> str:
        return self.numbers[-1]


def number(pdf: bytes, prefix: str, first: int, *, digits: int = 6) -> Numbered:
    """Stamp `prefix` and a running number of at least `digits` digits at the lower right of each displayed page.

    Where that corner is not blank the page grows by a strip at its foot; nothing of the record is covered or scaled.
    Raises ProductionError for a file that cannot be opened, a prefix that no font shows, or a number below 1.
    """
    if first < 1 or not prefix.isprintable() or not prefix.isascii():
        raise ProductionError("Numbers start at 1, after a prefix of plain letters and signs.")
    try:
        document = pikepdf.open(io.BytesIO(pdf))
    except pikepdf.PdfError as error:
        raise ProductionError(f"The file cannot be opened as a PDF: {error}.") from error
    with document:
        if not document.pages:
            raise ProductionError("The file has no pages.")
        numbers = tuple(f"{prefix}{first + index:0{digits}d}" for index in range(len(document.pages)))
        for page, blank in zip(document.pages, _blank_corners(pdf), strict=True):
            if not blank:
                _grow(page)
        stamps = [_size(page) | {"text": text} for page, text in zip(document.pages, numbers, strict=True)]
        _stamp(document, stamps)
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return Numbered(out.getvalue(), numbers, first + len(numbers))


def _blank_corners(pdf: bytes) -> list[bool]:
    """For each page, whether the place of the number is empty as displayed."""
    document = pdfium.PdfDocument(pdf)
    document.init_forms()
    blank = []
    for page in document:
        pixels = page.render(scale=1).to_numpy()[:, :, :3]
        corner = pixels[-24:, -150:]
        blank.append(bool(np.all(corner >= 250)))
    document.close()
    return blank


def _inherited(page: pikepdf.Page, key: str) -> Any:
    """A page's entry, or that of the nearest node above it (ISO 32000-1, 7.7.3.4)."""
    node: Any = page.obj
    for _ in range(64):
        if key in node:
            return node[key]
        if "/Parent" not in node:
            return None
        node = node["/Parent"]
    return None


def _turn(page: pikepdf.Page) -> int:
    return int(_inherited(page, "/Rotate") or 0) % 360


def _box(page: pikepdf.Page) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (float(value) for value in page.cropbox)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _size(page: pikepdf.Page) -> dict[str, object]:
    x0, y0, x1, y1 = _box(page)
    width, height = x1 - x0, y1 - y0
    return {"width": height, "height": width} if _turn(page) in (90, 270) else {"width": width, "height": height}


def _grow(page: pikepdf.Page) -> None:
    """Add the strip at the side that is displayed as the foot."""
    x0, y0, x1, y1 = _box(page)
    grown = {
        0: (x0, y0 - _STRIP, x1, y1),
        90: (x0, y0, x1 + _STRIP, y1),
        180: (x0, y0, x1, y1 + _STRIP),
        270: (x0 - _STRIP, y0, x1, y1),
    }
    page.mediabox = page.cropbox = grown[_turn(page)]


def _stamp(document: pikepdf.Pdf, stamps: list[dict[str, object]]) -> None:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    compiler = typst.Compiler(_STAMP, font_paths=fonts, ignore_system_fonts=True)
    made = compiler.compile(format="pdf", sys_inputs={"stamps": json.dumps(stamps)}, pdf_tags=False, timestamp=0)
    if not isinstance(made, bytes):
        raise ProductionError("The typesetter returned no numbers.")
    with pikepdf.open(io.BytesIO(made)) as overlay:
        for page, stamp in zip(document.pages, overlay.pages, strict=True):
            form = document.copy_foreign(stamp.as_form_xobject())
            _paint(document, page, form)


def _paint(document: pikepdf.Pdf, page: pikepdf.Page, form: pikepdf.Object) -> None:
    """Paint the stamp as an artifact (ISO 14289-1, 7.1) over the page, whatever state its own content leaves behind."""
    x0, y0, x1, y1 = _box(page)
    matrix = {
        0: (1, 0, 0, 1, x0, y0),
        90: (0, 1, -1, 0, x1, y0),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, -1, 1, 0, x0, y1),
    }
    placed = " ".join(f"{value:g}" for value in matrix[_turn(page)])
    resources = _inherited(page, "/Resources") or Dictionary()
    page.obj.Resources = document.make_indirect(Dictionary({str(key): value for key, value in resources.items()}))
    forms = Dictionary({str(key): value for key, value in page.obj.Resources.get("/XObject", Dictionary()).items()})
    name = next(name for name in (f"/DulyNumber{index}" for index in range(len(forms) + 1)) if name not in forms)
    forms[name] = form
    page.obj.Resources.XObject = forms
    page.contents_add(document.make_stream(b"q"), prepend=True)
    painted = f"\nQ /Artifact <</Type /Pagination>> BDC q {placed} cm {name} Do Q EMC"
    page.contents_add(document.make_stream(painted.encode()))
