"""Small cells hidden so that no total gives them back: primary and complementary suppression, audited by a solver.

A count from 1 up to the threshold is hidden, and a total that is hidden so is not broken down at all. Then, for every
hidden count, the solver looks for another assignment that fits everything published; where there is none, a further
cell is hidden, and so on. What is published therefore always leaves at least two values possible for every hidden count
that is not nought.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import z3

from duly.errors import DulyError

DEFAULT_THRESHOLD = 5
Cell = tuple[str, ...]
"""A count's name: its table and its place in it."""
Why = Literal["small", "few", "complementary", "all"]
"""Why a count is hidden: it is small itself, it is part of a small total, it would give another one away, or nothing of
what it belongs to can be shown."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A count that is the sum of others, as every reader of the tables knows."""

    whole: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (self.whole, *self.parts)


def suppress(counts: Mapping[Cell, int], sums: Sequence[Sum], threshold: int) -> dict[Cell, Why]:
    """Which cells to hide, and why.

    A threshold of 1 hides nothing. Raises DulyError for a threshold of 2, under which every hidden count could only be 1.
    """
    check_threshold(threshold)
    if threshold == 1:
        return {}
    hidden: dict[Cell, Why] = {cell: "small" for cell, count in counts.items() if 0 < count < threshold}
    for total in sums:
        # Of a few, a breakdown would tell what became of each, noughts included.
        if 0 < counts[total.whole] < threshold:
            hidden.update(dict.fromkeys(total.parts, "few"))
    return _complement(counts, sums, threshold, hidden)


def check_threshold(threshold: int) -> None:
    if threshold < 1 or threshold == 2:
        raise DulyError(
            f"A threshold of {threshold} protects nothing.",
            remedy="Use 1 (internal) or at least 3.",
            code="bad-threshold",
        )


def is_determined(
    cell: Cell, counts: Mapping[Cell, int], sums: Sequence[Sum], threshold: int, hidden: Mapping[Cell, Why]
) -> bool:
    """Whether what is published leaves only one value for a hidden cell."""
    solver = _published(counts, sums, threshold, hidden)
    return bool(solver.check(_variable(cell) != counts[cell]) == z3.unsat)


def _complement(
    counts: Mapping[Cell, int], sums: Sequence[Sum], threshold: int, hidden: dict[Cell, Why]
) -> dict[Cell, Why]:
    """Hide further cells until no small count is determined. Ends at the latest when nothing is published."""
    exposed = [cell for cell in hidden if counts[cell] > 0]
    solver = _published(counts, sums, threshold, hidden)
    while exposed:
        if solver.check(_variable(exposed[-1]) != counts[exposed[-1]]) == z3.sat:
            exposed.pop()  # Hiding more only leaves more possible: a cell that is safe once stays safe.
        else:
            _cover(exposed[-1], counts, sums, threshold, hidden)
            solver = _published(counts, sums, threshold, hidden)
    return hidden


def _cover(
    cell: Cell, counts: Mapping[Cell, int], sums: Sequence[Sum], threshold: int, hidden: dict[Cell, Why]
) -> None:
    """Hide the cheapest further cell that covers this one; where no single one does, the cheapest of all."""
    reached = _within_reach(cell, sums, hidden)
    visible = (one for total in sums if not reached.isdisjoint(total.cells) for one in total.cells if one not in hidden)
    candidates = sorted({one for one in visible if counts[one] > 0}, key=lambda one: _price(one, counts, sums))
    for candidate in candidates:
        if not is_determined(cell, counts, sums, threshold, {**hidden, candidate: "complementary"}):
            hidden[candidate] = "complementary"
            return
    if candidates:
        hidden[candidates[0]] = "complementary"
        return
    # Nothing is left to hide, and the marks themselves say too much: they become one mark that says nothing. One matter
    # more of a kind that is there would then fit as well, so the cell is no longer determined.
    hidden.update(dict.fromkeys(reached, "all"))


def _within_reach(cell: Cell, sums: Sequence[Sum], hidden: Mapping[Cell, Why]) -> set[Cell]:
    """The hidden cells that some chain of sums over hidden cells ties to this one, and it itself."""
    reached = [cell]
    for current in reached:  # grows while it is walked
        for total in sums:
            if current in total.cells:
                reached.extend(one for one in total.cells if one in hidden and one not in reached)
    return set(reached)


def _price(cell: Cell, counts: Mapping[Cell, int], sums: Sequence[Sum]) -> tuple[int, int, Cell]:
    """A total tells more than a part, a large number more than a small one."""
    return sum(1 for total in sums if total.whole == cell), counts[cell], cell


def _published(counts: Mapping[Cell, int], sums: Sequence[Sum], threshold: int, hidden: Mapping[Cell, Why]) -> Any:
    """Everything that a reader knows: the visible counts, the sums, and what each mark gives away. A small count lies
    between 1 and the threshold, a part of a small total below it, what covers another one is not small, and where all
    is hidden nothing is known."""
    solver = z3.SolverFor("QF_LIA")
    for cell, why in hidden.items():
        variable = _variable(cell)
        lowest = {"small": 1, "complementary": threshold}.get(why, 0)
        solver.add(variable >= lowest)
        if why in ("small", "few"):
            solver.add(variable < threshold)
    for total in sums:
        if any(cell in hidden for cell in total.cells):
            terms = [_term(part, counts, hidden) for part in total.parts]
            solver.add(z3.Sum(terms) == _term(total.whole, counts, hidden) if terms else True)
    return solver


def _term(cell: Cell, counts: Mapping[Cell, int], hidden: Mapping[Cell, Why]) -> Any:
    return _variable(cell) if cell in hidden else z3.IntVal(counts[cell])


def _variable(cell: Cell) -> Any:
    return z3.Int(repr(cell))
