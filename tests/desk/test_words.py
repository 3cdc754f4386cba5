"""Time left is said in words with a tone, in the deadline's own zone; unknown is never blank."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from duly.desk.matter.banner import in_order
from duly.desk.words.dates import clock
from duly.desk.words.evidence import fact_value_words, source_words, value_words
from duly.evidence import Evidence

DENVER = ZoneInfo("America/Denver")
NOW = datetime(2020, 1, 14, 9, 0, tzinfo=DENVER)


@pytest.mark.parametrize(
    ("due", "tone", "left"),
    [
        (date(2020, 1, 27), "later", "in 13 days"),
        (date(2020, 1, 17), "soon", "in 3 days"),
        (date(2020, 1, 15), "soon", "tomorrow"),
        (date(2020, 1, 14), "today", "today"),
        (date(2020, 1, 13), "overdue", "overdue by 1 day"),
        (datetime(2020, 1, 14, 10, 30, tzinfo=DENVER), "today", "today, 1 hour left"),
        (datetime(2020, 1, 14, 8, 30, tzinfo=DENVER), "overdue", "overdue by 30 minutes"),
        (datetime(2020, 1, 16, 10, 0, tzinfo=DENVER), "soon", "in 2 days"),
        (datetime(2020, 1, 14, 17, 30, tzinfo=ZoneInfo("UTC")), "today", "today, 1 hour left"),
        (None, "unknown", "not known yet"),
    ],
)
def test_time_left_in_words(due, tone, left) -> None:
    shown = clock(due, NOW)
    assert (shown.tone, shown.left) == (tone, left)


def test_what_was_met_is_never_overdue() -> None:
    assert clock(date(2020, 1, 2), NOW, met=True).tone == "met"


def test_a_civil_day_is_due_until_it_ends() -> None:
    assert clock(date(2020, 1, 14), NOW.replace(hour=23, minute=59)).tone == "today"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "not known"),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (time(14, 0), "14:00"),
        (("a", "b"), "a; b"),
        ("x\ny", "x, y"),
    ],
)
def test_a_value_in_words(value, words) -> None:
    assert value_words(value) == words


def test_a_choice_is_said_without_its_underscores() -> None:
    assert fact_value_words("administrative_subpoena") == "administrative subpoena"


def test_what_a_machine_read_says_that_nobody_confirmed_it() -> None:
    assert "not confirmed yet" in source_words(Evidence("ocr", page=1))
    assert "confirmed by C. Clerk" in source_words(Evidence("ocr", page=1, confirmed_by="C. Clerk"))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("MUESTRA FICTICIO, Teodoro", "Teodoro Muestra Ficticio"),
        ("EJEMPLO-PRUEBA, Nicanor", "Nicanor Ejemplo-Prueba"),
        ("Nicanor Ejemplo", "Nicanor Ejemplo"),
        ("Golden Mirage Packing, Inc.", "Golden Mirage Packing, Inc."),
        ("Matter of Records, 2020", "Matter of Records, 2020"),
    ],
)
def test_a_name_is_shown_as_it_is_spoken_and_nothing_else_is_turned_around(name, shown) -> None:
    assert in_order(name) == shown
