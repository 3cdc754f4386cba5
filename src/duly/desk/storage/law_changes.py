"""When the law or the calendar of an office changes, its open matters are held against it: an approval, a date, an upgrade.

Which law an office's matters were last held against is kept beside them; while it is the law of today nothing is done, so
this can be asked often. The worker asks; whoever approves a policy asks at once.
"""

from __future__ import annotations

import logging
from datetime import datetime

from duly import law
from duly.clock import Calendars
from duly.desk.accounts.models import Office
from duly.desk.shelf import calendars_for, library_for
from duly.desk.storage import ledger
from duly.desk.storage.calendar_days import changed_days
from duly.desk.storage.matters import act, assessed
from duly.desk.storage.models import LawApplied, MatterRow, PolicyVersionRow
from duly.errors import DulyError
from duly.law import Library
from duly.ledger import Conflict
from duly.matters import MACHINE, AssessmentRecord, Matter, fold
from duly.matters.commands import record_law_change
from duly.matters.events import Event
from duly.matters.wording import day

log = logging.getLogger("duly.desk")


def catch_up_everywhere() -> int:
    """Hold the open matters of every office against the law of today. Returns how many say something else now."""
    changed = 0
    for office in Office.objects.all():
        try:
            changed += catch_up(office)
        except DulyError as error:
            log.error("open matters were not held against the law of today: %s", error.code)
    return changed


def catch_up(office: Office, at_most: int | None = None) -> int:
    """Hold this office's open matters against the law of today, if that is not the law they were held against last.

    Returns how many say something else now. Stops after `at_most` matters; whoever asks next goes on. Raises DulyError
    where the office's law cannot be loaded.
    """
    now = office.now()
    books = library_for(office, now.date())
    days = calendars_for(office)
    law_now = f"{books.digest}/{law.segment(books, office.jurisdiction, now.date())}/{days.digest}"
    known = LawApplied.objects.filter(office=office).values_list("law", flat=True).first()
    if known == law_now:
        return 0
    changed, tried = 0, 0
    for number in (
        MatterRow.objects.filter(office=office, closed=False).order_by("opened_at").values_list("id", flat=True)
    ):
        if at_most is not None and tried >= at_most:
            return changed
        matter = fold(ledger.events_of(number))
        if _is_held_against(office, matter, books, days, now):
            continue
        tried += 1
        changed += _held_against(office, matter, now)
    LawApplied.objects.update_or_create(office=office, defaults={"law": law_now})
    return changed


def _is_held_against(office: Office, matter: Matter, books: Library, days: Calendars, now: datetime) -> bool:
    """Whether there is nothing to say: no assessment, one on facts that have changed, or one under this very law and these very calendars."""
    record = matter.assessment
    if record is None or matter.closed or matter.assessment_is_stale:
        return True
    same = record.rulebooks == books.digest and record.calendars == days.digest
    return same and law.segment(books, office.jurisdiction, record.on) == law.segment(
        books, office.jurisdiction, now.date()
    )


def _held_against(office: Office, matter: Matter, now: datetime) -> bool:
    try:
        found = assessed(office, matter, now.date())
        if found is None or matter.assessment is None:
            return False
        because = why(office, matter.assessment, now, found.rulebooks)

        def decide(state: Matter) -> tuple[Event, ...]:
            return record_law_change(state, MACHINE, now, found, because=because)

        return act(office, matter, decide, now).sequence > matter.sequence
    except Conflict:
        # Somebody was at work on it at this moment, and their act assessed it under the law of today.
        return False
    except DulyError as error:
        log.error("an open matter was not held against the law of today: %s", error.code)
        return False


def why(office: Office, record: AssessmentRecord, now: datetime, digest: str) -> str:
    """What changed in the law since a matter was assessed, in sentences."""
    rows = PolicyVersionRow.objects.filter(policy__office=office, effective_from__lte=now.date())
    said = list(changed_days(office.id, record))
    for row in rows.order_by("approved_at"):
        if row.approved_at > record.made_at or row.effective_from > record.on:
            if row.paper:
                said.append(
                    f"The office's policy “{row.title}”, version {row.number}, binds from {day(row.effective_from)}."
                )
            else:
                said.append(f"The office's policy “{row.title}” ended on {day(row.effective_from)}.")
    if said:
        return " ".join(said)
    if record.rulebooks != digest:
        return "The rulebooks of this desk are others than when the matter was assessed."
    if record.calendars != calendars_for(office).digest:
        return "The calendars that come with this desk are others than when the matter was assessed."
    return "Law that had been enacted before came into force, or ceased to be."
