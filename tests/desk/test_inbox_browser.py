"""The inbox with copies and ticked papers, and Verify with its keys, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .conftest import PAPERS, look

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_copy_is_shown_with_its_differences_and_joined_without_scripts(at_the_desk, opened, put_in) -> None:
    matter = opened()
    other = put_in(PAPERS / "denver-2020" / "faxed" / "i-138-4-inventado.tif")
    page = at_the_desk("clerk", scripts=False)
    page.goto(f"/inbox/{other.pk}/")
    page.get_by_label("What it is to that matter").select_option("copy")
    page.get_by_role("button", name="Put it there").click()
    expect(page.get_by_text(f"The paper is part of matter {matter.number}.")).to_be_visible()


def test_the_inbox_and_a_copy_can_be_used_by_everybody(at_the_desk, opened, put_in) -> None:
    opened()
    copy = put_in()
    put_in(PAPERS / "other-kinds" / "ao-88b.pdf")
    page = at_the_desk("clerk")
    page.goto("/inbox/")
    problems = look(page, "inbox-together")
    page.goto(f"/inbox/{copy.pk}/")
    assert problems + look(page, "inbox-copy") == []


def test_keys_lead_to_the_next_unsure_field_and_turn_the_page(at_the_desk, opened) -> None:
    matter = opened()
    page = at_the_desk("clerk")
    page.goto(f"/matters/{matter.id}/verify/")
    before = page.evaluate("document.activeElement.id")
    page.keyboard.press("Alt+n")
    after = page.evaluate("document.activeElement.id")
    assert before != after
    assert after.startswith("v-")
    page.keyboard.press("Alt+t")
    expect(page.locator("#pages")).to_have_class("verify__scroll turn-1")
    assert look(page, "verify-turned") == []
