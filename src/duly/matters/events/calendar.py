"""The office's calendar: a day proposed, approved by another person, declined or taken back; and reminders given."""

from __future__ import annotations

from datetime import date, datetime

from duly.clock.calendar import Effect
from duly.matters.codec import Personal
from duly.matters.events.event import Event, event
from duly.matters.wording import day, when


@event("calendar-day-proposed")
class CalendarDayProposed(Event):
    """Somebody proposed what a day, or each day from `first` to `last`, is in one of the calendars by which the office
    counts. `matter` is the proposal's own chain. Nothing is counted by it until another person approves."""

    office: str
    calendar: str
    first: date
    last: date
    title: Personal[str]
    effect: Effect
    source: Personal[str]

    def sentence(self) -> str:
        until = "" if self.last == self.first else f" to {day(self.last)}"
        return f"Proposed for {self.calendar}, {day(self.first)}{until}: {self.title} ({self.effect}). {self.source}"


@event("calendar-day-approved")
class CalendarDayApproved(Event):
    """A person who had not proposed it approved the day. Deadlines are counted by it from now on."""

    def sentence(self) -> str:
        return "Approved the day."


@event("calendar-day-declined")
class CalendarDayDeclined(Event):
    """The day was not approved, and why."""

    because: Personal[str]

    def sentence(self) -> str:
        return f"Declined the day: {self.because}"


@event("calendar-day-withdrawn")
class CalendarDayWithdrawn(Event):
    """A proposal that nobody had approved was taken back."""

    def sentence(self) -> str:
        return "Took the proposal back."


@event("reminder-given")
class ReminderGiven(Event):
    """Duly reminded somebody of a deadline, or told them that it moved. `matter` is the chain of reminders of one matter,
    beside the matter's own, so that no reminder stands in the way of somebody at work. `key` is the same for the same
    reminder, which is given once; `to` are the ids of those it was given to, `by_mail` those to whom it also went by mail."""

    office: str
    of_matter: str
    key: str
    deadline: str
    due: date | datetime | None
    step: str
    to: tuple[str, ...]
    by_mail: tuple[str, ...] = ()

    def sentence(self) -> str:
        people = "1 person" if len(self.to) == 1 else f"{len(self.to)} people"
        about = f", due {when(self.due)}" if self.due is not None else ""
        return f"Reminded {people} of {self.deadline}{about} ({self.step})."
