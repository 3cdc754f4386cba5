"""The one tree that every use of a condition is made from: Python, SQL, the solver, English, the proof."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal as OneWordOf

from duly.evidence import FactValue

FactKind = OneWordOf["boolean", "choice", "text", "integer", "date", "moment"]
Comparison = OneWordOf["=", "<>", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Value:
    """A literal, with the kind of fact that it can be compared with."""

    value: FactValue
    kind: FactKind


@dataclass(frozen=True, slots=True)
class Name:
    """A fact, by its vocabulary name."""

    name: str
    kind: FactKind


@dataclass(frozen=True, slots=True)
class Shift:
    """A date or moment moved by an interval. `months` are calendar months (the day is cut to the month's last), `days`
    are civil days and only for dates, `seconds` are elapsed time and only for moments."""

    item: Expression
    months: int = 0
    days: int = 0
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Compare:
    operator: Comparison
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class OneOf:
    """`item IN (...)`, literals only."""

    item: Expression
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Expression


@dataclass(frozen=True, slots=True)
class All:
    """`AND`. No part: true."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """`OR`. No part: false."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class NotKnown:
    """`item IS NULL`: a question about the record as it stands, so it is never itself unknown."""

    item: Expression


@dataclass(frozen=True, slots=True)
class FirstKnown:
    """`COALESCE(...)`: the first part whose value is on record."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """`CASE WHEN ... ELSE ... END`. An unknown branch condition leaves the value unknown, unless both ways agree."""

    branches: tuple[tuple[Expression, Expression], ...]
    otherwise: Expression


@dataclass(frozen=True, slots=True)
class Defined:
    """A derived fact with the definition that gives it here and now put in its place.

    Where the definition leaves it open, a value that somebody stated for the derived fact itself counts.
    """

    name: str
    kind: FactKind
    rule: str
    meaning: Expression


Expression = Value | Name | Shift | Compare | OneOf | Not | All | AnyOf | NotKnown | FirstKnown | Case | Defined
TRUE = Value(True, "boolean")
FALSE = Value(False, "boolean")


def kind_of(node: Expression) -> FactKind:
    """The kind of value that `node` yields."""
    match node:
        case Value() | Name() | Defined():
            return node.kind
        case Shift(item=item):
            return kind_of(item)
        case FirstKnown(parts=parts):
            return kind_of(parts[0])
        case Case(otherwise=otherwise):
            return kind_of(otherwise)
        case _:
            return "boolean"


def children(node: Expression) -> tuple[Expression, ...]:
    match node:
        case Value() | Name():
            return ()
        case Shift(item=item) | OneOf(item=item) | NotKnown(item=item):
            return (item,)
        case Compare(left=left, right=right):
            return (left, right)
        case Not(part=part):
            return (part,)
        case All(parts=parts) | AnyOf(parts=parts) | FirstKnown(parts=parts):
            return parts
        case Case(branches=branches, otherwise=otherwise):
            return (*(part for branch in branches for part in branch), otherwise)
        case Defined(meaning=meaning):
            return (meaning,)


def walk(node: Expression) -> Iterator[Expression]:
    """`node` and everything under it, definitions included, from the top down and left to right."""
    yield node
    for child in children(node):
        yield from walk(child)


def names_in(node: Expression) -> tuple[str, ...]:
    """The facts that `node` rests on, each once, in the order of first mention; a definition gives its own facts."""
    return tuple(dict.fromkeys(part.name for part in walk(node) if isinstance(part, Name)))


def defined_in(node: Expression) -> tuple[str, ...]:
    """The derived facts that `node` reads through a definition."""
    return tuple(dict.fromkeys(part.name for part in walk(node) if isinstance(part, Defined)))


def literals_in(node: Expression) -> Iterator[Value]:
    """Every literal that `node` mentions."""
    for part in walk(node):
        if isinstance(part, Value):
            yield part
        elif isinstance(part, OneOf):
            yield from part.values


def all_of(*parts: Expression) -> Expression:
    """A conjunction without needless wrapping."""
    kept = tuple(part for part in parts if part != TRUE)
    if FALSE in kept:
        return FALSE
    return kept[0] if len(kept) == 1 else (All(kept) if kept else TRUE)


def any_of(*parts: Expression) -> Expression:
    """A disjunction without needless wrapping."""
    kept = tuple(part for part in parts if part != FALSE)
    if TRUE in kept:
        return TRUE
    return kept[0] if len(kept) == 1 else (AnyOf(kept) if kept else FALSE)


def negation(part: Expression) -> Expression:
    if part == TRUE:
        return FALSE
    if part == FALSE:
        return TRUE
    return part.part if isinstance(part, Not) else Not(part)


def shifted(moment: date | datetime, months: int, days: int, seconds: int) -> date | datetime:
    """`moment` moved: first the months (the day cut to the month's last, as SQL does), then days and seconds.

    Raises `OverflowError` where the calendar of years 1 to 9999 ends.
    """
    if months:
        year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
        if not 1 <= year <= 9999:
            raise OverflowError(f"{moment} moved by {months} months leaves the years 1 to 9999")
        moment = moment.replace(year=year, month=month + 1, day=min(moment.day, days_in_month(year, month + 1)))
    if days or seconds:
        moment = moment + timedelta(days=days, seconds=seconds)
    return moment


def days_in_month(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31
