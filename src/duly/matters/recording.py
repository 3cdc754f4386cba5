"""Between events and ledger entries: what is open, what goes under the matter's key, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from duly.ledger import Draft, Entry
from duly.matters.codec import RecordError
from duly.matters.events import EVENTS, Event, from_json, to_json


def draft_of(event: Event) -> Draft:
    """What the ledger records for an event: its open part as payload, its personal part sealed.

    A paper that belongs to no matter yet is sealed under a key of its own, `paper/<sha256>`.
    """
    data = to_json(event)
    scope = None if event.matter is not None else f"paper/{data['open'].get('paper', 'none')}"
    return Draft(
        type=data["event"],
        actor=event.actor.id,
        at=event.at,
        payload={"at": data["at"], "roles": data["actor"]["roles"], "event": data["open"]},
        matter=event.matter,
        version=data["version"],
        sealed=data["personal"],
        seal_under=scope,
    )


def open_part_of(entry: Entry) -> dict[str, Any] | None:
    """The open part of the event that an entry records, as `open_part` gives it; None for entries that record none.

    Needs no key: this is all that is left when retention has destroyed the personal part, and all that the register
    reads.
    """
    if entry.type not in EVENTS:
        return None
    payload = entry.payload
    return {
        "event": entry.type,
        "version": entry.version,
        "matter": entry.matter,
        "at": payload.get("at"),
        "actor": {"id": entry.actor, "roles": payload.get("roles")},
        "open": payload.get("event"),
    }


def event_of(entry: Entry, sealed: Mapping[str, Any] | None) -> Event | None:
    """The event that an entry records, with what was sealed in it (from `ledger.open_sealed`); None for other entries.

    Raises RecordError when the personal part was destroyed, or the entry does not hold what it claims.
    """
    opened = open_part_of(entry)
    if opened is None:
        return None
    if sealed is None:
        raise RecordError(
            f"Entry {entry.sequence} has lost its personal part.", remedy="Its key was destroyed on retention."
        )
    return from_json({**opened, "personal": sealed})
