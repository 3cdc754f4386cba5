"""From fields to facts: who signed, what is asked, and that unknown stays unknown."""

from datetime import date, time

import pytest

from duly.evidence import Box, Evidence
from duly.instruments import Value, facts, load_kinds

KINDS = load_kinds()


def read(name, value, *flags, confidence=0.97):
    return Value(
        name, value, Evidence("text layer", page=1, box=Box(1, 2, 3, 4), words=str(value), confidence=confidence), flags
    )


def of(kind, *values, **more):
    return facts(KINDS[kind], {value.name: value for value in values}, "00" * 32, **more)


def test_what_follows_from_the_form_has_the_form_as_its_evidence():
    found = of("ice-i-200")
    assert found["instrument.signed_by_judge"].value is False
    assert found["instrument.signed_by_judge"].evidence.method == "kind"
    assert "Warrant for Arrest of Alien" in found["instrument.signed_by_judge"].evidence.note


def test_a_field_that_was_not_read_gives_no_fact():
    found = of("ice-i-138", read("return_date", None, "no label"))
    assert "instrument.return_on" not in found and "instrument.signed" not in found and "demand.records" not in found


def test_dates_and_boxes_keep_their_place_on_the_page():
    found = of("ice-i-138", read("return_date", date(2020, 1, 27)), read("must_produce", True))
    assert found["instrument.return_on"].value == date(2020, 1, 27)
    assert found["demand.records"].evidence.box == Box(1, 2, 3, 4)


@pytest.mark.parametrize("kind", ["ice-i-138", "ice-i-200", "ice-i-205", "ice-i-247a"])
def test_a_signature_on_an_officers_form_never_makes_it_a_judges(kind):
    found = of(kind, read("signed", True))
    assert found["instrument.signed"].value is True
    assert found["instrument.signed_by_judge"].value is False
    assert found["instrument.signer_capacity"].value == "immigration_officer"


@pytest.mark.parametrize(
    ("title", "capacity", "judge"),
    [
        ("Honoria Unreal, United States Magistrate Judge", "magistrate_judge", True),
        ("H. Unreal, U.S. District Judge", "judge", True),
        ("A. Fictive, Deputy Clerk", "court_clerk", False),
        ("B. Madeup, Immigration Judge", "other_officer", False),
    ],
)
def test_the_title_under_the_signature_says_whether_a_judge_signed(title, capacity, judge):
    found = of("us-ao-442", read("signed", True), read("officer_name_title", title))
    assert found["instrument.signer_capacity"].value == capacity
    assert found["instrument.signed_by_judge"].value is judge


def test_a_warrant_signed_by_somebody_whose_title_cannot_be_read_is_left_open():
    assert "instrument.signed_by_judge" not in of("us-ao-442", read("signed", True))


def test_a_search_warrant_signed_on_the_judges_line_is_signed_by_a_judge():
    assert of("us-ao-93", read("signed", True))["instrument.signed_by_judge"].value is True


def test_an_order_without_a_signature_is_signed_by_nobody():
    found = of("court-order", read("signed", False), read("judge_title", "United States Magistrate Judge"))
    assert found["instrument.signed_by_judge"].value is False


def test_a_proposed_order_is_never_issued_by_a_court():
    found = of("proposed-order", read("signed", True), read("judge_title", "United States District Judge"))
    assert found["instrument.issued_by_court"].value is False and found["instrument.signed_by_judge"].value is False


@pytest.mark.parametrize(
    ("items", "asks"),
    [
        (("Home and work addresses, current and last known",), True),
        (("Emergency contacts", "Last known address"), True),
        (("Bond information", "Date and place of birth"), False),
        (("Any and all records concerning the person",), None),
    ],
)
def test_whether_a_home_address_is_asked_for_follows_from_the_list_and_is_open_where_the_list_is_broad(items, asks):
    found = of("ice-i-138", read("records_demanded", items))
    assert (found["demand.home_address"].value if "demand.home_address" in found else None) is asks


def test_a_blank_place_for_the_time_is_a_place_and_time_not_stated():
    stated = of(
        "ice-i-138",
        read("official_address", "1 Fiction Street"),
        read("return_date", date(2020, 1, 27)),
        read("return_time", time(10)),
    )
    blank = of("ice-i-138", read("official_address", "1 Fiction Street"), read("return_date", None, "blank"))
    unread = of("ice-i-138", read("official_address", "1 Fiction Street"), read("return_date", None, "no label"))
    assert stated["instrument.states_place_and_time"].value is True
    assert blank["instrument.states_place_and_time"].value is False
    assert "instrument.states_place_and_time" not in unread


def test_probable_cause_is_stated_when_one_box_is_marked_and_not_when_all_are_clear():
    boxes = ["basis_final_order", "basis_pending_proceedings", "basis_biometric", "basis_statements"]
    marked = of("ice-i-247a", *(read(name, name == "basis_biometric") for name in boxes))
    clear = of("ice-i-247a", *(read(name, False) for name in boxes))
    partly = of("ice-i-247a", read("basis_final_order", False))
    assert marked["instrument.probable_cause_stated"].value is True
    assert clear["instrument.probable_cause_stated"].value is False
    assert "instrument.probable_cause_stated" not in partly


@pytest.mark.parametrize(
    ("title", "listed"),
    [
        ("Deputy Field Office Director", True),
        ("Supervisory Special Agent", True),
        ("Deportation Officer", None),
        ("Acting Field Office Director", None),
    ],
)
def test_a_rank_is_listed_or_not_known_because_a_delegation_shows_on_no_paper(title, listed):
    found = of("ice-i-138", read("authorized_official_title", title))
    assert (
        found["instrument.signer_rank_listed"].value if "instrument.signer_rank_listed" in found else None
    ) is listed


def test_the_warrant_that_lies_in_the_same_file_accompanies_the_detainer():
    assert of("ice-i-247a", companions=[KINDS["ice-i-200"]])["instrument.accompanying_warrant"].value == "ice-i-200"
    assert "instrument.accompanying_warrant" not in of("ice-i-247a")


@pytest.mark.parametrize(
    ("words", "manner"),
    [
        ("By hand, delivered to the records counter", "hand"),
        ("Certified mail", "mail"),
        ("Facsimile", "fax"),
        ("By e-mail", "electronic"),
        ("Left with the records clerk", "left with clerk"),
    ],
)
def test_the_manner_of_service_is_one_of_the_vocabularys(words, manner):
    assert of("ice-i-138", read("service_manner", words))["service.manner"].value == manner


def test_business_days_are_counted_from_the_words():
    assert of("ice-i-9-noi", read("business_days", "three (3)"))["instrument.notice_days_given"].value == 3
