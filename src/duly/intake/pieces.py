"""Stretches of words on a page, what of them was filled in, and how they lie to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from duly.evidence import Box
from duly.intake.printing import FREE, Label
from duly.intake.reading import Word
from duly.intake.sheet import Rule, Run

# What separates a label from its value, and a value from the line that it was written on.
TRIM = " :_.…·–-*☐☒☑□■"
# Words of a printed sentence that stand alone between two blanks.
JOINING = frozenset({"", "on", "at", "in", "is", "the", "and", "of", "to", "or", "who", "by"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` to `end` of a run."""

    run: Run
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.run.text[self.start : self.end]

    @property
    def box(self) -> Box:
        return self.run.box_of(self.start, self.end)

    @property
    def confidence(self) -> float:
        return self.run.confidence_of(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Region:
    """The lines of a possible value; `fitness` from 0 to 1 says how well it stands to its label."""

    label: Label
    direction: str
    lines: tuple[tuple[Piece, ...], ...]
    fitness: float

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return tuple(piece for line in self.lines for piece in line)


def is_bracketed(label: Label) -> bool:
    """Whether the label stands in brackets, as captions do; `(B) Date` only begins with one."""
    text = label.run.text[label.start : label.end].strip(" .:")
    return text.startswith("(") and (text.endswith(")") or ")" not in text)


def free_pieces(run: Run, start: int = 0, end: int | None = None) -> list[Piece]:
    """The stretches of a run that were filled in, trimmed."""
    end = len(run.text) if end is None else end
    pieces = []
    place = start
    while place < end:
        if run.marks[place] != FREE:
            place += 1
            continue
        stop = place
        while stop < end and run.marks[stop] == FREE:
            stop += 1
        piece = trimmed(run, place, stop)
        if piece is not None:
            pieces.append(piece)
        place = stop
    return pieces


def trimmed(run: Run, start: int, end: int) -> Piece | None:
    while start < end and run.text[start] in TRIM:
        start += 1
    while end > start and run.text[end - 1] in " :_…·–-*(☐☒☑□■":
        end -= 1
    words = run.text[start:end].casefold().split()
    if not any(character.isalnum() for word in words for character in word) or all(
        word.strip(".,;:()") in JOINING for word in words
    ):
        return None
    return Piece(run, start, end)


def clipped(piece: Piece, left: float, right: float) -> Piece | None:
    """A piece without the small words of a printed sentence (`on`, `at`) that stand beside the line it was written on.

    Only those are cut: a line may be broken at its ends, and a name may stand a little beyond it.
    """
    spans_in = [
        (start, end, word) for start, end, word in piece.run.spans if start >= piece.start and end <= piece.end + 2
    ]
    if not any(left <= (word.box.x0 + word.box.x1) / 2 <= right for _, _, word in spans_in):
        return None
    while spans_in and _is_beside(spans_in[0][2], left, right):
        spans_in.pop(0)
    while spans_in and _is_beside(spans_in[-1][2], left, right):
        spans_in.pop()
    return trimmed(piece.run, max(piece.start, spans_in[0][0]), min(piece.end, spans_in[-1][1])) if spans_in else None


def _is_beside(word: Word, left: float, right: float) -> bool:
    outside = not left <= (word.box.x0 + word.box.x1) / 2 <= right
    return outside and word.text.strip(".,;:()").casefold() in JOINING


def around(pieces: Sequence[Piece]) -> Box:
    box = pieces[0].box
    for piece in pieces[1:]:
        box = box.union(piece.box)
    return box


def overlap(one: Run, other: Run) -> float:
    overlap = min(one.box.y1, other.box.y1) - max(one.box.y0, other.box.y0)
    return overlap / max(0.1, min(one.height, other.height))


def spans(rule: Rule, y: float, slack: float = 1.0) -> bool:
    return rule.box.y0 - slack <= y <= rule.box.y1 + slack


def printed_between(run: Run, start: int, end: int) -> bool:
    return any(run.marks[index] != FREE for index in range(start, min(end, len(run.marks))))


def has_label(row: Sequence[Run]) -> bool:
    return any(2 in run.marks for run in row)


def has_label_after(run: Run, start: int) -> bool:
    return 2 in run.marks[start:]


def rows(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs by line, from top to bottom."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.middle, run.box.x0)):
        if rows and overlap(rows[-1][0], run) >= 0.45:
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda run: run.box.x0) for row in rows]
