"""Whether two papers that came together are about the same person: by file number, then by name, or not to be told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Literal

from duly.instruments import Value
from duly.intake.folding import fold

Relation = Literal["same", "different", "not known"]
Fields = Mapping[str, Value]

_PERSON_FIELDS = ("person_name", "subject_name", "defendant_name", "in_reference_to")
# Letters that a machine reads for a digit. The digits themselves stay apart: two brothers' file numbers differ by one.
_DIGITS = str.maketrans("OoQDIlijSsBZzgq|", "0000111155822991")
_FEWEST_DIGITS = 7
"""A file number has eight or nine digits, the first of which may be a nought that nobody wrote."""
_NEARLY = 0.85
"""From this likeness on (0 to 1) two names may be one that was misspelled or misread; nobody can tell from the words."""


def relation(one: Fields, other: Fields) -> Relation:
    """Whether both papers are about one person.

    A file number belongs to one person: where both papers state the same, the name is not asked. Where the numbers differ
    and the names agree, or one of them could not be compared, it is not known.
    """
    numbers = _compared(_file_number(one), _file_number(other))
    names = _names(_person(one), _person(other))
    if numbers == "same":
        return "same"
    if numbers == "different":
        return "different" if names == "different" else "not known"
    return names


def _compared(one: str | None, other: str | None) -> Relation:
    if one is None or other is None:
        return "not known"
    return "same" if one == other else "different"


def _file_number(fields: Fields) -> str | None:
    """The digits of the file number without leading noughts, or None where too few could be read to tell persons apart."""
    value = fields.get("file_number")
    if value is None or value.value is None:
        return None
    tokens = re.findall(r"[\w|]*\d[\w|]*", str(value.value))
    digits = "".join(re.sub(r"\D", "", token.translate(_DIGITS)) for token in tokens)
    return digits.lstrip("0") if len(digits) >= _FEWEST_DIGITS else None


def _person(fields: Fields) -> frozenset[str]:
    """The words of the person's name, folded, so that `EJEMPLO, Nicanor` and `Nicanor Ejemplo` are one."""
    for name in _PERSON_FIELDS:
        value = fields.get(name)
        if value is not None and isinstance(value.value, str) and value.value.strip():
            words = (fold(word) for word in re.findall(r"[^\W_]+", value.value))
            return frozenset(word for word in words if len(word) > 1)
    return frozenset()


def _names(one: frozenset[str], other: frozenset[str]) -> Relation:
    """The same where all words of the shorter name, two or more, stand in the longer one: middle names are left out."""
    if not one or not other:
        return "not known"
    fewer, more = sorted((one, other), key=len)
    if fewer <= more:
        return "same" if len(fewer) > 1 else "not known"
    likeness = SequenceMatcher(None, " ".join(sorted(one)), " ".join(sorted(other)), autojunk=False).ratio()
    return "not known" if likeness >= _NEARLY else "different"
