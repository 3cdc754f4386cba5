"""Running text with entries, blanks and check boxes in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from samples.generator.otherhand.sheet import Sheet, width_of


@dataclass
class Token:
    """A piece of a paragraph: a word, an entry on a rule, an entry's word, or a check box."""

    words: str
    width: float
    font: str
    field: str = ""
    sort: str = "word"  # word | blank | entry | tick


@dataclass
class Running(Sheet):
    """A sheet that can set paragraphs."""

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

    def _tokens(self, words: str, size: float, room: float) -> Iterable[Token]:
        bold = False
        for part in re.split(r"(\*\*|\{[^}]+\}|\[[a-z0-9_]+\]|\s+)", words):
            if part == "**":
                bold = not bold
            elif part.startswith("{"):
                yield from self._blank(part[1:-1], room)
            elif part.startswith("[") and part.endswith("]"):
                yield Token(part, 24 if self.look.tick == "brackets" else size + 5, self.look.face, part[1:-1], "tick")
            elif part.strip():
                font = self.look.bold if bold else self.look.face
                yield Token(part, width_of(part, font, size), font)
            elif part:
                yield Token(" ", width_of(" ", self.look.face, size) * (3 if len(part) > 2 else 1), self.look.face)

    def _blank(self, told: str, room: float) -> Iterable[Token]:
        name, _, least = told.partition(":")
        self.seen.add(name)
        words = str(self.values.get(name) or "")
        wide = width_of(words, self.look.entry, self.look.entry_size)
        if least and wide + 6 <= room and "\n" not in words:
            yield Token(words, max(float(least), wide + 6), self.look.entry, name, "blank")
            return
        for word in words.split():
            yield Token(word, width_of(word, self.look.entry, self.look.entry_size), self.look.entry, name, "entry")
            yield Token(" ", 4, self.look.face)

    def _token(self, token: Token, x: float, size: float) -> None:
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
