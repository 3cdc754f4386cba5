"""A paper's running text in reading order, with the way back from any stretch of it to the runs on the page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from duly.intake.folding import plain
from duly.intake.pieces import Piece
from duly.intake.sheet import Run, Sheet

_STAMP = re.compile(
    r"\bCase\s+\S+\s+Document\s+\S+|\bFiled\s+\d\d/\d\d/\d\d\b|^\W*(?:page\s+)?\d{1,3}\W*(?:of\s+\d{1,3}\W*)?$|\bECF No\. \d+ filed\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """Runs that stand on one line, as text; `gap` is the space above it in heights of a line."""

    runs: tuple[Run, ...]
    text: str
    gap: float

    @property
    def x0(self) -> float:
        return self.runs[0].box.x0

    @property
    def y0(self) -> float:
        return min(run.box.y0 for run in self.runs)

    @property
    def y1(self) -> float:
        return max(run.box.y1 for run in self.runs)

    @property
    def page(self) -> int:
        return self.runs[0].page

    def pieces(self) -> tuple[Piece, ...]:
        return tuple(Piece(run, 0, len(run.text)) for run in self.runs)


class Prose:
    """The lines of a paper, without the stamps that a court or a fax machine puts on the edge, and their joined text."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self.lines: list[Line] = []
        self._singles: list[Line] = []
        for sheet in sheets:
            self._add(sheet)
        self._starts: list[int] = []
        parts: list[str] = []
        length = 0
        for line in self.lines:
            self._starts.append(length)
            parts.append(line.text)
            length += len(line.text) + 1
        self.text = "\n".join(parts)

    def _add(self, sheet: Sheet) -> None:
        previous: Line | None = None
        row: list[Run] = []
        for run in sheet.runs:
            if _STAMP.search(run.text) and (run.box.y1 < 0.075 * sheet.height or run.box.y0 > 0.9 * sheet.height):
                continue
            if row and _same_row(row[0], run):
                row.append(run)
                continue
            if row:
                previous = self._close(row, previous)
            row = [run]
        if row:
            self._close(row, previous)

    def _close(self, row: list[Run], previous: Line | None) -> Line:
        row.sort(key=lambda run: run.box.x0)
        top, height = min(run.box.y0 for run in row), max(run.height for run in row)
        gap = 9.0 if previous is None else (top - previous.y1) / max(1.0, height)
        line = Line(tuple(row), " ".join(run.text for run in row), gap)
        self.lines.append(line)
        return line

    def single_runs(self) -> list[Line]:
        """Every run of words as a line of its own: what stands side by side is apart."""
        if not self._singles:
            self._singles = [Line((run,), run.text, line.gap) for line in self.lines for run in line.runs]
        return self._singles

    def line_at(self, offset: int) -> int:
        """The number of the line that holds a character of the text."""
        return bisect_right(self._starts, offset) - 1

    def start_of(self, line: int) -> int:
        return self._starts[line]

    def pieces(self, start: int, end: int) -> tuple[Piece, ...]:
        """The stretch of text from `start` to `end` as pieces of runs."""
        pieces: list[Piece] = []
        for number in range(self.line_at(start), min(self.line_at(max(start, end - 1)) + 1, len(self.lines))):
            place = self._starts[number]
            for run in self.lines[number].runs:
                first, last = max(start, place), min(end, place + len(run.text))
                if first < last:
                    pieces.append(Piece(run, first - place, last - place))
                place += len(run.text) + 1
        return tuple(pieces)

    def find(self, pattern: str, start: int = 0) -> re.Match[str] | None:
        """The first match; white space in the text may be a line's end."""
        return re.compile(pattern, re.IGNORECASE).search(self.text, start)

    def first_line(self, pattern: str, start: int = 0) -> int | None:
        """The first line, from number `start`, whose plain words match."""
        wanted = re.compile(pattern)
        for number in range(start, len(self.lines)):
            if wanted.search(plain(self.lines[number].text)):
                return number
        return None


def _same_row(one: Run, other: Run) -> bool:
    overlap = min(one.box.y1, other.box.y1) - max(one.box.y0, other.box.y0)
    return one.page == other.page and overlap > 0.5 * min(one.height, other.height)


def unwrapped(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
