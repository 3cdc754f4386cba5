"""What persons found when they looked is counted: the first word on each field, and what could not be read apart."""

from __future__ import annotations

from duly.desk.storage import ledger
from duly.desk.verify.accuracy import accuracy
from duly.matters import fold


def settle(client, matter, field: str, value: str, do: str = "confirm") -> None:
    seen = fold(ledger.events_of(matter.id)).sequence
    data = {"value": value, "do": do, "expected": str(seen)}
    client.post(f"/matters/{matter.id}/verify/0/{field}/", data)


def found(field: str):
    one = next((one for one in accuracy() if one.field == field), None)
    return None if one is None else (one.kind, one.right, one.corrected, one.unreadable)


def test_confirming_counts_as_right_and_correcting_as_wrong(visit, opened) -> None:
    matter = opened()
    settle(visit("clerk"), matter, "return_date", "2020-01-16")
    settle(visit("clerk"), matter, "signed", "no")
    assert found("return_date") == ("ice-i-138", 1, 0, 0)
    assert found("signed") == ("ice-i-138", 0, 1, 0)


def test_a_second_thought_corrects_the_person_and_not_the_machine(visit, opened) -> None:
    matter = opened()
    settle(visit("clerk"), matter, "return_date", "2020-01-16")
    settle(visit("clerk"), matter, "return_date", "2020-01-21")
    assert found("return_date") == ("ice-i-138", 1, 0, 0)


def test_what_nobody_could_read_says_nothing_of_who_was_right(visit, opened) -> None:
    settle(visit("clerk"), opened(), "return_date", "", do="unreadable")
    one = next(one for one in accuracy() if one.field == "return_date")
    assert (one.unreadable, one.share) == (1, None)


def test_another_kind_than_the_machine_took_it_for_counts_against_the_kind_that_it_took(visit, opened) -> None:
    settle(visit("clerk"), opened(), "kind", "us-ao-88b")
    assert found("kind") == ("ice-i-138", 0, 1, 0)


def test_each_office_is_counted_by_itself(visit, opened, other_office) -> None:
    settle(visit("clerk"), opened(), "return_date", "2020-01-16")
    assert accuracy("denver")
    assert accuracy(other_office.id) == []


def test_the_administrator_sees_the_figures(visit, opened) -> None:
    settle(visit("clerk"), opened(), "return_date", "2020-01-21")
    page = visit("administrator").get("/administration/").content.decode()
    assert "How often the machine was right" in page
    assert "0 of 1" in page
