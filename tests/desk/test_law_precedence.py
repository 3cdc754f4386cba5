"""Which rule gives way to which: every override drawn once, readable as a table, narrow enough for a telephone."""

from __future__ import annotations

from datetime import date

import pytest

from duly.desk.law.precedence import ROW, draw, rules_of
from duly.desk.shelf import library

ON = date(2026, 2, 2)


@pytest.mark.parametrize("place", ["us", "us/ca", "us/co/denver", "us/tx"])
@pytest.mark.parametrize("act", ["", "produce_records", "hold_past_release"])
def test_every_override_between_the_rules_shown_is_one_line(place, act) -> None:
    books = library()
    rules = rules_of(books, place, act, ON)
    shown = {rule.id for rule in rules}
    found = draw(books, rules, ON, exceptions=False)
    lines = {(line.start.rule, line.end.rule) for line in found.lines if line.relation == "goes before"}
    assert lines == {(over, under) for over, under in books.overriding() if over in shown and under in shown}
    assert len({node.number for node in found.nodes}) == len(found.nodes) == len(rules)
    assert found.height == ROW * len(rules)


@pytest.mark.parametrize("place", ["us/ca", "us/co/denver"])
def test_lines_of_different_rules_never_share_a_lane_where_they_pass_each_other(place) -> None:
    books = library()
    found = draw(books, rules_of(books, place, "produce_records", ON), ON, exceptions=True)
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for line in found.lines:
        low, high = sorted((line.start.number, line.end.number))
        key = (line.lane, line.start.number)
        before = spans.get(key, (low, high))
        spans[key] = (min(before[0], low), max(before[1], high))
    for (lane, start), (low, high) in spans.items():
        for (other_lane, other_start), (begin, end) in spans.items():
            if lane == other_lane and start != other_start:
                assert high < begin or end < low


def test_the_higher_law_stands_above_the_lower_and_an_exception_beneath_its_rule() -> None:
    books = library()
    found = draw(books, rules_of(books, "us/co/denver", "produce_records", ON), ON, exceptions=True)
    layers = [node.layer for node in found.nodes]
    order = ["federal", "state", "local", "policy"]
    assert layers == sorted(layers, key=order.index)
    exceptions = [line for line in found.lines if line.relation == "is an exception to"]
    assert exceptions
    assert all(line.start.number == line.end.number + 1 for line in exceptions)


def test_a_telephone_has_room_for_the_lines_of_any_act_anywhere() -> None:
    books = library()
    for place in books.jurisdictions:
        for act in ("", "produce_records", "hold_past_release", "disclose_home_address"):
            assert draw(books, rules_of(books, place, act, ON), ON, exceptions=bool(act)).width <= 180


def test_the_table_says_in_words_what_the_lines_draw(visit, office) -> None:
    page = visit("clerk").get("/law/graph/?place=us/co/denver&act=produce_records&on=2026-02-02").content.decode()
    table = page[page.index("The same in words") :]
    for over, under in library().overriding():
        rules = library().by_id
        if all(f"{rules[id].title}</b>" in page for id in (over, under)):
            assert rules[over].title in table
            assert rules[under].title in table
    assert 'role="img"' in page


def test_an_act_that_no_rule_speaks_about_is_said_to_be_one(visit, office) -> None:
    books, long_ago = library(), date(1900, 1, 1)
    silent = next(act for act in books.vocabulary.acts if not rules_of(books, "us/tx", act, long_ago))
    answer = visit("clerk").get(f"/law/graph/?place=us/tx&act={silent}&on=1900-01-01")
    assert answer.status_code == 200
    assert "No rule in force here on that day" in answer.content.decode()
    assert visit("clerk").get("/law/graph/?act=dance").status_code == 422
