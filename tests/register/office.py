"""A desk that received a number of subpoenas and answered some, as events; all persons are invented."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.matters.desk import COUNSEL, KINDS, SUPERVISOR, Desk, at, subpoena

from duly.matters import commands as do
from duly.matters.events import ActChoice
from duly.register import (
    Figures,
    figures,
    year,
)

ACTS = ("produce_records", "disclose_home_address")
COURT = "United States District Court for the District of Colorado"
AS_OF = at(12, 31, 23)


def office(count: int, answered: str = "ddddd", late: int = 0) -> Desk:
    """A desk with `count` subpoenas; the first ones answered as the letters say (d decline, c comply, p in part)."""
    desk = Desk()
    for number in range(count):
        id = f"m{number}"
        received = at(1, 13) + timedelta(hours=number)
        desk.open(id, subpoena(f"Invented Person {number}", date(2020, 1, 27), document=f"{number:064d}"), received)
        desk.confirm_everything(id, received)
        desk.assess(id, received, dict.fromkeys(ACTS, "contested"), due=date(2020, 1, 27))
        if number < len(answered):
            how = {"d": ("decline", "decline"), "c": ("comply", "comply"), "p": ("comply", "decline")}[answered[number]]
            answer(desk, id, how, at(2, 3) if number < late else at(1, 20))
    return desk


def answer(desk: Desk, id: str, how: tuple[str, str], when: Any) -> None:
    choices = [ActChoice(act, choice) for act, choice in zip(ACTS, how, strict=True)]  # type: ignore[arg-type]
    position = desk.do(do.draft_position, id, COUNSEL, when, choices=choices).position
    assert position is not None
    desk.do(do.submit_position, id, COUNSEL, when)
    desk.do(do.approve_position, id, SUPERVISOR, when, seen=position.digest)
    desk.do(do.compose_letter, id, COUNSEL, when, letter=f"{id}-l", paper="e" * 64)
    desk.do(do.send_letter, id, COUNSEL, when, letter=f"{id}-l", way="e-mail", sent_at=when, recipient="ERO Denver")


def all_events(desk: Desk) -> list[Any]:
    return [event for events in desk.events.values() for event in events]


def count(desk: Desk, threshold: int = 1, **how: Any) -> Figures:
    given = {"as_of": AS_OF, "kinds": KINDS, **how}
    return figures(all_events(desk), year(2020), threshold=threshold, **given)
