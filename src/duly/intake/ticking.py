"""Whether a check box beside a printed line is marked: by its picture, else by the sign in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from duly.evidence import Box
from duly.intake.printing import Label
from duly.intake.ruling import Square, find_squares
from duly.intake.sheet import Picture, Sheet

_MARKED = 0.13
_DOUBT = 0.07
_SIGNS = {
    "☒": True,
    "☑": True,
    "■": True,
    "✓": True,
    "✔": True,
    "✗": True,
    "✘": True,
    "●": True,
    "☐": False,
    "□": False,
    "○": False,
}
_BRACKET = re.compile(r"[\[({]\s*([xX✓✔*]?)\s*[\])}]\s*$|_{1,4}\s*([xX✓✔])\s*_{0,4}\s*$|(_{2,6})\s*$")


@dataclass(frozen=True, slots=True)
class Tick:
    """A check box: marked or not, where, and how sure."""

    marked: bool
    box: Box
    confidence: float


# `[ ]` and `[x]` as an OCR engine may read them.
_MISREAD_BRACKETS = re.compile(
    r"^[\[({lI1|j!tfJ][\s.]*[xX×]?[\s.]*[\])}lI1|j!J]?[\s.–-]*$|^[xX×][\])}lI1|j]$|^[\])}j|][\s.–-]*$"
)


def read_tick(sheet: Sheet, ink: Picture | None, label: Label) -> Tick | None:
    """The box that belongs to a printed line: the nearest square left of its first word, else right of it."""
    if ink is not None:
        square = _square_beside(sheet, ink, label)
        if square is not None:
            return Tick(square.filled > _MARKED, square.box, _confidence(square))
    return _sign_before(label) or _sign_beside(sheet, label)


_ITEM = re.compile(r"\s*\(?[A-Za-z0-9]{1,2}[.)]?\s*")


def _sign_beside(sheet: Sheet, label: Label) -> Tick | None:
    """A typed box, `[ ]` or `[x]`, that stands apart on the same line."""
    for run in sheet.runs:
        near = 0 <= label.run.box.x0 - run.box.x1 < 36 and abs(run.middle - label.run.middle) < 0.6 * label.run.height
        text = run.text.rstrip()
        # The letter of its item, `(A)`, may stand before the line's words.
        if near and (label.start < 3 or _ITEM.fullmatch(label.run.text[: label.start])) and text:
            if text[-1] in _SIGNS:
                return Tick(_SIGNS[text[-1]], run.box, 0.95)
            match = _BRACKET.search(text)
            if match is not None:
                return Tick(bool(match[1] or match[2]), run.box_of(match.start(), match.end()), 0.9)
    return None


def _confidence(square: Square) -> float:
    if square.filled > _MARKED:
        return 0.99 if square.filled > _MARKED + 0.08 else 0.8
    return 0.99 if square.filled < _DOUBT else 0.8


def _square_beside(sheet: Sheet, ink: Picture, label: Label) -> Square | None:
    box = label.run.box_of(label.start, min(label.end, label.start + 6))
    height = max(8.0, label.run.height)
    middle = (box.y0 + box.y1) / 2
    left = Box(box.x0 - 42, middle - 1.3 * height, box.x0 + 3, middle + 1.3 * height)
    squares = [
        square
        for square in find_squares(ink, sheet.scale, left, scanned=sheet.page.method == "ocr")
        if square.box.x1 <= box.x0 + 4
        and abs((square.box.y0 + square.box.y1) / 2 - middle) < 0.75 * height
        and not _is_letter(sheet, square)
    ]
    for square in reversed(squares):
        if not _words_between(sheet, square.box.x1, box.x0, middle, label):
            return square
    if label.start < 3 and (above := _square_at_line_end(sheet, ink, label)) is not None:
        return above
    end = label.run.box_of(max(label.start, label.end - 6), label.end)
    right = Box(end.x1 - 1, middle - 1.3 * height, end.x1 + 26, middle + 1.3 * height)
    for square in find_squares(ink, sheet.scale, right, scanned=sheet.page.method == "ocr"):
        if (
            abs((square.box.y0 + square.box.y1) / 2 - middle) < 0.75 * height
            and not _is_letter(sheet, square)
            and not _words_between(sheet, end.x1 + 1, square.box.x0, middle, label)
        ):
            # A box with words close behind it belongs to those.
            followed = any(
                0 <= word.box.x0 - square.box.x1 < 16
                and word.box.y0 < middle < word.box.y1
                and any(c.isalnum() for c in word.text)
                for word in sheet.words
            )
            return None if followed else square
    return None


def _is_letter(sheet: Sheet, square: Square) -> bool:
    """Whether what looks like a box is a letter of a word; a single letter may be the mark in a box."""
    x, y = (square.box.x0 + square.box.x1) / 2, (square.box.y0 + square.box.y1) / 2
    for word in sheet.words:
        letters = sum(character.isalnum() for character in word.text)
        inside = word.box.x0 - 0.5 <= x <= word.box.x1 + 0.5 and word.box.y0 <= y <= word.box.y1
        if inside and letters and (letters > 1 or len(word.text) > 2):
            return True
    return False


def _square_at_line_end(sheet: Sheet, ink: Picture, label: Label) -> Square | None:
    """The box at the end of the line before, when its words were carried over to the next one."""
    over = [run for run in sheet.runs if 0 < label.run.middle - run.middle < 2.2 * label.run.height]
    if not over:
        return None
    last = max(over, key=lambda run: (round(run.middle / 4), run.box.x1))
    region = Box(last.box.x1 - 2, last.box.y0 - 4, last.box.x1 + 34, last.box.y1 + 4)
    squares = find_squares(ink, sheet.scale, region, scanned=sheet.page.method == "ocr")
    return squares[0] if squares else None


def _words_between(sheet: Sheet, left: float, right: float, y: float, label: Label) -> bool:
    """Whether words stand between the box and its line; an item letter such as `(A)` may."""
    for word in sheet.words:
        if word.box.x0 >= left - 2 and word.box.x1 <= right + 2 and word.box.y0 < y < word.box.y1:
            letters = [character for character in word.text if character.isalnum()]
            if len(letters) > 2:
                return True
    return False


def _sign_before(label: Label) -> Tick | None:
    before = label.run.text[: label.start].rstrip()
    box = label.run.box_of(max(0, label.start - 3), max(1, label.start))
    if before and before[-1] in _SIGNS:
        return Tick(_SIGNS[before[-1]], box, 0.95)
    if before in ("X", "x", "×"):
        return Tick(True, box, 0.85)
    if 0 < len(before) <= 8 and _MISREAD_BRACKETS.match(before):
        return Tick("x" in before.casefold(), box, 0.75)
    match = _BRACKET.search(before)
    if match is not None:
        return Tick(bool(match[1] or match[2]), box, 0.9)
    return None


_HALF = re.compile(r"^\W*([apAP])\.?\s?[mM]\.?\W*$|(?<![A-Za-z])([apAP])\.?\s?[mM]\b\.?")


def _marked_on_its_line(sheet: Sheet, ink: Picture, beside: Box) -> str | None:
    """The half of the day whose box, of those close behind a time, is marked by itself."""
    marked: set[str] = set()
    middle = (beside.y0 + beside.y1) / 2
    for run in sheet.runs:
        if not run.box.y0 < middle < run.box.y1:
            continue
        for match in _HALF.finditer(run.text):
            box = run.box_of(match.start(), match.end())
            if not 0 <= box.x0 - beside.x1 + 3 < 130:
                continue
            half = (match[1] or match[2]).lower()
            tick = read_tick(sheet, ink, Label(half, run, match.start(), match.end(), 1.0))
            if tick is not None and tick.marked:
                marked.add(half)
    return marked.pop() if len(marked) == 1 else None


def marked_meridiem(sheet: Sheet, ink: Picture | None, beside: Box) -> str | None:
    """`a` or `p`, when exactly one of the boxes *a.m.* and *p.m.* on the line of a time, or the next one, is marked."""
    if ink is None:
        return None
    if (half := _marked_on_its_line(sheet, ink, beside)) is not None:
        return half
    marked: set[str] = set()
    for run in sheet.runs:
        if run.box.y1 < beside.y0 - 12 or run.box.y0 > beside.y1 + 16 or run.box.x1 < beside.x0 - 5:
            continue
        for match in _HALF.finditer(run.text):
            half = (match[1] or match[2]).lower()
            label = Label(half, run, match.start(), match.end(), 1.0)
            tick = read_tick(sheet, ink, label)
            if tick is not None and tick.marked:
                marked.add(half)
    if len(marked) == 1:
        return marked.pop()
    # The words beside the boxes could not be read: of two boxes behind a time the first is a.m.
    middle = (beside.y0 + beside.y1) / 2
    row = Box(beside.x1, middle - 11, beside.x1 + 150, middle + 11)
    squares = [
        square
        for square in find_squares(ink, sheet.scale, row, scanned=sheet.page.method == "ocr")
        if not _is_letter(sheet, square)
    ]
    if len(squares) == 2 and (squares[0].filled > _MARKED) != (squares[1].filled > _MARKED):
        return "a" if squares[0].filled > _MARKED else "p"
    return None
