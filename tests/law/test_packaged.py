"""The rulebooks that come with Duly: every worked example beside the law comes out as it says."""

from __future__ import annotations

import pytest

from duly.clock import Calendars
from duly.law import Library, load, run_case
from duly.law.rules import Case

LIBRARY = load()


@pytest.mark.parametrize("case", LIBRARY.cases, ids=lambda case: f"{case.office}: {case.name}")
def test_a_case_beside_the_law_comes_out_as_it_says(case: Case, calendars: Calendars) -> None:
    assert [str(failure) for failure in run_case(LIBRARY, case, calendars)] == []


def test_loading_the_same_files_again_gives_the_same_library(library: Library) -> None:
    assert load() is library
