"""Fields are settled beside the page by a person, and two people do not overwrite each other."""

from __future__ import annotations

from datetime import date

import pytest

from duly.desk.storage import ledger
from duly.desk.verify.cards import as_text, card, cards, parse
from duly.desk.verify.sheets import sheets
from duly.matters import KIND, fold

from .conftest import PAPERS


def now_at(matter):
    return fold(ledger.events_of(matter.id))


def settle(client, matter, key: str, value: str, *, expected: int | None = None, do: str = "confirm"):
    reading, field = key.split(".")
    data = {"value": value, "do": do, "expected": str(matter.sequence if expected is None else expected)}
    return client.post(f"/matters/{matter.id}/verify/{reading}/{field}/", data)


def test_what_moves_a_deadline_or_an_answer_comes_first_and_the_kind_before_all(opened) -> None:
    shown = cards(opened())
    assert shown[0].name == KIND
    decisive = [one.decisive for one in shown]
    assert decisive == sorted(decisive, reverse=True)


def test_confirming_a_field_as_read_is_an_event_with_the_persons_name(visit, opened) -> None:
    matter = opened()
    settle(visit("clerk"), matter, "0.return_date", "2020-01-16")
    after = now_at(matter)
    assert "return_date" in after.readings[0].settled
    value = after.readings[0].fields["return_date"]
    assert value.value == date(2020, 1, 16)
    assert value.evidence.confirmed_by == "Invented Clerk"
    assert "field-confirmed" in [entry.type for entry in ledger.STORE.entries(matter.id)]


def test_typing_another_value_corrects_the_field_and_counts_the_deadline_again(visit, opened) -> None:
    matter = opened(confirmed=True)
    settle(visit("clerk"), matter, "0.return_date", "2020-01-21")
    after = now_at(matter)
    assert after.readings[0].fields["return_date"].value == date(2020, 1, 21)
    assert after.assessment is not None
    assert not after.assessment_is_stale
    assert date(2020, 1, 21) in [deadline.due for deadline in after.assessment.deadlines]


def test_a_field_that_cannot_be_read_is_settled_and_stays_not_known(visit, opened) -> None:
    matter = opened()
    settle(visit("clerk"), matter, "0.return_date", "", do="unreadable")
    after = now_at(matter)
    assert after.readings[0].fields["return_date"].value is None
    assert "return_date" in after.readings[0].settled


def test_a_value_of_the_wrong_form_changes_nothing_and_says_how_to_write_it(visit, opened) -> None:
    matter = opened()
    page = visit("clerk").post(
        f"/matters/{matter.id}/verify/0/return_date/",
        {"value": "soon", "do": "confirm", "expected": str(matter.sequence)},
        headers={"HX-Request": "true"},
    )
    assert "Write the date as 2020-01-16." in page.content.decode()
    assert now_at(matter).sequence == matter.sequence


def test_two_people_on_one_field_do_not_overwrite_each_other(visit, opened) -> None:
    matter = opened()
    settle(visit("clerk"), matter, "0.return_date", "2020-01-21")
    page = visit("clerk", "Second Clerk").post(
        f"/matters/{matter.id}/verify/0/return_date/",
        {"value": "2020-01-16", "do": "confirm", "expected": str(matter.sequence)},
        headers={"HX-Request": "true"},
    )
    assert "Someone else finished this field" in page.content.decode()
    assert now_at(matter).readings[0].fields["return_date"].value == date(2020, 1, 21)


def test_two_people_on_different_fields_both_get_through(visit, opened) -> None:
    matter = opened()
    settle(visit("clerk"), matter, "0.return_date", "2020-01-16")
    settle(visit("clerk", "Second Clerk"), matter, "0.signed", "yes", expected=matter.sequence)
    assert {"return_date", "signed"} <= now_at(matter).readings[0].settled


def test_the_rest_is_confirmed_together_but_never_what_is_decisive_or_unsure(visit, opened) -> None:
    matter = opened()
    visit("clerk").post(f"/matters/{matter.id}/verify/rest/", {"expected": str(matter.sequence)})
    after = now_at(matter)
    assert after.readings[0].settled
    assert not after.readings[0].settled & set(after.readings[0].decisive)
    assert KIND not in after.readings[0].settled
    assert after.unconfirmed == matter.unconfirmed


def test_every_box_lies_on_its_page(opened) -> None:
    for sheet in sheets(opened()):
        for mark in sheet.marks:
            assert -3 <= mark.x <= sheet.width and -3 <= mark.y <= sheet.height
            assert mark.x + mark.width <= sheet.width + 3 and mark.y + mark.height <= sheet.height + 3


def test_the_page_is_shown_as_a_picture_even_of_a_fax(visit, opened) -> None:
    matter = opened(PAPERS / "denver-2020" / "faxed" / "i-138-4-inventado.tif")
    sheet = sheets(matter)[0]
    answer = visit("clerk").get(sheet.src)
    assert answer["Content-Type"] == "image/webp"
    assert b"".join(answer.streaming_content)[8:12] == b"WEBP"


def test_a_page_that_the_paper_does_not_have_is_not_found(visit, opened) -> None:
    matter = opened()
    paper = matter.readings[0].paper
    assert visit("clerk").get(f"/matters/{matter.id}/papers/{paper}/99.webp").status_code == 404
    assert visit("clerk").get(f"/matters/{matter.id}/papers/{'0' * 64}/1.webp").status_code == 404


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("date", "2020-01-16"),
        ("time", "14:00"),
        ("boolean", "yes"),
        ("signature", "no"),
        ("text", "A"),
        ("list", "a\nb"),
    ],
)
def test_a_value_goes_into_the_form_and_comes_out_the_same(kind, text) -> None:
    assert as_text(parse(kind, text)) == text


def test_an_empty_answer_means_that_the_paper_does_not_say() -> None:
    assert parse("date", "  ") is None


def test_confirming_in_the_page_answers_with_the_fields_and_goes_on_to_the_next(visit, opened) -> None:
    matter = opened()
    page = (
        visit("clerk")
        .post(
            f"/matters/{matter.id}/verify/0/return_date/",
            {"value": "2020-01-16", "do": "confirm", "expected": str(matter.sequence)},
            headers={"HX-Request": "true"},
        )
        .content.decode()
    )
    assert "<html" not in page
    assert f'value="{now_at(matter).sequence}"' in page
    assert card(now_at(matter), "0.return_date").settled
