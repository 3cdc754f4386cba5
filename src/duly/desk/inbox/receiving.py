"""Taking a file in: the original kept, its receipt in the ledger, an item in the inbox, all before anybody is told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from duly.desk.accounts.models import Office
from duly.desk.inbox.models import InboxItem, Progress, StoredReading
from duly.desk.inbox.resemblance import repeated
from duly.desk.storage import ledger, originals
from duly.desk.storage.projections import project_paper
from duly.intake import Reading, Refused
from duly.matters import MACHINE, Actor
from duly.matters.codec import decode, encode
from duly.matters.commands import receive_paper, refuse_paper, set_aside_paper
from duly.matters.events import PaperReceived, Way


def receive(
    office: Office,
    actor: Actor,
    chunks: Iterable[bytes],
    name: str,
    *,
    at: datetime,
    received_at: datetime,
    way: Way,
    sender: str | None = None,
    told: str = "",
) -> InboxItem:
    """Keep the original and record its receipt. When this returns, both survive a power cut.

    `told` is what a message that brought it says of itself; it is evidence of receipt and never of service.
    """
    kept = originals.keep(chunks)
    events = receive_paper(
        actor,
        at,
        paper=kept.sha256,
        media_type=kept.media_type,
        size_bytes=kept.size,
        received_at=received_at,
        way=way,
        file_name=name[:255] or "without a name",
        sender=sender,
        told=told,
    )
    with transaction.atomic():
        entry = ledger.append(events, office=office.id, expected={})[0]
        project_paper(entry.sequence, office.id, events[0])
        item = InboxItem.objects.get(pk=entry.sequence)
        Progress.objects.create(item=item)
    return item


def settle_read(item: InboxItem, readings: tuple[Reading, ...]) -> None:
    """Keep what the machine read, and let a person go on. Doing it twice changes nothing."""
    with transaction.atomic():
        for index, reading in enumerate(readings):
            StoredReading.objects.update_or_create(
                paper=item.paper,
                index=index,
                defaults={
                    "kind": reading.kind or "",
                    "confidence": reading.confidence,
                    "pages": [[page.width, page.height] for page in reading.document.pages],
                    "reading": _storable(encode(reading)),
                },
            )
        show_reading(item, readings)
        Progress.objects.filter(item=item).delete()


_NO_CHARACTERS = re.compile("[\0\ud800-\udfff]")


def _storable(data: Any) -> Any:
    """The same with U+FFFD for what is no character: PostgreSQL keeps neither NUL nor half of a pair, and PDFs have both."""
    if isinstance(data, str):
        return _NO_CHARACTERS.sub("\ufffd", data)
    if isinstance(data, list):
        return [_storable(item) for item in data]
    if isinstance(data, dict):
        return {name: _storable(item) for name, item in data.items()}
    return data


def show_reading(item: InboxItem, readings: tuple[Reading, ...]) -> None:
    """Bring an item up to date with what was read of it, and with what it repeats."""
    earlier = repeated(item, readings)
    InboxItem.objects.filter(pk=item.pk).exclude(state__in=("opened", "set aside")).update(state="read")
    InboxItem.objects.filter(pk=item.pk).update(
        kind=(readings[0].kind or "") if readings else "",
        confidence=readings[0].confidence if readings else 0,
        pages=len(readings[0].document.pages) if readings else 0,
        resembles=earlier[0] if earlier else None,
        resemblance=earlier[1] if earlier else "",
    )


def settle_refused(item: InboxItem, refusal: Refused) -> None:
    """Record the refusal with the sentence that the person sees; the original stays. Doing it twice changes nothing."""
    with ledger.STORE.writing():
        locked = InboxItem.objects.select_for_update().get(pk=item.pk)
        if locked.state != "waiting":
            return
        office = locked.office
        events = refuse_paper(
            MACHINE,
            office.now(),
            paper=locked.paper,
            size_bytes=locked.size_bytes,
            received_at=locked.received_at.astimezone(office.zone),
            way=locked.way,  # type: ignore[arg-type]
            file_name=locked.file_name,
            error=refusal,
        )
        entry = ledger.append(events, office=office.id, expected={})[0]
        project_paper(entry.sequence, office.id, events[0])
        Progress.objects.filter(item=locked).delete()


def set_aside(item: InboxItem, actor: Actor, at: datetime, reason: str) -> None:
    """Record that a paper is no matter, and why. It stays findable."""
    with ledger.STORE.writing():
        locked = InboxItem.objects.select_for_update().get(pk=item.pk)
        if locked.state not in ("read", "refused"):
            return
        events = set_aside_paper(actor, at, paper=locked.paper, reason=reason)
        ledger.append(events, office=locked.office_id, expected={})
        InboxItem.objects.filter(pk=locked.pk).update(state="set aside", message=reason.strip())


def readings_of(paper: str) -> tuple[Reading, ...]:
    """What the machine read of an original, in the order of its pages."""
    stored = StoredReading.objects.filter(paper=paper).order_by("index").values_list("reading", flat=True)
    return tuple(decode(Reading, data, "reading") for data in stored)


def told(item: InboxItem) -> PaperReceived | None:
    """The receipt of an item as the ledger has it, with sender and what the message said; None once its key is gone."""
    entry = next(ledger.STORE.entries(after=item.pk - 1), None)
    event = ledger.event_in(entry) if entry is not None and entry.sequence == item.pk else None
    return event if isinstance(event, PaperReceived) else None
