"""The same forms by another maker: ReportLab, from the scripts, so that the text layer is made differently.

Labels and entries are set in separate passes, as form-filling software does; a label stands before, above or below its
entry, in boxes or on rules; entries may be form fields instead of page content.
"""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from samples.generator.paper import Paper, Place, is_typed, truth_of
from samples.generator.pen import signature
from samples.generator.script_lines import Cell, Line, script
from samples.generator.typesetting import FONTS, Sheets

WIDE, HIGH = 612.0, 792.0
Operation = Callable[[Canvas], None]
BASE_FOURTEEN = {
    "Helvetica": "Helvetica-Bold", "Times-Roman": "Times-Bold", "Courier": "Courier-Bold",
}  # fmt: skip
EMBEDDED = {
    "LiberationSans-Regular": "LiberationSans-Bold", "LiberationSerif-Regular": "LiberationSerif-Bold",
    "Caladea-Regular": "Caladea-Bold",
}  # fmt: skip


@dataclass(frozen=True)
class Look:
    """How one office's software sets forms."""

    face: str = "Helvetica"
    bold: str = "Helvetica-Bold"
    entry: str = "Courier"
    size: float = 9.5
    entry_size: float = 10.0
    ink: str = "#000000"
    manner: str = "before"  # a label: before | above | below | boxed
    margin: float = 54.0
    tick: str = "cross"
    capital_labels: bool = False
    bold_labels: bool = False
    shaded: bool = False
    order: str = "labels first"  # labels first | entries first | as set
    by_word: bool = False
    form_fields: bool = False
    leading: float = 1.22


def any_look(rng: random.Random, digital: bool) -> Look:
    """A look drawn at random; form fields only where the file stays digital."""
    faces = BASE_FOURTEEN | EMBEDDED
    face = rng.choice(("Helvetica", "Helvetica", "Times-Roman", "Times-Roman", *EMBEDDED))
    entries = (
        "Courier",
        "Courier",
        "Helvetica",
        "Times-Roman",
        "LiberationMono-Regular",
        "Caladea-Regular",
        "Courier-Bold",
    )
    fields = digital and rng.random() < 0.22
    return Look(
        face=face,
        bold=faces[face],
        entry=rng.choice(("Helvetica", "Courier", "Times-Roman")) if fields else rng.choice(entries),
        size=round(rng.uniform(8.4, 9.8), 1),
        entry_size=round(rng.uniform(8.8, 10.6), 1),
        ink=rng.choice(("#000000", "#000000", "#000000", "#0a1f6b")),
        manner=rng.choice(("before", "above", "below", "boxed", "boxed")),
        margin=rng.uniform(38, 70),
        tick=rng.choice(("cross", "letter", "dingbat", "brackets", "filled")),
        capital_labels=rng.random() < 0.15,
        bold_labels=rng.random() < 0.25,
        shaded=rng.random() < 0.25,
        order=rng.choice(("labels first", "labels first", "entries first", "as set")),
        by_word=rng.random() < 0.3,
        form_fields=fields,
        leading=rng.uniform(1.12, 1.3),
    )


def can_set(paper: Paper) -> bool:
    """Whether there is a script for this paper."""
    return script(paper.form) is not None and paper.about.get("state", "CO") == "CO"


def set_papers(papers: list[Paper], look: Look) -> Sheets:
    """One PDF of the papers, and the truth about them."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDE, HIGH), invariant=1, pageCompression=1)
    sheets, page = Sheets(b""), 1
    for paper in papers:
        hand = _Hand(paper, look, canvas, page)
        hand.set_all()
        shown = replace(paper, values=hand.shown())
        sheets.instruments.append(truth_of(shown, hand.places, page, hand.page))
        page = hand.page + 1
    canvas.save()
    sheets.pdf = buffer.getvalue()
    return sheets


@lru_cache(maxsize=32)
def _known(font: str) -> str:
    if font not in pdfmetrics.standardFonts and font not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(font, str(FONTS / f"{font}.ttf")))
    return font


def _width(words: str, font: str, size: float) -> float:
    return float(pdfmetrics.stringWidth(words, _known(font), size))


def _wrapped(words: str, font: str, size: float, width: float) -> list[str]:
    lines: list[str] = []
    for part in words.split("\n"):
        line = ""
        for word in part.split(" "):
            longer = f"{line} {word}" if line else word
            if line and _width(longer, font, size) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


@dataclass
class _Token:
    """A piece of a paragraph: a word, an entry on a rule, an entry's word, or a check box."""

    words: str
    width: float
    font: str
    field: str = ""
    sort: str = "word"  # word | blank | entry | tick


@dataclass
class _Hand:
    """Sets one paper, top to bottom, remembering where each entry came to stand."""

    paper: Paper
    look: Look
    canvas: Canvas
    page: int
    y: float = HIGH - 50
    places: dict[str, list[Place]] = field(default_factory=dict)
    labels: list[Operation] = field(default_factory=list)
    entries: list[Operation] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    fields_made: int = 0

    def set_all(self) -> None:
        self.values = self.paper.words()
        self.left, self.right = self.look.margin, WIDE - self.look.margin
        self.y = HIGH - max(36.0, self.look.margin - 12)
        for line in script(self.paper.form) or ():
            if line.only_with and not self.values.get(line.only_with):
                continue
            getattr(self, f"_{line.command.lower()}")(line)
        self._show_page()

    def shown(self) -> dict[str, Any]:
        """The values of those fields that this form has: a field without a place is not on the paper."""
        also = {"served_manner": "served_in_person", "signer": "signed", "county": "court"}
        return {
            name: value
            for name, value in self.paper.values.items()
            if name in self.seen
            or (also.get(name, "") in self.seen and (name != "county" or value in str(self.values.get("court"))))
        }

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
        width = _width(words, self.look.entry, size)
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
            self._entry_text(name, middle + 20 + _width(label + " ", self.look.face, size), at, str(self.values[name]))
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
        self.entries.append(_pen_drawn(who, x0 + 6, rule - 2, wide, 30))

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
            - (_width(self._labelled(cell.label), self.look.face, self.look.size) if manner == "before" else 0)
        )
        lines = sum(
            len(_wrapped(words, self.look.entry, self.look.entry_size, room)) for _, words in self._text_of(cell)
        )
        return max(lines, 1) * self.look.entry_size * self.look.leading + 3

    def _labelled(self, label: str) -> str:
        return label.upper() if self.look.capital_labels else label

    def _fits(self, cell: Cell, share: float) -> bool:
        """Whether the label and the longest word of the entry go side by side."""
        words = [word for _, text in self._text_of(cell) for word in text.split()]
        longest = max((_width(word, self.look.entry, self.look.entry_size) for word in words), default=30.0)
        return _width(self._labelled(cell.label), self.look.bold, self.look.size) + longest + 14 < share

    def _label_lines(self, cell: Cell, share: float) -> list[str]:
        return _wrapped(self._labelled(cell.label), self.look.bold, self.look.size - 1.6, share - 8)

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
        wide = _width(label, font, look.size)
        self._label(x, top - look.entry_size, label, font, look.size)
        self._all_entries(cell, x + wide + 5, top, share - wide - 10)
        self._rule(x + wide + 3, top - depth, x + share - 6)
        return top - depth - 4

    def _all_entries(self, cell: Cell, x: float, top: float, width: float) -> None:
        for name, words in self._text_of(cell):
            top = self._lines_at(name, words, x, top, width)

    def _lines_at(self, name: str, words: str, x: float, top: float, width: float) -> float:
        look = self.look
        lines = _wrapped(words, look.entry, look.entry_size, width)
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

    def _paragraph(self, words: str, x0: float, x1: float, size: float | None = None, hang: float = 0.0) -> None:
        size = size or self.look.size
        step, x, indent = size * self.look.leading, x0, x0
        self._room(step)
        self.y -= size
        for token in self._tokens(words, size, x1 - x0):
            if x > indent and x + token.width > x1 + 2 and (token.field or token.words.strip(" .,;")):
                self.y -= step
                x = indent = x0 + hang
                if self.y < 40:
                    self._next_page()
                    self.y -= size
            if token.words == " " and x == indent:
                continue
            self._token(token, x, size)
            x += token.width
        self.y -= step - size + 2

    def _tokens(self, words: str, size: float, room: float) -> Iterable[_Token]:
        bold = False
        for part in re.split(r"(\*\*|\{[^}]+\}|\[[a-z0-9_]+\]|\s+)", words):
            if part == "**":
                bold = not bold
            elif part.startswith("{"):
                yield from self._blank(part[1:-1], room)
            elif part.startswith("[") and part.endswith("]"):
                yield _Token(part, 24 if self.look.tick == "brackets" else size + 5, self.look.face, part[1:-1], "tick")
            elif part.strip():
                font = self.look.bold if bold else self.look.face
                yield _Token(part, _width(part, font, size), font)
            elif part:
                yield _Token(" ", _width(" ", self.look.face, size) * (3 if len(part) > 2 else 1), self.look.face)

    def _blank(self, told: str, room: float) -> Iterable[_Token]:
        name, _, least = told.partition(":")
        self.seen.add(name)
        words = str(self.values.get(name) or "")
        wide = _width(words, self.look.entry, self.look.entry_size)
        if least and wide + 6 <= room and "\n" not in words:
            yield _Token(words, max(float(least), wide + 6), self.look.entry, name, "blank")
            return
        for word in words.split():
            yield _Token(word, _width(word, self.look.entry, self.look.entry_size), self.look.entry, name, "entry")
            yield _Token(" ", 4, self.look.face)

    def _token(self, token: _Token, x: float, size: float) -> None:
        if token.sort == "tick":
            self._tick_box(token.field, x, size)
        elif token.sort == "blank":
            self._rule(x, self.y - 2, x + token.width - 2)
            if token.words and self.look.form_fields:
                self._form_field(token.field, [token.words], x + 2, self.y + self.look.entry_size, token.width - 4)
            elif token.words:
                self._entry_text(token.field, x + 2, self.y, token.words)
        elif token.sort == "entry":
            self._entry_text(token.field, x, self.y, token.words)
        elif token.words != " ":
            self._label(x, self.y, token.words, token.font, size)

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
            self.entries.append(_ticked(self.look.tick, x, y, edge))

    def _entry_text(self, name: str, x: float, y: float, words: str) -> None:
        self._put(self.entries, x, y, words, self.look.entry, self.look.entry_size, self.look.ink)
        wide = _width(words, self.look.entry, self.look.entry_size)
        self._mark(name, x, y - self.look.entry_size * 0.22, x + wide, y + self.look.entry_size * 0.75)

    def _heading(self, words: str, size: float, bold: bool = True) -> None:
        font = self.look.bold if bold else self.look.face
        for text in _wrapped(words, font, size, self.right - self.left):
            self._room(size * 2)
            wide = _width(text, font, size)
            self._label((self.left + self.right - wide) / 2, self.y - size, text, font, size)
            self.y -= size * 1.25
        self.y -= 2

    def _label(self, x: float, y: float, words: str, font: str, size: float) -> None:
        if not self.look.by_word:
            self._put(self.labels, x, y, words, font, size)
            return
        for word in words.split(" "):
            self._put(self.labels, x, y, word, font, size)
            x += _width(word + " ", font, size)

    def _put(
        self, layer: list[Operation], x: float, y: float, words: str, font: str, size: float, ink: str = "#000000"
    ) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.setFillColor(HexColor(ink))
            canvas.setFont(_known(font), size)
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


def _ticked(manner: str, x: float, y: float, edge: float) -> Operation:
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


def _pen_drawn(who: str, x: float, y: float, wide: float, high: float) -> Operation:
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
