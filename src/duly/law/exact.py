"""Exactly what is still possible when facts are unknown, and which unknown facts it depends on.

A decision diagram over the unknown facts: one at a time takes each value that stands for all of its values, the
conditions shrink, and as soon as they settle the result that way ends. Equal remainders are shared. In the reduced
diagram the leaves are exactly the possible results, and the facts in it exactly those on which the result depends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from duly.law.condition import FALSE, TRUE, Expression, Value, names_in
from duly.law.determination import Truth
from duly.law.domains import TooManyValuesError, representatives
from duly.law.kleene import Facts, truth
from duly.law.residual import on_record, put
from duly.law.vocabulary import FactType

MAX_NODES = 20_000
MAX_KEPT = 100_000
Settle = Callable[[Sequence[Truth]], int]
"""From the truth of each condition to the number of the result, or -1 while that is open."""


@dataclass(frozen=True, slots=True)
class Exact:
    """The numbers of the possible results, and the facts that the result depends on."""

    possible: frozenset[int]
    depends_on: frozenset[str]


class Remainders:
    """Residual conditions by number, with what becomes of each when a fact takes a value.

    Remainders recur from question to question, so what is worked out stays, up to a limit; then a new one is begun. The
    one in use is never emptied, because a running question holds numbers of it.
    """

    def __init__(self) -> None:
        self.numbers: dict[Expression, int] = {TRUE: 0, FALSE: 1}
        self.all: list[Expression] = [TRUE, FALSE]
        self.names: list[tuple[str, ...]] = [(), ()]
        self.moves: dict[tuple[int, str, Value], int] = {}
        self.answers: dict[tuple[int, int, tuple[int, ...]], tuple[Settle, Mapping[str, FactType], Exact]] = {}
        self.lock = Lock()

    def number(self, condition: Expression) -> int:
        found = self.numbers.get(condition)
        if found is None:
            with self.lock:
                found = self.numbers.get(condition)
                if found is None:
                    found = len(self.all)
                    self.all.append(condition)
                    self.names.append(names_in(condition))
                    self.numbers[condition] = found
        return found

    def put(self, number: int, name: str, value: Value) -> int:
        """The number of what is left of a condition once `name` has `value`."""
        if name not in self.names[number]:
            return number
        key = (number, name, value)
        found = self.moves.get(key)
        if found is None:
            found = self.moves[key] = self.number(put(self.all[number], name, value))
        return found


_kept: list[Remainders] = [Remainders()]


def _remainders() -> Remainders:
    if max(len(_kept[0].all), len(_kept[0].answers)) > MAX_KEPT:
        _kept[0] = Remainders()
    return _kept[0]


class _Diagram:
    def __init__(
        self,
        settle: Settle,
        values: Mapping[str, tuple[Value, ...]],
        order: Mapping[str, int],
        remainders: Remainders,
    ) -> None:
        self.settle = settle
        self.values = values
        self.order = order
        self.remainders = remainders
        self.nodes: dict[tuple[int, ...], object] = {}
        self.possible: set[int] = set()
        self.depends_on: set[str] = set()
        self.shared: dict[tuple[str, tuple[object, ...]], object] = {}

    def expand(self, conditions: tuple[int, ...]) -> object:
        """The node for what is left: the number of a result, or a shared (fact, children) pair."""
        if conditions in self.nodes:
            return self.nodes[conditions]
        result = self.settle([True if part == 0 else False if part == 1 else None for part in conditions])
        node: object = result if result >= 0 else self.branch(conditions)
        self.nodes[conditions] = node
        if len(self.nodes) > MAX_NODES:
            raise TooManyValuesError("The conditions depend on too many facts to list their values.")
        return node

    def branch(self, conditions: tuple[int, ...]) -> object:
        names, left = self.remainders.names, self.remainders.put
        name = min({name for part in conditions if part > 1 for name in names[part]}, key=self.order.__getitem__)
        children = tuple(
            [
                self.expand(tuple([part if part < 2 else left(part, name, value) for part in conditions]))
                for value in self.values[name]
            ]
        )
        identities = tuple([id(child) if isinstance(child, tuple) else child for child in children])
        if len(set(identities)) == 1:
            return children[0]
        return self.shared.setdefault((name, identities), (name, children))

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
    remainders = _remainders()
    numbers = tuple([remainders.number(residual) for residual in residuals])
    # Different facts often leave the same remainder. An entry keeps alive the objects whose identity is in its key.
    key = (id(settle), id(vocabulary), numbers)
    kept = remainders.answers.get(key)
    if kept is not None:
        return kept[2]
    values = representatives(residuals, vocabulary)
    order = {name: number for number, name in enumerate(values)}
    diagram = _Diagram(settle, values, order, remainders)
    diagram.collect(diagram.expand(numbers))
    found = Exact(frozenset(diagram.possible), frozenset(diagram.depends_on))
    remainders.answers[key] = (settle, vocabulary, found)
    return found


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
