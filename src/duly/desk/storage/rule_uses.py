"""Which rules the current answers of a matter rest on: a view beside the others, so that the law says where it is used."""

from __future__ import annotations

from collections.abc import Iterator

from duly import court
from duly.desk.accounts.models import Office
from duly.desk.shelf import calendars_for, kinds, library_for
from duly.desk.storage import ledger
from duly.desk.storage.models import MatterRow, RuleUse
from duly.errors import DulyError
from duly.matters import Assessment, Matter, fold

DEADLINE, DEFECT = "deadline", "defect"
"""What a rule carries where it is no act's answer: a date, or something wrong with the paper."""
NO_LONGER = "no longer"
"""What a row without a rule says: the law as loaded cannot make the matter's assessment again."""


def project_uses(matter: Matter, row: MatterRow) -> None:
    """Bring the uses up to date with the matter's last assessment. Nothing is done while that is the one already shown."""
    rows = RuleUse.objects.filter(matter=row)
    record = matter.assessment
    if record is None:
        rows.delete()
        return
    if rows.exists() and not rows.exclude(assessment=record.digest).exists():
        return
    rows.delete()
    RuleUse.objects.bulk_create(
        RuleUse(matter=row, rule=rule, what=what, outcome=outcome, assessment=record.digest)
        for rule, what, outcome in dict.fromkeys(_uses(matter))
    )


def catch_up() -> int:
    """Make the uses of matters that have none, as after an upgrade. Returns how many matters were looked at."""
    waiting = list(MatterRow.objects.filter(rule_uses__isnull=True).values_list("id", flat=True))
    for number in waiting:
        matter = fold(ledger.events_of(number))
        project_uses(matter, MatterRow.objects.get(pk=number))
    return len(waiting)


def _uses(matter: Matter) -> Iterator[tuple[str, str, str]]:
    found = _assessment(matter)
    if found is None:
        yield "", NO_LONGER, ""
        return
    for answer in found.determinations:
        for rule in answer.applied:
            yield rule.rule, answer.act, answer.outcome
    for entry in found.deadlines:
        yield entry.deadline.id, DEADLINE, ""
    for defect in found.defects:
        if defect.truth:
            yield defect.rule, DEFECT, ""


def _assessment(matter: Matter) -> Assessment | None:
    """The matter's last assessment, made again on its own date; None where the law as loaded now cannot make it."""
    record = matter.assessment
    if record is None or matter.instrument is None:
        return None
    office = Office.objects.get(pk=matter.office)
    try:
        books = library_for(office, record.on, record.made_at)
        days = calendars_for(office, record.made_at)
        return court.assess_matter(books, days, office.as_domain(), matter, record.on, kinds=kinds())
    except DulyError:
        # The rulebooks no longer know a fact, an act or the place that the matter was assessed with.
        return None
