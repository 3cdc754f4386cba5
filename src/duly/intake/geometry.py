"""How the lines and the words of one page lie to each other: columns, cells, borders, lines to write on."""

from __future__ import annotations

from duly.intake.pieces import Piece, has_label_after, overlap, rows, spans
from duly.intake.printing import Label
from duly.intake.sheet import Rule, Run, Sheet


class Geometry:
    """One page's runs and rules, asked for what stands around a place."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.runs = sheet.runs
        self.level = [rule for rule in sheet.rules if not rule.upright]
        self.upright = [rule for rule in sheet.rules if rule.upright]

    def right_of(self, run: Run) -> list[Run]:
        beside = [
            other
            for other in self.runs
            if other is not run and other.box.x0 >= run.box.x1 - 2 and overlap(run, other) >= 0.45
        ]
        return sorted(beside, key=lambda other: other.box.x0)

    def rule_between(self, left: float, right: float, y: float) -> bool:
        return any(
            left - 2 < (rule.box.x0 + rule.box.x1) / 2 < right + 2 and rule.box.y0 - 1 <= y <= rule.box.y1 + 1
            for rule in self.upright
        )

    def column(self, label: Label) -> tuple[float, float]:
        """From where to where a value beneath the label may stand: its cell, or up to the next text on its line."""
        box = label.box
        middle = (box.y0 + box.y1) / 2
        lefts = [rule.box.x1 for rule in self.upright if rule.box.x1 <= box.x0 + 2 and spans(rule, middle)]
        rights = [rule.box.x0 for rule in self.upright if rule.box.x0 >= box.x1 - 2 and spans(rule, middle)]
        left = max([box.x0 - 12, *(x for x in lefts if x > box.x0 - 40)])
        right = min([self.sheet.width, *rights])
        neighbours = [run.box.x0 for run in self.right_of(label.run) if run.box.x0 < right]
        if label.end < len(label.run.text.rstrip()):
            after = label.run.box_of(label.end, len(label.run.text)).x0
            if has_label_after(label.run, label.end):
                neighbours.append(after)
        if neighbours:
            right = min(right, min(neighbours) - 3)
        return left, right

    def in_cell(self, label: Label) -> bool:
        box = label.box
        middle = (box.y0 + box.y1) / 2
        return any(rule.box.x1 <= box.x0 + 2 and spans(rule, middle) for rule in self.upright) and any(
            rule.box.x0 >= box.x1 - 2 and spans(rule, middle) for rule in self.upright
        )

    def rows_below(self, run: Run, left: float, right: float) -> list[list[Run]]:
        under = [
            other
            for other in self.runs
            if other.box.y0 >= run.box.y1 - 0.35 * run.height
            and other.box.x0 < right
            and other.box.x1 > left
            and other is not run
        ]
        middle = run.box.x0 + run.box.x1
        # A value may begin left of its label where both are centred.
        return rows(
            [other for other in under if other.box.x0 >= left - 4 or abs(other.box.x0 + other.box.x1 - middle) < 16]
        )

    def barred(self, top: float, bottom: float, left: float, right: float) -> bool:
        """Whether a level rule of a box or table lies between two lines of text."""
        return any(
            top - 1.5 <= (rule.box.y0 + rule.box.y1) / 2 <= bottom + 1.5
            and min(rule.box.x1, right) - max(rule.box.x0, left) > 0.5 * (min(right, rule.box.x1 + 40) - left)
            for rule in self.level
        )

    def right_edge(self, piece: Piece, label: Label) -> float:
        middle = (piece.box.y0 + piece.box.y1) / 2
        rights = [rule.box.x0 for rule in self.upright if rule.box.x0 >= piece.box.x1 - 2 and spans(rule, middle)]
        neighbours = [run.box.x0 - 3 for run in self.right_of(piece.run)]
        return min([self.sheet.width, *rights, *neighbours])

    def is_writing_line(self, upper: Run, lower: Run) -> bool:
        """Whether the rule between two lines is one to write on: it touches no upright rule."""
        for rule in self.level:
            middle = (rule.box.y0 + rule.box.y1) / 2
            if upper.box.y1 - 4 <= middle <= lower.box.y0 + 4:
                touching = any(
                    spans(side, middle, 3)
                    and (abs(side.box.x0 - rule.box.x0) < 4 or abs(side.box.x1 - rule.box.x1) < 4)
                    for side in self.upright
                )
                if touching or rule.box.x1 - rule.box.x0 > 0.8 * self.sheet.width:
                    return False
        return True

    def writing_line_above(self, label: Label) -> Rule | None:
        """The ruled line directly over a caption; the upper border of the label's own cell is none."""
        box = label.box
        near = [
            rule
            for rule in self.level
            if not self.is_border(rule)
            and -4 <= box.y0 - rule.box.y1 <= 9
            and min(rule.box.x1, box.x1) - max(rule.box.x0, box.x0) > 0.5 * (box.x1 - box.x0)
        ]
        return max(near, key=lambda rule: rule.box.y0, default=None)

    def is_border(self, rule: Rule) -> bool:
        """Whether a level rule is a side of a box: an upright rule meets it at either end."""
        middle = (rule.box.y0 + rule.box.y1) / 2
        ends = [
            any(abs((side.box.x0 + side.box.x1) / 2 - x) < 3 and spans(side, middle, 3) for side in self.upright)
            for x in (rule.box.x0, rule.box.x1)
        ]
        return all(ends)

    def caption_column(self, label: Label) -> tuple[float, float]:
        box = label.box
        same_line = [run for run in self.runs if overlap(label.run, run) >= 0.45 and run is not label.run]
        lefts = [run.box.x1 for run in same_line if run.box.x1 <= box.x0 + 2]
        rights = [run.box.x0 for run in same_line if run.box.x0 >= box.x1 - 2]
        left = max([0.0, *((x + box.x0) / 2 for x in lefts)])
        right = min([self.sheet.width, *((x + box.x1) / 2 for x in rights)])
        return max(left, box.x0 - 160), min(right, box.x1 + 160)
