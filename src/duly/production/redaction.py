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
    """The redacted copy, its SHA-256 (hex), that of the original, and what was withheld."""

    pdf: bytes
    sha256: str
    source: str
    marks: tuple[Mark, ...]
    pages: int


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
    painted = [
        sheet(_painted(page, [mark for mark in marks if mark.page == number]))
        for number, page in enumerate(pictures(pdf, dpi), 1)
    ]
    seen = (recognise or words_seen)(pdf_of(painted, title=title, created=created))
    worded = [
        replace(page, words=_outside(words, marks, number))
        for number, (page, words) in enumerate(zip(painted, seen, strict=True), 1)
    ]
    made = pdf_of(worded, title=title, created=created)
    return Redacted(made, hashlib.sha256(made).hexdigest(), hashlib.sha256(pdf).hexdigest(), tuple(marks), len(painted))


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
