"""Two dates or two places: which rules differ, and for each act a case answered otherwise, or the proof that there is none."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from duly import law
from duly.desk.law.asked import facts_of, read
from duly.desk.law.differing import act_differing, changes, pieces, rules_differing
from duly.desk.shelf import library
from duly.law import LawAt

BEFORE = "place=us/co&from=2019-05-27&to=2019-05-29"


def test_a_rule_that_begins_is_said_to_have_come_and_one_that_ends_to_have_gone() -> None:
    books = library()
    for rule in books.rules("us/co/denver"):
        start, end = rule.in_force
        if start is not None and end is None:
            found = rules_differing(
                LawAt(books, "us/co/denver", start - timedelta(days=1)), LawAt(books, "us/co/denver", start)
            )
            came = {one.link.id for one in found.came} | {one.came.id for one in found.reworded}
            assert rule.id in came
    back = rules_differing(
        LawAt(books, "us/co/denver", date(2019, 5, 29)), LawAt(books, "us/co/denver", date(2019, 5, 27))
    )
    assert "us/co/24-76.6-102/hold" in {one.link.id for one in back.gone}


def test_the_law_of_one_day_differs_in_nothing_from_itself() -> None:
    found = rules_differing(*[LawAt(library(), "us/tx", date(2026, 1, 1))] * 2)
    assert not (found.gone or found.came or found.reworded)
    assert found.same


@given(st.text(alphabet="ab c\n", max_size=40), st.text(alphabet="ab c\n", max_size=40))
def test_what_stayed_and_what_went_make_the_old_text_and_what_came_makes_the_new(before: str, after: str) -> None:
    found = list(pieces(before, after))
    assert "".join(text for what, text in found if what != "new") == before
    assert "".join(text for what, text in found if what != "gone") == after


def test_what_differs_is_marked_by_elements_and_words_and_not_by_colour_alone(visit, office) -> None:
    page = visit("counsel").get(f"/law/differences/?{BEFORE}").content.decode()
    assert re.search(r"<ins><a [^>]*>No arrest or detention on a civil immigration detainer</a></ins>", page)
    assert "Came (" in page


def test_the_page_comes_at_once_and_asks_for_each_act_by_itself(visit, office) -> None:
    page = visit("counsel").get(f"/law/differences/?{BEFORE}").content.decode()
    parts = [html.unescape(found) for found in re.findall(r'hx-get="([^"]+)"', page)]
    assert len(parts) == len(library().vocabulary.acts)
    part = visit("counsel").get(
        next(one for one in parts if "hold_past_release" in one), headers={"HX-Request": "true"}
    )
    text = part.content.decode()
    assert "<html" not in text
    assert "Differs" in text
    assert "the paper is" in text


def test_without_scripts_each_act_is_a_link_and_all_of_them_a_page(visit, office) -> None:
    counsel = visit("counsel")
    page = counsel.get(f"/law/differences/?{BEFORE}").content.decode()
    assert "<noscript>" in page
    alone = counsel.get(f"/law/differences/testify/?{BEFORE}").content.decode()
    assert "<html" in alone
    assert "Proved: no case has another answer." in alone
    everything = counsel.get(f"/law/differences/?{BEFORE}&cases=all").content.decode()
    assert "hx-get" not in everything
    assert everything.count("Proved: no case has another answer.") > 5


@pytest.mark.parametrize("act", ["hold_past_release", "produce_records", "notify_release"])
def test_the_example_is_in_words_and_both_its_proofs_say_what_the_page_says(office, act) -> None:
    books = library()
    day = date(2026, 2, 2)
    found = act_differing(LawAt(books, "us/co/denver", day), LawAt(books, "us/tx", day), act)
    assert found.difference.same is False
    assert found.example
    assert not [fact for fact in found.example if "_" in fact]
    for address, expected in (
        (found.proof_before, found.difference.before),
        (found.proof_after, found.difference.after),
    ):
        asked, wrong = read(books, QueryDict(address.partition("?")[2]), None, date(2020, 1, 1))
        assert not wrong
        answer = law.determine(books, asked.place, asked.act, facts_of(books, asked), asked.on)
        assert answer.outcome == expected.outcome


def test_where_no_dates_are_named_the_last_change_of_the_law_is_shown(visit, office) -> None:
    last = [day for day in changes(library(), "us/co/denver") if day <= office.today()][-1]
    page = visit("counsel").get("/law/differences/").content.decode()
    assert f'name="from" value="{last - timedelta(days=1):%Y-%m-%d}"' in page


@pytest.mark.parametrize("query", ["place=us/atlantis", "from=soon", "to=2020-13-01", "other=us/atlantis"])
def test_dates_and_places_that_are_none_are_refused_with_a_sentence(visit, office, query) -> None:
    counsel = visit("counsel")
    for address in (f"/law/differences/?{query}", f"/law/differences/testify/?{query}"):
        answer = counsel.get(address)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
    assert counsel.get(f"/law/differences/dance/?{BEFORE}").status_code == 404
