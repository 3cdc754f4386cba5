"""What is due and what waits, read from the views over the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from duly.desk.accounts.gate import Visit
from duly.desk.accounts.roles import may
from duly.desk.storage.models import DeadlineRow, LawChangeRow, MatterRow, PolicyRow, TaskRow
from duly.desk.words.dates import Clock, clock

SHOWN = 40


@dataclass(frozen=True, slots=True)
class DueRow:
    """One open deadline with its clock."""

    row: DeadlineRow
    clock: Clock


def due_of(row: DeadlineRow) -> date | datetime | None:
    """The deadline as the law counts it: a moment, or a civil day."""
    return row.due_at.astimezone(ZoneInfo(row.zone)) if row.due_at is not None else row.due_on


def clock_of_row(row: DeadlineRow, now: datetime) -> Clock:
    """Time left until the deadline, in its own zone."""
    return clock(due_of(row), now.astimezone(ZoneInfo(row.zone)), met=row.standing == "met")


def first_clock(row: MatterRow, now: datetime) -> Clock | None:
    """The clock of the matter's next open deadline; None where nothing is due."""
    open_rows = [one for one in row.deadlines.all() if one.standing == "open" and one.ends_at is not None]
    return clock_of_row(min(open_rows, key=lambda one: one.ends_at or now), now) if open_rows else None


def visible_matters(visit: Visit) -> QuerySet[MatterRow]:
    """The office's matters that this person may see."""
    rows = MatterRow.objects.filter(office=visit.office)
    return rows if may(visit.role, "see sealed matter") else rows.filter(sealed=False)


def due_rows(visit: Visit, now: datetime) -> tuple[list[DueRow], int]:
    """Open deadlines, soonest first, and how many more there are."""
    rows = DeadlineRow.objects.filter(
        matter__in=visible_matters(visit), standing="open", ends_at__isnull=False
    ).select_related("matter")
    found = [DueRow(row, clock_of_row(row, now)) for row in rows.order_by("ends_at")[:SHOWN]]
    return found, max(rows.count() - len(found), 0)


def uncounted(visit: Visit) -> list[DeadlineRow]:
    """Deadlines that cannot be counted until somebody says a fact."""
    rows = DeadlineRow.objects.filter(matter__in=visible_matters(visit), standing="open", ends_at__isnull=True)
    return list(rows.select_related("matter").order_by("matter__number")[:SHOWN])


def law_changes(visit: Visit) -> list[LawChangeRow]:
    """Changes of the law that changed answers on open matters, until somebody has answered them."""
    rows = LawChangeRow.objects.filter(matter__in=visible_matters(visit)).select_related("matter")
    return list(rows.order_by("-at")[:SHOWN])


def policies_waiting(visit: Visit) -> list[PolicyRow]:
    """Drafts of the office's own policies that wait for somebody who may approve them."""
    if not may(visit.role, "approve policy"):
        return []
    return list(PolicyRow.objects.filter(office=visit.office, draft="submitted"))


def my_tasks(visit: Visit) -> tuple[list[TaskRow], list[TaskRow]]:
    """What waits for this person's role, and what waits for others."""
    rows = TaskRow.objects.filter(matter__in=visible_matters(visit)).select_related("matter").order_by("since")
    mine: list[TaskRow] = []
    others: list[TaskRow] = []
    for task in rows[:400]:
        is_mine = visit.role in task.roles and task.not_by != visit.actor.id
        (mine if is_mine else others).append(task)
    return mine, others
