"""One act's law, compiled, with what has been worked out before kept at hand.

Everything here is a pure function of its key, so keeping it changes no answer; every store is bounded and simply emptied
when full. Keys are the values of facts, never where they came from: a proof names its facts, and the determination has
them with their evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from duly.errors import DulyError
from duly.evidence import FactValue
from duly.law.condition import FirstKnown, defined_in, names_in, walk
from duly.law.determination import Outcome, Truth
from duly.law.domains import TooManyValuesError
from duly.law.exact import Exact, exact
from duly.law.library import Library
from duly.law.program import DETERMINED, Program
from duly.law.python_code import compile_program, compile_settlement, compile_steps
from duly.law.scope import program_for

KEPT = 4_096
KEPT_PROOFS = 1_024
"""Per rule. A desk asks for the same matter's acts again and again; more would only burden the garbage collector."""
Key = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Engine:
    """A program with its compiled forms. `places` says for each rule where its facts stand among `program.reads`;
    `has_fallbacks` whether any rule takes a value for a fact that is not known; `rules` has for each rule what picks its
    own facts' keys from all, and its kept proofs by them."""

    program: Program
    decide: Callable[[Mapping[str, FactValue]], int]
    settle: Callable[[Sequence[Truth]], int]
    steps: Callable[[Sequence[Truth]], dict[str, Truth]]
    places: tuple[tuple[int, ...], ...]
    has_fallbacks: bool
    rules: tuple[tuple[Callable[[Sequence[Hashable]], Hashable], dict[Hashable, Any]], ...]
    by_truths: dict[Key, Any] = field(default_factory=dict)
    by_values: dict[Key, Any] = field(default_factory=dict)
    standings: dict[Any, Any] = field(default_factory=dict)
    reasons: dict[Key, Any] = field(default_factory=dict)


def engine_for(library: Library, jurisdiction: str, act: str, on: date) -> Engine:
    """The compiled law on `act` for an office there on that date. Raises `DulyError` for an unknown act."""
    if act not in library.vocabulary.acts:
        raise DulyError(f"There is no act “{act}” in the vocabulary.", code="unknown-act")
    program = program_for(library, jurisdiction, act, on)
    key = ("engine", id(program))
    found: Engine | None = library.kept.get(key)
    if found is None:
        found = library.kept[key] = _compiled(program)
    return found


def _compiled(program: Program) -> Engine:
    numbers = {name: index for index, name in enumerate(program.reads)}
    places = []
    fallbacks = False
    for each in program.considered:
        nodes = [each.when, each.unless, *([each.ordered] if each.ordered is not None else [])]
        names = dict.fromkeys(name for node in nodes for name in (*names_in(node), *defined_in(node)))
        places.append(tuple(numbers[name] for name in names))
        fallbacks = fallbacks or any(isinstance(part, FirstKnown) for node in nodes for part in walk(node))
    return Engine(
        program,
        compile_program(program),
        compile_settlement(program),
        compile_steps(program),
        tuple(places),
        fallbacks,
        tuple((_picker(chosen), {}) for chosen in places),
    )


def _picker(places: tuple[int, ...]) -> Callable[[Sequence[Hashable]], Hashable]:
    return itemgetter(*places) if places else lambda _: ()


def keep(store: dict[Any, Any], key: Hashable, value: Any, limit: int = KEPT) -> Any:
    if len(store) >= limit:
        store.clear()
    store[key] = value
    return value


def value_keys(program: Program, values: Mapping[str, FactValue]) -> list[Hashable]:
    """For each fact that the program reads: what makes two cases equal in it, None where it is not known."""
    # Two equal moments may be written in different zones, and the proof shows them as written.
    return [
        value.isoformat() if type(value) is datetime else value
        for value in [values.get(name) for name in program.reads]
    ]


def possibilities(library: Library, engine: Engine, values: Mapping[str, FactValue]) -> Exact:
    """Exactly which outcomes are still possible on these values, and the unknown facts that they depend on."""
    key = ("exact", *(values.get(name) for name in engine.program.reads))
    found: Exact | None = engine.by_values.get(key)
    if found is None:
        found = keep(engine.by_values, key, _possibilities(library, engine, values))
    return found


def _possibilities(library: Library, engine: Engine, values: Mapping[str, FactValue]) -> Exact:
    words = library.vocabulary.facts
    try:
        return exact([step.expression for step in engine.program.conditions], values, engine.settle, words)
    except TooManyValuesError:
        from duly.law.solver import exact_by_solver

        return exact_by_solver(engine.program, values, words)


def decided(library: Library, engine: Engine, values: Mapping[str, FactValue]) -> Outcome:
    """The outcome on these values, undetermined where more than one is possible."""
    number = engine.decide(values)
    if number >= 0:
        return DETERMINED[number]
    possible = possibilities(library, engine, values).possible
    return DETERMINED[min(possible)] if len(possible) == 1 else "undetermined"
