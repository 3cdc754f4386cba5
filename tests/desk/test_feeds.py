"""Feeds for calendar programs: an address that opens itself, is renewed and taken away, and names nobody."""

from __future__ import annotations

import re

import pytest
from icalendar import Calendar

from duly.desk.models import DeadlineRow, FeedToken, MatterRow, Membership

pytestmark = pytest.mark.django_db


def made(client, scope: str = "office") -> str:
    answer = client.post(f"/calendar/feeds/{scope}/", follow=True).content.decode()
    return re.search(r"/calendar/feed/[^.\s]+\.ics", answer).group()


def test_a_calendar_program_reads_moments_and_days_without_a_name(office, opened, visit, client) -> None:
    matter = opened(confirmed=True)
    address = made(visit("clerk"))
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    found = Calendar.from_ical(answer.content)
    events = found.walk("VEVENT")
    rows = DeadlineRow.objects.filter(standing="open", due_on__isnull=False)
    assert {str(event["summary"]) for event in events} == {f"{row.matter.number}: {row.what}" for row in rows}
    assert len({str(event["uid"]) for event in events}) == len(events) > 0
    for row in rows.filter(due_at__isnull=False):
        assert row.due_at in [event.decoded("dtstart") for event in events]
    for row in rows.filter(due_at=None):
        assert row.due_on in [event.decoded("dtstart") for event in events]
    for moment in re.findall(rb"DT(?:START|END|STAMP)[^:\r]*:(\d{8}T\d{6}\S*)", answer.content):
        assert moment.endswith(b"Z")  # UTC needs no VTIMEZONE
    person = MatterRow.objects.get(pk=matter.id).person
    assert person
    assert person.encode() not in answer.content


def test_only_the_digest_of_the_token_is_kept(office, visit) -> None:
    address = made(visit("clerk"))
    token = address.rsplit("/", 1)[1].removesuffix(".ics")
    assert token not in str(FeedToken.objects.values())
    assert "clerk" not in address
    assert office.id not in address
    assert token not in visit("clerk").get("/calendar/").content.decode()


def test_a_new_address_ends_the_earlier_one_and_one_taken_away_opens_nothing(office, visit, client) -> None:
    first = made(visit("clerk"))
    second = made(visit("clerk"))
    mine = made(visit("clerk"), "mine")
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    visit("clerk").post("/calendar/feeds/office/", {"do": "revoke"})
    assert client.get(second).status_code == 404
    assert client.get(mine).status_code == 200
    assert client.get("/calendar/feed/guess.ics").status_code == 404


def test_a_feed_ends_with_its_owners_place_in_the_office(office, person, visit, client) -> None:
    address = made(visit("clerk"))
    Membership.objects.filter(user=person("clerk")).delete()
    assert client.get(address).status_code == 404


def test_my_feed_has_what_is_in_my_hands_and_no_feed_what_is_sealed(office, opened, visit, client) -> None:
    matter = opened(confirmed=True)
    mine, all_ = made(visit("clerk"), "mine"), made(visit("supervisor"))
    assert b"VEVENT" not in client.get(mine).content
    visit("clerk").post(f"/matters/{matter.id}/claim/", {"do": "claim"})
    assert b"VEVENT" in client.get(mine).content
    MatterRow.objects.update(sealed=True)
    assert b"VEVENT" not in client.get(mine).content
    assert b"VEVENT" not in client.get(all_).content
