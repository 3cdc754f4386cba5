"""A form's script, line by line: one method for each command."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Any

from samples.generator.kinds import MARKED_BY
from samples.generator.otherhand import drift
from samples.generator.otherhand.cells import Cells
from samples.generator.otherhand.sheet import HIGH, WIDE, pen_drawn, width_of
from samples.generator.paper import is_typed
from samples.generator.script_lines import Line, script


@dataclass
class Hand(Cells):
    """Sets one paper from its script."""

    def set_all(self) -> None:
        self.values = self.paper.words()
        self.left, self.right = self.look.margin, WIDE - self.look.margin
        self.y = HIGH - max(36.0, self.look.margin - 12)
        for line in script(self.paper.form) or ():
            if line.only_with and not self.values.get(line.only_with):
                continue
            getattr(self, f"_{line.command.lower()}")(self._drifted(line))
        self._show_page()

    def _drifted(self, line: Line) -> Line:
        """The line as this office words it."""
        if not self.look.drift:
            return line
        rng = random.Random(f"{self.look.drift} {line}")
        if line.command in ("P", "TICK", "NOTE"):
            head, bar, words = line.words.rpartition(" | ")
            return replace(line, words=f"{head}{bar}{drift.sentences(words, rng)}")
        if line.command == "CLERKORATTORNEY":
            return line
        return replace(line, cells=tuple(replace(cell, label=drift.label(cell.label, rng)) for cell in line.cells))

    def shown(self) -> dict[str, Any]:
        """The values of those fields that this form has: a field without a place is not on the paper."""
        return {name: value for name, value in self.paper.values.items() if self._shows(name, value)}

    def _shows(self, name: str, value: Any) -> bool:
        if name in self.seen:
            return True
        if name == "county":
            return str(value) in str(self.values.get("court"))
        carriers = {"signer": ("signed",)}.get(name, MARKED_BY.get(name, ()))
        return any(carrier in self.seen for carrier in carriers)

    # ---- lines of the script

    def _h0(self, line: Line) -> None:
        self._heading(line.words, self.look.size + 5)

    def _h1(self, line: Line) -> None:
        self._heading(line.words, self.look.size + 3)

    def _h2(self, line: Line) -> None:
        self._heading(line.words, self.look.size + 1)

    def _h3(self, line: Line) -> None:
        self._heading(line.words.replace("**", ""), self.look.size, bold="**" in line.words)

    def _hl(self, line: Line) -> None:
        size = self.look.size
        self._room(size * 2)
        if self.look.shaded:
            self._rule_box(self.left, self.y - size - 3, self.right - self.left, size + 5, fill="#dddddd")
        self._label(self.left + 2, self.y - size, line.words, self.look.bold, size)
        self.y -= size * 1.7

    def _p(self, line: Line) -> None:
        self._paragraph(line.words, self.left, self.right)
        self.y -= self.look.size * 0.45

    def _note(self, line: Line) -> None:
        words = line.words.replace("EDITION", self.paper.edition).replace(
            "COURTADDRESS", str(self.paper.extra.get("court_address", ""))
        )
        self._paragraph(words, self.left, self.right, size=self.look.size - 1.6)
        self.y -= 3

    def _gap(self, line: Line) -> None:
        self.y -= float(line.words)

    def _line(self, line: Line) -> None:
        self._rule(self.left, self.y, self.right)
        self.y -= 6

    def _page(self, line: Line) -> None:
        self._next_page()

    def _foot(self, line: Line) -> None:
        self._label(self.left, 26, line.words.replace("EDITION", self.paper.edition), self.look.face, 7.5)

    def _center(self, line: Line) -> None:
        name = line.words.strip()
        self.seen.add(name)
        words = str(self.values.get(name) or "")
        size = self.look.entry_size
        width = width_of(words, self.look.entry, size)
        self._room(size * 2)
        middle = (self.left + self.right) / 2
        if words:
            self._entry_text(name, middle - width / 2, self.y - size, words)
        self._rule(middle - max(width, 120) / 2, self.y - size - 2, middle + max(width, 120) / 2)
        self.y -= size * 1.8

    def _right(self, line: Line) -> None:
        self._cells(line.cells, (self.left + self.right) / 2 + 20, self.right, 0, "before")

    def _row(self, line: Line) -> None:
        self._cells(tuple(cell for cell in line.cells if cell.fields), self.left, self.right, 0, self.look.manner)

    def _block(self, line: Line) -> None:
        self._cells(line.cells, self.left, self.right, line.height, "boxed" if self.look.manner == "boxed" else "above")

    _pair = _block

    def _tick(self, line: Line) -> None:
        name, _, words = line.words.partition(" | ")
        self._paragraph(f"[{name.strip()}] {words}", self.left + 8, self.right, hang=18)
        self.y -= self.look.size * 0.35

    def _sign(self, line: Line) -> None:
        self._room(46)
        cells = line.cells
        start = self.left if len(cells) > 1 else (self.left + self.right) / 2 - 20
        step = (self.right - start) / len(cells)
        rule = self.y - (34 if any(self._is_pen(cell.fields[0]) for cell in cells) else 20)
        for number, cell in enumerate(cells):
            x0, x1 = start + number * step, start + (number + 1) * step - 14
            self._signed(cell.fields[0], x0, rule, x1)
            caption = cell.label
            if caption == "SIGNERWORDS":
                caption = {"clerk": "Clerk of Court/Deputy Clerk", "judge": "Judge"}.get(
                    str(self.values.get("signer")), "Attorney"
                )
            self._label(x0 + 6, rule - 8, caption, self.look.face, 7)
        self.y = rule - 16

    def _clerkorattorney(self, line: Line) -> None:
        self._room(50)
        middle = (self.left + self.right) / 2
        rule = self.y - 34
        by_clerk = self.values.get("signer") == "clerk"
        for first, last, caption, mine in (
            (self.left, middle - 24, line.cells[0].label, by_clerk),
            (
                middle + 24,
                self.right,
                line.cells[1].label if len(line.cells) > 1 and line.cells[1].label else line.cells[-1].fields[0],
                not by_clerk,
            ),
        ):
            if mine:
                self._signed("signed", first, rule, last)
            else:
                self._rule(first, rule, last)
            self._label(first + 10, rule - 8, caption, self.look.face, 7)
        self._label(middle - 8, rule, "OR", self.look.face, self.look.size)
        self.y = rule - 16

    def _caption(self, line: Line) -> None:
        """The parties on the left, one over the other, and the number on the right."""
        parties, _, number = line.words.rpartition(" = ")
        above, _, below = parties.partition(" / ")
        label, name = number.rsplit(" ", 1)
        size = self.look.size
        self._room(70)
        top, middle = self.y, self.left + 230
        for part in (above, "v.", below):
            first, _, role = part.strip().partition(" ")
            if part == "v.":
                self._label(self.left + 105, self.y - size, "v.", self.look.face, size)
                self.y -= size * 1.4
                continue
            if part.startswith("="):
                self._label(self.left + 40, self.y - size, part[1:].strip(), self.look.face, size)
                self.y -= size * 1.6
                continue
            self._entry_lines(first, self.left + 4, self.y, 216)
            self._rule(self.left, self.y - 1, middle - 10)
            self._label(self.left + 90, self.y - 8, role, self.look.face, 7)
            self.y -= 12
        for step in range(int((top - self.y) / (size * 1.3))):
            self._label(middle, top - (step + 1) * size * 1.3, ")", self.look.face, size)
        at = (top + self.y) / 2
        self._label(middle + 16, at, label, self.look.face, size)
        self.seen.add(name)
        if self.values.get(name):
            self._entry_text(
                name, middle + 20 + width_of(label + " ", self.look.face, size), at, str(self.values[name])
            )
        self.y -= 10

    # ---- pieces

    def _is_pen(self, name: str) -> bool:
        return name.endswith("signed")

    def _signed(self, name: str, x0: float, rule: float, x1: float) -> None:
        self._rule(x0, rule, x1)
        self.seen.add(name)
        if not self._is_pen(name):
            if self.values.get(name):
                self._entry_lines(name, x0 + 3, rule + self.look.entry_size + 3, x1 - x0 - 4, keep=True)
            return
        who = self.paper.pens.get(name)
        wide = min(x1 - x0 - 10, 130.0)
        self._mark(name, x0 + 4, rule, x0 + 4 + wide, rule + 28)
        if who is None:
            return
        if is_typed(who):
            for number, words in enumerate(reversed(who.split("\n"))):
                self._put(
                    self.entries,
                    x0 + 5,
                    rule + 3 + number * 7.5,
                    words,
                    self.look.entry,
                    7 if "\n" in who else self.look.entry_size,
                )
            return
        self.entries.append(pen_drawn(who, x0 + 6, rule - 2, wide, 30))
