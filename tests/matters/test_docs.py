"""The page about events and permissions says what the code does."""

from __future__ import annotations

from pathlib import Path

from duly.matters.describe import describe


def test_the_page_about_events_is_up_to_date() -> None:
    page = Path(__file__).parents[2] / "docs" / "events.md"
    assert page.read_text(encoding="utf-8") == describe(), "run: python -m duly.matters.describe > docs/events.md"
