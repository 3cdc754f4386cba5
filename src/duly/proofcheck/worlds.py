"""Every way in which the unknown facts can come out, as far as the conditions can tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from .conditions import Reading, Tree, moved, parts_of

LIMIT = 200_000
Claim = tuple[Tree, Reading]
Kinds = dict[str, dict[str, Any]]


class TooManyWorldsError(Exception):
    """More worlds than can be gone through."""


def values_of(names: list[str], claims: list[Claim], kinds: Kinds) -> dict[str, list[Any]]:
    """For each fact values that stand for all: every literal and its neighbours, carried along from fact to fact."""
    trees = [tree for tree, _ in _all_trees(claims)]
    # A known fact that an unknown one is compared with tells its values apart as a literal does.
    literals = {value for tree in trees for value in _literals(tree)}
    literals |= {value for _, reading in claims for value in reading.record.values()}
    moves = {tuple(part[2:]) for tree in trees for part in parts_of(tree) if part[0] == "move"} | {(0, 0, 0)}
    # A chain of comparisons can lead from each fact of a type to each other one: as many rounds as there are.
    return {
        name: _values(kinds[name], literals, moves, sum(kinds[other]["type"] == kinds[name]["type"] for other in names))
        for name in names
    }


def _all_trees(claims: list[Claim]) -> Iterator[Claim]:
    for tree, reading in claims:
        yield tree, reading
        yield from _all_trees(list(reading.definitions.values()))


def _literals(tree: Tree) -> Iterator[Any]:
    for part in parts_of(tree):
        if part[0] == "value":
            yield part[1]
        elif part[0] == "in":
            yield from part[2]


def _values(kind: dict[str, Any], literals: set[Any], moves: set[tuple[int, ...]], count: int) -> list[Any]:
    match kind["type"]:
        case "boolean":
            return [True, False]
        case "choice" | "text":
            words = list(kind.get("choices", []))
            if kind["type"] == "text" or kind.get("open"):
                mentioned = sorted(word for word in literals if isinstance(word, str))
                words += [word for word in mentioned if word not in words]
                words += [f"\N{BULLET}{number}" for number in range(count)]
            return words
        case "integer":
            numbers = {value for value in literals if type(value) is int} | {0}
            return _bounded({near for value in numbers for near in (value - 1, value, value + 1)}, kind)
        case "date":
            days = {value for value in literals if type(value) is date} | {date(1000, 1, 1), date(8999, 12, 31)}
            days |= {day for day in (kind.get("minimum"), kind.get("maximum")) if day is not None}
            return _bounded(_carried(days, moves, count, timedelta(days=1)), kind)
        case _:
            moments = {value for value in literals if type(value) is datetime}
            ends = {datetime(1000, 1, 1, tzinfo=UTC), datetime(8999, 12, 31, tzinfo=UTC)}
            return _bounded(_carried(moments | ends, moves, count, timedelta(microseconds=1)), kind)


def _carried(values: set[Any], moves: set[tuple[int, ...]], count: int, step: timedelta) -> set[Any]:
    """The values, moved forth and back by every interval as often as there are facts to chain, with their neighbours."""
    for _ in range(count):
        for months, days, seconds in moves:
            for sign in (1, -1):
                values = values | {moved(value, sign * months, sign * days, sign * seconds) for value in values}
        wide = 4 if any(months for months, _, _ in moves) else 1
        values = values | {_stepped(value, step * near) for value in values for near in range(-wide, wide + 1)}
        if len(values) > LIMIT:
            raise TooManyWorldsError
    return values


def _stepped(value: Any, step: timedelta) -> Any:
    try:
        return value + step
    except OverflowError:
        return value


def _bounded(values: set[Any], kind: dict[str, Any]) -> list[Any]:
    low, high = kind.get("minimum"), kind.get("maximum")
    return sorted(value for value in values if (low is None or value >= low) and (high is None or value <= high))


def told_apart(name: str, values: list[Any], claims: list[Claim]) -> list[Any]:
    """One value for each way the claims come out, where each comparison with `name` names no other fact."""
    atoms = [
        (part, reading)
        for tree, reading in _all_trees(claims)
        for part in parts_of(tree)
        if part[0] in ("compare", "in") and name in reading.names(part)
    ]
    if any(reading.names(part) != [name] for part, reading in atoms):
        return values
    seen: dict[tuple[Any, ...], Any] = {}
    for value in values:
        answers = tuple(reading.with_record({name: value}).value(part) for part, reading in atoms)
        bare = value if isinstance(value, bool) else None
        seen.setdefault((answers, bare), value)
    return list(seen.values())


def outcomes_of(claims: list[Claim], kinds: Kinds, decide: Callable[[list[bool]], str]) -> frozenset[str]:
    """What `decide` makes of the claims' truths, over all worlds."""
    return _Worlds(claims, kinds, decide, ()).outcomes()


def settled_by(names: tuple[str, ...], claims: list[Claim], kinds: Kinds, decide: Callable[[list[bool]], str]) -> bool:
    """Whether in all worlds that agree on `names` the result is one, with the record left as it is."""
    worlds = _Worlds(claims, kinds, decide, names)
    worlds.outcomes()
    return worlds.settled


class _Worlds:
    """Goes through the worlds, one fact at a time, `first` facts first; equal remainders are gone through once."""

    def __init__(
        self, claims: list[Claim], kinds: Kinds, decide: Callable[[list[bool]], str], first: tuple[str, ...]
    ) -> None:
        self.claims = claims
        self.decide = decide
        self.first = first
        self.record = claims[0][1].record if claims else {}
        self.names = [reading.names(tree) for tree, reading in claims]
        unknown = list(dict.fromkeys(name for names in self.names for name in names if name not in self.record))
        values = values_of(unknown, claims, kinds)
        self.values = {name: told_apart(name, options, claims) for name, options in values.items()}
        self.seen: dict[tuple[Any, ...], frozenset[str]] = {}
        self.left = LIMIT
        self.settled = True

    def outcomes(self) -> frozenset[str]:
        return self.go({}, tuple(range(len(self.claims))), tuple([None] * len(self.claims)))

    def go(
        self, world: dict[str, Any], open_claims: tuple[int, ...], truths: tuple[bool | None, ...]
    ) -> frozenset[str]:
        decided = list(truths)
        for index in open_claims:
            tree, reading = self.claims[index]
            decided[index] = reading.value(tree, world)
        still = tuple(index for index in open_claims if decided[index] is None)
        if not still:
            return frozenset([self.decide([bool(each) for each in decided])])
        names = list(dict.fromkeys(name for index in still for name in self.names[index]))
        key = (tuple(decided), tuple((name, world[name]) for name in names if name in world))
        if key not in self.seen:
            self.left -= 1
            if self.left < 0:
                raise TooManyWorldsError
            free = [name for name in names if name not in self.record and name not in world]
            name = next((name for name in free if name in self.first), free[0])
            found = frozenset[str]()
            for value in self.values[name]:
                found |= self.go(world | {name: value}, still, tuple(decided))
            if name not in self.first and len(found) > 1:
                self.settled = False
            self.seen[key] = found
        return self.seen[key]
