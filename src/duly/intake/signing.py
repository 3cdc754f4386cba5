"""Whether a signature line is signed: ink or a typed /s/ in the place that the form keeps for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from duly.evidence import Box
from duly.intake.printing import FREE, Label
from duly.intake.reading import Word
from duly.intake.regions import Surroundings
from duly.intake.ruling import ink_in
from duly.intake.sheet import Picture, Rule, Sheet

# Square points of ink: a pen stroke of 40 points' length is about 40; specks and a stray comma stay below 8.
_SIGNED = 14.0
_EMPTY = 6.0
# A pen goes some way before it is lifted; the dust of a fax does not, however much of it there is.
_STROKE = 10.0
_SURE = 0.85
_TALLER = 1.9
"""How many times as tall as the page's type a word has to be to be a pen's stroke."""
_TYPED = re.compile(
    r"(?:^|\s)/?\s?[sS]\s?/|/[sS]\b|\bs/|\b(?:digitally|electronically) signed\b|\bsigned by\b", re.IGNORECASE
)
# What a signing program prints: several lines, the first of which may stand above the place for a pen.
_STAMP = re.compile(r"\b(?:digitally|electronically) signed by\b", re.IGNORECASE)
# "s/ ________": the mark is set there for somebody who has not signed yet.
_BARE_MARK = re.compile(r"^\W*s\s?/?\W*$", re.IGNORECASE)
_WAITING_MARK = re.compile(r"(?:^|\s)/?\s?s\s?/\s*[_.…‐-]{3,}", re.IGNORECASE)
TYPED = "typed signature"
UNSURE = "unsure"
# Words that stand in a form's own lines, in titles and in offices, and in nobody's name.
_NO_NAME = re.compile(
    r"\b(?:and|of|the|for|by|to|in|or|at|on|dhs|ice|cbp|uscis|department|office|enforcement|immigration|customs|officer|director|agent|"
    r"judge|clerk|deputy|official|authorized|signature|signed|date|title|name|form|page|warrant|expenses|salaries|appropriation|"
    r"attorney|court|united|states|homeland|security|service|alien|order|print\w*|county|district|officials?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Signature:
    """What stands in the place for a signature: `signed`, where, the words if it was typed, and how sure.

    With the flag `unsure` it is not known whether it is signed, and `signed` says nothing.
    """

    signed: bool
    box: Box
    words: str
    confidence: float
    flags: tuple[str, ...] = ()

    @property
    def unsure(self) -> bool:
        return UNSURE in self.flags


def read_signature(sheet: Sheet, ink: Picture | None, label: Label, where: Sequence[str]) -> Signature | None:
    """Looks for a signature in the place that belongs to a label. None when there is no picture to look at."""
    area = signing_area(sheet, label, where)
    if area is None:
        return None
    found = signature_in(sheet, ink, area)
    over = None if found.signed or ink is None else _strip_over(sheet, label, area)
    if over is None:
        return found
    # A caption may stand under the pen stroke though there is room beneath it too.
    other = signature_in(sheet, ink, over, name_counts=False)
    if other.signed and other.confidence >= _SURE and "above" in where:
        return Signature(True, over, other.words, min(other.confidence, 0.85), other.flags)
    if other.signed or other.unsure:
        return Signature(False, over, "", 0.4, (UNSURE,))
    return found


def _strip_over(sheet: Sheet, label: Label, searched: Box) -> Box | None:
    """The room right over a caption, up to the words or the ruled line above, where it was not searched already."""
    around = Surroundings(sheet)
    box = label.box
    left, right = around.column(label)
    right = min(right, box.x0 + 260)
    ceiling = box.y0 - 30
    for run in sheet.runs:
        over = run is not label.run and run.box.y1 <= box.y0 + 1 and run.box.x0 < right and run.box.x1 > left
        # A stroke that was taken for letters is no ceiling.
        if over and run.confidence_of(0, len(run.text)) >= _SURE and any(c.isalpha() for c in run.text):
            ceiling = max(ceiling, run.box.y1)
    for rule in around.level:
        if rule.box.y0 <= box.y0 + 1 and rule.box.x0 < right and rule.box.x1 > left:
            ceiling = max(ceiling, rule.box.y1 + 0.5)
    if box.y0 - ceiling < 7 or (searched.y0 <= ceiling + 4 and searched.y1 >= box.y0 - 4):
        return None
    return Box(left + 1, ceiling + 0.5, right - 1, box.y0 - 0.5)


def signature_in(sheet: Sheet, ink: Picture | None, area: Box, *, name_counts: bool = True) -> Signature:
    """Whether the area holds a pen stroke or a typed signature.

    `name_counts` says that a name set in type in this place can only be a signature; over a printed name it is not.
    """
    words = _words_in(sheet, area)
    typed = " ".join(word.text for word in words)
    if _BARE_MARK.match(typed) and _waits(sheet, area, words):
        return Signature(False, area, "", 0.85)
    if _TYPED.search(typed):
        return Signature(True, area, typed, 0.95, (TYPED,))
    if _STAMP.search(" ".join(word.text for word in _words_in(sheet, Box(area.x0, area.y0 - 36, area.x1, area.y1)))):
        return Signature(True, area, typed, 0.9, (TYPED,))
    # A pen stroke is read as words too, but seldom surely, and it stands taller than type.
    type_height = median(word.box.y1 - word.box.y0 for word in sheet.words) if sheet.words else 0.0
    sure = [
        word
        for word in words
        if word.confidence >= _SURE and word.box.y1 - word.box.y0 < _TALLER * max(6.0, type_height)
    ]
    named = name_counts and _is_a_name(sheet, area, sure)
    if ink is None:
        return Signature(named, area, typed, 0.6, (TYPED,) if named else (UNSURE,))
    doubtful = {id(word) for word in words} - {id(word) for word in sure}
    covered = [word.box for word in sheet.words if id(word) not in doubtful]
    amount, widest = ink_in(ink, sheet.scale, area, [*covered, *(rule.box for rule in sheet.rules)])
    if amount >= _SIGNED and widest >= _STROKE:
        return Signature(True, area, typed, 0.96 if amount > 2 * _SIGNED else 0.85)
    if named:
        # A name set in type where the pen should be: some offices sign so. A person looks at it.
        return Signature(True, area, typed, 0.7, (TYPED,))
    if amount >= _EMPTY:
        return Signature(False, area, "", 0.4, (UNSURE,))
    return Signature(False, area, "", 0.85 if sure and name_counts else 0.95)


def _waits(sheet: Sheet, area: Box, words: Sequence[Word]) -> bool:
    """Whether a signing mark without a name stands before a blank: underscores in its own line, or a ruled line after it."""
    mark = words[0].box
    for run in sheet.runs:
        if area.y0 <= (run.box.y0 + run.box.y1) / 2 <= area.y1 and _WAITING_MARK.search(run.text):
            return True
    return any(
        mark.y0 <= rule.box.y0 <= mark.y1 + 6 and rule.box.x1 > mark.x1 + 30 and rule.box.x0 < area.x1
        for rule in sheet.rules
    )


def _is_a_name(sheet: Sheet, area: Box, words: Sequence[Word]) -> bool:
    """Whether what is typed in the place is a person's name by itself, and no line that only reaches into the place."""
    if not words:
        return False
    wanted = {id(word) for word in words}
    for run in sheet.runs:
        inside = [id(word) in wanted for _, _, word in run.spans]
        if any(inside) and not all(
            within or not any(c.isalnum() for c in word.text)
            for within, (_, _, word) in zip(inside, run.spans, strict=True)
        ):
            return False
    names = [part for word in words if (part := word.text.strip(",.;:()_-"))]
    return (
        2 <= len(names) <= 5
        and all(name[:1].isupper() and not any(c.isdigit() for c in name) for name in names)
        and not any(_NO_NAME.fullmatch(name) for name in names)
    )


def signing_area(sheet: Sheet, label: Label, where: Sequence[str]) -> Box | None:
    """The place for the pen: over the ruled line above a caption, on the line right of the label, or in its cell."""
    around = Surroundings(sheet)
    line = around.writing_line_above(label)
    box = label.box
    if line is not None:
        left, right = _own_part(around, line, label)
        return Box(left, line.box.y0 - 26, right, line.box.y0 + 5)
    right_line = _line_right_of(around, label)
    if right_line is not None:
        return Box(max(box.x1, right_line.box.x0), right_line.box.y0 - 22, right_line.box.x1, right_line.box.y0 + 6)
    left, right = around.column(label)
    if _tall_cell_below(around, label):
        floor = _floor(around, label, left, right)
        return Box(left + 1, box.y1 + 0.5, right - 1, min(floor, box.y1 + 40))
    if where and where[0] == "above":
        left, right = around.caption_column(label)
        return Box(left, box.y0 - 28, right, box.y0 - 0.5)
    edge = min([right, *(run.box.x0 for run in around.right_of(label.run))])
    return Box(box.x1 + 1, box.y0 - 12, min(edge, box.x1 + 240), box.y1 + 8)


def _own_part(around: Surroundings, line: Rule, label: Label) -> tuple[float, float]:
    """The part of a ruled line that belongs to this caption, when several captions share the line."""
    box = label.box
    lefts = [
        run.box.x1
        for run in around.runs
        if run is not label.run and _captions(run.box, line, box) and run.box.x1 <= box.x0
    ]
    rights = [
        run.box.x0
        for run in around.runs
        if run is not label.run and _captions(run.box, line, box) and run.box.x0 >= box.x1
    ]
    left = max([line.box.x0, *((x + box.x0) / 2 for x in lefts)])
    right = min([line.box.x1, *((x + box.x1) / 2 for x in rights)])
    return left, right


def _captions(other: Box, line: Rule, box: Box) -> bool:
    return abs(other.y0 - box.y0) < 5 and other.x0 < line.box.x1 and other.x1 > line.box.x0


def _line_right_of(around: Surroundings, label: Label) -> Rule | None:
    box = label.box
    lines = [
        rule
        for rule in around.level
        if box.y0 + 2 <= rule.box.y0 <= box.y1 + 7
        and rule.box.x1 > box.x1 + 30
        and rule.box.x0 > box.x0 + 5
        and rule.box.x0 < box.x1 + 60
    ]
    return min(lines, key=lambda rule: rule.box.x0, default=None)


def _tall_cell_below(around: Surroundings, label: Label) -> bool:
    """Whether the label stands at the top of a box with room to sign beneath it."""
    box = label.box
    left, right = around.column(label)
    if not around.in_cell(label):
        return False
    return _floor(around, label, left, right) - box.y1 > 9


def _floor(around: Surroundings, label: Label, left: float, right: float) -> float:
    box = label.box
    under = [
        rule.box.y0
        for rule in around.level
        if rule.box.y0 > box.y1 - 1 and min(rule.box.x1, right) - max(rule.box.x0, left) > 0.5 * (right - left)
    ]
    return min(under, default=box.y1)


def _words_in(sheet: Sheet, area: Box) -> list[Word]:
    """The filled-in words whose middle lies in the area."""
    found = []
    for run in sheet.runs:
        for start, end, word in run.spans:
            middle_x, middle_y = (word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2
            inside = area.x0 <= middle_x <= area.x1 and area.y0 <= middle_y <= area.y1
            if (
                inside
                and run.marks[start] == FREE
                and any(c.isalnum() for c in word.text)
                and run.marks[end - 1] == FREE
            ):
                found.append(word)
    return found
