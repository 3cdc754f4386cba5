"""Whether two papers are the same one come twice: byte for byte, or the same paper faxed again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from duly.intake.folding import fold
from duly.intake.reading import Reading

_IDENTIFYING = re.compile(r"(?:number|_no$|_id$|case_number|name|date|file)")


@dataclass(frozen=True, slots=True)
class Sameness:
    """`relation`: `exact` (the same bytes), `near` (the same paper, copied again), `amended` (the same number, other
    content), `different`. `likeness` from 0 to 1 is that of the words; `differs` names the fields that read differently."""

    relation: Literal["exact", "near", "amended", "different"]
    likeness: float
    differs: tuple[str, ...] = ()


def same_paper(one: Reading, other: Reading) -> Sameness:
    """Compares two readings. It links, it never merges: what to do with a copy is a person's choice."""
    if one.document.sha256 == other.document.sha256 and (one.first_page, one.last_page) == (
        other.first_page,
        other.last_page,
    ):
        return Sameness("exact", 1.0)
    likeness = _likeness(one, other)
    if one.kind != other.kind:
        return Sameness("different", likeness)
    agree, differs = _compare_fields(one, other)
    if likeness >= 0.8 and not differs and (agree or one.kind is None):
        return Sameness("near", likeness)
    if one.kind is None:
        return Sameness("near" if likeness >= 0.9 else "different", likeness)
    if "number" in agree and likeness >= 0.6:
        return Sameness("amended", likeness, tuple(differs))
    return Sameness("different", likeness, tuple(differs))


def _words(reading: Reading) -> list[str]:
    pages = reading.document.pages[reading.first_page - 1 : reading.last_page]
    return [folded for page in pages for word in page.words if len(folded := fold(word.text)) > 2]


def _likeness(one: Reading, other: Reading) -> float:
    first, second = _words(one), _words(other)
    if not first or not second:
        return 0.0
    return round(fuzz.token_sort_ratio(" ".join(first), " ".join(second)) / 100, 3)


def _compare_fields(one: Reading, other: Reading) -> tuple[set[str], list[str]]:
    """What identifying fields agree (`number` or `other`), and which ones read differently by more than a misreading."""
    agree: set[str] = set()
    differs: list[str] = []
    for name, value in one.fields.items():
        rival = other.fields.get(name)
        if rival is None or value.value is None or rival.value is None or isinstance(value.value, bool):
            continue
        if value.value == rival.value or fuzz.ratio(fold(str(value.value)), fold(str(rival.value))) >= 88:
            if _IDENTIFYING.search(name):
                agree.add("number" if "number" in name or name.endswith(("_id", "_no")) else "other")
        else:
            differs.append(name)
    return agree, differs
