"""From a paper in the inbox to a matter: one for each instrument in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db.models.functions import Length

from duly.desk.accounts.models import Office
from duly.desk.inbox.models import InboxItem
from duly.desk.inbox.receiving import readings_of
from duly.desk.shelf import kinds
from duly.desk.storage import ledger
from duly.desk.storage.matters import begin
from duly.desk.storage.models import MatterRow
from duly.errors import DulyError
from duly.matters import Actor, Instrument, Matter, fold, instruments_from
from duly.matters.commands import open_matter, record_service


class AlreadyOpenedError(DulyError):
    """Somebody else opened the paper first."""

    code = "already-opened"


def open_as_matters(
    office: Office,
    actor: Actor,
    item: InboxItem,
    said: Mapping[str, Any],
    at: datetime,
    *,
    ids: list[str] | None = None,
) -> list[Matter]:
    """Open a matter for each instrument in the paper. `said` is what the person typed: received_at, served_on, manner.

    `ids` names the matters in advance, for a sample that must be the same each time.
    """
    # The ledger first, then the row, as everybody does: two who took them the other way round would wait for each other,
    # and the next number of the office must not be given twice.
    with ledger.STORE.writing():
        lock_read([item])
        found = instruments_from(readings_of(item.paper), kinds())
        names = ids or [uuid4().hex for _ in found]
        receipts = {item.paper: item.pk}
        return [open_one(office, actor, one, said, at, name, receipts) for one, name in zip(found, names, strict=False)]


def lock_read(items: Sequence[InboxItem]) -> None:
    """Hold the items until the transaction ends, which holds the ledger already.

    Raises AlreadyOpenedError where one is not read, or not any more.
    """
    for item in items:
        state = InboxItem.objects.select_for_update().values_list("state", flat=True).get(pk=item.pk)
        if state != "read":
            raise AlreadyOpenedError(f"This paper is {state}.", remedy="Go back to the inbox to see what became of it.")


def open_one(
    office: Office,
    actor: Actor,
    instrument: Instrument,
    said: Mapping[str, Any],
    at: datetime,
    name: str,
    receipts: Mapping[str, int],
) -> Matter:
    """Open one matter, with the service that the person recorded. `receipts`: paper → the entry that received it."""
    received_at: datetime = said["received_at"].replace(tzinfo=office.zone)
    events = list(
        open_matter(
            actor,
            at,
            matter=name,
            number=next_number(office, received_at.year),
            office=office.id,
            jurisdiction=office.jurisdiction,
            received_at=received_at,
            instrument=instrument,
            kinds=kinds(),
            title=said.get("title"),
            receipts=receipts,
        )
    )
    if said.get("served_on"):
        events += record_service(
            fold(events), actor, at, served_on=said["served_on"], manner=said["manner"],
            served_by=said.get("served_by") or None,
        )  # fmt: skip
    return begin(office, events, at)


def next_number(office: Office, year: int) -> str:
    """The office's next number of that year, as in `2020-0004`. Numbers are never used twice, for no matter is removed."""
    last = (
        MatterRow.objects.filter(office=office, number__startswith=f"{year}-")
        .order_by(Length("number").desc(), "-number")
        .values_list("number", flat=True)
        .first()
    )
    return f"{year}-{int(last.split('-')[1]) + 1 if last else 1:04d}"
