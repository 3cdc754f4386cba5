"""In what capacity somebody signed is read from the title, never from a name or a department."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.instruments.capacities import capacity_of

TABLE = tomllib.loads((Path(__file__).parent / "capacities.toml").read_text(encoding="utf-8"))
CASES = [(words, capacity or None) for capacity, lines in TABLE.items() for words in lines]
FIRST = st.sampled_from(["Julius", "Warren", "Fay", "J.", "Justice", "Ottoline Q."])
NAMES = st.sampled_from(["Judge", "Justice", "Magistrate", "Gavel", "Nemo", "O'Judge"])


@pytest.mark.parametrize(("words", "capacity"), CASES)
def test_a_title_shows_a_capacity(words, capacity):
    assert capacity_of(words) == capacity


@given(
    first=FIRST,
    last=NAMES,
    title=st.sampled_from(["Deportation Officer", "Special Agent", "Field Office Director", "Inspector"]),
)
def test_no_name_makes_a_judge_of_an_officer(first, last, title):
    assert capacity_of(f"{first} {last}, {title}") == "other_officer"


@given(first=FIRST, last=NAMES)
def test_a_name_alone_makes_nobody_a_judge(first, last):
    assert capacity_of(f"{first} {last}") not in ("judge", "magistrate_judge")
