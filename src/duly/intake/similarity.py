"""Whether two papers are the same one come twice: byte for byte, or the same paper faxed again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from rapidfuzz import fuzz

from duly.instruments.kind import Value
from duly.intake.folding import fold
from duly.intake.reading import Reading

# A number that one paper alone bears; a case's or a person's file number stands on many papers.
_ITS_OWN = frozenset({"subpoena_number", "event_number"})
_OF_THE_MATTER = frozenset({"case_number", "file_number", "subject_id"})
_OF_THE_PEOPLE = frozenset({"person_name", "in_reference_to", "to_name", "to_institution", "defendant"})
_LIKE = 88


@dataclass(frozen=True, slots=True)
class Sameness:
    """`relation`: `exact` (the same bytes), `near` (the same paper, copied again), `amended` (the same paper's number,
    other content), `different`. `likeness` from 0 to 1 is that of the words; `differs` names the fields that read
    differently; `because` says in sentences what speaks for the relation."""

    relation: Literal["exact", "near", "amended", "different"]
    likeness: float
    differs: tuple[str, ...] = ()
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Compared:
    """Names of the fields that agree and that differ by more than a misreading, both in the order of the kind."""

    agree: tuple[str, ...]
    differ: tuple[str, ...]
    sentences: tuple[str, ...]

    def share(self, names: frozenset[str]) -> bool:
        return any(name in names for name in self.agree)

    def part(self, names: frozenset[str]) -> bool:
        return any(name in names for name in self.differ)


def same_paper(one: Reading, other: Reading) -> Sameness:
    """Compares two readings. It links, it never merges: what to do with a copy is a person's choice."""
    if one.document.sha256 == other.document.sha256 and (one.first_page, one.last_page) == (
        other.first_page,
        other.last_page,
    ):
        return Sameness("exact", 1.0, because=("It is the same file, byte for byte.",))
    likeness = _likeness(one, other)
    alike = f"{likeness:.0%} of the words are the same."
    if one.kind != other.kind:
        return Sameness("different", likeness, because=("They are papers of different kinds.", alike))
    if one.kind is None:
        return Sameness("near" if likeness >= 0.9 else "different", likeness, because=(alike,))
    found = _compare_fields(one, other)
    because = (alike, *found.sentences)
    if likeness >= 0.8 and not found.differ and found.agree:
        return Sameness("near", likeness, because=because)
    if likeness >= 0.6 and _bears_the_same_number(found):
        return Sameness("amended", likeness, found.differ, because)
    return Sameness("different", likeness, found.differ, because)


def _bears_the_same_number(found: _Compared) -> bool:
    """Whether the number that the paper itself bears is the same; where forms give it none, the matter and the people."""
    if found.part(_ITS_OWN) or found.part(_OF_THE_MATTER):
        return False
    if found.share(_ITS_OWN):
        return True
    return found.share(_OF_THE_MATTER) and found.share(_OF_THE_PEOPLE) and not found.part(_OF_THE_PEOPLE)


def _words(reading: Reading) -> list[str]:
    pages = reading.document.pages[reading.first_page - 1 : reading.last_page]
    return [folded for page in pages for word in page.words if len(folded := fold(word.text)) > 2]


def _likeness(one: Reading, other: Reading) -> float:
    first, second = _words(one), _words(other)
    if not first or not second:
        return 0.0
    return round(fuzz.token_sort_ratio(" ".join(first), " ".join(second)) / 100, 3)


def _compare_fields(one: Reading, other: Reading) -> _Compared:
    """Every field that both papers give, compared with a misreading's allowance; numbers and dates with less."""
    agree: list[str] = []
    differ: list[str] = []
    sentences: list[str] = []
    for name, value in one.fields.items():
        rival = other.fields.get(name)
        if rival is None or value.value is None or rival.value is None or isinstance(value.value, bool):
            continue
        if _reads_the_same(name, value.value, rival.value):
            agree.append(name)
            if name in _ITS_OWN | _OF_THE_MATTER | _OF_THE_PEOPLE:
                sentences.append(f"Both say “{value.value}” ({name.replace('_', ' ')}).")
        else:
            differ.append(name)
            sentences.append(
                f"{name.replace('_', ' ').capitalize()}: “{_shown(value)}” on one, “{_shown(rival)}” on the other."
            )
    return _Compared(tuple(agree), tuple(differ), tuple(sentences))


def _reads_the_same(name: str, one: object, other: object) -> bool:
    """A number is another number by one digit; only letters and digits that look alike are forgiven."""
    if isinstance(one, date | time) or isinstance(other, date | time):
        return one == other
    if name in _ITS_OWN | _OF_THE_MATTER or name.endswith(("number", "telephone")):
        return fold(str(one)) == fold(str(other))
    return one == other or fuzz.ratio(fold(str(one)), fold(str(other))) >= _LIKE


def _shown(value: Value) -> str:
    return "; ".join(value.value) if isinstance(value.value, tuple) else str(value.value)
