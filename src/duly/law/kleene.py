"""The tree evaluated node by node with three truth values: the plain reading that the compiled one must equal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from duly.evidence import FactValue
from duly.law.condition import (
    All,
    AnyOf,
    Case,
    Compare,
    Comparison,
    Defined,
    Expression,
    FirstKnown,
    Name,
    Not,
    NotKnown,
    OneOf,
    Shift,
    Value,
    shifted,
)
from duly.law.determination import Truth

Facts = Mapping[str, FactValue]


def truth(node: Expression, facts: Facts) -> Truth:
    """Whether `node` holds: True, False, or None where the facts on record do not say."""
    match node:
        case All(parts=parts):
            return _conjunction([truth(part, facts) for part in parts])
        case AnyOf(parts=parts):
            return _negation(_conjunction([_negation(truth(part, facts)) for part in parts]))
        case Not(part=part):
            return _negation(truth(part, facts))
        case Compare(operator=operator, left=left, right=right):
            one, other = value(left, facts), value(right, facts)
            return None if one is None or other is None else holds(operator, one, other)
        case OneOf(item=item, values=values):
            one = value(item, facts)
            return None if one is None else any(one == part.value for part in values)
        case NotKnown(item=item):
            return value(item, facts) is None
        case _:
            found = value(node, facts)
            return None if found is None else bool(found)


def value(node: Expression, facts: Facts) -> FactValue | None:
    """The value of an expression of any type, None where it is not known."""
    match node:
        case Value(value=held):
            return held
        case Name(name=name):
            return facts.get(name)
        case Defined(name=name, meaning=meaning):
            found = value(meaning, facts)
            return facts.get(name) if found is None else found
        case Shift(item=item, months=months, days=days, seconds=seconds):
            start = value(item, facts)
            return saturated_shift(start, months, days, seconds) if isinstance(start, date) else None
        case FirstKnown(parts=parts):
            return next((found for part in parts if (found := value(part, facts)) is not None), None)
        case Case(branches=branches, otherwise=otherwise):
            found = value(otherwise, facts)
            for test, then in reversed(branches):
                asked, way = truth(test, facts), value(then, facts)
                found = found if asked is False else way if asked or way == found else None
            return found
        case _:
            return truth(node, facts)


def _conjunction(parts: list[Truth]) -> Truth:
    if False in parts:
        return False
    return None if None in parts else True


def _negation(part: Truth) -> Truth:
    return None if part is None else not part


def holds(operator: Comparison, left: Any, right: Any) -> bool:
    """`left operator right` on known values of one type."""
    match operator:
        case "=":
            return bool(left == right)
        case "<>":
            return bool(left != right)
        case "<":
            return bool(left < right)
        case "<=":
            return bool(left <= right)
        case ">":
            return bool(left > right)
        case ">=":
            return bool(left >= right)


def saturated_shift(moment: date | datetime, months: int, days: int, seconds: int) -> date | datetime:
    """`shifted`, staying inside the years 1 to 9999."""
    try:
        return shifted(moment, months, days, seconds)
    except OverflowError:
        extreme: date | datetime = date.max if months + days + seconds > 0 else date.min
        if isinstance(moment, datetime):
            extreme = datetime.combine(extreme, moment.timetz())
        return extreme
