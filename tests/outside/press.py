"""Prints papers from plain marked-up text, in a hand of its own, for tests that judge Duly from outside.

Shares nothing with the sample generator nor with intake. One line of text is one paragraph, save
`# heading` (centred, bold), `=` (a ruled line), `~` (a pen stroke), `> words` (right half of the page; so `>=` and `~>`), `a || b` (two
columns),
`[x] words` and `[ ] words` (drawn boxes), `\\page` (a new page) and an empty line (space).
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from reportlab.lib.pagesizes import letter
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

LEFT, MIDDLE, RIGHT = 54.0, 318.0, 558.0


@dataclass
class Press:
    """One paper being printed. `family` is one of PDF's own fonts, `size` in points."""

    family: str = "Helvetica"
    size: float = 10.0
    out: io.BytesIO = field(default_factory=io.BytesIO)

    def __post_init__(self) -> None:
        self.canvas = Canvas(self.out, pagesize=letter, invariant=1)
        self.y = 744.0

    @property
    def bold(self) -> str:
        return "Times-Bold" if self.family == "Times-Roman" else f"{self.family}-Bold"

    def print(self, text: str) -> bytes:
        for line in text.strip("\n").splitlines():
            self._line(line.rstrip())
        self.canvas.save()
        return self.out.getvalue()

    def hide(self, text: str, *, mode: str) -> None:
        """Puts text on the page that a reader does not see: `white`, `invisible` or `covered`."""
        block = self.canvas.beginText(LEFT, 400)
        block.setFont(self.family, self.size)
        if mode == "white":
            block.setFillColorRGB(1, 1, 1)
        if mode == "invisible":
            block.setTextRenderMode(3)
        for line in text.strip("\n").splitlines():
            block.textLine(line)
        self.canvas.drawText(block)
        self.canvas.setFillColorRGB(1, 1, 1)
        if mode == "covered":
            self.canvas.rect(LEFT - 4, 60, 520, 400, stroke=0, fill=1)
        self.canvas.setFillColorRGB(0, 0, 0)

    def _line(self, line: str) -> None:
        if self.y < 60 or line == "\\page":
            self.canvas.showPage()
            self.y = 744.0
        if line == "\\page":
            return
        if not line:
            self.y -= self.size * 0.7
        elif line.startswith("# "):
            self.canvas.setFont(self.bold, self.size + 2)
            for part in simpleSplit(line[2:], self.bold, self.size + 2, RIGHT - LEFT):
                self.canvas.drawCentredString((LEFT + RIGHT) / 2, self.y, part)
                self.y -= self.size + 5
        elif line in ("=", ">="):
            self.canvas.line(
                MIDDLE if line == ">=" else LEFT, self.y + self.size * 0.6, RIGHT, self.y + self.size * 0.6
            )
            self.y -= self.size * 0.5
        elif line.startswith("~"):
            self._pen(MIDDLE if line.endswith(">") else LEFT)
        elif line.startswith("> "):
            self._words(line[2:], MIDDLE, RIGHT)
        elif line.startswith(("[x] ", "[ ] ")):
            self._box(ticked=line[1] == "x")
            self._words(line[4:], LEFT + 16, RIGHT)
        elif " || " in line:
            top = self.y
            left, right = line.split(" || ", 1)
            self._words(left, LEFT, MIDDLE - 14)
            after_left, self.y = self.y, top
            self._words(right, MIDDLE, RIGHT)
            self.y = min(after_left, self.y)
        else:
            self._words(line, LEFT, RIGHT)

    def _words(self, words: str, left: float, right: float) -> None:
        self.canvas.setFont(self.family, self.size)
        for part in simpleSplit(words, self.family, self.size, right - left):
            self.canvas.drawString(left, self.y, part)
            self.y -= self.size + 3

    def _box(self, *, ticked: bool) -> None:
        self.canvas.rect(LEFT, self.y - 1, 9, 9)
        if ticked:
            self.canvas.line(LEFT + 1, self.y, LEFT + 8, self.y + 7)
            self.canvas.line(LEFT + 1, self.y + 7, LEFT + 8, self.y)

    def _pen(self, left: float) -> None:
        self.y -= 16
        stroke = self.canvas.beginPath()
        stroke.moveTo(left + 4, self.y + 6)
        for step in range(9):
            x = left + 4 + step * 13
            rise = 20 if step % 3 == 0 else 9
            stroke.curveTo(x + 3, self.y + rise, x + 9, self.y - 2, x + 13, self.y + 7)
        self.canvas.setLineWidth(1.3)
        self.canvas.drawPath(stroke)
        self.canvas.setLineWidth(1)
        self.y -= self.size + 1
