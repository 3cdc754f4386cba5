"""What a change of the law does to an open matter."""

from __future__ import annotations

from dataclasses import replace

from duly.matters.codec import RecordError
from duly.matters.events import LawChangeAnswered, LawChanged
from duly.matters.folding.apply import apply
from duly.matters.matter import Matter
from duly.matters.parts import LawChange


@apply.register
def _(event: LawChanged, matter: Matter) -> Matter:
    change = LawChange(matter.sequence + 1, event.at, event.because, event.acts, event.deadlines)
    return replace(matter, law_changes=(*matter.law_changes, change))


@apply.register
def _(event: LawChangeAnswered, matter: Matter) -> Matter:
    if all(change.sequence != event.change for change in matter.law_changes):
        raise RecordError(f"Matter {matter.number} has no change of the law at {event.change}.")
    changes = tuple(
        replace(change, answered=event.resolution) if change.sequence == event.change else change
        for change in matter.law_changes
    )
    return replace(matter, law_changes=changes)
