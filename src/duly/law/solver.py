"""The tree as z3 formulas: exact answers where listing values would take too long, conflicts, gaps, differences.

z3 is imported only when a question needs it. Words become numbers, dates day numbers, moments microseconds since 1970.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from threading import RLock
from typing import Any

from duly.errors import DulyError
from duly.evidence import FactValue
from duly.law.condition import (
    All,
    AnyOf,
    Compare,
    Comparison,
    Expression,
    Name,
    Not,
    OneOf,
    Shift,
    Value,
    literals_in,
    names_in,
    walk,
)
from duly.law.domains import FIRST_DAY, FIRST_MOMENT, LAST_DAY, LAST_MOMENT, moved
from duly.law.exact import Exact
from duly.law.kleene import Facts
from duly.law.program import DETERMINED, Program
from duly.law.residual import on_record
from duly.law.vocabulary import FactType

TIMEOUT_MS = 20_000
_limit: ContextVar[int] = ContextVar("milliseconds for one question to the solver", default=TIMEOUT_MS)
ALONE = RLock()
"""z3 keeps one state for a whole process: whoever builds formulas or asks holds this, so that threads wait their turn."""
ANOTHER_WORD = "(another word)"
"""What an example says where no rule names the word."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


@lru_cache(maxsize=1)
def z3() -> Any:
    import z3 as module

    return module


@contextmanager
def limited(milliseconds: int) -> Iterator[None]:
    """Within this, no single question to the solver takes longer; one that would raises `SolverGaveUpError`."""
    before = _limit.set(milliseconds)
    try:
        yield
    finally:
        _limit.reset(before)


class SolverGaveUpError(DulyError):
    """The solver could not answer within its time. Nothing is concluded from that."""

    code = "solver-gave-up"


class Formulas:
    """Facts as z3 constants over residual conditions (`on_record` has been applied), with every fact's own bounds."""

    def __init__(self, vocabulary: Mapping[str, FactType], suffix: str = "") -> None:
        self.vocabulary = vocabulary
        self.suffix = suffix
        self.constants: dict[str, Any] = {}
        self.words: dict[str, int] = {}
        self.bounds: list[Any] = []
        self.steps: dict[str, Any] = {}

    def twin(self, except_for: str) -> Formulas:
        """The same facts, save that one of them may have another value."""
        other = Formulas(self.vocabulary, f"{self.suffix}'")
        other.words = self.words
        other.constants = {name: constant for name, constant in self.constants.items() if name != except_for}
        return other

    def word(self, text: str) -> int:
        return self.words.setdefault(text, len(self.words))

    def learn_words(self, conditions: Iterable[Expression]) -> None:
        """Number every word that may matter before any fact's bounds are written."""
        for condition in conditions:
            for literal in literals_in(condition):
                if isinstance(literal.value, str):
                    self.word(literal.value)
            for node in walk(condition):
                if isinstance(node, Name) and node.name in self.vocabulary:
                    for choice in self.vocabulary[node.name].choices:
                        self.word(choice)

    def constant(self, name: str) -> Any:
        if name in self.constants:
            return self.constants[name]
        entry = self.vocabulary[name]
        solver = z3()
        if entry.kind == "boolean":
            made = solver.Bool(f"{name}{self.suffix}")
        else:
            made = solver.Int(f"{name}{self.suffix}")
            self.bounds += self.bounds_of(made, entry)
        self.constants[name] = made
        return made

    def bounds_of(self, made: Any, entry: FactType) -> list[Any]:
        solver = z3()
        if entry.kind == "choice" and not entry.open:
            return [solver.Or(*(made == self.word(choice) for choice in entry.choices))]
        if entry.kind in ("choice", "text"):
            return [made >= 0]
        if entry.kind == "integer":
            low, high = entry.minimum, entry.maximum
        elif entry.kind == "date":
            low, high = entry.minimum or FIRST_DAY, entry.maximum or LAST_DAY
        else:
            low, high = FIRST_MOMENT, LAST_MOMENT
        return [made >= number(low) if end == "low" else made <= number(high) for end in ends(low, high)]

    def formula(self, node: Expression) -> Any:
        """`node`, a residual or a step over earlier steps, as a z3 term."""
        solver = z3()
        match node:
            case Value(value=value):
                return solver.BoolVal(value) if isinstance(value, bool) else self.literal(value)
            case Name(name=name):
                return self.steps[name] if name in self.steps else self.constant(name)
            case Not(part=part):
                return solver.Not(self.formula(part))
            case All(parts=parts):
                return solver.And(*(self.formula(part) for part in parts))
            case AnyOf(parts=parts):
                return solver.Or(*(self.formula(part) for part in parts))
            case OneOf(item=item, values=values):
                return solver.Or(*(self.comparison("=", item, value) for value in values))
            case Compare(operator=operator, left=left, right=right):
                return self.comparison(operator, left, right)
            case Shift():
                return self.shift(node)
            case _:
                raise AssertionError(f"a residual holds no {type(node).__name__}")

    def literal(self, value: FactValue) -> Any:
        return z3().IntVal(self.word(value) if isinstance(value, str) else number(value))

    def comparison(self, operator: Comparison, left: Expression, right: Expression) -> Any:
        if isinstance(right, Value) and isinstance(left, Shift) and right.kind == "date":
            return self.threshold(operator, left, right)
        one, other = self.formula(left), self.formula(right)
        match operator:
            case "=":
                return one == other
            case "<>":
                return one != other
            case "<":
                return one < other
            case "<=":
                return one <= other
            case ">":
                return one > other
            case ">=":
                return one >= other

    def threshold(self, operator: Comparison, left: Shift, right: Value) -> Any:
        """A moved date against a fixed one, as the unmoved date against the first day that is carried so far."""
        name, fixed = names_in(left)[0], number(right.value)
        held = self.constant(name)
        reached, passed = first_day(left, fixed), first_day(left, fixed + 1)
        match operator:
            case "=":
                return z3().And(held >= reached, held < passed)
            case "<>":
                return z3().Or(held < reached, held >= passed)
            case "<":
                return held < reached
            case "<=":
                return held < passed
            case ">":
                return held >= passed
            case ">=":
                return held >= reached

    def shift(self, node: Shift) -> Any:
        held = self.formula(node.item)
        if node.seconds:
            return held + node.seconds * 1_000_000
        if not node.months:
            return held + node.days
        solver = z3()
        year, month, day = _civil(held)
        months = year * 12 + month - 1 + node.months
        to_year, to_month = months / 12, months % 12 + 1
        last = _month_length(to_year, to_month)
        return _day_number(to_year, to_month, solver.If(day > last, last, day)) + node.days

    def add_steps(self, program: Program, residuals: Sequence[Expression]) -> None:
        """Put a program's conditions and steps under their names."""
        self.learn_words(residuals)
        for step, residual in zip(program.conditions, residuals, strict=True):
            self.steps[step.name] = self.formula(residual)
        for step in program.steps:
            self.steps[step.name] = self.formula(step.expression)

    def fact(self, name: str, term: Any) -> FactValue | None:
        """A model's value of a fact as a Python value; None for a word that no rule mentions."""
        entry = self.vocabulary[name]
        if entry.kind == "boolean":
            return bool(z3().is_true(term))
        found = term.as_long()
        if entry.kind == "date":
            return date.fromordinal(found)
        if entry.kind == "moment":
            return _EPOCH + timedelta(microseconds=found)
        if entry.kind == "integer":
            return int(found)
        said = next((word for word, index in self.words.items() if index == found), ANOTHER_WORD)
        return ANOTHER_WORD if said not in entry.choices and self._elsewhere(said) else said

    def _elsewhere(self, word: str) -> bool:
        """Whether a word is another fact's: an open choice may take any, and an example should not take that."""
        return any(word in entry.choices for entry in self.vocabulary.values())


def ends(low: object, high: object) -> list[str]:
    return [*(["low"] if low is not None else []), *(["high"] if high is not None else [])]


def number(value: object) -> int:
    if isinstance(value, datetime):
        return (value - _EPOCH) // _TICK
    if isinstance(value, date):
        return value.toordinal()
    assert isinstance(value, int)
    return value


def first_day(shape: Expression, reached: int) -> int:
    """The first day number that `shape`, which never moves a later day to an earlier one, carries to `reached` or past."""
    low, high = 1, date.max.toordinal() + 1
    while low < high:
        middle = (low + high) // 2
        if number(moved(shape, date.fromordinal(middle))) >= reached:
            high = middle
        else:
            low = middle + 1
    return low


def _civil(days: Any) -> tuple[Any, Any, Any]:
    """Year, month and day of a day number, by Hinnant's `civil_from_days`: divisions by constants only."""
    solver = z3()
    shifted_days = days + 305
    era = shifted_days / 146097
    of_era = shifted_days - era * 146097
    year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365
    of_year = of_era - (365 * year + year / 4 - year / 100)
    from_march = (5 * of_year + 2) / 153
    day = of_year - (153 * from_march + 2) / 5 + 1
    month = solver.If(from_march < 10, from_march + 3, from_march - 9)
    return solver.If(month <= 2, year + era * 400 + 1, year + era * 400), month, day


def _month_length(year: Any, month: Any) -> Any:
    solver = z3()
    leap = solver.And(year % 4 == 0, solver.Or(year % 100 != 0, year % 400 == 0))
    short = solver.Or(month == 4, month == 6, month == 9, month == 11)
    return solver.If(month == 2, solver.If(leap, 29, 28), solver.If(short, 30, 31))


def _day_number(year: Any, month: Any, day: Any) -> Any:
    """The proleptic Gregorian ordinal, as `date.toordinal` counts it (1 January of year 1 is 1)."""
    solver = z3()
    before = year - 1
    leap = solver.And(year % 4 == 0, solver.Or(year % 100 != 0, year % 400 == 0))
    days = solver.IntVal(0)
    gone = 0
    for index, length in enumerate((31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), 1):
        days = solver.If(month == index, gone, days) if index > 1 else days
        gone += length
    extra = solver.If(solver.And(month > 2, leap), 1, 0)
    return before * 365 + before / 4 - before / 100 + before / 400 + days + extra + day


def check(terms: Iterable[Any]) -> Any | None:
    """A model of all terms together, or None where there is none. Raises `SolverGaveUpError`."""
    module = z3()
    solver = module.Solver()
    solver.set("timeout", _limit.get())
    solver.add(*terms)
    answer = solver.check()
    if answer == module.sat:
        return solver.model()
    if answer == module.unsat:
        return None
    raise SolverGaveUpError(f"The solver gave up: {solver.reason_unknown()}.")


def exact_by_solver(program: Program, facts: Facts, vocabulary: Mapping[str, FactType]) -> Exact:
    """What `exact.exact` answers, by one question to the solver for each outcome and each unknown fact."""
    with ALONE:
        return _exact(program, facts, vocabulary)


def _exact(program: Program, facts: Facts, vocabulary: Mapping[str, FactType]) -> Exact:
    residuals = [on_record(step.expression, facts) for step in program.conditions]
    one = Formulas(vocabulary)
    one.add_steps(program, residuals)
    possible = frozenset(
        index for index, outcome in enumerate(DETERMINED) if check([*one.bounds, one.steps[f"={outcome}"]]) is not None
    )
    depends_on = set()
    if len(possible) > 1:
        for name in list(one.constants):
            other = one.twin(name)
            other.add_steps(program, residuals)
            differs = z3().Or(*(one.steps[f"={outcome}"] != other.steps[f"={outcome}"] for outcome in DETERMINED))
            if check([*one.bounds, *other.bounds, differs]) is not None:
                depends_on.add(name)
    return Exact(possible, frozenset(depends_on))
