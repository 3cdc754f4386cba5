"""One paper and one act in every rulebook: a table, a map of equal squares, and every answer with its proof."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from django.http import QueryDict

from duly import law
from duly.desk.law.asked import facts_of, read
from duly.desk.law.places import compared
from duly.desk.law.tiles import TILES
from duly.desk.shelf import library

QUESTION = "act=hold_past_release&paper=ice-i-247a&place=us/co/denver&on=2026-02-02&f.office.kind=sheriff"
PAGE = f"/law/places/?{QUESTION}"


def comparison(query: str = QUESTION):
    asked, wrong = read(library(), QueryDict(query), None, date(2026, 2, 2))
    assert not wrong
    return asked, compared(library(), asked)


def test_every_rulebook_stands_in_the_table_once_a_city_beneath_its_state() -> None:
    _, found = comparison()
    order = [row.place.id for row in found.rows]
    assert sorted(order) == sorted(library().jurisdictions)
    assert order.index("us/co") + 1 == order.index("us/co/denver")
    assert order[0] == "us"


def test_each_row_gives_what_asking_there_gives() -> None:
    asked, found = comparison()
    for row in found.rows:
        there, wrong = read(library(), QueryDict(row.proof.partition("?")[2]), None, date(2020, 1, 1))
        assert not wrong
        answer = law.determine(library(), there.place, there.act, facts_of(library(), there), there.on)
        assert (there.place, there.on) == (row.place.id, asked.on)
        assert answer.possible == row.answer.possible


def test_what_is_said_of_the_paper_is_said_in_every_place() -> None:
    _, before = comparison()
    _, after = comparison(f"{QUESTION}&f.instrument.cancels_detainer=no&f.person.proof_of_status_provided=no")
    for one, other in zip(before.rows, after.rows, strict=True):
        assert set(other.answer.possible) <= set(one.answer.possible)
    assert {row.answer.outcome for row in after.rows} >= {"required", "forbidden"}


def test_the_map_has_one_square_for_each_state_and_no_two_on_one_spot() -> None:
    assert len(TILES) == 51
    assert len({tile.code for tile in TILES}) == 51
    assert len({(tile.column, tile.row) for tile in TILES}) == 51
    assert all(1 <= tile.column <= 12 and 1 <= tile.row <= 8 for tile in TILES)


def test_every_state_with_a_rulebook_is_on_the_map_under_its_own_name() -> None:
    names = {tile.jurisdiction: tile.name for tile in TILES}
    for place in library().jurisdictions.values():
        if place.level == "state":
            assert names[place.id] == place.name


def test_a_state_without_a_rulebook_is_said_to_have_none_and_never_called_unregulated(visit, office) -> None:
    page = visit("clerk").get(PAGE).content.decode()
    squares = dict(re.findall(r'<li class="tile [^"]*(tile--[a-z]+)">.*?tile__code"[^>]*>([A-Z]{2})<', page, re.DOTALL))
    assert squares
    _, found = comparison()
    for square in found.squares:
        if square.row is None:
            cell = re.search(rf">{square.tile.code}</abbr>(.*?)</li>", page, re.DOTALL)[1]
            assert "no rulebook here yet" in cell
            assert "nregulated" not in cell


def test_the_comparison_is_headed_in_words_that_need_no_form_number(visit, office) -> None:
    page = visit("clerk").get("/law/places/?act=produce_records&paper=ice-i-138").content.decode()
    assert "a subpoena of the immigration agency, not ordered by a court" in html.unescape(page)


def test_the_link_to_send_on_shows_the_same_comparison(visit, office, other_office) -> None:
    page = visit("clerk").get(PAGE).content.decode()
    link = html.unescape(re.search(r'id="link" readonly value="([^"]+)"', page)[1])
    answers = [
        re.findall(r'<tr id="(place-[^"]+)">.*?outcome--([a-z]+)', shown, re.DOTALL)
        for shown in (page, visit("clerk", at=other_office).get(link).content.decode())
    ]
    assert answers[0] == answers[1]


def test_before_anything_is_chosen_the_page_says_what_to_do(visit, office) -> None:
    answer = visit("clerk").get("/law/places/")
    assert answer.status_code == 200
    assert "Choose a paper and an act." in answer.content.decode()


@pytest.mark.parametrize("query", ["act=dance&paper=ice-i-138", "act=testify&paper=parchment", f"{QUESTION}&on=soon"])
def test_a_question_that_cannot_be_compared_is_refused_with_a_sentence(visit, office, query) -> None:
    answer = visit("clerk").get(f"/law/places/?{query}")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
