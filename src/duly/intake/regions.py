"""Where the value of a label can stand: right of it, below it, above it (a caption), left of it, or on the next line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from duly.intake.geometry import Geometry
from duly.intake.pieces import (
    TRIM,
    Piece,
    Region,
    around,
    clipped,
    free_pieces,
    has_label,
    is_bracketed,
    overlap,
    printed_between,
    rows,
)
from duly.intake.printing import LABEL, Label
from duly.intake.sheet import Rule, Run


class Surroundings(Geometry):
    """One page, asked for every place where the value of a label can stand."""

    _widest = 1.25

    def regions(
        self,
        label: Label,
        where: Sequence[str],
        most_lines: int,
        *,
        loose: bool = False,
        usual: int = 9,
        style: int = 0,
    ) -> Iterator[Region]:
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
        leaning = (
            0.0 if bracketed or beside else self._leaning(label, found) + (0.15 * style if where[0] != "below" else 0.0)
        )
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
            lines += self._following(
                first, min(label.run.box.x0, first[0].box.x0), first[0].box.x0, label, most_lines - 1
            )
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
                if run.middle < lower.box.y0
                and lower.box.y0 - run.box.y1 < 0.6 * lower.height
                and abs(run.box.x0 - first.run.box.x0) < 4
            ]
            if not over or first.start > 1:
                break
            upper = max(over, key=lambda run: run.middle)
            beside = [
                run
                for run in self.runs
                if run is not upper and run.box.x1 <= upper.box.x0 + 2 and overlap(run, upper) >= 0.45
            ]
            if any(not self.rule_between(run.box.x1, upper.box.x0, upper.middle) for run in beside):
                break
            if self.barred(upper.box.y1, lower.box.y0, first.box.x0, first.box.x1) or not (
                pieces := self._row_pieces([upper])
            ):
                break
            lines.insert(0, tuple(pieces))
            lower = upper
        return lines

    def _line_from(self, run: Run, start: int) -> list[Piece]:
        """The filled-in pieces from a place in a run on to the right, up to the next printed word or upright rule."""
        pieces: list[Piece] = []
        inside = free_pieces(run, start)
        if inside and not printed_between(run, start, inside[0].start):
            pieces.append(inside[0])
            if inside[0].end < len(run.text.rstrip(TRIM)) or len(inside) > 1:
                return pieces
        elif printed_between(run, start, len(run.text)):
            return pieces
        edge = run.box_of(start, len(run.text)).x1 if start < len(run.text) else run.box.x1
        for neighbour in self.right_of(run):
            if self.rule_between(edge, neighbour.box.x0, run.middle):
                break
            if pieces and neighbour.box.x0 - pieces[-1].box.x1 > 3.2 * run.height:
                break
            free = free_pieces(neighbour)
            if not free or printed_between(neighbour, 0, free[0].start):
                break
            pieces.append(free[0])
            edge = neighbour.box.x1
            if len(free) > 1 or free[0].end < len(neighbour.text.rstrip(TRIM)):
                break
        return pieces

    # Below the label, inside its column.

    def _below(self, label: Label, most_lines: int) -> tuple[tuple[tuple[Piece, ...], ...], float] | None:
        left, right = self.column(label)
        if label.text[:1].islower():
            # A sentence ends above: what follows has the paragraph's width.
            left, right = 4.0, self.sheet.width
        box = label.box
        y = box.y1
        height = label.run.height
        skipped = 0
        for row in self.rows_below(label.run, left, right):
            far = 4.0 if self.in_cell(label) or most_lines > 3 else 2.4
            if row[0].box.y0 - y > far * height or self._shut_off(label, y, row[0].box.y0, left, right):
                return None
            if not any(free_pieces(run) for run in row) and not has_label(row) and skipped < 2:
                y, skipped = max(run.box.y1 for run in row), skipped + 1
                continue
            first = self._row_pieces(row, 3.0 if most_lines > 2 else 8.0)
            if not first:
                return None
            distance = row[0].box.y0 - box.y1
            closeness = 1.0 - min(0.3, max(0.0, distance - height) / (12 * height)) - 0.1 * skipped
            lines = [tuple(first)]
            if most_lines > 1:
                # What stands apart on the first line begins a column of its own, on the lines beneath it too.
                beside = [run.box.x0 - 3 for run in row if run.box.x0 >= first[-1].run.box.x1]
                lines += self._following(first, left, left, label, most_lines - 1, min([right, *beside]))
            return tuple(lines), closeness
        return None

    def _shut_off(self, label: Label, top: float, bottom: float, left: float, right: float) -> bool:
        """Whether a border parts a label from what is beneath; the upper side of a box right under the label does not."""
        if not self.barred(top, bottom, left, right):
            return False
        sides = [
            rule
            for rule in self.level
            if top - 1.5 <= rule.box.y0 <= bottom + 1.5 and rule.box.x1 > left and rule.box.x0 < right
        ]
        return self.in_cell(label) or len(sides) != 1 or sides[0].box.y0 - label.box.y1 > 9

    def _row_pieces(self, row: Sequence[Run], apart: float = 8.0) -> list[Piece]:
        """The filled-in pieces from the start of a row; what stands `apart` by so many heights is another column's."""
        pieces: list[Piece] = []
        for run in row:
            free = free_pieces(run)
            if not free or printed_between(run, 0, free[0].start):
                break
            if pieces and run.box.x0 - pieces[-1].box.x1 > apart * run.height:
                break
            pieces.append(free[0])
            if len(free) > 1 or free[0].end < len(run.text.rstrip(TRIM)):
                break
        return pieces

    def _following(
        self, first: Sequence[Piece], left: float, indent: float, label: Label, most: int, right: float | None = None
    ) -> list[tuple[Piece, ...]]:
        """The lines that go on beneath the first line of a value."""
        lines: list[tuple[Piece, ...]] = []
        edge = right if right is not None else self.right_edge(first[0], label)
        previous = first[0].run
        for row in self.rows_below(previous, left - 4, edge):
            if len(lines) == most:
                break
            starts = row[0].box.x0
            gap = row[0].box.y0 - max(previous.box.y1, max(piece.box.y1 for piece in first))
            if gap > self._widest * previous.height or starts > indent + 90:
                break
            if self.barred(previous.box.y1, row[0].box.y0, left, edge) and not self.is_writing_line(previous, row[0]):
                break
            pieces = self._row_pieces(row)
            if not pieces:
                break
            lines.append(tuple(pieces))
            previous, first = row[0], pieces
        return lines

    # Above a caption.

    def _above(self, label: Label, most_lines: int) -> tuple[tuple[tuple[Piece, ...], ...], float] | None:
        box = label.box
        line = self.writing_line_above(label)
        if line is not None:
            left, right, floor = line.box.x0 - 4, line.box.x1 + 4, line.box.y0
        else:
            left, right = self.caption_column(label)
            floor = box.y0
        over = [
            run
            for run in self.runs
            if run.middle < floor
            and floor - run.box.y1 < (1.3 if line is not None else 2.0) * run.height
            and run.box.x0 < right
            and run.box.x1 > left
        ]
        for row in reversed(rows(over)):
            pieces = [
                piece for run in row for piece in free_pieces(run) if piece.box.x1 > left and piece.box.x0 < right
            ]
            if line is not None:
                pieces = [part for piece in pieces if (part := clipped(piece, left, right)) is not None]
                if self._shares(line, label):
                    pieces = _over(label, pieces)
            else:
                pieces = _over(label, pieces)
            if not pieces:
                return None
            lowest = max(piece.box.y1 for piece in pieces)
            if line is None and self.barred(lowest, box.y0, box.x0, box.x1):
                return None
            distance = floor - lowest
            closeness = 1.0 - min(0.3, max(0.0, distance) / 40) + (0.1 if line is not None else -0.1)
            lines = [*self._stacked(pieces, most_lines - 1), tuple(pieces)]
            # A long value may run on into the line of its caption.
            rest = free_pieces(label.run, 0, label.start)
            if most_lines > 1 and rest and abs(rest[0].box.x0 - pieces[0].box.x0) < 4:
                lines.append((*rest[:1], *free_pieces(label.run, label.end)[:1]))
            return tuple(lines), closeness
        return None

    def _shares(self, line: Rule, label: Label) -> bool:
        """Whether another caption stands under the same ruled line."""
        return any(
            run is not label.run
            and overlap(label.run, run) >= 0.45
            and run.box.x0 < line.box.x1
            and run.box.x1 > line.box.x0
            and LABEL in run.marks
            for run in self.runs
        )

    def _stacked(self, lowest: Sequence[Piece], most: int) -> list[tuple[Piece, ...]]:
        """Further lines of a value over its lowest one: close above it, begun where it begins or centred over it."""
        lines: list[tuple[Piece, ...]] = []
        lower = around(lowest)
        while len(lines) < most:
            height = lower.y1 - lower.y0
            over = [
                run
                for run in self.runs
                if -0.35 * height <= lower.y0 - run.box.y1 < 0.8 * height
                and run.middle < lower.y0
                and (abs(run.box.x0 - lower.x0) < 4 or abs(run.box.x0 + run.box.x1 - lower.x0 - lower.x1) < 8)
            ]
            if (
                len(over) != 1
                or self.barred(over[0].box.y1, lower.y0, lower.x0, lower.x1)
                or not (pieces := self._row_pieces(over))
            ):
                break
            lines.insert(0, tuple(pieces))
            lower = around(pieces)
        return lines

    # Left of the label ("____ who entered the United States at"), and on the next line after it.

    def _left(self, label: Label, most_lines: int) -> tuple[tuple[tuple[Piece, ...], ...], float] | None:
        before = free_pieces(label.run, 0, label.start)
        if before:
            return ((before[-1],),), 1.0
        beside = [run for run in self.runs if run.box.x1 <= label.box.x0 + 2 and overlap(label.run, run) >= 0.45]
        for run in sorted(beside, key=lambda run: -run.box.x1):
            free = free_pieces(run)
            if free and free[-1].end >= len(run.text.rstrip(TRIM)):
                return ((free[-1],),), 0.9
            return None
        return None

    def _wrap(self, label: Label, most_lines: int) -> tuple[tuple[tuple[Piece, ...], ...], float] | None:
        """A sentence that goes on at the start of the next line."""
        if free_pieces(label.run, label.end) or self._line_from(label.run, label.end):
            return None
        for row in self.rows_below(label.run, 0, self.sheet.width)[:1]:
            free = free_pieces(row[0])
            if (
                free
                and not printed_between(row[0], 0, free[0].start)
                and row[0].box.y0 - label.run.box.y1 < (1.2 if most_lines < 4 else 2.6) * label.run.height
            ):
                lines: list[tuple[Piece, ...]] = [(free[0],)]
                if most_lines > 1 and free[0].end >= len(row[0].text.rstrip(TRIM)):
                    lines += self._following(free[:1], row[0].box.x0, row[0].box.x0, label, most_lines - 1)
                return tuple(lines), 0.9
        return None


def _over(label: Label, pieces: Sequence[Piece]) -> list[Piece]:
    """Of pieces on one line those that stand together over the label; what stands apart beside them is of another."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        if groups and piece.box.x0 - groups[-1][-1].box.x1 < 3 * piece.run.height:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    over = [group for group in groups if group[0].box.x0 < label.box.x1 and group[-1].box.x1 > label.box.x0]
    return over[0] if len(over) == 1 else list(pieces)
