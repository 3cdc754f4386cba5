"""The Law screen in a real browser: free of what axe-core objects to at both widths, and an interview without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .conftest import look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS = {
    "law-statute": "/law/text/us/co/24-76.6/",
    "law-ask-start": "/law/ask/",
    "law-ask-question": "/law/ask/?act=produce_records&place=us/co/denver&on=2020-01-16&paper=ice-i-138",
    "law-ask-choice": "/law/ask/?act=produce_records&place=us/co/denver&on=2020-01-16",
    "law-ask-answer": "/law/ask/?act=hold_past_release&place=us/co/denver&on=2020-01-16&paper=ice-i-247a",
    "law-ask-all": "/law/ask/?act=produce_records&place=us/co/denver&on=2020-01-16&paper=ice-i-138&mode=all",
    "law-ask-refused": "/law/ask/?act=dance&on=soon",
    "law-places": "/law/places/?act=hold_past_release&paper=ice-i-247a&f.office.kind=sheriff",
    "law-differences": "/law/differences/?place=us/co/denver&from=2019-05-27&to=2019-05-29",
    "law-difference": "/law/differences/hold_past_release/?place=us/co/denver&other=us/tx",
    "law-graph": "/law/graph/?place=us/co/denver&act=produce_records",
}


def test_every_part_of_the_law_screen_is_free_of_what_axe_core_objects_to(office, at_the_desk, opened) -> None:
    opened(confirmed=True)
    counsel = at_the_desk("counsel")
    problems: list[str] = []
    for name, address in SCREENS.items():
        counsel.goto(address)
        counsel.wait_for_load_state("networkidle")
        problems += look(counsel, name)
    assert not problems, "\n".join(problems)


def test_the_cases_of_a_comparison_arrive_one_by_one(office, at_the_desk) -> None:
    counsel = at_the_desk("counsel")
    counsel.goto(SCREENS["law-differences"])
    expect(counsel.get_by_text("not looked at yet")).to_have_count(0)
    expect(counsel.get_by_text("Differs", exact=True).first).to_be_visible()


def test_a_clerk_is_interviewed_goes_back_and_reads_the_answer_without_scripts(office, at_the_desk) -> None:
    clerk = at_the_desk("clerk", scripts=False)
    clerk.goto("/law/ask/")
    clerk.get_by_label("May, must or must not the office").select_option("produce_records")
    clerk.get_by_label("Which paper is it about?").select_option("ice-i-138")
    clerk.get_by_label("The law as of").fill("2020-01-16")
    clerk.get_by_role("button", name="Ask one question at a time").click()
    first = clerk.locator("#step").inner_text()
    clerk.get_by_role("button", name="Yes", exact=True).click()
    second = clerk.locator("#step").inner_text()
    assert second != first
    clerk.get_by_role("link", name="Back", exact=True).click()
    assert clerk.locator("#step").inner_text() == first
    clerk.get_by_role("button", name="Yes", exact=True).click()
    for _ in range(12):
        if clerk.locator("#step").count() == 0:
            break
        clerk.get_by_role("button", name="No", exact=True).click()
    expect(clerk.get_by_role("heading", name="The answer", exact=True)).to_be_visible()
    with clerk.expect_download() as coming:
        clerk.get_by_role("link", name="Proof as a file").click()
    assert coming.value.suggested_filename.startswith("proof-produce_records-us-co-denver-2020-01-16")
