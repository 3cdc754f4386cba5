"""What follows from a change of the law on an open matter: a new assessment, what is different, and a person's answer."""

from __future__ import annotations

from datetime import date, datetime

from duly.errors import DulyError
from duly.matters.assessment import Assessment
from duly.matters.commands.facts import record_assessment
from duly.matters.commands.gate import enter, require_words
from duly.matters.events import (
    ActChange,
    ActOutcome,
    AssessmentMade,
    CountedDeadline,
    DueChange,
    Event,
    LawChangeAnswered,
    LawChanged,
)
from duly.matters.matter import Matter
from duly.matters.parts import AssessmentRecord
from duly.matters.roles import Actor


def record_law_change(
    matter: Matter, actor: Actor, at: datetime, assessment: Assessment, *, because: str = ""
) -> tuple[Event, ...]:
    """The assessment under the law as it is now, and what it says otherwise than the one recorded; nothing where it says
    the same. Raises DulyError for a closed matter, and where the facts have changed, too: that is no change of the law."""
    enter(matter, actor, at, "assess")
    before = matter.assessment
    if before is None or matter.assessment_is_stale:
        raise DulyError(
            "What changed here is not the law alone.", remedy="Assess the matter on its present facts.", code="stale"
        )
    recorded = record_assessment(matter, actor, at, assessment)
    after = next(event for event in recorded if isinstance(event, AssessmentMade))
    acts, deadlines = _acts(before, after), _deadlines(before, after)
    if not acts and not deadlines:
        return ()
    changed = LawChanged(
        matter=matter.id,
        actor=actor,
        at=at,
        rulebooks=assessment.rulebooks,
        was=before.rulebooks,
        acts=acts,
        deadlines=deadlines,
        because=because,
    )
    return (changed, *recorded)


def answer_law_change(matter: Matter, actor: Actor, at: datetime, *, change: int, resolution: str) -> tuple[Event, ...]:
    """Say in words what follows from a change of the law for this matter. Taking a position answers it, too."""
    enter(matter, actor, at, "answer law change")
    if all(one.sequence != change for one in matter.open_law_changes):
        raise DulyError("This change of the law is answered already.", remedy="Reload the page.", code="no-law-change")
    words = require_words(resolution, "What follows from the change")
    return (LawChangeAnswered(matter=matter.id, actor=actor, at=at, change=change, resolution=words),)


def _acts(before: AssessmentRecord, after: AssessmentMade) -> tuple[ActChange, ...]:
    now = {outcome.act: outcome for outcome in after.outcomes}
    acts = dict.fromkeys((*before.outcomes, *now))
    found = (ActChange(act, before.outcomes.get(act), now.get(act)) for act in acts)
    return tuple(change for change in found if _said(change.was) != _said(change.now))


def _said(outcome: ActOutcome | None) -> tuple[str, frozenset[str]] | None:
    return None if outcome is None else (outcome.outcome, frozenset(outcome.possible))


def _deadlines(before: AssessmentRecord, after: AssessmentMade) -> tuple[DueChange, ...]:
    was: dict[str, CountedDeadline] = {entry.id: entry for entry in before.deadlines}
    now = {entry.id: entry for entry in after.deadlines}
    found = []
    for id in dict.fromkeys((*was, *now)):
        old, new = was.get(id), now.get(id)
        if old is None or new is None or not _same(old.due, new.due):
            what = new.what if new is not None else was[id].what
            found.append(DueChange(id, what, old.due if old else None, new.due if new else None))
    return tuple(found)


def _same(one: date | datetime | None, other: date | datetime | None) -> bool:
    """The same day or the same instant. (Python calls two moments of a repeated hour unequal where their zones differ.)"""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one.timestamp() == other.timestamp()
    return one == other
