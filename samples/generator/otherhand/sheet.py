"""One page being set: the drawing that everything else is made of, in two layers, with a memory of where entries stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from samples.generator.otherhand.look import Look
from samples.generator.paper import Paper, Place
from samples.generator.pen import signature
from samples.generator.typesetting import FONTS

WIDE, HIGH = 612.0, 792.0
Operation = Callable[[Canvas], None]


@lru_cache(maxsize=32)
def known(font: str) -> str:
    if font not in pdfmetrics.standardFonts and font not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(font, str(FONTS / f"{font}.ttf")))
    return font


def width_of(words: str, font: str, size: float) -> float:
    return float(pdfmetrics.stringWidth(words, known(font), size))


def wrapped(words: str, font: str, size: float, width: float) -> list[str]:
    lines: list[str] = []
    for part in words.split("\n"):
        line = ""
        for word in part.split(" "):
            longer = f"{line} {word}" if line else word
            if line and width_of(longer, font, size) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


@dataclass
class Sheet:
    """Sets one paper, top to bottom; a page is drawn when it is full, labels and entries in the order of the look."""

    paper: Paper
    look: Look
    canvas: Canvas
    page: int
    y: float = HIGH - 50
    left: float = 0.0
    right: float = 0.0
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, list[Place]] = field(default_factory=dict)
    labels: list[Operation] = field(default_factory=list)
    entries: list[Operation] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    fields_made: int = 0

    def _lines_at(self, name: str, words: str, x: float, top: float, width: float) -> float:
        look = self.look
        lines = wrapped(words, look.entry, look.entry_size, width)
        if look.form_fields:
            return self._form_field(name, lines, x, top, width)
        for text in lines:
            self._entry_text(name, x, top - look.entry_size, text)
            top -= look.entry_size * look.leading
        return top

    def _entry_lines(self, name: str, x: float, top: float, width: float, keep: bool = False) -> None:
        """A whole entry from `top` down; moves on unless `keep`."""
        self.seen.add(name)
        value = self.values.get(name)
        after = (
            self._lines_at(name, str(value), x, top, width) if value else top - self.look.entry_size * self.look.leading
        )
        if not keep:
            self.y = after - 2

    def _form_field(self, name: str, lines: list[str], x: float, top: float, width: float) -> float:
        """The entry as an AcroForm text field: it is in no content stream, only in the field's value and appearance."""
        look = self.look
        height = len(lines) * look.entry_size * look.leading + 3
        self.fields_made += 1
        made = f"p{self.page}.{name}.{self.fields_made}"
        value, flags = "\n".join(lines).replace("•", "-"), "multiline" if len(lines) > 1 else ""

        def draw(canvas: Canvas) -> None:
            canvas.acroForm.textfield(
                value=value, name=made, x=x, y=top - height, width=width, height=height, fontName=look.entry,
                fontSize=look.entry_size, borderWidth=0, forceBorder=False, fillColor=None, borderColor=None, fieldFlags=flags, maxlen=2000,
            )  # fmt: skip

        self.entries.append(draw)
        self._mark(name, x, top - height, x + width, top)
        return top - height - 1

    def _tick_box(self, name: str, x: float, size: float) -> None:
        self.seen.add(name)
        ticked, edge, y = bool(self.values.get(name)), size - 0.5, self.y - 1
        if self.look.tick == "brackets":
            self._put(self.entries, x, self.y, "[X]" if ticked else "[ ]", "Courier", size)
            self._mark(name, x, y, x + 18, y + size)
            return
        self._rule_box(x, y, edge, edge)
        self._mark(name, x, y, x + edge, y + edge)
        if ticked:
            self.entries.append(tick_drawn(self.look.tick, x, y, edge))

    def _entry_text(self, name: str, x: float, y: float, words: str) -> None:
        self._put(self.entries, x, y, words, self.look.entry, self.look.entry_size, self.look.ink)
        wide = width_of(words, self.look.entry, self.look.entry_size)
        self._mark(name, x, y - self.look.entry_size * 0.22, x + wide, y + self.look.entry_size * 0.75)

    def _heading(self, words: str, size: float, bold: bool = True) -> None:
        font = self.look.bold if bold else self.look.face
        for text in wrapped(words, font, size, self.right - self.left):
            self._room(size * 2)
            wide = width_of(text, font, size)
            self._label((self.left + self.right - wide) / 2, self.y - size, text, font, size)
            self.y -= size * 1.25
        self.y -= 2

    def _label(self, x: float, y: float, words: str, font: str, size: float) -> None:
        if not self.look.by_word:
            self._put(self.labels, x, y, words, font, size)
            return
        for word in words.split(" "):
            self._put(self.labels, x, y, word, font, size)
            x += width_of(word + " ", font, size)

    def _put(
        self, layer: list[Operation], x: float, y: float, words: str, font: str, size: float, ink: str = "#000000"
    ) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.setFillColor(HexColor(ink))
            canvas.setFont(known(font), size)
            canvas.drawString(x, y, words)

        layer.append(draw)

    def _rule(self, x0: float, y: float, x1: float) -> None:
        self.labels.append(lambda canvas: canvas.line(x0, y, x1, y))

    def _rule_box(self, x: float, y: float, wide: float, high: float, fill: str = "") -> None:
        def draw(canvas: Canvas) -> None:
            if fill:
                canvas.setFillColor(HexColor(fill))
            canvas.rect(x, y, wide, high, stroke=0 if fill else 1, fill=1 if fill else 0)

        self.labels.append(draw)

    def _mark(self, name: str, x0: float, y0: float, x1: float, y1: float) -> None:
        self.places.setdefault(name, []).append(Place(self.page, (x0, HIGH - y1, x1, HIGH - y0)))

    def _room(self, height: float) -> None:
        if self.y - height < 36:
            self._next_page()

    def _next_page(self) -> None:
        self._show_page()
        self.page += 1
        self.y = HIGH - max(36.0, self.look.margin - 12)

    def _show_page(self) -> None:
        self.canvas.setLineWidth(0.6)
        first, second = (
            (self.entries, self.labels) if self.look.order == "entries first" else (self.labels, self.entries)
        )
        for operation in (*first, *second):
            operation(self.canvas)
        self.labels.clear()
        self.entries.clear()
        self.canvas.showPage()


def tick_drawn(manner: str, x: float, y: float, edge: float) -> Operation:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(HexColor("#000000"))
        if manner == "filled":
            canvas.rect(x + edge * 0.2, y + edge * 0.2, edge * 0.6, edge * 0.6, stroke=0, fill=1)
        elif manner == "letter":
            canvas.setFont("Helvetica-Bold", edge * 1.05)
            canvas.drawString(x + edge * 0.15, y + edge * 0.12, "X")
        elif manner == "dingbat":
            canvas.setFont("ZapfDingbats", edge * 1.1)
            canvas.drawString(x + edge * 0.08, y + edge * 0.15, "4")
        else:
            canvas.line(x + 1, y + 1, x + edge - 1, y + edge - 1)
            canvas.line(x + 1, y + edge - 1, x + edge - 1, y + 1)

    return draw


def pen_drawn(who: str, x: float, y: float, wide: float, high: float) -> Operation:
    pen = signature(who)
    scale = min(wide / pen.wide, high / pen.high)

    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setStrokeColor(HexColor(pen.ink))
        canvas.setLineWidth(pen.pen * scale)
        canvas.setLineCap(1)
        for stroke in pen.strokes:
            path = canvas.beginPath()
            path.moveTo(x + stroke.start[0] * scale, y + high - stroke.start[1] * scale)
            for curve in stroke.curves:
                path.curveTo(*(edge for px, py in curve for edge in (x + px * scale, y + high - py * scale)))
            canvas.drawPath(path, stroke=1, fill=0)
        canvas.restoreState()

    return draw
