"""No total gives a small number back, to an attacker with a solver or with much time."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.matters.desk import KINDS
from tests.register.office import AS_OF, all_events, count, office

from duly.register import (
    Sum,
    is_determined,
    matter_rows,
    suppress,
)
from duly.register.figures import tally

MARK = {
    "small": lambda n, t: 1 <= n < t,
    "few": lambda n, t: n < t,
    "complementary": lambda n, t: n >= t,
    "all": lambda n, t: True,
}


def attack(counts: dict[Any, int], sums: list[Sum], threshold: int, hidden: dict[Any, str]) -> dict[Any, set[int]]:
    """Every value that each hidden cell can have, by trying all tables: an attacker with no solver and much time."""
    wholes = [total.whole for total in sums]
    leaves = [cell for cell in counts if cell not in wholes]
    tries = [range(counts[cell] + 4) if cell in hidden else (counts[cell],) for cell in leaves]
    possible: dict[Any, set[int]] = {cell: set() for cell in hidden}
    for values in itertools.product(*tries):
        guess = dict(zip(leaves, values, strict=True))
        for total in sums:
            guess[total.whole] = sum(guess[part] for part in total.parts)
        if all(MARK[hidden[cell]](n, threshold) if cell in hidden else n == counts[cell] for cell, n in guess.items()):
            for cell in hidden:
                possible[cell].add(guess[cell])
    return possible


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=2, max_size=2), st.sampled_from([3, 4]))
def test_no_hidden_number_follows_from_the_margins(table: list[list[int]], threshold: int) -> None:
    counts: dict[Any, int] = {}
    for i, row in enumerate(table):
        for j, number in enumerate(row):
            counts[("cell", str(i), str(j))] = number
    rows = [Sum(("row", str(i)), tuple(("cell", str(i), str(j)) for j in range(2))) for i in range(2)]
    columns = [Sum(("column", str(j)), tuple(("cell", str(i), str(j)) for i in range(2))) for j in range(2)]
    sums = [
        *rows,
        *columns,
        Sum(("all",), (("row", "0"), ("row", "1"))),
        Sum(("all",), (("column", "0"), ("column", "1"))),
    ]
    for total in [*rows, *columns, sums[-1]]:
        counts[total.whole] = sum(counts[part] for part in total.parts)
    hidden = suppress(counts, sums, threshold)
    for cell, values in attack(counts, sums, threshold, dict(hidden)).items():
        assert counts[cell] in values
        if hidden[cell] != "complementary" and counts[cell] > 0:
            assert len(values) > 1, f"{cell} can only be {values}"
            assert not is_determined(cell, counts, sums, threshold, hidden)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 14), st.text(alphabet="dcp", max_size=14), st.integers(0, 5))
def test_in_real_figures_no_hidden_number_follows_from_what_is_shown(number: int, answered: str, late: int) -> None:
    desk = office(number, answered[:number], late)
    rows = list(matter_rows(all_events(desk), KINDS, AS_OF))
    counts, sums = tally(rows)
    found = count(desk, threshold=5)
    hidden = {cell: figure.why for cell, figure in found.figures.items() if figure.why is not None}
    for cell in hidden:
        assert found[cell].number is None
        if counts[cell] > 0 and hidden[cell] != "complementary":
            assert not is_determined(cell, counts, sums, 5, hidden)
    assert all(
        figure.number == counts[cell] for cell, figure in found.figures.items() if cell not in (*hidden, ("refused",))
    )


def test_the_sums_of_the_tables_hold() -> None:
    counts, sums = tally(list(matter_rows(all_events(office(9, "ddcpp", late=1)), KINDS, AS_OF)))
    assert isinstance(counts, Counter)
    for total in sums:
        assert counts[total.whole] == sum(counts[part] for part in total.parts)
