"""Exactly what is still possible when facts are unknown, and which unknown facts it depends on.

A decision diagram over the unknown facts: one at a time takes each value that stands for all of its values, the
conditions shrink, and as soon as they settle the result that way ends. Equal remainders are shared. In the reduced
diagram the leaves are exactly the possible results, and the facts in it exactly those on which the result depends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from duly.law.condition import FALSE, TRUE, Expression, Value, names_in
from duly.law.determination import Truth
from duly.law.domains import TooManyValuesError, representatives
from duly.law.kleene import Facts, truth
from duly.law.residual import on_record, put
from duly.law.vocabulary import FactType

MAX_NODES = 20_000
Settle = Callable[[Sequence[Truth]], int]
"""From the truth of each condition to the number of the result, or -1 while that is open."""


@dataclass(frozen=True, slots=True)
class Exact:
    """The numbers of the possible results, and the facts that the result depends on."""

    possible: frozenset[int]
    depends_on: frozenset[str]


class _Diagram:
    def __init__(self, settle: Settle, values: Mapping[str, tuple[Value, ...]], order: Mapping[str, int]) -> None:
        self.settle = settle
        self.values = values
        self.order = order
        self.nodes: dict[tuple[Expression, ...], object] = {}
        self.possible: set[int] = set()
        self.depends_on: set[str] = set()
        self.shared: dict[tuple[str, tuple[object, ...]], object] = {}

    def expand(self, conditions: tuple[Expression, ...]) -> object:
        """The node for what is left: the number of a result, or a shared (fact, children) pair."""
        if conditions in self.nodes:
            return self.nodes[conditions]
        truths = tuple(True if part == TRUE else False if part == FALSE else None for part in conditions)
        result = self.settle(truths)
        if result >= 0:
            node: object = result
        else:
            node = self.branch(conditions)
        self.nodes[conditions] = node
        if len(self.nodes) > MAX_NODES:
            raise TooManyValuesError("The conditions depend on too many facts to list their values.")
        return node

    def branch(self, conditions: tuple[Expression, ...]) -> object:
        names = {name for part in conditions for name in names_in(part)}
        name = min(names, key=self.order.__getitem__)
        children = tuple(
            self.expand(tuple(put(part, name, value) for part in conditions)) for value in self.values[name]
        )
        if len({id(child) if isinstance(child, tuple) else child for child in children}) == 1:
            return children[0]
        key = (name, tuple(id(child) if isinstance(child, tuple) else child for child in children))
        return self.shared.setdefault(key, (name, children))

    def collect(self, root: object) -> None:
        seen: set[int] = set()
        stack = [root]
        while stack:
            node = stack.pop()
            if isinstance(node, int):
                self.possible.add(node)
            elif isinstance(node, tuple) and id(node) not in seen:
                seen.add(id(node))
                self.depends_on.add(node[0])
                stack.extend(node[1])


def exact(conditions: Sequence[Expression], facts: Facts, settle: Settle, vocabulary: Mapping[str, FactType]) -> Exact:
    """What `settle` can still give over the conditions, on the known `facts`.

    Raises `TooManyValuesError` where the diagram would grow too large; `solver.exact` then answers the same question.
    """
    residuals = tuple(on_record(condition, facts) for condition in conditions)
    values = representatives(residuals, vocabulary)
    order = {name: number for number, name in enumerate(values)}
    diagram = _Diagram(settle, values, order)
    diagram.collect(diagram.expand(residuals))
    return Exact(frozenset(diagram.possible), frozenset(diagram.depends_on))


def truth_of(condition: Expression, facts: Facts, vocabulary: Mapping[str, FactType]) -> tuple[Truth, tuple[str, ...]]:
    """The exact truth of one condition, unknown only where it really may be either, and the facts that decide it then.

    Where even that takes too long, Kleene's answer stands, with every fact that is not known.
    """
    held = truth(condition, facts)
    if held is not None:
        return held, ()
    try:
        found = exact((condition,), facts, _single, vocabulary)
    except TooManyValuesError:
        return None, tuple(name for name in names_in(condition) if name not in facts)
    if len(found.possible) == 1:
        return found.possible == {1}, ()
    return None, tuple(name for name in names_in(condition) if name in found.depends_on)


def _single(truths: Sequence[Truth]) -> int:
    return -1 if truths[0] is None else int(truths[0])
