"""Where the value of a label can stand: right of it, below it, above it (a caption), left of it, or on the next line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from duly.evidence import Box
from duly.intake.printing import FREE, Label
from duly.intake.sheet import Rule, Run, Sheet

# What separates a label from its value, and a value from the line that it was written on.
_TRIM = " :_.…·–-*☐☒☑□■"
# Words of a printed sentence that stand alone between two blanks.
_JOINING = frozenset({"", "on", "at", "in", "is", "the", "and", "of", "to", "or", "who", "by"})


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
        piece = _trimmed(run, place, stop)
        if piece is not None:
            pieces.append(piece)
        place = stop
    return pieces


def _trimmed(run: Run, start: int, end: int) -> Piece | None:
    while start < end and run.text[start] in _TRIM:
        start += 1
    while end > start and run.text[end - 1] in " :_…·–-*(☐☒☑□■":
        end -= 1
    words = run.text[start:end].casefold().split()
    if not any(character.isalnum() for word in words for character in word) or all(word.strip(".,;:()") in _JOINING for word in words):
        return None
    return Piece(run, start, end)


class Surroundings:
    """One page's runs and rules, asked for what stands around a label."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.runs = sheet.runs
        self.level = [rule for rule in sheet.rules if not rule.upright]
        self.upright = [rule for rule in sheet.rules if rule.upright]
        self._widest = 1.25

    def regions(self, label: Label, where: Sequence[str], most_lines: int, *, loose: bool = False, usual: int = 9, style: int = 0) -> Iterator[Region]:
        """Every region in the directions given, the first `usual` ones being the form's own habit.

        `style` is 1 on a page whose labels stand under their values, -1 where they stand over them. `loose` lets wider spaces between lines pass, as between the items of a list.
        """
        self._widest = 2.6 if loose else 1.25
        bracketed = is_bracketed(label)
        found: dict[str, tuple[tuple[tuple[Piece, ...], ...], float]] = {}
        if bracketed and where[0] != "right" and self._is_inline(label):
            where = ("left",)
        for direction in where:
            region = getattr(self, f"_{direction}")(label, most_lines)
            if region is not None:
                found[direction] = region
        # The words of a sentence before a blank are no caption.
        sentence = label.text[:1].islower()
        beside = "right" in found and found["right"][0][0][0].box.x0 - label.box.x1 < 90
        leaning = 0.0 if bracketed or beside else self._leaning(label, found) + (0.15 * style if where[0] != "below" else 0.0)
        for rank, direction in enumerate(where):
            if direction not in found:
                continue
            lines, closeness = found[direction]
            if direction == "above" and not bracketed and (sentence or (rank >= usual and leaning <= 0.1)):
                continue
            if direction in ("above", "below"):
                closeness += leaning if direction == "above" else -leaning
            yield Region(label, direction, lines, min(1.2, max(0.05, closeness - 0.12 * rank)))

    def _is_inline(self, label: Label) -> bool:
        """Whether a bracketed caption stands on the line of its blank, behind it: `at ______ (Location) on …`."""
        if ":" in label.run.text[label.end - 3 : label.end + 1] or label.end - label.start > 45:
            return False
        before = label.run.text[: label.start]
        after = label.run.text[label.end :]
        if any(character.isalpha() for character in after) and 2 not in label.run.marks[label.end :]:
            # The sentence goes on behind the bracket.
            return True
        if before.rstrip().endswith("_") or free_pieces(label.run, 0, label.start):
            return True
        box = label.box
        return any(-14 <= rule.box.x1 - box.x0 <= 4 and box.y0 + 3 <= rule.box.y0 <= box.y1 + 4 for rule in self.level)

    def _leaning(self, label: Label, found: Mapping[str, tuple[tuple[tuple[Piece, ...], ...], float]]) -> float:
        """Whether a label belongs to what is above it (positive) or below it (negative): to the nearer one."""
        captioned = self.writing_line_above(label) is not None
        if "above" not in found or "below" not in found:
            return 0.2 if captioned and "above" in found else 0.0
        over = label.box.y0 - max(piece.box.y1 for piece in found["above"][0][-1])
        under = min(piece.box.y0 for piece in found["below"][0][0]) - label.box.y1
        if under < 0.7 * over:
            return -0.3
        return 0.3 if over < 0.7 * under else 0.0

    # Right of the label, on its line, and on in the lines beneath it.

    def _right(self, label: Label, most_lines: int) -> tuple[tuple[tuple[Piece, ...], ...], float] | None:
        first = self._line_from(label.run, label.end)
        if not first:
            return None
        gap = first[0].box.x0 - label.box.x1
        closeness = 1.0 - min(0.35, max(0.0, gap - 60) / 600)
        if ":" in label.run.text[label.start : label.end]:
            closeness += 0.08
        lines = [tuple(first)]
        if most_lines > 1:
            # After a sentence the value goes on at the paragraph's own margin.
            lines += self._following(first, min(label.run.box.x0, first[0].box.x0), first[0].box.x0, label, most_lines - 1)
            lines = self._preceding(first[0], label, most_lines - len(lines)) + lines
        return tuple(lines), closeness

    def _preceding(self, first: Piece, label: Label, most: int) -> list[tuple[Piece, ...]]:
        """Lines over the label's own, where a value of several lines has its label beside the last one.

        They begin exactly above the value and have nothing to their left that could be a label of theirs.
        """
        lines: list[tuple[Piece, ...]] = []
        lower = first.run
        while len(lines) < most:
            over = [
                run
                for run in self.runs
                if run.middle < lower.box.y0 and lower.box.y0 - run.box.y1 < 0.6 * lower.height and abs(run.box.x0 - first.run.box.x0) < 4
            ]
            if not over or first.start > 1:
                break
            upper = max(over, key=lambda run: run.middle)
            beside = [run for run in self.runs if run is not upper and run.box.x1 <= upper.box.x0 + 2 and _overlap(run, upper) >= 0.45]
            if any(not self._rule_between(run.box.x1, upper.box.x0, upper.middle) for run in beside):
                break
            if self._barred(upper.box.y1, lower.box.y0, first.box.x0, first.box.x1) or not (pieces := self._row_pieces([upper])):
                break
            lines.insert(0, tuple(pieces))
            lower = upper
        return lines

    def _line_from(self, run: Run, start: int) -> list[Piece]:
        """The filled-in pieces from a place in a run on to the right, up to the next printed word or upright rule."""
        pieces: list[Piece] = []
        inside = free_pieces(run, start)
        if inside and not _printed_between(run, start, inside[0].start):
            pieces.append(inside[0])
            if inside[0].end < len(run.text.rstrip(_TRIM)) or len(inside) > 1:
                return pieces
        elif _printed_between(run, start, len(run.text)):
            return pieces
        edge = run.box_of(start, len(run.text)).x1 if start < len(run.text) else run.box.x1
        for neighbour in self._right_of(run):
            if self._rule_between(edge, neighbour.box.x0, run.middle):
                break
            if pieces and neighbour.box.x0 - pieces[-1].box.x1 > 3.2 * run.height:
                break
            free = free_pieces(neighbour)
            if not free or _printed_between(neighbour, 0, free[0].start):
                break
            pieces.append(free[0])
            edge = neighbour.box.x1
            if len(free) > 1 or free[0].end < len(neighbour.text.rstrip(_TRIM)):
                break
        return pieces

    def _right_of(self, run: Run) -> list[Run]:
        beside = [
            other
            for other in self.runs
            if other is not run and other.box.x0 >= run.box.x1 - 2 and _overlap(run, other) >= 0.45
        ]
        return sorted(beside, key=lambda other: other.box.x0)

    def _rule_between(self, left: float, right: float, y: float) -> bool:
        return any(
            left - 2 < (rule.box.x0 + rule.box.x1) / 2 < right + 2 and rule.box.y0 - 1 <= y <= rule.box.y1 + 1
            for rule in self.upright
        )

    # Below the label, inside its column.

    def _below(self, label: Label, most_lines: int) -> tuple[tuple[tuple[Piece, ...], ...], float] | None:
        left, right = self._column(label)
        if label.text[:1].islower():
            # A sentence ends above: what follows has the paragraph's width.
            left, right = 4.0, self.sheet.width
        box = label.box
        y = box.y1
        height = label.run.height
        skipped = 0
        for row in self._rows_below(label.run, left, right):
            far = 4.0 if self._in_cell(label) or most_lines > 3 else 2.4
            if row[0].box.y0 - y > far * height or self._shut_off(label, y, row[0].box.y0, left, right):
                return None
            if not any(free_pieces(run) for run in row) and not _has_label(row) and skipped < 2:
                y, skipped = max(run.box.y1 for run in row), skipped + 1
                continue
            first = self._row_pieces(row)
            if not first:
                return None
            distance = row[0].box.y0 - box.y1
            closeness = 1.0 - min(0.3, max(0.0, distance - height) / (12 * height)) - 0.1 * skipped
            lines = [tuple(first)]
            if most_lines > 1:
                lines += self._following(first, left, left, label, most_lines - 1, right)
            return tuple(lines), closeness
        return None

    def _shut_off(self, label: Label, top: float, bottom: float, left: float, right: float) -> bool:
        """Whether a border parts a label from what is beneath; the upper side of a box right under the label does not."""
        if not self._barred(top, bottom, left, right):
            return False
        sides = [rule for rule in self.level if top - 1.5 <= rule.box.y0 <= bottom + 1.5 and rule.box.x1 > left and rule.box.x0 < right]
        return self._in_cell(label) or len(sides) != 1 or sides[0].box.y0 - label.box.y1 > 9

    def _column(self, label: Label) -> tuple[float, float]:
        """From where to where a value beneath the label may stand: its cell, or up to the next text on its line."""
        box = label.box
        middle = (box.y0 + box.y1) / 2
        lefts = [rule.box.x1 for rule in self.upright if rule.box.x1 <= box.x0 + 2 and _spans(rule, middle)]
        rights = [rule.box.x0 for rule in self.upright if rule.box.x0 >= box.x1 - 2 and _spans(rule, middle)]
        left = max([box.x0 - 12, *(x for x in lefts if x > box.x0 - 40)])
        right = min([self.sheet.width, *rights])
        neighbours = [run.box.x0 for run in self._right_of(label.run) if run.box.x0 < right]
        if label.end < len(label.run.text.rstrip()):
            after = label.run.box_of(label.end, len(label.run.text)).x0
            if _has_label_after(label.run, label.end):
                neighbours.append(after)
        if neighbours:
            right = min(right, min(neighbours) - 3)
        return left, right

    def _in_cell(self, label: Label) -> bool:
        box = label.box
        middle = (box.y0 + box.y1) / 2
        return any(rule.box.x1 <= box.x0 + 2 and _spans(rule, middle) for rule in self.upright) and any(
            rule.box.x0 >= box.x1 - 2 and _spans(rule, middle) for rule in self.upright
        )

    def _rows_below(self, run: Run, left: float, right: float) -> list[list[Run]]:
        under = [
            other
            for other in self.runs
            if other.box.y0 >= run.box.y1 - 0.35 * run.height and other.box.x0 < right and other.box.x1 > left and other is not run
        ]
        middle = run.box.x0 + run.box.x1
        # A value may begin left of its label where both are centred.
        return _rows([other for other in under if other.box.x0 >= left - 4 or abs(other.box.x0 + other.box.x1 - middle) < 16])

    def _row_pieces(self, row: Sequence[Run]) -> list[Piece]:
        pieces: list[Piece] = []
        for run in row:
            free = free_pieces(run)
            if not free or _printed_between(run, 0, free[0].start):
                break
            if pieces and run.box.x0 - pieces[-1].box.x1 > 8 * run.height:
                break
            pieces.append(free[0])
            if len(free) > 1 or free[0].end < len(run.text.rstrip(_TRIM)):
                break
        return pieces

    def _barred(self, top: float, bottom: float, left: float, right: float) -> bool:
        """Whether a level rule of a box or table lies between two lines of text."""
        return any(
            top - 1.5 <= (rule.box.y0 + rule.box.y1) / 2 <= bottom + 1.5
            and min(rule.box.x1, right) - max(rule.box.x0, left) > 0.5 * (min(right, rule.box.x1 + 40) - left)
            for rule in self.level
        )

    def _following(
        self, first: Sequence[Piece], left: float, indent: float, label: Label, most: int, right: float | None = None
    ) -> list[tuple[Piece, ...]]:
        """The lines that go on beneath the first line of a value."""
        lines: list[tuple[Piece, ...]] = []
        edge = right if right is not None else self._right_edge(first[0], label)
        previous = first[0].run
        for row in self._rows_below(previous, left - 4, edge):
            if len(lines) == most:
                break
            starts = row[0].box.x0
            gap = row[0].box.y0 - max(previous.box.y1, max(piece.box.y1 for piece in first))
            if gap > self._widest * previous.height or starts > indent + 90:
                break
            if self._barred(previous.box.y1, row[0].box.y0, left, edge) and not self._is_writing_line(previous, row[0]):
                break
            pieces = self._row_pieces(row)
            if not pieces:
                break
            lines.append(tuple(pieces))
            previous, first = row[0], pieces
        return lines

    def _right_edge(self, piece: Piece, label: Label) -> float:
        middle = (piece.box.y0 + piece.box.y1) / 2
        rights = [rule.box.x0 for rule in self.upright if rule.box.x0 >= piece.box.x1 - 2 and _spans(rule, middle)]
        neighbours = [run.box.x0 - 3 for run in self._right_of(piece.run)]
        return min([self.sheet.width, *rights, *neighbours])

    def _is_writing_line(self, upper: Run, lower: Run) -> bool:
        """Whether the rule between two lines is one to write on: it touches no upright rule."""
        for rule in self.level:
            middle = (rule.box.y0 + rule.box.y1) / 2
            if upper.box.y1 - 4 <= middle <= lower.box.y0 + 4:
                touching = any(
                    _spans(side, middle, 3) and (abs(side.box.x0 - rule.box.x0) < 4 or abs(side.box.x1 - rule.box.x1) < 4)
                    for side in self.upright
                )
                if touching or rule.box.x1 - rule.box.x0 > 0.8 * self.sheet.width:
                    return False
        return True

    # Above a caption.

    def _above(self, label: Label, most_lines: int) -> tuple[tuple[tuple[Piece, ...], ...], float] | None:
        box = label.box
        line = self.writing_line_above(label)
        if line is not None:
            left, right, floor = line.box.x0 - 4, line.box.x1 + 4, line.box.y0
        else:
            left, right = self._caption_column(label)
            floor = box.y0
        over = [
            run
            for run in self.runs
            if run.middle < floor and floor - run.box.y1 < (1.3 if line is not None else 2.0) * run.height and run.box.x0 < right and run.box.x1 > left
        ]
        for row in reversed(_rows(over)):
            pieces = [piece for run in row for piece in free_pieces(run) if piece.box.x1 > left and piece.box.x0 < right]
            if line is not None:
                pieces = [part for piece in pieces if (part := _clipped(piece, left, right)) is not None]
            if not pieces:
                return None
            lowest = max(piece.box.y1 for piece in pieces)
            if line is None and self._barred(lowest, box.y0, box.x0, box.x1):
                return None
            distance = floor - lowest
            closeness = 1.0 - min(0.3, max(0.0, distance) / 40) + (0.1 if line is not None else -0.1)
            return (*self._stacked(pieces, most_lines - 1), tuple(pieces)), closeness
        return None

    def _stacked(self, lowest: Sequence[Piece], most: int) -> list[tuple[Piece, ...]]:
        """Further lines of a value over its lowest one: close above it, begun where it begins or centred over it."""
        lines: list[tuple[Piece, ...]] = []
        lower = _around(lowest)
        while len(lines) < most:
            height = lower.y1 - lower.y0
            over = [
                run
                for run in self.runs
                if -0.35 * height <= lower.y0 - run.box.y1 < 0.8 * height
                and run.middle < lower.y0
                and (abs(run.box.x0 - lower.x0) < 4 or abs(run.box.x0 + run.box.x1 - lower.x0 - lower.x1) < 8)
            ]
            if len(over) != 1 or self._barred(over[0].box.y1, lower.y0, lower.x0, lower.x1) or not (pieces := self._row_pieces(over)):
                break
            lines.insert(0, tuple(pieces))
            lower = _around(pieces)
        return lines

    def writing_line_above(self, label: Label) -> Rule | None:
        """The ruled line directly over a caption; the upper border of the label's own cell is none."""
        box = label.box
        near = [
            rule
            for rule in self.level
            if not self._is_border(rule)
            and -4 <= box.y0 - rule.box.y1 <= 9 and min(rule.box.x1, box.x1) - max(rule.box.x0, box.x0) > 0.5 * (box.x1 - box.x0)
        ]
        return max(near, key=lambda rule: rule.box.y0, default=None)

    def _is_border(self, rule: Rule) -> bool:
        """Whether a level rule is a side of a box: an upright rule meets it at either end."""
        middle = (rule.box.y0 + rule.box.y1) / 2
        ends = [
            any(abs((side.box.x0 + side.box.x1) / 2 - x) < 3 and _spans(side, middle, 3) for side in self.upright)
            for x in (rule.box.x0, rule.box.x1)
        ]
        return all(ends)

    def _caption_column(self, label: Label) -> tuple[float, float]:
        box = label.box
        same_line = [run for run in self.runs if _overlap(label.run, run) >= 0.45 and run is not label.run]
        lefts = [run.box.x1 for run in same_line if run.box.x1 <= box.x0 + 2]
        rights = [run.box.x0 for run in same_line if run.box.x0 >= box.x1 - 2]
        left = max([0.0, *((x + box.x0) / 2 for x in lefts)])
        right = min([self.sheet.width, *((x + box.x1) / 2 for x in rights)])
        return max(left, box.x0 - 160), min(right, box.x1 + 160)

    # Left of the label ("____ who entered the United States at"), and on the next line after it.

    def _left(self, label: Label, most_lines: int) -> tuple[tuple[tuple[Piece, ...], ...], float] | None:
        before = free_pieces(label.run, 0, label.start)
        if before:
            return ((before[-1],),), 1.0
        beside = [run for run in self.runs if run.box.x1 <= label.box.x0 + 2 and _overlap(label.run, run) >= 0.45]
        for run in sorted(beside, key=lambda run: -run.box.x1):
            free = free_pieces(run)
            if free and free[-1].end >= len(run.text.rstrip(_TRIM)):
                return ((free[-1],),), 0.9
            return None
        return None

    def _wrap(self, label: Label, most_lines: int) -> tuple[tuple[tuple[Piece, ...], ...], float] | None:
        """A sentence that goes on at the start of the next line."""
        if free_pieces(label.run, label.end) or self._line_from(label.run, label.end):
            return None
        for row in self._rows_below(label.run, 0, self.sheet.width)[:1]:
            free = free_pieces(row[0])
            if free and not _printed_between(row[0], 0, free[0].start) and row[0].box.y0 - label.run.box.y1 < (1.2 if most_lines < 4 else 2.6) * label.run.height:
                lines: list[tuple[Piece, ...]] = [(free[0],)]
                if most_lines > 1 and free[0].end >= len(row[0].text.rstrip(_TRIM)):
                    lines += self._following(free[:1], row[0].box.x0, row[0].box.x0, label, most_lines - 1)
                return tuple(lines), 0.9
        return None


def _clipped(piece: Piece, left: float, right: float) -> Piece | None:
    """The words of a piece that stand over a ruled line, without the small words of a sentence beside it.

    A line may be broken at its ends, so that a word a little beyond it is kept unless it belongs to the sentence.
    """
    inside = []
    for start, end, word in piece.run.spans:
        if start < piece.start or end > piece.end + 2:
            continue
        middle = (word.box.x0 + word.box.x1) / 2
        near = left - 40 <= middle <= right + 40 and word.text.strip(".,;:()").casefold() not in _JOINING
        if left <= middle <= right or near:
            inside.append((start, end))
    return _trimmed(piece.run, max(piece.start, inside[0][0]), min(piece.end, inside[-1][1])) if inside else None


def _around(pieces: Sequence[Piece]) -> Box:
    box = pieces[0].box
    for piece in pieces[1:]:
        box = box.union(piece.box)
    return box


def _overlap(one: Run, other: Run) -> float:
    overlap = min(one.box.y1, other.box.y1) - max(one.box.y0, other.box.y0)
    return overlap / max(0.1, min(one.height, other.height))


def _spans(rule: Rule, y: float, slack: float = 1.0) -> bool:
    return rule.box.y0 - slack <= y <= rule.box.y1 + slack


def _printed_between(run: Run, start: int, end: int) -> bool:
    return any(run.marks[index] != FREE for index in range(start, min(end, len(run.marks))))


def _has_label(row: Sequence[Run]) -> bool:
    return any(2 in run.marks for run in row)


def _has_label_after(run: Run, start: int) -> bool:
    return 2 in run.marks[start:]


def _rows(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs by line, from top to bottom."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.middle, run.box.x0)):
        if rows and _overlap(rows[-1][0], run) >= 0.45:
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda run: run.box.x0) for row in rows]
