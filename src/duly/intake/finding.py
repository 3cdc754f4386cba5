"""What a finder gives back when it knows a value by the shape of the paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from duly.instruments.kind import FieldValue
from duly.intake.pieces import Piece
from duly.intake.prose import Prose, unwrapped


@dataclass(frozen=True, slots=True)
class Found:
    """A value that was found by the shape of the paper: its pieces, how sure, and flags."""

    value: FieldValue | None
    pieces: tuple[Piece, ...]
    confidence: float
    flags: tuple[str, ...] = ()


Finder = Callable[[Prose], "Found | None"]


def lines_found(prose: Prose, first: int, last: int, confidence: float) -> Found:
    lines = prose.lines[first : last + 1]
    value = unwrapped(" ".join(line.text for line in lines)).strip(" ,:;_")
    return Found(value, tuple(piece for line in lines for piece in line.pieces()), confidence)
