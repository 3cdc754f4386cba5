"""One thing that a check found wrong with law that loads, and the words for the case in which it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from duly.errors import Place
from duly.evidence import FactValue
from duly.law.condition import Compare, Name, Value
from duly.law.english import english, noun
from duly.law.library import Library
from duly.law.rules import Rule
from duly.law.solver import ANOTHER_WORD

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and the smallest case in which it shows.

    An `error` is a mistake; a `warning` is for counsel to look at and to resolve; a `note` is worth knowing.
    """

    check: str
    severity: Severity
    message: str
    place: Place
    rules: tuple[str, ...] = ()
    example: Mapping[str, FactValue] = field(default_factory=dict)
    office: str | None = None
    on: date | None = None

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.message}"


def place_of(rule: Rule) -> Place:
    return Place(rule.file, rule.line)


def in_words(library: Library, record: Mapping[str, FactValue]) -> str:
    """A case as a lawyer would put it: "the paper is signed by a judge and the office's kind is sheriff"."""
    return " and ".join(_said(library, name, value) for name, value in record.items()) or "nothing is known"


def _said(library: Library, name: str, value: FactValue) -> str:
    words = library.vocabulary.facts
    fact = Name(name, words[name].kind)
    if value == ANOTHER_WORD:
        return f"{noun(fact, words)} is another than the rules name"
    return english(Compare("=", fact, Value(value, words[name].kind)), words)
