"""What is left of a condition once the known facts are put in: plain comparisons over facts not known.

`on_record` first settles what asks about the record itself (IS NULL, COALESCE); after it a residual holds only values,
unknown names, shifts, comparisons, IN, AND, OR and NOT, and `put` narrows it further one fact at a time.
"""

from __future__ import annotations

from datetime import date
from typing import cast

from duly.law.condition import (
    FALSE,
    TRUE,
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
    all_of,
    any_of,
    negation,
)
from duly.law.kleene import Facts, holds, saturated_shift
from duly.law.kleene import value as value_on_record

_MIRRORED: dict[Comparison, Comparison] = {"=": "=", "<>": "<>", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def on_record(node: Expression, facts: Facts) -> Expression:
    """The residual of `node`, with IS NULL and COALESCE answered by the record as it stands."""
    match node:
        case Value():
            return node
        case Name(name=name, kind=kind):
            return Value(facts[name], kind) if name in facts else node
        case Defined(name=name, kind=kind, meaning=meaning):
            stated = name in facts and value_on_record(meaning, facts) is None
            return Value(facts[name], kind) if stated else on_record(meaning, facts)
        case Shift(item=item):
            return _shift(node, on_record(item, facts))
        case Compare(operator=operator, left=left, right=right):
            return compare(operator, on_record(left, facts), on_record(right, facts))
        case OneOf(item=item, values=values):
            return one_of(on_record(item, facts), values)
        case Not(part=part):
            return negation(on_record(part, facts))
        case All(parts=parts):
            return all_of(*(on_record(part, facts) for part in parts))
        case AnyOf(parts=parts):
            return any_of(*(on_record(part, facts) for part in parts))
        case NotKnown(item=item):
            return TRUE if value_on_record(item, facts) is None else FALSE
        case FirstKnown(parts=parts):
            return _first_known(parts, facts)
        case Case(branches=branches, otherwise=otherwise):
            tests = tuple((on_record(test, facts), on_record(value, facts)) for test, value in branches)
            return _case(tests, on_record(otherwise, facts))


def _first_known(parts: tuple[Expression, ...], facts: Facts) -> Expression:
    """The first part on record; where none is, the value is unknown, and the last part stands for it."""
    for part in parts[:-1]:
        if value_on_record(part, facts) is not None:
            return on_record(part, facts)
    return on_record(parts[-1], facts)


def put(node: Expression, name: str, value: Value) -> Expression:
    """The residual of a residual once `name` has `value`."""
    match node:
        case Name(name=own):
            return value if own == name else node
        case Shift(item=item):
            inner = put(item, name, value)
            return node if inner is item else _shift(node, inner)
        case Compare(operator=operator, left=left, right=right):
            one, other = put(left, name, value), put(right, name, value)
            return node if one is left and other is right else compare(operator, one, other)
        case OneOf(item=item, values=values):
            inner = put(item, name, value)
            return node if inner is item else one_of(inner, values)
        case Not(part=part):
            inner = put(part, name, value)
            return node if inner is part else negation(inner)
        case All(parts=parts):
            changed = tuple(put(part, name, value) for part in parts)
            return node if _same(changed, parts) else all_of(*changed)
        case AnyOf(parts=parts):
            changed = tuple(put(part, name, value) for part in parts)
            return node if _same(changed, parts) else any_of(*changed)
        case _:
            return node


def _same(one: tuple[Expression, ...], other: tuple[Expression, ...]) -> bool:
    return all(left is right for left, right in zip(one, other, strict=True))


def _shift(node: Shift, item: Expression) -> Expression:
    if isinstance(item, Value) and isinstance(item.value, date):
        return Value(saturated_shift(item.value, node.months, node.days, node.seconds), item.kind)
    if isinstance(item, _Chosen):
        return _spread(tuple((test, _shift(node, value)) for test, value in item.ways))
    return Shift(item, node.months, node.days, node.seconds)


# CASE: its ways are spread over whatever uses its value, so that no residual holds one.


class _Chosen:
    """A value that depends: exactly one of the tests holds, and then the value is the one beside it."""

    def __init__(self, ways: tuple[tuple[Expression, Expression], ...]) -> None:
        self.ways = ways


def _case(branches: tuple[tuple[Expression, Expression], ...], otherwise: Expression) -> Expression:
    ways: list[tuple[Expression, Expression]] = []
    before: Expression = TRUE
    for test, value in (*branches, (TRUE, otherwise)):
        way = all_of(before, test)
        if way != FALSE:
            inner = value.ways if isinstance(value, _Chosen) else ((TRUE, value),)
            ways += [(all_of(way, condition), part) for condition, part in inner]
        before = all_of(before, negation(test))
    kinds = {_is_condition(value) for _, value in ways}
    if kinds == {True}:
        return any_of(*(all_of(test, value) for test, value in ways))
    if len(ways) == 1:
        return ways[0][1]
    return _spread(tuple(ways))


def _spread(ways: tuple[tuple[Expression, Expression], ...]) -> Expression:
    # It never leaves this module, since a condition ends in a comparison, and `compare` and `one_of` spread it.
    return cast(Expression, _Chosen(ways))


def _is_condition(node: Expression) -> bool:
    match node:
        case Value(kind=kind) | Name(kind=kind):
            return kind == "boolean"
        case Compare() | OneOf() | Not() | All() | AnyOf():
            return True
        case _:
            return False


def compare(operator: Comparison, left: Expression, right: Expression) -> Expression:
    """`left operator right`, decided where both are values, with the unknown side first."""
    for side, other in ((left, right), (right, left)):
        if isinstance(side, _Chosen):
            turned = operator if side is left else _MIRRORED[operator]
            return any_of(*(all_of(test, compare(turned, value, other)) for test, value in side.ways))
    if isinstance(left, Value) and isinstance(right, Value):
        return TRUE if holds(operator, left.value, right.value) else FALSE
    if isinstance(left, Value):
        left, right, operator = right, left, _MIRRORED[operator]
    if left == right:
        return TRUE if operator in ("=", "<=", ">=") else FALSE
    if _is_condition(left) and _is_condition(right):
        same = any_of(all_of(left, right), all_of(negation(left), negation(right)))
        return same if operator == "=" else negation(same)
    return Compare(operator, left, right)


def one_of(item: Expression, values: tuple[Value, ...]) -> Expression:
    if isinstance(item, _Chosen):
        return any_of(*(all_of(test, one_of(value, values)) for test, value in item.ways))
    if isinstance(item, Value):
        return TRUE if any(item.value == part.value for part in values) else FALSE
    if _is_condition(item):
        return any_of(*(compare("=", item, part) for part in values))
    return OneOf(item, values)
