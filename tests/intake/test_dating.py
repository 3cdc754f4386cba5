"""Dates and times as papers write them."""

import tomllib
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.intake.dating import AMBIGUOUS, find_dates, find_times

CASES = tomllib.loads(Path(__file__).with_name("dates.toml").read_text(encoding="utf-8"))["read"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_date_is_read_as_the_paper_means_it_and_what_is_doubtful_is_said(case):
    found = find_dates(case["text"])
    if "date" not in case and not case.get("impossible"):
        assert found == []
        return
    assert found[0].value == case.get("date")
    assert list(found[0].flags) == case.get("flags", [])


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_a_date_written_out_comes_back_whatever_the_day(day):
    for text in (
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%B} {day.year}",
        day.isoformat(),
        f"{day:%m/%d/%Y}",
    ):
        assert find_dates(text)[0].value == day


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_numbers_are_flagged_exactly_when_both_orders_give_a_date(day):
    flags = find_dates(f"{day:%m/%d/%Y}")[0].flags
    assert (AMBIGUOUS in flags) is (day.day <= 12 and day.day != day.month)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10:00 a.m.", time(10)), ("4:15 PM", time(16, 15)), ("12:00 noon", time(12)), ("12:30 a.m.", time(0, 30)), ("9 a.m.", time(9)),
        ("1400 hrs", time(14)), ("14:30", time(14, 30)),
    ],
)  # fmt: skip
def test_a_time_is_read_with_its_half_of_the_day(text, expected):
    assert find_times(text)[0].value == expected


def test_a_time_without_its_half_of_the_day_says_so():
    assert find_times("10:00")[0].flags == ("no a.m. or p.m.",)


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text):
    find_dates(text)
    find_times(text)
