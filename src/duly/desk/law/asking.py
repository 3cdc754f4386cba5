"""\"What if\": the law's answer for one act on facts that somebody supposes, and which facts it turns on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from duly import law
from duly.desk.words.evidence import fact_value_words
from duly.errors import DulyError, Place
from duly.evidence import Evidence, Fact, FactValue
from duly.law import Condition, Determination, FactType, Library

_SUPPOSED = "supposed for this question"


@dataclass(frozen=True, slots=True)
class Question:
    """One fact that the answer turns on, as a form asks for it."""

    name: str
    ask: str
    kind: str
    choices: tuple[tuple[str, str], ...]
    given: str
    decisive: bool


def parse(kind: FactType, text: str, zone: ZoneInfo) -> FactValue | None:
    """The typed value in `text`; None when nothing was given. Raises DulyError naming the fact."""
    text = text.strip()
    if not text:
        return None
    try:
        return _typed(kind, text, zone)
    except ValueError as error:
        raise DulyError(
            f"“{text}” is no answer to: {kind.ask}",
            place=Place(field=kind.name),
            remedy=_HOW.get(kind.kind, "Choose one of the list."),
            code="bad-answer",
        ) from error


_HOW = {
    "date": "Write a date as 2020-01-16.",
    "moment": "Write a date and a time as 2020-01-16 10:00.",
    "integer": "Write a whole number.",
}


def _typed(kind: FactType, text: str, zone: ZoneInfo) -> FactValue:
    if kind.kind == "boolean":
        return (
            {"yes": True, "true": True, "no": False, "false": False}[text.lower()]
            if text.lower() in _BOOL
            else _no(text)
        )
    if kind.kind == "date":
        return date.fromisoformat(text)
    if kind.kind == "moment":
        found = datetime.fromisoformat(text)
        return found if found.tzinfo else found.replace(tzinfo=zone)
    if kind.kind == "integer":
        return int(text)
    if kind.choices and not kind.open and text not in kind.choices:
        raise ValueError(text)
    return text


_BOOL = {"yes", "true", "no", "false"}


def _no(text: str) -> bool:
    raise ValueError(text)


def supposed(library: Library, given: Mapping[str, str], zone: ZoneInfo) -> dict[str, Fact]:
    """The facts that somebody supposes, by name. Unknown names and empty answers are left out."""
    found = {}
    for name, text in given.items():
        kind = library.vocabulary.facts.get(name)
        if kind is None:
            continue
        typed = parse(kind, text, zone)
        if typed is not None:
            found[name] = Fact(name, typed, Evidence("person", note=_SUPPOSED))
    return found


def ask(library: Library, jurisdiction: str, act: str, facts: Mapping[str, Fact], on: date) -> Determination:
    """The law's answer there, on that date, on those facts."""
    return law.determine(library, jurisdiction, act, facts, on)


def question(kind: FactType, given: str = "", *, decisive: bool = False) -> Question:
    """The fact as a form asks for it."""
    return Question(kind.name, kind.ask, kind.kind, () if kind.open else listed(kind), given, decisive)


def listed(kind: FactType) -> tuple[tuple[str, str], ...]:
    """The answers that the vocabulary lists, each with how it is said."""
    if kind.kind == "boolean":
        return (("yes", "Yes"), ("no", "No"))
    return tuple((choice, _capital(kind.labels.get(choice, fact_value_words(choice)))) for choice in kind.choices)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def looked_at(found: Determination) -> Iterator[str]:
    """Every fact that the considered rules look at."""
    for rule in (*found.applied, *found.considered):
        for condition in (rule.when, rule.unless):
            if condition is not None:
                yield from _names(condition)


def _names(condition: Condition) -> Iterator[str]:
    yield from condition.facts
    yield from condition.unknown
    for part in condition.parts:
        yield from _names(part)
