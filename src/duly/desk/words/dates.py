"""Days and moments as the desk writes them, and time left in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

Tone = Literal["overdue", "today", "soon", "later", "met", "ended", "unknown"]
SOON_DAYS = 3
WORDS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine"}


@dataclass(frozen=True, slots=True)
class Clock:
    """Time left, in words and with a tone; the tone chooses glyph and colour, and the words say it all without them."""

    tone: Tone
    left: str
    when: str


def day(value: date, *, weekday: bool = True) -> str:
    """Thu 16 Jan 2020"""
    text = f"{value.day} {value:%b} {value.year}"
    return f"{value:%a} {text}" if weekday else text


def moment(value: datetime, *, weekday: bool = True) -> str:
    """Thu 16 Jan 2020, 10:00"""
    return f"{day(value.date(), weekday=weekday)}, {value:%H:%M}"


def when(value: date | datetime) -> str:
    """A day or a moment, whichever it is."""
    return moment(value) if isinstance(value, datetime) else day(value)


def clock(due: date | datetime | None, now: datetime, *, met: bool = False, missing: str = "") -> Clock:
    """How much time is left at `now` (aware, in the office's zone) until `due`.

    A civil date is due until the end of that day; a moment is due at that moment. What has been met is never overdue.
    """
    if due is None:
        return Clock("unknown", "not known yet", missing)
    if isinstance(due, datetime):
        due = due.astimezone(now.tzinfo)
    if met:
        return Clock("met", "met", when(due))
    due_day = due.date() if isinstance(due, datetime) else due
    days = (due_day - now.date()).days
    passed = due < now if isinstance(due, datetime) else days < 0
    if passed:
        return Clock("overdue", f"overdue by {_span(now, due)}", when(due))
    if days == 0:
        left = f"today, {_span(due, now)} left" if isinstance(due, datetime) else "today"
        return Clock("today", left, when(due))
    tone: Tone = "soon" if days <= SOON_DAYS else "later"
    return Clock(tone, "tomorrow" if days == 1 else f"in {days} days", when(due))


def _span(later: date | datetime, earlier: date | datetime) -> str:
    """Days between two dates; hours and minutes where both are moments of nearly the same day."""
    if isinstance(later, datetime) and isinstance(earlier, datetime):
        gap = later - earlier
        if gap < timedelta(hours=1):
            return _count(int(gap.total_seconds() // 60), "minute")
        if gap < timedelta(days=1):
            return _count(int(gap.total_seconds() // 3600), "hour")
    first = earlier.date() if isinstance(earlier, datetime) else earlier
    last = later.date() if isinstance(later, datetime) else later
    return _count((last - first).days, "day")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
