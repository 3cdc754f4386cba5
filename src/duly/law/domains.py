"""Finitely many values that stand for all values of a fact, as far as some conditions can tell them apart.

For a fact compared with literals only: one value for each way that its comparisons can come out together. For facts
compared with each other (two dates): every value that a chain of such comparisons can force, built up from the literals
and the ends of the calendar. A set of order relations that can be met at all can be met by its least solution, and that
lies among these values, so nothing is missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from duly.errors import DulyError
from duly.law.condition import Compare, Expression, Name, OneOf, Shift, Value, names_in, walk
from duly.law.kleene import saturated_shift
from duly.law.residual import put
from duly.law.vocabulary import FactType

FIRST_DAY, LAST_DAY = date(1000, 1, 1), date(8999, 12, 31)
FIRST_MOMENT, LAST_MOMENT = datetime(1000, 1, 1, tzinfo=UTC), datetime(8999, 12, 31, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


class TooManyValuesError(DulyError):
    """The conditions tie too many facts together to list the values; the solver takes over."""

    code = "too-many-values"


def representatives(
    conditions: Iterable[Expression], facts: Mapping[str, FactType], limit: int = 4_000
) -> dict[str, tuple[Value, ...]]:
    """For each fact in the residual `conditions`, the values that stand for all. Raises `TooManyValuesError`."""
    atoms = list(dict.fromkeys(atom for condition in conditions for atom in _atoms(condition)))
    names = {name: kind for atom in atoms for name, kind in _names(atom)}
    tied = {name for atom in atoms if len(mentioned := names_in(atom)) > 1 for name in mentioned}
    chosen: dict[str, tuple[Value, ...]] = {}
    grown = _ordered_values(
        [name for name in names if names[name] in ("integer", "date", "moment")], atoms, facts, limit
    )
    for name, kind in names.items():
        if kind == "boolean":
            values = [Value(True, "boolean"), Value(False, "boolean")]
        elif kind in ("choice", "text"):
            values = _words(name, atoms, tied, facts, len(names))
        else:
            values = grown[name]
        own = [atom for atom in atoms if names_in(atom) == (name,)]
        chosen[name] = tuple(values) if name in tied else _told_apart(name, values, own)
    return chosen


def _atoms(condition: Expression) -> Iterable[Expression]:
    for node in walk(condition):
        if isinstance(node, Compare | OneOf) or (isinstance(node, Name) and node.kind == "boolean"):
            yield node


def _names(atom: Expression) -> Iterable[tuple[str, str]]:
    return ((node.name, node.kind) for node in walk(atom) if isinstance(node, Name))


def _told_apart(name: str, values: Sequence[Value], atoms: Sequence[Expression]) -> tuple[Value, ...]:
    """One value for each combination of answers that the fact's own atoms can give."""
    seen: dict[tuple[Expression, ...], Value] = {}
    for value in values:
        seen.setdefault(tuple(put(atom, name, value) for atom in atoms), value)
    return tuple(seen.values())


def _words(
    name: str, atoms: Sequence[Expression], tied: set[str], facts: Mapping[str, FactType], count: int
) -> list[Value]:
    """The words that the atoms mention, and others: all choices, or (where any word may stand) words of our own."""
    entry = facts[name]
    mentioned = list(dict.fromkeys(str(value.value) for atom in atoms for value in _literals(atom)))
    closed = entry.kind == "choice" and not entry.open
    words = list(dict.fromkeys([*entry.choices, *(() if closed else mentioned)]))
    if not closed:
        others = count + 1 if name in tied else 1
        words += [word for word in (f"(another word{' ' * number})" for number in range(others)) if word not in words]
    return [Value(word, entry.kind) for word in words]


def _literals(atom: Expression) -> Iterable[Value]:
    for node in walk(atom):
        if isinstance(node, OneOf):
            yield from node.values
        elif isinstance(node, Value):
            yield node


def _ordered_values(
    names: Sequence[str], atoms: Sequence[Expression], facts: Mapping[str, FactType], limit: int
) -> dict[str, list[Value]]:
    """Values of integers, dates and moments: the bounds, each literal moved back through the shifts, one step to each
    side, and then whatever comparisons between two facts carry over, as many rounds as there are facts."""
    values: dict[str, set[int | date | datetime]] = {name: set(_bounds(facts[name])) for name in names}
    links: list[tuple[tuple[str, Shift | Name], tuple[str, Shift | Name], bool]] = []
    for atom in atoms:
        sides = _sides(atom)
        for side in sides:
            if side is not None and side[0] in values:
                for literal in _literals(atom):
                    values[side[0]].update(_around(_moved_back(side[1], literal.value), _moves_by_months(atom)))
        if len(sides) == 2 and sides[0] is not None and sides[1] is not None and sides[0][0] in values:
            links += [(sides[0], sides[1], _moves_by_months(atom)), (sides[1], sides[0], _moves_by_months(atom))]
    for _ in range(len({name for link in links for name in (link[0][0], link[1][0])})):
        for (source, shape), (target, back), wide in links:
            carried = {moved(shape, value) for value in values[source]}
            values[target].update(near for value in carried for near in _around(_moved_back(back, value), wide))
            if len(values[target]) > limit:
                raise TooManyValuesError(f"{target} is tied to too many other facts.")
    return {
        name: [Value(value, facts[name].kind) for value in sorted(_within(values[name], facts[name]))] for name in names
    }


def _bounds(entry: FactType) -> tuple[int | date | datetime, ...]:
    if entry.kind == "date":
        return (entry.minimum or FIRST_DAY, entry.maximum or LAST_DAY)
    if entry.kind == "moment":
        return (FIRST_MOMENT, LAST_MOMENT)
    return tuple(bound for bound in (entry.minimum, entry.maximum) if bound is not None) or (0,)


def _within(values: set[int | date | datetime], entry: FactType) -> list[int | date | datetime]:
    low, high = entry.minimum, entry.maximum
    return [
        value
        for value in values
        if (low is None or value >= low) and (high is None or value <= high)  # type: ignore[operator]
    ]


def _sides(atom: Expression) -> list[tuple[str, Shift | Name] | None]:
    """The fact on each side of an atom with the shifts around it; None for a literal side."""
    parts = (atom.left, atom.right) if isinstance(atom, Compare) else (atom.item,) if isinstance(atom, OneOf) else ()
    found: list[tuple[str, Shift | Name] | None] = []
    for part in parts:
        names = names_in(part)
        found.append((names[0], part) if names and isinstance(part, Shift | Name) else None)
    return found


def moved(shape: Expression, value: int | date | datetime) -> int | date | datetime:
    """Where the shifts of `shape`, innermost first, carry a value."""
    if isinstance(shape, Shift):
        inner = moved(shape.item, value)
        return saturated_shift(inner, shape.months, shape.days, shape.seconds) if isinstance(inner, date) else inner
    return value


def _moved_back(shape: Expression, value: object) -> int | date | datetime:
    """The value, or a day or three from it, that the shifts of `shape` carry to `value`."""
    assert isinstance(value, int | date)
    if isinstance(shape, Shift) and isinstance(value, date):
        back = saturated_shift(value, 0, -shape.days, -shape.seconds)
        return _moved_back(shape.item, saturated_shift(back, -shape.months, 0, 0))
    return value


def _moves_by_months(atom: Expression) -> bool:
    return any(isinstance(node, Shift) and node.months for node in walk(atom))


def _around(value: int | date | datetime, wide: bool) -> Iterable[int | date | datetime]:
    """`value` and its neighbours; `wide` for months, because a month's end moved back and forth lies up to three days
    off."""
    yield value
    if isinstance(value, datetime):
        yield from (_stepped(value, _TICK), _stepped(value, -_TICK))
    elif isinstance(value, date):
        steps = (-4, -3, -2, -1, 1, 2, 3, 4) if wide else (-1, 1)
        yield from (_stepped(value, timedelta(days=step)) for step in steps)
    else:
        yield from (value - 1, value + 1)


def _stepped(value: date, step: timedelta) -> date:
    try:
        return value + step
    except OverflowError:
        return value
