"""Reads the form scripts in `scripts/` (their language is described in `scripts/README.md`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

SCRIPTS = Path(__file__).parent / "scripts"


@dataclass(frozen=True)
class Cell:
    """One labelled entry: the label, the fields that fill it, its share of the width."""

    label: str
    fields: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True)
class Line:
    """One line of a script: the command, its text, its cells, the height it asks for, the field that it depends on."""

    command: str
    words: str = ""
    cells: tuple[Cell, ...] = ()
    height: float = 0.0
    only_with: str = ""


@lru_cache(maxsize=32)
def script(form: str) -> tuple[Line, ...] | None:
    """The script of a form, or None when there is none."""
    path = SCRIPTS / f"{form}.txt"
    if not path.exists():
        return None
    return tuple(_line(text) for text in path.read_text(encoding="utf-8").splitlines() if text.strip())


def _line(text: str) -> Line:
    only_with = ""
    if text.startswith("?"):
        only_with, text = text[1:].split(" ", 1)
    command, _, words = text.partition(" ")
    if command in ("ROW", "BLOCK", "PAIR", "SIGN", "RIGHT", "CLERKORATTORNEY"):
        height = 0.0
        if command in ("BLOCK", "PAIR") and (found := re.search(r"@(\d+)\s*$", words)):
            height, words = float(found[1]), words[: found.start()]
        return Line(command, words, tuple(_cell(part, command) for part in words.split(" | ")), height, only_with)
    return Line(command, words, only_with=only_with)


def _cell(part: str, command: str) -> Cell:
    weight = 1.0
    if found := re.search(r"@([\d.]+)\s*$", part):
        weight, part = float(found[1]), part[: found.start()]
    left, _, right = part.partition("=")
    if command in ("SIGN", "CLERKORATTORNEY"):
        left, right = right, left
    return Cell(left.strip(), tuple(name.strip() for name in right.split("+") if name.strip()), weight)
