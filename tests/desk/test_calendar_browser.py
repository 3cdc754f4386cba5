"""A day of the calendar and reminders in a real browser: proposed, approved by another, told; at both widths, free of axe's objections."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from playwright.sync_api import expect

from duly.desk.reminders.giving import give
from duly.desk.storage.matters import act
from duly.matters import commands

from .conftest import PAPERS, look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_day_is_proposed_approved_by_another_and_told_of(office, at_the_desk, opened, actor, person) -> None:
    matter = opened(PAPERS / "other-kinds" / "ao-88b.pdf", confirmed=True)
    opened(PAPERS / "denver-2020" / "earlier" / "i-247a-3-supuesto.pdf", confirmed=True)
    at = datetime(2020, 1, 14, 9, tzinfo=office.zone)
    act(office, matter, lambda known: commands.record_service(known, actor("clerk"), at, served_on=date(2020, 1, 13), manner="hand"), at)  # fmt: skip
    counsel = at_the_desk("counsel", scripts=False)
    counsel.goto("/calendar/days/")
    counsel.get_by_text("Propose a day").click()
    counsel.get_by_label("Calendar", exact=True).select_option("us-federal")
    counsel.get_by_label("First day").fill("2020-01-27")
    counsel.get_by_label("Why: what the day is").fill("Day of mourning")
    counsel.get_by_label("Source").fill("Invented order of 20 January 2020")
    counsel.get_by_role("button", name="See what it would move").click()
    expect(counsel.get_by_text("another person has to approve it")).to_be_visible()
    boss = at_the_desk("supervisor")
    boss.get_by_role("link", name="Approve or decline a day").click()
    expect(boss.get_by_role("heading", name="1 open deadline would move")).to_be_visible()
    problems = look(boss, "calendar-day")
    boss.get_by_role("button", name="Approve: count by it").click()
    expect(boss.get_by_text("Open deadlines are counted anew")).to_be_visible()
    give(office, datetime(2020, 1, 24, 9, tzinfo=office.zone))
    boss.goto("/today/")
    expect(boss.get_by_role("heading", name="Reminders")).to_be_visible()
    problems += look(boss, "today-reminders")
    for name, address in {
        "calendar-days": "/calendar/days/",
        "reminders": "/reminders/",
        "calendar-month": "/calendar/?month=2020-01",
    }.items():
        boss.goto(address)
        boss.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
        problems += look(boss, name)
    boss.goto("/calendar/")
    boss.locator("form[action$='feeds/office/'] button").first.click()
    problems += look(boss, "calendar-feed")
    boss.goto(f"/matters/{matter.id}/")
    boss.evaluate("document.querySelectorAll('#deadlines details').forEach((one) => { one.open = true; })")
    problems += look(boss, "matter-deadlines")
    assert not problems, "\n".join(problems)
