"""Labelled entries side by side: in boxes, on rules, the label before, above or below."""

from __future__ import annotations

from dataclasses import dataclass

from samples.generator.otherhand.running import Running
from samples.generator.otherhand.sheet import width_of, wrapped
from samples.generator.script_lines import Cell


@dataclass
class Cells(Running):
    """A sheet that can set rows of labelled entries."""

    def _cells(self, cells: tuple[Cell, ...], x0: float, x1: float, height: float, manner: str) -> None:
        total = sum(cell.weight for cell in cells)
        shares = [(x1 - x0) * cell.weight / total for cell in cells]
        tops, x = [], x0
        if manner == "before" and not all(self._fits(cell, share) for cell, share in zip(cells, shares, strict=True)):
            manner = "above"
        small = self.look.size - 1.6
        deepest = max(len(self._label_lines(cell, share)) for cell, share in zip(cells, shares, strict=True))
        heads = {"boxed": small * deepest + 5, "above": small * deepest + 3, "before": 0.0, "below": 0.0}[manner]
        depth = max(height, *(self._depth(cell, share, manner) for cell, share in zip(cells, shares, strict=True)))
        self._room(depth + heads + 8)
        top = self.y
        for cell, share in zip(cells, shares, strict=True):
            tops.append(self._cell(cell, x, top, share, depth, manner, heads))
            x += share
        self.y = min(tops) - (3 if manner == "boxed" and height else 0)

    def _text_of(self, cell: Cell) -> list[tuple[str, str]]:
        """The entries of a cell, `(field, words)`; a list's items each with its marker."""
        out = []
        for name in cell.fields:
            self.seen.add(name)
            value = self.values.get(name)
            if isinstance(value, list):
                marker = str(self.paper.extra.get("marker", "1."))
                for number, item in enumerate(value, start=1):
                    out.append((name, f"{number}. {item}" if marker == "1." else f"{marker} {item}".strip()))
            elif value:
                out.append((name, str(value)))
        return out

    def _depth(self, cell: Cell, share: float, manner: str) -> float:
        room = (
            share
            - 10
            - (width_of(self._labelled(cell.label), self.look.face, self.look.size) if manner == "before" else 0)
        )
        lines = sum(
            len(wrapped(words, self.look.entry, self.look.entry_size, room)) for _, words in self._text_of(cell)
        )
        return max(lines, 1) * self.look.entry_size * self.look.leading + 3

    def _labelled(self, label: str) -> str:
        return label.upper() if self.look.capital_labels else label

    def _fits(self, cell: Cell, share: float) -> bool:
        """Whether the label and the longest word of the entry go side by side."""
        words = [word for _, text in self._text_of(cell) for word in text.split()]
        longest = max((width_of(word, self.look.entry, self.look.entry_size) for word in words), default=30.0)
        return width_of(self._labelled(cell.label), self.look.bold, self.look.size) + longest + 14 < share

    def _label_lines(self, cell: Cell, share: float) -> list[str]:
        return wrapped(self._labelled(cell.label), self.look.bold, self.look.size - 1.6, share - 8)

    def _label_over(self, cell: Cell, x: float, top: float, share: float, font: str) -> None:
        small = self.look.size - 1.6
        for number, words in enumerate(self._label_lines(cell, share)):
            self._label(x, top - small * (number + 1), words, font, small)

    def _cell(self, cell: Cell, x: float, top: float, share: float, depth: float, manner: str, heads: float) -> float:
        look = self.look
        small = look.size - 1.6
        label, font = self._labelled(cell.label), look.bold if look.bold_labels else look.face
        if manner == "boxed":
            bottom = top - heads - depth - 3
            self._rule_box(x, bottom, share, top - bottom)
            self._label_over(cell, x + 3, top - 1, share, font)
            self._all_entries(cell, x + 6, top - heads, share - 10)
            return bottom
        if manner == "above":
            bottom = top - heads - depth - 4
            self._label_over(cell, x, top, share, font)
            self._all_entries(cell, x + 4, top - heads, share - 10)
            if len(cell.fields) == 1 and depth < 30:
                self._rule(x, bottom + 2, x + share - 8)
            return bottom - 2
        if manner == "below":
            bottom = top - depth
            self._all_entries(cell, x + 4, top, share - 12)
            self._rule(x, bottom, x + share - 8)
            self._label(
                x + 8, bottom - small, label.strip("()").join("()") if label.startswith("(") else label, font, small
            )
            return bottom - small - 6
        wide = width_of(label, font, look.size)
        self._label(x, top - look.entry_size, label, font, look.size)
        self._all_entries(cell, x + wide + 5, top, share - wide - 10)
        self._rule(x + wide + 3, top - depth, x + share - 6)
        return top - depth - 4

    def _all_entries(self, cell: Cell, x: float, top: float, width: float) -> None:
        for name, words in self._text_of(cell):
            top = self._lines_at(name, words, x, top, width)
