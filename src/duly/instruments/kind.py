"""Kinds of paper as data: how to know one, its fields, what follows from the form alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Literal

from duly.evidence import Evidence

FieldType = Literal["text", "date", "time", "boolean", "choice", "list", "name", "address", "phone", "signature"]
FieldValue = str | bool | int | date | datetime | time | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clue:
    """Words that speak for (positive `weight`) or against (negative) a kind; `required` clues must be present.

    `pattern` is matched on the page's words after folding case, accents, punctuation and common OCR confusions.
    """

    pattern: str
    weight: float
    required: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a kind: its name, type, the printed labels beside or above it, and whether it moves anything.

    `decisive` marks what moves a deadline or a determination: it stays unconfirmed until a person confirms it.
    `find` holds the extractor's own settings (direction, stop labels, checkbox text …), read by `duly.intake`.
    """

    name: str
    label: str
    type: FieldType
    decisive: bool = False
    fact: str | None = None
    find: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of instrument, as its data file says. `facts` follow from the form alone."""

    id: str
    title: str
    edition: str
    family: str
    process: str
    clues: tuple[Clue, ...]
    fields: tuple[FieldSpec, ...]
    facts: dict[str, Any]
    acts: tuple[str, ...]
    looks_like: tuple[str, ...] = ()
    source: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A field as read from a paper, or as a person confirmed it. `value` None means: looked for, not found."""

    name: str
    value: FieldValue | None
    evidence: Evidence
    flags: tuple[str, ...] = ()
