"""Which questions would settle an outcome: the smallest sets of unknown facts, cheapest to answer first.

A set is decisive if answering all of it settles the outcome whatever the answers are. Where no condition asks about the
record itself, exactly one smallest set exists: the facts that the outcome depends on. With IS NULL or COALESCE an answer
also changes the record, and what it then depends on, so there the sets are tried one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from itertools import combinations, product
from typing import TYPE_CHECKING

from duly.evidence import FactValue
from duly.law.condition import (
    AnyOf,
    Compare,
    Defined,
    Expression,
    FirstKnown,
    Name,
    NotKnown,
    OneOf,
    Value,
    names_in,
    walk,
)
from duly.law.domains import TooManyValuesError, representatives
from duly.law.exact import Exact, exact
from duly.law.library import Library
from duly.law.residual import on_record
from duly.law.scope import rebuilt

if TYPE_CHECKING:
    from duly.law.engine import Engine

MAX_FACTS = 6
"""With more open facts than this one smallest set is found, and not all of them: trying every set would take too long."""


def decisive_sets(
    library: Library, engine: Engine, values: Mapping[str, FactValue], found: Exact
) -> tuple[tuple[str, ...], ...]:
    """The smallest decisive sets, each with its cheapest question first, sets in order of their total cost."""
    facts = library.vocabulary.facts
    trial = _Trial(library, engine, values)
    if not trial.asked_about:
        return (trial.ordered(found.depends_on),) if found.depends_on else ()
    candidates = trial.ordered(name for name in engine.program.facts if name not in values)
    sets = _all_smallest(trial, candidates) if len(candidates) <= MAX_FACTS else [_one_smallest(trial, candidates)]
    return tuple(sorted(sets, key=lambda names: (sum(facts[name].cost for name in names), len(names), names)))


def _all_smallest(trial: _Trial, candidates: tuple[str, ...]) -> list[tuple[str, ...]]:
    sets: list[tuple[str, ...]] = []
    for size in range(1, len(candidates) + 1):
        for chosen in combinations(candidates, size):
            if not any(set(smaller) <= set(chosen) for smaller in sets) and trial.settles(chosen):
                sets.append(chosen)
    return sets


def _one_smallest(trial: _Trial, candidates: tuple[str, ...]) -> tuple[str, ...]:
    """All questions together settle everything; leave out, dearest first, what need not be asked."""
    chosen = candidates
    while True:
        shorter = (tuple(other for other in chosen if other != name) for name in reversed(chosen))
        found = next((names for names in shorter if trial.settles(names)), None)
        if found is None:
            return chosen
        chosen = found


class _Trial:
    """Tries sets of questions on one record."""

    def __init__(self, library: Library, engine: Engine, values: Mapping[str, FactValue]) -> None:
        self.facts = library.vocabulary.facts
        self.engine = engine
        self.values = values
        self.conditions = [step.expression for step in engine.program.conditions]
        self.asked_about = {
            name for condition in self.conditions for name in _about_record(condition, values) if name not in values
        }
        self.answers: dict[str, tuple[Value, ...]] = self._answers() if self.asked_about else {}

    def ordered(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(names, key=lambda name: (self.facts[name].cost, name)))

    def settles(self, names: tuple[str, ...]) -> bool:
        """Whether every way of answering `names` leaves one outcome.

        Answers to what is asked about the record are gone through one by one; to the others it is enough that the
        outcome then depends on nothing else.
        """
        recorded = [name for name in names if name in self.asked_about]
        for chosen in product(*(self.answers[name] for name in recorded)):
            trial = dict(self.values) | {name: each.value for name, each in zip(recorded, chosen, strict=True)}
            if self.engine.decide(trial) >= 0:
                continue
            try:
                if not exact(self.conditions, trial, self.engine.settle, self.facts).depends_on <= set(names):
                    return False
            except TooManyValuesError:
                return False
        return True

    def _answers(self) -> dict[str, tuple[Value, ...]]:
        """Values that stand for all answers, also to comparisons that the record as it is hides."""
        found = representatives([AnyOf(tuple(self._comparisons()))], self.facts)
        # A fact that is only asked about, never compared: any one value stands for all.
        return {name: found.get(name) or (_any_value(self.facts[name].kind),) for name in self.asked_about}

    def _comparisons(self) -> Iterable[Expression]:
        for condition in self.conditions:
            for reading in _laid_open(condition):
                for node in walk(reading):
                    if isinstance(node, Compare | OneOf) or (isinstance(node, Name) and node.kind == "boolean"):
                        yield on_record(node, self.values)


def _about_record(node: Expression, values: Mapping[str, FactValue]) -> set[str]:
    """The facts whose being on record, and not only their value, matters: those under IS NULL and COALESCE, and those of
    a definition that a stated value stands in for as long as they leave it open."""
    found: set[str] = set()
    for part in walk(node):
        if isinstance(part, NotKnown | FirstKnown) or (isinstance(part, Defined) and part.name in values):
            found.update(names_in(part))
    return found


def _laid_open(node: Expression) -> list[Expression]:
    """`node` once with each part of each COALESCE in its place."""
    coalesce = next((part for part in walk(node) if isinstance(part, FirstKnown)), None)
    if coalesce is None:
        return [node]
    return [opened for part in coalesce.parts for opened in _laid_open(_replaced(node, coalesce, part))]


def _replaced(node: Expression, old: Expression, new: Expression) -> Expression:
    return new if node == old else rebuilt(node, lambda part: _replaced(part, old, new))


def _any_value(kind: str) -> Value:
    samples: dict[str, Value] = {
        "boolean": Value(True, "boolean"),
        "integer": Value(0, "integer"),
        "date": Value(date(2000, 1, 1), "date"),
        "moment": Value(datetime(2000, 1, 1, tzinfo=UTC), "moment"),
        "text": Value("(any word)", "text"),
        "choice": Value("(any word)", "choice"),
    }
    return samples[kind]
