"""What the machine saw on a paper: words with boxes, the kind, the fields with their evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from duly.evidence import Box
from duly.instruments.kind import Value


@dataclass(frozen=True, slots=True)
class Word:
    """One word (or OCR run) with its box in points from the top left of the displayed page; `confidence` 0 to 1."""

    text: str
    box: Box
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its size in points as displayed, its words in reading order, and how they were obtained."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    method: Literal["text layer", "ocr", "none"]
    rotation: int = 0
    skew: float = 0.0


@dataclass(frozen=True, slots=True)
class Document:
    """The original, by its SHA-256 (hex), and its pages."""

    sha256: str
    name: str
    media_type: str
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A kind that was considered, its score from 0 to 1, and the clues for and against it in words."""

    kind: str
    score: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The machine's reading of one instrument. `kind` is None when the paper was not recognised.

    `candidates` are the nearest kinds, best first, so that *not recognised* can say what it resembles and why not.
    """

    document: Document
    kind: str | None
    confidence: float
    fields: dict[str, Value]
    candidates: tuple[Candidate, ...]
    warnings: tuple[str, ...]
    first_page: int = 1
    last_page: int = 1
