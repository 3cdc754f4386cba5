"""What comes in: a caller's facts, checked against the vocabulary, with the derived ones held against their definition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from duly.errors import DulyError, Place
from duly.evidence import Fact, FactValue
from duly.law.library import Library
from duly.law.values import wrong_value


def check_facts(library: Library, facts: Mapping[str, Fact]) -> None:
    """Raises `DulyError` for a fact that the vocabulary does not have, or a value that does not fit it."""
    words = library.vocabulary.facts
    for name, fact in facts.items():
        entry = words.get(name)
        if entry is None:
            raise DulyError(
                f"There is no fact “{name}” in the vocabulary.",
                place=Place(field=name),
                remedy="Correct its name, or add it to vocabulary/*.toml.",
                code="unknown-fact",
            )
        if entry.kind == "boolean" and type(fact.value) is bool:
            continue  # nothing else can be wrong with it
        problem = wrong_value(entry, fact.value)
        if problem:
            raise DulyError(problem, place=Place(field=name), code="wrong-type")


def known_values(names: Iterable[str], facts: Mapping[str, Fact]) -> dict[str, FactValue]:
    """The values of those of `names` that are known."""
    return {name: facts[name].value for name in names if name in facts}
