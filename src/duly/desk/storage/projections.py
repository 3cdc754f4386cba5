"""Views over the ledger: one row for each matter, deadline, task and inbox item; thrown away and built again at will."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from duly.desk.inbox.models import InboxItem
from duly.desk.matter.banner import FAMILIES, person_named
from duly.desk.storage import ledger
from duly.desk.storage.calendar_days import rebuild_days
from duly.desk.storage.models import DeadlineRow, LawChangeRow, LedgerEntry, MatterRow, TaskRow
from duly.desk.storage.policies import rebuild_policies
from duly.desk.storage.rule_uses import project_uses
from duly.desk.storage.tasks import tasks
from duly.desk.words.dates import when
from duly.matters import DeadlineStanding, Event, Matter, deadlines_at, fold, stage_of
from duly.matters.events import PaperReceived, PaperRefused, PaperSetAside
from duly.matters.standing import ends


def project(matter: Matter) -> None:
    """Bring the rows of one matter up to date, and with it the inbox items that became its papers."""
    row = _row(matter)
    row.save()
    at = row.changed_at
    DeadlineRow.objects.filter(matter=row).delete()
    DeadlineRow.objects.bulk_create(_deadline(row, standing) for standing in deadlines_at(matter, at))
    TaskRow.objects.filter(matter=row).delete()
    TaskRow.objects.bulk_create(
        TaskRow(
            matter=row, what=task.what, why=task.why, roles=list(task.roles), not_by=task.not_by, place=task.place,
            since=task.since,
        )
        for task in tasks(matter)
    )  # fmt: skip
    _project_law_changes(matter, row)
    project_uses(matter, row)
    _project_papers(matter)


def _project_papers(matter: Matter) -> None:
    """The inbox items that became this matter's papers: by their receipts, so that a further copy is never taken along."""
    items = InboxItem.objects.filter(office_id=matter.office)
    for paper in matter.papers:
        if paper.receipt is not None:
            items.filter(pk=paper.receipt, matter="").update(state="opened", matter=matter.id)
        elif not items.filter(paper=paper.paper).exclude(matter="").exists():
            # Entries from before receipts were recorded name only the paper.
            first = items.filter(paper=paper.paper, state="read").order_by("id").first()
            if first is not None:
                items.filter(pk=first.pk).update(state="opened", matter=matter.id)


def _project_law_changes(matter: Matter, row: MatterRow) -> None:
    LawChangeRow.objects.filter(matter=row).delete()
    LawChangeRow.objects.bulk_create(
        LawChangeRow(
            matter=row,
            sequence=change.sequence,
            at=change.at,
            because=change.because,
            acts=[[one.act, one.before, one.after] for one in change.acts],
            deadlines=[[one.what, _said(one.was), _said(one.now)] for one in change.deadlines],
        )
        for change in matter.open_law_changes
    )


def _said(due: date | datetime | None) -> str:
    return "not counted" if due is None else when(due)


def project_paper(sequence: int, office: str, event: Event) -> None:
    """Bring the inbox up to date with one event about a paper that belongs to no matter yet."""
    if isinstance(event, PaperReceived):
        InboxItem.objects.create(
            id=sequence,
            office_id=office,
            paper=event.paper,
            file_name=event.file_name,
            media_type=event.media_type,
            size_bytes=event.size_bytes,
            way=event.way,
            received_at=event.received_at,
            received_by=event.actor.name,
        )
    elif isinstance(event, PaperRefused):
        _first(office, event.paper, "waiting").update(state="refused", reason=event.reason, message=event.message)
    elif isinstance(event, PaperSetAside):
        _first(office, event.paper, "read", "refused", "waiting").update(state="set aside", message=event.reason)


def rebuild() -> int:
    """Throw all views away and build them again from the ledger alone. Returns how many matters there are."""
    with transaction.atomic():
        TaskRow.objects.all().delete()
        DeadlineRow.objects.all().delete()
        MatterRow.objects.all().delete()
        _rebuild_inbox()
        rebuild_policies()
        rebuild_days()
        matters = list(_matters())
        for number in matters:
            project(fold(ledger.events_of(number)))
    return len(matters)


def name_holders() -> int:
    """Bring up to date, after an upgrade, the rows that do not say yet by id who has a matter in hand."""
    rows = list(MatterRow.objects.filter(holder_id="").exclude(holder="").values_list("id", flat=True))
    for number in rows:
        project(fold(ledger.events_of(number)))
    return len(rows)


def _rebuild_inbox() -> None:
    from duly.desk.inbox.receiving import readings_of, show_reading

    InboxItem.objects.all().delete()
    for entry in ledger.STORE.entries():
        if entry.matter is None and (event := ledger.event_in(entry)) is not None:
            project_paper(entry.sequence, entry.payload["office"], event)
    for item in InboxItem.objects.filter(state="waiting").order_by("id"):
        if readings := readings_of(item.paper):
            show_reading(item, readings)


def _matters() -> Iterator[str]:
    rows = LedgerEntry.objects.filter(type="matter-opened").order_by("sequence").values_list("matter", flat=True)
    return (matter for matter in rows if matter is not None)


def _first(office: str, paper: str, *states: str) -> QuerySet[InboxItem]:
    """The oldest item of that paper in one of the states, as a query that can be updated."""
    items = InboxItem.objects.filter(office_id=office, paper=paper, state__in=states).order_by("id")
    first = items.values_list("id", flat=True).first()
    return InboxItem.objects.filter(pk__in=[] if first is None else [first])


def _row(matter: Matter) -> MatterRow:
    instrument = matter.instrument
    family = matter.readings[0].family if matter.readings else None
    outcomes = matter.assessment.outcomes.values() if matter.assessment is not None else ()
    return MatterRow(
        id=matter.id,
        office_id=matter.office,
        number=matter.number,
        title=matter.title or FAMILIES.get(family or "", "Paper of a kind not recognised"),
        person=person_named(instrument) or "",
        kind=(instrument.kind or "") if instrument is not None else "",
        family=family or "",
        stage=stage_of(matter),
        position=_position(matter),
        contested=any(outcome.outcome == "contested" for outcome in outcomes),
        unconfirmed=len(matter.unconfirmed),
        holder=matter.claimed_by.name if matter.claimed_by is not None else "",
        holder_id=matter.claimed_by.id if matter.claimed_by is not None else "",
        sealed=matter.seal is not None,
        closed=matter.closed,
        received_at=matter.received_at,
        opened_at=matter.opened_at,
        changed_at=matter.timeline[-1].at,
        sequence=matter.sequence,
    )


def _position(matter: Matter) -> str:
    if matter.position is None:
        return ""
    choices = list(dict.fromkeys(choice.choice for choice in matter.position.choices))
    return f"{', '.join(choices)} ({matter.position.status})"


def _deadline(row: MatterRow, standing: DeadlineStanding) -> DeadlineRow:
    due = standing.due
    return DeadlineRow(
        matter=row,
        deadline=standing.deadline.id,
        what=standing.deadline.what,
        purpose=standing.deadline.purpose,
        due_on=None if due is None else (due.date() if isinstance(due, datetime) else due),
        due_at=due if isinstance(due, datetime) else None,
        ends_at=ends(due, standing.deadline.zone),
        zone=standing.deadline.zone,
        cite=standing.deadline.cite,
        standing="open" if standing.is_open else standing.state,
        because=standing.because,
    )
