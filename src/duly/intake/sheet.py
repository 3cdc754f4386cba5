"""One page as it is laid out: runs of words on a line, ruled lines, and the picture of the page beneath them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

import numpy as np
from numpy.typing import NDArray

from duly.evidence import Box
from duly.intake.folding import fold_with_origin
from duly.intake.reading import Page, Word

Picture = NDArray[np.uint8]
_COLUMN_SIGNS = frozenset({")", "(", "§", "|", "}", "{"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line, in points; `upright` when it runs from top to bottom."""

    box: Box
    upright: bool


@dataclass(slots=True, eq=False)
class Run:
    """Words that stand on one line with no wide gap and no ruled line between them.

    `spans` says which characters of `text` came from which word; `marks` holds one byte for each character: 0 where it
    was filled in, 1 where it is the form's own printing, 2 where it is the label of a field.
    """

    page: int
    text: str
    spans: tuple[tuple[int, int, Word], ...]
    box: Box
    folded: str
    origin: list[int]
    marks: bytearray

    @property
    def height(self) -> float:
        return self.box.y1 - self.box.y0

    @property
    def middle(self) -> float:
        return (self.box.y0 + self.box.y1) / 2

    def box_of(self, start: int, end: int) -> Box:
        """The box around characters `start` to `end`; inside a word it is shared out by character."""
        boxes = []
        for first, last, word in self.spans:
            if first >= end or last <= start:
                continue
            width = (word.box.x1 - word.box.x0) / max(1, last - first)
            left = word.box.x0 + width * max(0, start - first)
            right = word.box.x1 - width * max(0, last - end)
            boxes.append(Box(left, word.box.y0, right, word.box.y1))
        if not boxes:
            return self.box
        around = boxes[0]
        for box in boxes[1:]:
            around = around.union(box)
        return around

    def confidence_of(self, start: int, end: int) -> float:
        """The mean confidence of the words within, weighed by their length."""
        weights = [(min(end, last) - max(start, first), word.confidence) for first, last, word in self.spans]
        weights = [(length, confidence) for length, confidence in weights if length > 0]
        total = sum(length for length, _ in weights)
        return sum(length * confidence for length, confidence in weights) / total if total else 1.0


@dataclass(frozen=True, slots=True)
class PackedInk:
    """A page's ink, one bit a pixel, so that the pages of a long bundle can be kept."""

    bits: Picture
    shape: tuple[int, int]

    @staticmethod
    def of(ink: Picture) -> PackedInk:
        return PackedInk(np.packbits(ink > 0, axis=1), (ink.shape[0], ink.shape[1]))

    def unpacked(self) -> Picture:
        """255 where there is ink, 0 where there is none."""
        return np.unpackbits(self.bits, axis=1, count=self.shape[1]) * np.uint8(255)


def _as_it_is(box: Box) -> Box:
    return box


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A page ready to be read. Words, runs and rules are upright and level; `as_displayed` maps a box back to the page.

    `ink` is the page's picture with `scale` pixels to a point; `hidden` says that the page carries text that it does
    not show, which was left out.
    """

    page: Page
    words: tuple[Word, ...]
    runs: tuple[Run, ...]
    rules: tuple[Rule, ...]
    ink: PackedInk | None
    scale: float
    width: float
    height: float
    as_displayed: Callable[[Box], Box] = field(default=_as_it_is)
    hidden: bool = False

    @property
    def number(self) -> int:
        return self.page.number

    def upright_rules_between(self, left: float, right: float, y: float) -> list[Rule]:
        return [
            rule
            for rule in self.rules
            if rule.upright
            and left < (rule.box.x0 + rule.box.x1) / 2 < right
            and rule.box.y0 - 1 <= y <= rule.box.y1 + 1
        ]


def lay_out(number: int, words: Sequence[Word], rules: Iterable[Rule] = ()) -> tuple[Run, ...]:
    """Groups words into runs, in reading order: line by line, left to right.

    Words belong to one line when they overlap vertically by half; a gap wider than a wide space, or an upright rule,
    ends a run.
    """
    upright = [rule for rule in rules if rule.upright]
    runs: list[Run] = []
    for line in _lines(words):
        current: list[Word] = []
        for place, word in enumerate(line):
            if word.text in _COLUMN_SIGNS and _stands_apart(line, place):
                # The column of brackets in a court's caption parts what stands left of it from what stands right.
                if current:
                    runs.append(_run(number, current))
                current = []
                continue
            if current and _parted(current[-1], word, upright):
                runs.append(_run(number, current))
                current = []
            current.append(word)
        if current:
            runs.append(_run(number, current))
    return tuple(runs)


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words by line from top to bottom; each line from left to right."""
    lines: list[list[Word]] = []
    spans: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda word: (word.box.y0 + word.box.y1) / 2):
        best, share = -1, 0.5
        for index in range(max(0, len(lines) - 6), len(lines)):
            top, bottom = spans[index]
            overlap = min(bottom, word.box.y1) - max(top, word.box.y0)
            smaller = max(0.1, min(bottom - top, word.box.y1 - word.box.y0))
            if overlap / smaller >= share:
                best, share = index, overlap / smaller
        if best < 0:
            lines.append([word])
            spans.append((word.box.y0, word.box.y1))
        else:
            lines[best].append(word)
            # The line keeps the height of its typical word, so that one tall mark does not swallow its neighbours.
            spans[best] = (
                median(member.box.y0 for member in lines[best]),
                median(member.box.y1 for member in lines[best]),
            )
    order = sorted(range(len(lines)), key=lambda index: spans[index][0])
    return [sorted(lines[index], key=lambda word: word.box.x0) for index in order]


def _stands_apart(line: Sequence[Word], place: int) -> bool:
    word = line[place]
    height = word.box.y1 - word.box.y0
    if place == 0 and word.text == "(" and len(line) > 1 and line[1].box.x0 - word.box.x1 < 1.2 * height:
        # A typed check box, `( X )`, at the start of its line.
        return False
    before = word.box.x0 - line[place - 1].box.x1 if place else 99.0
    after = line[place + 1].box.x0 - word.box.x1 if place + 1 < len(line) else 99.0
    return max(before, after) > 1.7 * height


def _parted(left: Word, right: Word, upright: Sequence[Rule]) -> bool:
    height = max(left.box.y1 - left.box.y0, right.box.y1 - right.box.y0)
    gap = right.box.x0 - left.box.x1
    if gap > 1.1 * height:
        return True
    middle = (right.box.y0 + right.box.y1) / 2
    return any(
        left.box.x1 - 1 <= (rule.box.x0 + rule.box.x1) / 2 <= right.box.x0 + 1 and rule.box.y0 <= middle <= rule.box.y1
        for rule in upright
    )


def is_right_to_left(text: str) -> bool:
    """Whether the letters of a word are read from right to left, as Hebrew and Arabic are."""
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)


def _as_read(words: Sequence[Word]) -> list[Word]:
    """Words of one line in the order in which they are read: a stretch from right to left is turned round."""
    ordered: list[Word] = []
    stretch: list[Word] = []
    for word in words:
        if is_right_to_left(word.text):
            stretch.insert(0, word)
        else:
            ordered += [*stretch, word]
            stretch = []
    return ordered + stretch


def _run(number: int, words: Sequence[Word]) -> Run:
    words = _as_read(words)
    text = ""
    spans: list[tuple[int, int, Word]] = []
    box = words[0].box
    for word in words:
        if text:
            text += " "
        spans.append((len(text), len(text) + len(word.text), word))
        text += word.text
        box = box.union(word.box)
    folded, origin = fold_with_origin(text)
    return Run(number, text, tuple(spans), box, folded, origin, bytearray(len(text)))
