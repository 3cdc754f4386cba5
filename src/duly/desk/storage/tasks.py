"""What waits for whom on a matter, and why: computed from where the matter stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from duly.court.stage import is_complied_with
from duly.matters import PERMISSIONS, Matter, stage_of


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. `roles` may do it, `not_by` (a person's id) may not; `place` is where on the Matter page."""

    what: str
    why: str
    roles: tuple[str, ...]
    place: str
    since: datetime
    not_by: str = ""


def tasks(matter: Matter) -> Iterator[Task]:
    """Everything that waits on this matter, in the order in which it has to be done."""
    if matter.closed:
        return
    now = matter.timeline[-1].at
    waiting = len(matter.unconfirmed)
    if waiting:
        fields = "field" if waiting == 1 else "fields"
        yield _task("confirm field", f"Confirm {waiting} {fields}", "Nothing may rest on a machine's reading that no person has confirmed.", "verify", matter.opened_at)  # fmt: skip
    if matter.assessment_is_stale:
        yield _task("assess", "Assess again", "The facts have changed since the law was applied.", "law", now)
    if stage_of(matter) == "Hold":
        yield _task("place legal hold", "Place a legal hold", "The paper asks for records; whoever keeps them must not destroy them.", "records", now)  # fmt: skip
    for change in matter.open_law_changes:
        if change.deadlines:
            moved = len(change.deadlines)
            what = "Look at the deadline that moved" if moved == 1 else f"Look at the {moved} deadlines that moved"
            yield _task("answer law change", what, change.because[:300], "changed", change.at)
    yield from _of_the_position(matter, now)
    yield from _of_the_court(matter)


def _of_the_position(matter: Matter, now: datetime) -> Iterator[Task]:
    position = matter.position
    if position is None or matter.position_is_stale:
        ordered = any(not is_complied_with(matter, order) for order in matter.orders_that_bind)
        if not matter.unconfirmed and (matter.answered_at is None or ordered):
            why = "The paper waits for counsel's decision."
            if position is not None:
                changed = "the law" if matter.open_law_changes else "the facts"
                why = (
                    "A court has ordered compliance."
                    if ordered
                    else f"The position was taken before {changed} changed."
                )
            yield _task("draft position", "Take a position", why, "position", now)
        return
    if position.status == "draft":
        yield _task("submit position", "Send the position for approval", "It was drafted and not sent on.", "position", position.drafted_at)  # fmt: skip
    elif position.status == "returned":
        yield _task(
            "draft position", "Change the position", f"It was returned: {position.return_reason}", "position", now
        )
    elif position.status == "submitted" and position.submitted_by is not None:
        why = f"{position.drafted_by.name} drafted it; another person has to approve it."
        yield _task("approve position", "Approve or return the position", why, "position", position.submitted_at or now, position.drafted_by.id)  # fmt: skip
    elif position.status == "approved":
        letter = next((letter for letter in matter.letters if letter.position == position.digest), None)
        if letter is None:
            yield _task("compose letter", "Make the letter", "The position is approved.", "letters", position.approved_at or now)  # fmt: skip
        elif letter.sent_at is None:
            yield _task("send letter", "Send the letter", "It is made and has not left the office.", "letters", letter.composed_at)  # fmt: skip


def _of_the_court(matter: Matter) -> Iterator[Task]:
    for order in matter.orders_that_bind:
        if not is_complied_with(matter, order):
            yield _task("record compliance", "Comply with the court's order", f"{order.court} ordered it on {order.entered_on:%-d %B %Y}.", "court", order.recorded_at)  # fmt: skip


def _task(action: str, what: str, why: str, place: str, since: datetime, not_by: str = "") -> Task:
    roles = tuple(sorted(role for role in PERMISSIONS[action] if role != "machine"))
    return Task(what, why, roles, place, since, not_by)
