"""From events to where the matter stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from duly.matters.codec import RecordError
from duly.matters.events import Event, MatterOpened
from duly.matters.folding.apply import apply
from duly.matters.matter import Matter
from duly.matters.parts import TimelineLine


def fold(events: Iterable[Event]) -> Matter:
    """The matter after these events, which are all of one matter and begin with its opening.

    Raises RecordError when they do not. Folding the same events gives the same matter, always.
    """
    matter: Matter | None = None
    for event in events:
        matter = extend(matter, event)
    if matter is None:
        raise RecordError("A matter without events does not exist.", remedy="Open it first.")
    return matter


def extend(matter: Matter | None, event: Event) -> Matter:
    """The matter after one more event."""
    before = _before(matter, event)
    line = TimelineLine(before.sequence + 1, event.name, event.at, event.actor, event.sentence())
    after = apply(event, before)
    return replace(after, sequence=line.sequence, timeline=(*after.timeline, line))


def _before(matter: Matter | None, event: Event) -> Matter:
    if isinstance(event, MatterOpened):
        if matter is not None:
            raise RecordError(f"Matter {matter.number} was opened a second time.")
        if event.matter is None:
            raise RecordError("A matter was opened without an id.")
        return Matter(
            id=event.matter,
            number=event.number,
            office=event.office,
            jurisdiction=event.jurisdiction,
            opened_at=event.at,
            received_at=event.received_at,
            title=event.title,
        )
    if matter is None:
        raise RecordError(f"The event {event.name!r} comes before the matter was opened.")
    if event.matter != matter.id:
        raise RecordError(f"An event of matter {event.matter!r} stands among those of {matter.id!r}.")
    return matter
