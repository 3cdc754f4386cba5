"""The packaged law loads whole, its worked examples come out as they say, and no office is left without one."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from duly.clock import Calendars, load_calendars
from duly.law import Library, load
from duly.law.cases import run_case
from duly.law.rules import Case, Consequence, Duty, Ground, Period, Precedent

LIBRARY = load()
NEUTRAL = re.compile(r"\b(illegals?|sanctuary city|deportable|invasion|raid|ICE)\b")


@pytest.fixture(scope="module")
def calendars() -> Calendars:
    return load_calendars()


@pytest.mark.parametrize("case", LIBRARY.cases, ids=lambda case: f"{case.office} {case.on}: {case.name}")
def test_a_worked_example_comes_out_as_it_says(case: Case, calendars: Calendars) -> None:
    failures = run_case(LIBRARY, case, calendars)
    assert not failures, "\n".join(str(failure) for failure in failures)


@pytest.mark.parametrize("place", sorted(LIBRARY.jurisdictions))
def test_every_jurisdiction_has_worked_examples(place: str) -> None:
    assert any(case.office == place for case in LIBRARY.cases)


@pytest.mark.parametrize("place", sorted(LIBRARY.jurisdictions))
def test_every_calendar_that_a_jurisdiction_names_exists(place: str, calendars: Calendars) -> None:
    assert [name for name in LIBRARY.jurisdiction(place).calendars if name not in calendars] == []


def test_every_enactment_says_where_its_text_was_read_and_whether_it_was_compared() -> None:
    for enactment in LIBRARY.enactments.values():
        assert enactment.source, enactment.file
        assert enactment.retrieved, enactment.file
        assert enactment.verified in ("yes", "partly", "no"), enactment.file


def test_an_enactment_whose_text_was_not_fully_at_hand_says_so_in_its_notes() -> None:
    for enactment in LIBRARY.enactments.values():
        if enactment.verified != "yes":
            assert enactment.notes, enactment.file


def test_what_an_office_would_write_in_a_letter_is_a_sentence_in_neutral_words() -> None:
    for rule in LIBRARY.by_id.values():
        if isinstance(rule, Ground | Consequence):
            assert rule.statement.endswith("."), rule.id
            assert rule.statement[0].isupper(), rule.id
            assert not NEUTRAL.search(rule.statement), rule.id


def test_a_title_is_short_and_plain() -> None:
    for rule in LIBRARY.by_id.values():
        assert 0 < len(rule.title) <= 100, rule.id
        assert not rule.title.endswith("."), rule.id
        assert not NEUTRAL.search(rule.title), rule.id


def test_no_two_duties_of_one_jurisdiction_bear_the_same_title_at_the_same_time() -> None:
    for one in LIBRARY.rules(kind="duty"):
        for other in LIBRARY.rules(one.jurisdiction, kind="duty"):
            same = one.title == other.title and one.jurisdiction == other.jurisdiction and one.id < other.id
            if same:
                starts = sorted((one, other), key=lambda rule: str(rule.in_force[0] or ""))
                end = starts[0].in_force[1]
                assert end is not None and starts[1].in_force[0] is not None, (one.id, other.id)
                assert end <= starts[1].in_force[0], (one.id, other.id)


# Acts that no letter declines: how a paper is treated, what is said of status, an agreement of the office's own.
NOT_ANSWERED_BY_LETTER = {"treat_as_judicial_warrant", "disclose_immigration_status", "request_287g_agreement"}


def test_what_the_law_forbids_can_be_explained_in_a_letter() -> None:
    grounds = [rule for rule in LIBRARY.by_id.values() if isinstance(rule, Ground)]
    for rule in LIBRARY.by_id.values():
        if isinstance(rule, Duty) and rule.modality == "forbidden":
            for act in set(rule.acts) - NOT_ANSWERED_BY_LETTER:
                beside = [each for each in grounds if each.jurisdiction == rule.jurisdiction and act in each.acts]
                assert beside, f"{rule.id}: no ground of {rule.jurisdiction} speaks to {act}"


def test_a_hold_clock_never_gives_authority_and_says_so_or_stands_beside_a_duty() -> None:
    for rule in LIBRARY.rules("us", kind="period"):
        if isinstance(rule, Period) and rule.purpose == "hold":
            assert "not an authority to hold" in rule.note, rule.id


def test_a_precedent_that_is_not_quoted_from_the_opinion_stands_in_a_file_that_says_so() -> None:
    for rule in LIBRARY.by_id.values():
        if isinstance(rule, Precedent):
            assert LIBRARY.enactments[rule.enactment].verified in ("no", "partly"), rule.id


def test_rule_ids_begin_with_their_place_and_occur_once() -> None:
    counted = Counter(rule.id for rule in LIBRARY.by_id.values())
    assert max(counted.values()) == 1
    assert all(rule.id.startswith(f"{rule.jurisdiction}/") for rule in LIBRARY.by_id.values())


def test_loading_again_gives_the_same_law() -> None:
    again: Library = load()
    assert again.digest == LIBRARY.digest
