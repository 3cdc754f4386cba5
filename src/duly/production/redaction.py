"""Redaction for good: the page becomes a picture, the areas are painted, and a new file is made from the pictures alone."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from duly.intake import Word, read
from duly.letters.coverage import FONTS
from duly.production.marks import Mark, check_marks
from duly.production.picture import DPI, Picture, inside, pdf_of, pictures, sheet, sizes

Recogniser = Callable[[bytes], Sequence[Sequence[Word]]]
"""From a PDF of pictures to the words seen on each page."""


@dataclass(frozen=True, slots=True)
class Redacted:
    """The redacted copy, its SHA-256 (hex), that of the original, and what was withheld.

    `warnings` tell of marks whose edge cuts through writing, so that parts of letters can still be read.
    """

    pdf: bytes
    sha256: str
    source: str
    marks: tuple[Mark, ...]
    pages: int
    warnings: tuple[str, ...] = ()


def redact(
    pdf: bytes,
    marks: Sequence[Mark],
    *,
    created: datetime,
    title: str = "Redacted copy",
    recognise: Recogniser | None = None,
    dpi: int = DPI,
) -> Redacted:
    """A copy in which nothing under the marks is left: not as text, picture, metadata, attachment or earlier revision.

    Every page is rendered at `dpi`, the areas are painted black, and a new PDF is made of the pictures. Its invisible text
    is read from the *painted* pictures, never taken from the original's text, for an original's text can stand where no
    reviewer sees it. `recognise` reads them (default: Duly's own OCR); pass `no_words` for a copy without text.
    Raises ProductionError for a mark without an area, a page or a reason, and for a file that cannot be opened.
    """
    check_marks(tuple(marks), sizes(pdf))
    painted, warnings = [], []
    for number, page in enumerate(pictures(pdf, dpi), 1):
        here = [mark for mark in marks if mark.page == number]
        warnings += [_cut_warning(number) for mark in here if _cuts_writing(page, mark)]
        painted.append(sheet(_painted(page, here)))
    seen = (recognise or words_seen)(pdf_of(painted, title=title, created=created))
    worded = [
        replace(page, words=_outside(words, marks, number))
        for number, (page, words) in enumerate(zip(painted, seen, strict=True), 1)
    ]
    made = pdf_of(worded, title=title, created=created)
    return Redacted(
        pdf=made,
        sha256=hashlib.sha256(made).hexdigest(),
        source=hashlib.sha256(pdf).hexdigest(),
        marks=tuple(marks),
        pages=len(painted),
        warnings=tuple(dict.fromkeys(warnings)),
    )


def words_seen(pdf: bytes) -> list[tuple[Word, ...]]:
    """The words that Duly's OCR sees on each page of a PDF of pictures."""
    readings = read(pdf, "redacted.pdf")
    pages = {page.number: page.words for reading in readings for page in reading.document.pages}
    return [pages[number] for number in sorted(pages)]


def no_words(pdf: bytes) -> list[tuple[Word, ...]]:
    """A recogniser that says nothing: the copy has no text layer."""
    return [() for _ in sizes(pdf)]


def _outside(words: Sequence[Word], marks: Sequence[Mark], number: int) -> tuple[Word, ...]:
    """The words that do not lie on a mark: a label printed on one is no word of the record."""
    boxes = [mark.box for mark in marks if mark.page == number]
    return tuple(word for word in words if not inside(word, boxes))


def _painted(page: Picture, marks: Sequence[Mark]) -> Picture:
    """The page with its areas painted black, each grown by a pixel so that no edge of a letter is left."""
    if not marks:
        return page
    pixels = page.pixels.copy()
    for mark in marks:
        left, top, right, bottom = _pixels(mark, page)
        pixels[top:bottom, left:right] = 0
    for mark in marks:
        if mark.label:
            pixels = _labelled(pixels, mark, page)
    return replace(page, pixels=pixels)


_STROKES = 3
"""One or two strokes over an edge are a form's ruled lines; more of them are writing."""


def _cuts_writing(page: Picture, mark: Mark) -> bool:
    """Whether ink runs on over an edge of the area in so many places that it is writing."""
    grey = page.pixels if page.pixels.ndim == 2 else page.pixels.min(axis=2)
    left, top, right, bottom = _pixels(mark, page)
    height, width = grey.shape
    dark = grey < 128
    edges = []
    if top > 0:
        edges.append(dark[top - 1, left:right] & dark[top, left:right])
    if bottom < height:
        edges.append(dark[bottom, left:right] & dark[bottom - 1, left:right])
    if left > 0:
        edges.append(dark[top:bottom, left - 1] & dark[top:bottom, left])
    if right < width:
        edges.append(dark[top:bottom, right] & dark[top:bottom, right - 1])
    return any(int(np.count_nonzero(np.diff(edge.astype(np.int8)) == 1)) >= _STROKES for edge in edges)


def _cut_warning(number: int) -> str:
    return (
        f"An edge of a mark on page {number} cuts through writing; parts of letters can still be read. Draw it larger."
    )


def _pixels(mark: Mark, page: Picture) -> tuple[int, int, int, int]:
    scale, box = page.scale, mark.box
    height, width = page.pixels.shape[:2]
    return (
        max(0, math.floor(box.x0 * scale) - 1),
        max(0, math.floor(box.y0 * scale) - 1),
        min(width, math.ceil(box.x1 * scale) + 1),
        min(height, math.ceil(box.y1 * scale) + 1),
    )


def _labelled(pixels: NDArray[np.uint8], mark: Mark, page: Picture) -> NDArray[np.uint8]:
    """The label in white, inside the area or not at all."""
    left, top, right, bottom = _pixels(mark, page)
    size = int(min((bottom - top) * 0.7, 9 * page.scale))
    if size < 5 * page.scale:
        return pixels
    image = Image.fromarray(pixels)
    font = ImageFont.truetype(str(FONTS / "PublicSans-SemiBold.ttf"), size)
    if font.getlength(mark.label) > right - left - 4:
        return pixels
    white = 255 if pixels.ndim == 2 else (255, 255, 255)
    ImageDraw.Draw(image).text(((left + right) / 2, (top + bottom) / 2), mark.label, fill=white, font=font, anchor="mm")
    return np.asarray(image).copy()
