"""Which questions would settle an outcome: the smallest sets of unknown facts, cheapest to answer first.

A set is decisive if answering all of it settles the outcome whatever the answers are. Where no condition asks about the
record itself, exactly one smallest set exists: the facts that the outcome depends on. With IS NULL or COALESCE an answer
also changes the record, so there the sets are tried one by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from itertools import combinations, product
from typing import TYPE_CHECKING

from duly.evidence import FactValue
from duly.law.condition import AnyOf, Expression, FirstKnown, NotKnown, Value, names_in, walk
from duly.law.domains import TooManyValuesError, representatives
from duly.law.exact import Exact, exact
from duly.law.library import Library
from duly.law.residual import on_record
from duly.law.scope import rebuilt

if TYPE_CHECKING:
    from duly.law.determine import Engine

MAX_FACTS = 8
MAX_TRIALS = 3_000


def decisive_sets(
    library: Library, engine: Engine, values: Mapping[str, FactValue], found: Exact
) -> tuple[tuple[str, ...], ...]:
    """The smallest decisive sets, each with its cheapest question first, sets in order of their total cost."""
    conditions = [step.expression for step in engine.program.conditions]
    asked_about = {name for condition in conditions for name in _about_record(condition) if name not in values}
    everything = _ordered(library, found.depends_on)
    if not asked_about:
        return (everything,) if everything else ()
    candidates = _ordered(library, found.depends_on | asked_about)
    if len(candidates) > MAX_FACTS:
        return (everything,) if _settles(library, engine, values, everything) else ()
    sets: list[tuple[str, ...]] = []
    for size in range(1, len(candidates) + 1):
        for chosen in combinations(candidates, size):
            if not any(set(smaller) <= set(chosen) for smaller in sets) and _settles(library, engine, values, chosen):
                sets.append(chosen)
    cost = library.vocabulary.facts
    return tuple(sorted(sets, key=lambda names: (sum(cost[name].cost for name in names), len(names), names)))


def _ordered(library: Library, names: frozenset[str] | set[str]) -> tuple[str, ...]:
    facts = library.vocabulary.facts
    return tuple(sorted(names, key=lambda name: (facts[name].cost, name)))


def _about_record(node: Expression) -> set[str]:
    return {name for part in walk(node) if isinstance(part, NotKnown | FirstKnown) for name in names_in(part)}


def _settles(library: Library, engine: Engine, values: Mapping[str, FactValue], names: tuple[str, ...]) -> bool:
    """Whether every way of answering `names` leaves one outcome."""
    words = library.vocabulary.facts
    conditions = [step.expression for step in engine.program.conditions]
    answers = _answers(library, conditions, values, names)
    total = 1
    for name in names:
        total *= len(answers[name])
    if total > MAX_TRIALS:
        return False
    for chosen in product(*(answers[name] for name in names)):
        trial = dict(values) | {name: value.value for name, value in zip(names, chosen, strict=True)}
        if engine.decide(trial) >= 0:
            continue
        try:
            if len(exact(conditions, trial, engine.settle, words).possible) > 1:
                return False
        except TooManyValuesError:
            return False
    return True


def _answers(
    library: Library, conditions: list[Expression], values: Mapping[str, FactValue], names: tuple[str, ...]
) -> dict[str, tuple[Value, ...]]:
    """Values that stand for all answers, also where the record now hides a comparison behind a COALESCE."""
    facts = library.vocabulary.facts
    plain = [_laid_open(condition, values) for condition in conditions]
    found = representatives(plain, facts)
    # A fact that is only asked about, never compared: any one value stands for all.
    return {name: found.get(name) or (_any_value(facts[name].kind, facts[name].choices),) for name in names}


def _any_value(kind: str, choices: tuple[str, ...]) -> Value:
    samples: dict[str, Value] = {
        "boolean": Value(True, "boolean"),
        "integer": Value(0, "integer"),
        "date": Value(date(2000, 1, 1), "date"),
        "moment": Value(datetime(2000, 1, 1, tzinfo=UTC), "moment"),
        "text": Value("(another word)", "text"),
        "choice": Value(choices[0] if choices else "(another word)", "choice"),
    }
    return samples[kind]


def _laid_open(node: Expression, values: Mapping[str, FactValue]) -> Expression:
    """The residual in which every part of a COALESCE is compared in its own right, for its literals only."""
    readings = [node]
    while any(isinstance(part, FirstKnown) for reading in readings for part in walk(reading)):
        opened: list[Expression] = []
        for reading in readings:
            coalesce = next((part for part in walk(reading) if isinstance(part, FirstKnown)), None)
            if coalesce is None:
                opened.append(reading)
                continue
            for part in coalesce.parts:
                opened.append(_replaced(reading, coalesce, part))
        readings = opened
    return AnyOf(tuple(on_record(reading, values) for reading in readings))


def _replaced(node: Expression, old: Expression, new: Expression) -> Expression:
    return new if node == old else rebuilt(node, lambda part: _replaced(part, old, new))
