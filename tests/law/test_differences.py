"""Between two dates, versions or places: for each act a case whose answer differs, or proof that there is none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_engines_agree import DOMAINS, ON, rulebooks, slow
from writing import duty, enactment, facts_of, library_of

from duly.errors import DulyError
from duly.law import LawAt, Library, OpenMatter, compare, diff, outcome, touched
from duly.law.analysis import as_facts


def at(text: str, place: str = "us", on: date = ON) -> LawAt:
    return LawAt(library_of({"us/act.md": enactment(text)}), place, on)


def test_a_changed_word_is_shown_on_the_smallest_case_whose_answer_it_changes() -> None:
    before, after = at(duty("us/a", "forbidden", "paper.pages > 1")), at(duty("us/a", "forbidden", "paper.pages > 2"))
    produce, hold = diff(before, after)
    assert (produce.act, produce.same, produce.example) == ("produce", False, {"paper.pages": 2})
    assert produce.before is not None and produce.after is not None
    assert (produce.before.outcome, produce.after.outcome) == ("forbidden", "unregulated")
    assert (hold.act, hold.same, hold.example) == ("hold", True, None)


def test_two_ways_of_saying_the_same_are_proved_the_same() -> None:
    before = at(duty("us/a", "forbidden", "NOT (matter.criminal OR paper.pages >= 2)"))
    after = at(duty("us/a", "forbidden", "NOT matter.criminal AND paper.pages < 2"))
    assert [each.same for each in diff(before, after)] == [True, True]


def test_two_dates_of_one_library_differ_where_a_rule_came_into_force() -> None:
    text = duty("us/a", "forbidden", in_force="[2020-01-01, null]")
    library = library_of({"us/act.md": enactment(text)})
    [produce] = diff(LawAt(library, "us", date(2019, 12, 31)), LawAt(library, "us", date(2020, 1, 1)), ["produce"])
    assert (produce.same, produce.example) == (False, {})


def test_what_a_rule_makes_of_an_unknown_fact_is_a_difference_too() -> None:
    before = at(duty("us/a", "forbidden", "COALESCE(matter.criminal, FALSE)"))
    after = at(duty("us/a", "forbidden", "COALESCE(matter.criminal, TRUE)"))
    [produce] = diff(before, after, ["produce"])
    assert (produce.same, produce.example) == (False, {})


def test_a_fact_of_two_types_cannot_be_compared() -> None:
    from writing import FACTS, files

    from duly.law.loading import read_library

    other = read_library(
        files(
            {},
            facts=FACTS.replace(
                '["paper.pages"]\ntype = "integer"\nminimum = 0\nmaximum = 3', '["paper.pages"]\ntype = "text"'
            ),
        )
    )
    with pytest.raises(DulyError, match=r"paper\.pages"):
        diff(at(""), LawAt(other, "us", ON))


@given(rulebooks(epistemic=True), rulebooks(epistemic=True), st.data())
@slow(12)
def test_a_difference_is_real_and_its_absence_holds_on_every_record(
    one: Library, other: Library, data: st.DataObject
) -> None:
    [found] = diff(LawAt(one, "us/co/denver", ON), LawAt(other, "us/co/denver", ON), ["produce"])
    if found.same is False:
        assert found.before is not None and found.after is not None and found.before.possible != found.after.possible
    for _ in range(10 if found.same else 0):
        record = {
            name: data.draw(st.sampled_from(domain)) for name, domain in DOMAINS.items() if data.draw(st.booleans())
        }
        answers = {outcome(library, "us/co/denver", "produce", as_facts(record), ON) for library in (one, other)}
        assert len(answers) == 1


@given(rulebooks(epistemic=True))
@slow(12)
def test_a_law_does_not_differ_from_itself_read_again(library: Library) -> None:
    from dataclasses import replace

    again = replace(library, kept={})
    [found] = diff(LawAt(library, "us/co/denver", ON), LawAt(again, "us/co/denver", ON), ["produce"])
    assert found.same is True


def test_places_stand_side_by_side() -> None:
    texts = {
        "us/co/act.md": enactment(duty("us/co/a", "forbidden", "matter.criminal")),
        "us/tx/act.md": enactment(duty("us/tx/a", "required")),
    }
    library = library_of(texts)
    laws = [LawAt(library, place, ON) for place in ("us/co", "us/tx", "us")]
    answers = compare("produce", facts_of(matter__criminal=True), laws)
    assert [answer.outcome for answer in answers] == ["forbidden", "required", "unregulated"]


def test_a_change_lists_the_open_matters_that_it_touches_and_no_others() -> None:
    before, after = at(duty("us/a", "forbidden", "paper.pages > 1")), at(duty("us/a", "forbidden", "paper.pages > 2"))
    matters = [
        OpenMatter(f"m{pages}", "us", ("produce", "hold"), facts_of(paper__pages=pages), ON) for pages in (1, 2, 3)
    ]
    found = touched(before.library, after.library, matters)
    assert [(each.matter, each.act, each.before, each.after) for each in found] == [
        ("m2", "produce", "forbidden", "unregulated")
    ]
