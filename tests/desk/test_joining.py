"""A copy, an amended paper, papers served together: linked as a person says, never merged by themselves."""

from __future__ import annotations

from datetime import date

import pytest

from duly.desk.inbox.models import InboxItem
from duly.desk.storage import ledger
from duly.desk.storage.models import MatterRow
from duly.desk.storage.projections import rebuild
from duly.desk.words.evidence import value_words
from duly.matters import fold

from .conftest import PAPERS, SUBPOENA

FAX = PAPERS / "denver-2020" / "faxed" / "i-138-4-inventado.tif"


def now_at(matter):
    return fold(ledger.events_of(matter.id))


def join(client, item, matter, belonging):
    return client.post(f"/inbox/{item.pk}/join/", {"number": matter.number, "belonging": belonging})


def test_a_second_copy_stays_in_the_inbox_whatever_happens_on_the_matter(visit, opened, put_in) -> None:
    matter, again = opened(), put_in()
    client = visit("clerk")
    client.post(f"/matters/{matter.id}/verify/rest/", {"expected": str(matter.sequence)})
    again.refresh_from_db()
    assert (again.state, again.matter) == ("read", "")


def test_a_copy_is_linked_and_changes_no_fact(visit, opened, put_in) -> None:
    matter, again = opened(), put_in(FAX)
    assert join(visit("clerk"), again, matter, "copy").status_code == 302
    after = now_at(matter)
    assert [paper.role for paper in after.papers] == ["instrument", "copy"]
    assert after.readings == matter.readings
    again.refresh_from_db()
    assert (again.state, again.matter) == ("opened", matter.id)


def test_three_copies_of_the_same_bytes_are_each_linked_and_rebuilding_finds_them_again(visit, opened, put_in) -> None:
    matter = opened()
    copies = [put_in(), put_in()]
    loose = put_in()
    for copy in copies:
        join(visit("clerk"), copy, now_at(matter), "copy")
    rebuild()
    states = dict(InboxItem.objects.values_list("id", "state"))
    assert [states[copy.pk] for copy in copies] == ["opened", "opened"]
    assert states[loose.pk] == "read"


def test_an_amending_paper_becomes_a_matter_of_its_own_and_each_names_the_other(visit, opened, put_in) -> None:
    matter, amended = opened(), put_in(FAX)
    join(visit("clerk"), amended, matter, "amends")
    fresh = MatterRow.objects.exclude(pk=matter.id).get()
    assert now_at(fresh).related == ((matter.id, "supersedes"),)
    assert now_at(matter).related == ((fresh.id, "later instrument"),)


def test_a_paper_that_came_with_it_brings_its_fields_to_be_confirmed(visit, opened, put_in) -> None:
    matter, other = opened(), put_in(PAPERS / "other-kinds" / "ao-88b.pdf")
    join(visit("clerk"), other, matter, "accompanying")
    after = now_at(matter)
    assert [reading.kind for reading in after.readings] == ["ice-i-138", "us-ao-88b"]
    assert len(after.unconfirmed) > len(matter.unconfirmed)


def test_papers_put_in_one_by_one_become_one_matter(visit, put_in) -> None:
    items = [put_in(), put_in(PAPERS / "other-kinds" / "ao-88b.pdf")]
    answer = visit("clerk").post("/inbox/together/", {"item": [item.pk for item in items]})
    row = MatterRow.objects.get()
    assert answer["Location"] == f"/matters/{row.id}/verify/"
    assert [paper.role for paper in now_at(row).papers] == ["instrument", "accompanying"]
    assert set(InboxItem.objects.values_list("state", "matter")) == {("opened", row.id)}


@pytest.mark.parametrize("number", ["2020-9999", "nonsense"])
def test_a_number_that_the_office_does_not_have_is_said_and_moves_nothing(visit, put_in, number) -> None:
    item = put_in()
    answer = visit("clerk").post(f"/inbox/{item.pk}/join/", {"number": number, "belonging": "copy"})
    assert answer.status_code == 422
    assert f"no matter {number}" in answer.content.decode()
    item.refresh_from_db()
    assert item.state == "read"


def test_a_paper_joined_by_one_person_cannot_be_joined_or_opened_by_another(visit, opened, put_in) -> None:
    matter, again = opened(), put_in(FAX)
    join(visit("clerk"), again, matter, "copy")
    assert join(visit("clerk", "Second Clerk"), again, now_at(matter), "copy").status_code == 422
    assert [paper.role for paper in now_at(matter).papers] == ["instrument", "copy"]


def test_what_changed_is_shown_field_by_field_against_what_persons_confirmed(visit, opened, put_in) -> None:
    matter = opened(confirmed=True)
    client = visit("clerk")
    client.post(
        f"/matters/{matter.id}/verify/0/return_date/",
        {"value": "2020-01-21", "do": "confirm", "expected": str(matter.sequence)},
    )
    page = client.get(f"/inbox/{put_in(SUBPOENA).pk}/").content.decode()
    assert "What is different" in page
    assert value_words(date(2020, 1, 21)) in page
