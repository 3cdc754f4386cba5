"""Small cells hidden so that no total gives them back: primary and complementary suppression, audited by a solver.

A count from 1 up to the threshold is hidden. Then, for every hidden count, the solver looks for another assignment that
fits everything published; where there is none, a further cell is hidden, and so on. What is published therefore always
leaves at least two values possible for every hidden small count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import z3

from duly.errors import DulyError

DEFAULT_THRESHOLD = 5
Cell = tuple[str, ...]
"""A count's name: its table and its place in it."""
Why = Literal["small", "complementary", "row"]


@dataclass(frozen=True, slots=True)
class Sum:
    """A count that is the sum of others, as every reader of the tables knows."""

    whole: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (self.whole, *self.parts)


def suppress(
    counts: Mapping[Cell, int], sums: Sequence[Sum], threshold: int, breakdowns: Iterable[Sum] = ()
) -> dict[Cell, Why]:
    """Which cells to hide, and why: `small`, `complementary`, or in a `row` that is hidden as a whole.

    `breakdowns` are sums that would tell what happened to each of a few: where the whole is small, all of its parts are
    hidden, zeros included. A threshold of 1 hides nothing. Raises DulyError for a threshold of 2, under
    which every hidden count could only be 1.
    """
    check_threshold(threshold)
    if threshold == 1:
        return {}
    hidden: dict[Cell, Why] = {cell: "small" for cell, count in counts.items() if 0 < count < threshold}
    for total in breakdowns:
        if 0 < counts[total.whole] < threshold:
            hidden.update(dict.fromkeys(total.parts, "row"))
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
    open_cells = [cell for cell, why in hidden.items() if why == "small" or (why == "row" and counts[cell] > 0)]
    while open_cells:
        solver = _published(counts, sums, threshold, hidden)
        # Hiding more only leaves more possible: a cell that is safe once stays safe.
        open_cells = [cell for cell in open_cells if solver.check(_variable(cell) != counts[cell]) == z3.unsat]
        if open_cells:
            further = _next_to_hide(open_cells[0], counts, sums, hidden)
            if further is None:
                raise DulyError("A small count cannot be hidden from its own totals.", code="cannot-suppress")
            hidden[further] = "complementary"
    return hidden


def _next_to_hide(
    cell: Cell, counts: Mapping[Cell, int], sums: Sequence[Sum], hidden: Mapping[Cell, Why]
) -> Cell | None:
    """The smallest visible part in a sum with the cell; failing that, the whole; failing that, further along the sums."""
    reached, seen = [cell], {cell}
    for current in reached:  # grows while it is walked
        mine = [total for total in sums if current in total.cells]
        parts = {part for total in mine for part in total.parts if part not in hidden and counts[part] > 0}
        wholes = {total.whole for total in mine if total.whole not in hidden}
        if parts or wholes:
            return min(parts or wholes, key=lambda one: (counts[one], one))
        for total in mine:
            for neighbour in total.cells:
                if neighbour in hidden and neighbour not in seen:
                    seen.add(neighbour)
                    reached.append(neighbour)
    return None


def _published(counts: Mapping[Cell, int], sums: Sequence[Sum], threshold: int, hidden: Mapping[Cell, Why]) -> Any:
    """Everything that a reader knows: the visible counts, the sums, and what each mark gives away. A small count lies
    between 1 and the threshold, one in a hidden row below it, and whatever else is hidden is not small."""
    solver = z3.SolverFor("QF_LIA")
    for cell, why in hidden.items():
        variable = _variable(cell)
        if why == "complementary":
            solver.add(variable >= threshold)
        else:
            solver.add(variable >= (1 if why == "small" else 0), variable < threshold)
    for total in sums:
        if any(cell in hidden for cell in total.cells):
            terms = [_term(part, counts, hidden) for part in total.parts]
            solver.add(z3.Sum(terms) == _term(total.whole, counts, hidden) if terms else True)
    return solver


def _term(cell: Cell, counts: Mapping[Cell, int], hidden: Mapping[Cell, Why]) -> Any:
    return _variable(cell) if cell in hidden else z3.IntVal(counts[cell])


def _variable(cell: Cell) -> Any:
    return z3.Int(repr(cell))
