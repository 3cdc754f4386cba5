"""From bytes to sheets, page by page: the text layer where it can be trusted, OCR where not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np
import pypdfium2

from duly.evidence import Box
from duly.intake.limits import Limits
from duly.intake.portable import (
    DIGITAL_DPI,
    TextLayer,
    beside_the_pages,
    covered_by_pictures,
    open_page,
    open_pdf,
    render,
    text_layer,
)
from duly.intake.reading import Page, Word
from duly.intake.refusal import Refused
from duly.intake.ruling import binary, find_rules
from duly.intake.sheet import PackedInk, Picture, Rule, Sheet, lay_out

SCAN_DPI = 200
# The commonest words of English and Spanish prose: a text layer of forty words without one of them is no prose.
_COMMON = frozenset(
    [
        "the",
        "of",
        "to",
        "and",
        "or",
        "in",
        "for",
        "on",
        "by",
        "you",
        "is",
        "this",
        "that",
        "with",
        "be",
        "as",
        "at",
        "from",
        "are",
        "a",
        "any",
        "date",
        "name",
        "de",
        "la",
        "el",
        "que",
        "y",
        "en",
        "los",
        "se",
        "no",
    ]
)


@dataclass(frozen=True, slots=True)
class Source:
    """An opened file: how many pages it has, its sheets one after another, and what in it is on no page."""

    pages: int
    sheets: Iterator[Sheet]
    notes: tuple[str, ...] = ()


def open_source(data: bytes, media_type: str, limits: Limits) -> Source:
    """Opens a PDF or a picture. Raises Refused."""
    if media_type != "application/pdf":
        from duly.intake.pictures import picture_source

        return picture_source(data, limits)
    document = open_pdf(data)
    if len(document) > limits.pages:
        raise Refused(
            f"The PDF has {len(document)} pages; Duly reads up to {limits.pages} in one file.",
            remedy="Split it into smaller files, one bundle each.",
            code="too-many-pages",
        )
    return Source(len(document), _pdf_sheets(document, limits), beside_the_pages(document, data))


def _pdf_sheets(document: pypdfium2.PdfDocument, limits: Limits) -> Iterator[Sheet]:
    for index in range(len(document)):
        try:
            page = open_page(document, index)
        except pypdfium2.PdfiumError as error:
            raise Refused(
                f"Page {index + 1} of the PDF is damaged and cannot be opened.",
                remedy="Ask the sender for it again, or print the paper and scan it.",
                code="damaged",
            ) from error
        yield _pdf_sheet(page, index + 1, limits)
        page.close()


def _pdf_sheet(page: pypdfium2.PdfPage, number: int, limits: Limits) -> Sheet:
    width, height = page.get_size()
    layer = text_layer(page)
    picture, scale = render(page, DIGITAL_DPI, limits.pixels)
    ink = binary(picture)
    visible = _visible(layer, ink, scale)
    hidden = layer.hidden > 3 or len(visible) < 0.97 * len(layer.words)
    if _needs_ocr(page, layer, visible, ink, scale):
        from duly.intake.scanning import read_picture

        finer, scale = render(page, SCAN_DPI, limits.pixels)
        return replace(read_picture(finer, number, width, height, scale), hidden=False)
    rules = find_rules(ink, scale)
    words = tuple(visible)
    if not words:
        return Sheet(Page(number, width, height, (), "none"), (), (), rules, PackedInk.of(ink), scale, width, height)
    return Sheet(
        Page(number, width, height, words, "text layer"), words, lay_out(number, words, rules), rules, PackedInk.of(ink), scale,
        width, height, hidden=hidden,
    )  # fmt: skip


def _visible(layer: TextLayer, ink: Picture, scale: float) -> list[Word]:
    """The words that can be seen: where the text layer has one, the page shows ink; where a white one, a dark ground."""
    total = cv2.integral(ink // 255)
    seen = []
    for place, word in enumerate(layer.words):
        least = 0.45 if place in layer.pale else 0.012
        if not _has_shape(word.text) or _amount(total, word.box, scale) > least * _area(word.box, scale):
            seen.append(word)
    return seen


def _has_shape(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _pixels(total: np.ndarray, box: Box, scale: float) -> tuple[int, int, int, int]:
    bottom, right = total.shape[0] - 1, total.shape[1] - 1
    x0, x1 = (min(max(0, int(x * scale)), right) for x in (box.x0, box.x1 + 1))
    y0, y1 = (min(max(0, int(y * scale)), bottom) for y in (box.y0, box.y1 + 1))
    return x0, y0, x1, y1


def _amount(total: np.ndarray, box: Box, scale: float) -> int:
    x0, y0, x1, y1 = _pixels(total, box, scale)
    return int(total[y1, x1] - total[y0, x1] - total[y1, x0] + total[y0, x0])


def _area(box: Box, scale: float) -> float:
    return max(1.0, (box.x1 - box.x0) * (box.y1 - box.y0) * scale * scale)


def _needs_ocr(page: pypdfium2.PdfPage, layer: TextLayer, visible: list[Word], ink: Picture, scale: float) -> bool:
    """Whether the text layer does not say what the page shows: none, hidden under a scan, or garbage."""
    inked = int(np.count_nonzero(ink)) / (scale * scale)
    if inked < 12:
        return False
    if _is_garbage(visible) or layer.sideways > 0.5 * max(1, sum(len(word.text) for word in visible)):
        return True
    if len(visible) >= 4 and covered_by_pictures(page) < 0.3:
        return False
    rest = ink.copy()
    for word in visible:
        x0, x1 = (int(x * scale) for x in (word.box.x0 - 1, word.box.x1 + 1))
        y0, y1 = (int(y * scale) for y in (word.box.y0 - 1, word.box.y1 + 1))
        rest[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)] = 0
    return _text_like(rest, scale) > max(8.0, 0.4 * sum(len(word.text) for word in visible))


def _text_like(ink: Picture, scale: float) -> float:
    """How many letter-sized spots of ink there are."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    heights, widths = stats[1:count, cv2.CC_STAT_HEIGHT] / scale, stats[1:count, cv2.CC_STAT_WIDTH] / scale
    return float(np.count_nonzero((heights > 3) & (heights < 16) & (widths > 1) & (widths < 18)))


def _is_garbage(words: list[Word]) -> bool:
    """A text layer whose letters were mapped wrongly: private characters, or prose without any common word."""
    text = "".join(word.text for word in words)
    strange = sum(
        1 for character in text if "\ue000" <= character <= "\uf8ff" or character == "\ufffd" or ord(character) < 32
    )
    if strange > 0.25 * len(text):
        return True
    plain = [re.sub(r"\W", "", word.text).casefold() for word in words]
    plain = [word for word in plain if word.isalpha()]
    if len(plain) < 40:
        return False
    return sum(word in _COMMON for word in plain) < 0.02 * len(plain)


def rules_of(ink: Picture, scale: float) -> tuple[Rule, ...]:
    return find_rules(ink, scale)
