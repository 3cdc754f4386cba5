"""Gives the reminders that have come: one entry of the ledger and one row for each, whoever asks and however often."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from duly.desk.accounts.models import Membership, Office, User
from duly.desk.accounts.roles import may, role_named
from duly.desk.reminders.ladder import OWNER, Ladders, packaged, step_now, steps
from duly.desk.reminders.models import LadderRow, Reminder, ReminderTo
from duly.desk.storage import ledger
from duly.desk.storage.models import DeadlineRow, LawChangeRow, MatterRow
from duly.desk.today.work import due_of
from duly.ledger import Conflict
from duly.matters import MACHINE
from duly.matters.events import ReminderGiven

CHAIN = "reminder-"
MOVED = "it moved"
UNOWNED = ("clerk", "supervisor")
"""Who is told in an owner's place while nobody has the matter in hand."""
log = logging.getLogger("duly.desk")


@dataclass(frozen=True, slots=True)
class Told:
    """One thing to tell, before anybody is told."""

    matter: MatterRow
    deadline: str
    what: str
    due: date | datetime | None
    shown: str
    step: str
    to: tuple[str, ...]
    before: str = ""
    change: int = 0

    @property
    def key(self) -> str:
        """The same for the same reminder: of this deadline, for this due date, at this step."""
        due = self.due.isoformat() if self.due is not None else self.shown
        said = "\n".join((self.matter.id, self.deadline, due, self.step, str(self.change)))
        return hashlib.sha256(said.encode()).hexdigest()


def ladders_of(office: Office) -> Ladders:
    """The ladders that come with Duly, with the office's own in their place."""
    own = {row.purpose: steps(row.steps) for row in LadderRow.objects.filter(office=office)}
    return replace(packaged(), steps={**packaged().steps, **own})


def give_everywhere() -> int:
    """Give what has come in every office. Returns how many reminders that were."""
    return sum(give(office, office.now()) for office in Office.objects.all())


def give(office: Office, now: datetime) -> int:
    """Give what has come in this office at `now`, each thing once. Returns how many reminders were new."""
    found = {told.key: told for told in (*_of_deadlines(office, now), *_of_moves(office))}
    known = set(Reminder.objects.filter(office=office).values_list("key", flat=True)) if found else set()
    return sum(_gave(office, told, now) for key, told in found.items() if key not in known)


def _of_deadlines(office: Office, now: datetime) -> Iterator[Told]:
    ladders = ladders_of(office)
    rows = DeadlineRow.objects.filter(
        matter__office=office, matter__closed=False, standing="open", ends_at__lte=now + ladders.longest_lead
    )
    for row in rows.select_related("matter"):
        due = due_of(row)
        step = step_now(ladders, row.purpose, due, row.zone, now) if due is not None else None
        if step is not None and due is not None:
            yield Told(row.matter, row.deadline, row.what, due, due.isoformat(), step.words, step.to)


def _of_moves(office: Office) -> Iterator[Told]:
    """Deadlines that a change of the law or of a calendar moved, until somebody has answered the change."""
    for row in LawChangeRow.objects.filter(matter__office=office).select_related("matter"):
        for moved in row.deadlines:
            if isinstance(moved, list):
                what, was, now = moved
                yield Told(row.matter, what, what, None, now, MOVED, (OWNER,), was, row.sequence)


def _gave(office: Office, told: Told, now: datetime) -> bool:
    people = list(_people(office, told.matter, told.to))
    if not people:
        log.error("a reminder could not be given: nobody in the office may see it")
        return False
    by_mail = [user for user in people if user.email and settings.MAIL_IS_SET_UP and not office.is_sample]
    chain = f"{CHAIN}{told.matter.id}"
    event = ReminderGiven(
        matter=chain, actor=MACHINE, at=now, office=office.id, of_matter=told.matter.id, key=told.key,
        deadline=told.deadline, due=told.due, step=told.step, to=tuple(f"user:{user.pk}" for user in people),
        by_mail=tuple(f"user:{user.pk}" for user in by_mail),
    )  # fmt: skip
    try:
        with transaction.atomic():
            reminder = Reminder.objects.create(
                office=office, key=told.key, matter=told.matter.id, number=told.matter.number, deadline=told.deadline,
                what=told.what, due=told.shown, before=told.before, step=told.step, at=now,
            )  # fmt: skip
            ReminderTo.objects.bulk_create(
                ReminderTo(reminder=reminder, user=user, mail="waiting" if user in by_mail else "none")
                for user in people
            )
            ledger.append([event], office=office.id, expected={chain: ledger.STORE.head(chain).sequence})
    except (IntegrityError, Conflict):
        # Another process gave it at this moment.
        return False
    return True


def _people(office: Office, matter: MatterRow, to: Iterable[str]) -> Iterator[User]:
    """Those of the office whom a step names and who may see the matter, each once."""
    wanted, owner = set(to), ""
    if OWNER in wanted:
        owner = matter.holder_id
        wanted |= set() if owner else set(UNOWNED)
    needed = "see sealed matter" if matter.sealed else "see matter"
    for member in Membership.objects.filter(office=office, user__is_active=True).select_related("user"):
        is_wanted = member.role in wanted or (owner and f"user:{member.user.pk}" == owner)
        if is_wanted and may(role_named(member.role), needed):
            yield member.user
