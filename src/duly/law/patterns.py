"""What a condition can tell of a row that leaves it open: enough to decide equal rows once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from duly.law.condition import (
    Case,
    Compare,
    Defined,
    Expression,
    FirstKnown,
    Name,
    NotKnown,
    OneOf,
    children,
    names_in,
    walk,
)
from duly.law.vocabulary import FactType


def telling_parts(
    condition: Expression, facts: Mapping[str, FactType], columns: Iterable[str]
) -> tuple[list[Expression], list[str]]:
    """The comparisons whose answers, and the facts whose very values, tell rows apart that leave `condition` open.

    A date compared with literals only counts by the answers; booleans, and facts that are compared with each other or
    stand inside COALESCE or CASE, by value. `columns` are the facts that rows have at all.
    """
    present = set(columns)
    comparisons: dict[Expression, None] = {}
    values: dict[str, None] = {}
    for node in _comparisons(condition):
        names = names_in(node)
        nested = any(isinstance(part, FirstKnown | Case | NotKnown | Defined) for part in walk(node) if part != node)
        if isinstance(node, Name) or nested or len(names) != 1 or facts[names[0]].kind == "boolean":
            values.update(dict.fromkeys(names))
        else:
            comparisons[node] = None
    values.update((part.name, None) for part in walk(condition) if isinstance(part, Defined))
    return (
        [node for node in comparisons if set(names_in(node)) <= present],
        [name for name in values if name in present],
    )


def _comparisons(node: Expression) -> Iterable[Expression]:
    """The outermost comparisons, and the bare facts beside them."""
    if isinstance(node, Compare | OneOf | NotKnown | FirstKnown | Name):
        yield node
    else:
        for child in children(node):
            yield from _comparisons(child)
