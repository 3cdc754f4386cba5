"""What counsel decides and another person approves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from duly.errors import DulyError
from duly.matters.assessment import Assessment
from duly.matters.commands.facts import record_assessment
from duly.matters.commands.gate import enter, require_words
from duly.matters.events import (
    ActChoice,
    ActOutcome,
    Choice,
    Event,
    PositionApproved,
    PositionDrafted,
    PositionReturned,
    PositionSubmitted,
)
from duly.matters.folding import extend
from duly.matters.matter import Matter
from duly.matters.parts import AssessmentRecord, Position
from duly.matters.roles import Actor, NotAllowedError
from duly.matters.wording import act_words, counted, listed

AGAINST: Mapping[str, frozenset[Choice]] = {
    "required": frozenset({"decline", "object"}),
    "forbidden": frozenset({"comply", "comply in part"}),
}
"""Which choices go against an outcome. Each needs reasons in counsel's own words, and shows in the approval."""


class StaleError(DulyError):
    """Something that a position or an assessment rests on has changed since."""

    code = "stale"


def draft_position(
    matter: Matter,
    actor: Actor,
    at: datetime,
    *,
    choices: Sequence[ActChoice],
    reasons: Mapping[str, str] | None = None,
    statement: str = "",
    assessment: Assessment | None = None,
) -> tuple[Event, ...]:
    """Counsel takes a position: a choice for each act, grounds offered by the determination, reasons in words.

    `assessment` is the law of today as counsel saw it: where it is not the one recorded last (the law changes from day
    to day, though no fact does), it is recorded with the position. Replaces an earlier draft, which stays in the
    history. Raises DulyError when the assessment is stale, an act or a ground is not of this assessment, or a choice
    goes against the determination without reasons.
    """
    enter(matter, actor, at, "draft position")
    assessed = _assessed_anew(matter, actor, at, assessment)
    record = current_assessment(extend(matter, assessed[0]) if assessed else matter)
    words = {act: text.strip() for act, text in (reasons or {}).items() if text.strip()}
    _check_choices(record, choices, words)
    against = tuple(one.act for one in choices if goes_against(record.outcomes[one.act], one.choice))
    unexplained = [act_words(act) for act in against if act not in words]
    if unexplained:
        raise DulyError(
            f"The choice on {listed(unexplained)} goes against what the law was found to say.",
            remedy="Give the reasons in words.",
            code="reasons-needed",
        )
    return (
        *assessed,
        PositionDrafted(
            matter=matter.id,
            actor=actor,
            at=at,
            choices=tuple(choices),
            against=against,
            assessment=record.digest,
            reasons=words,
            statement=statement.strip(),
        ),
    )


def submit_position(matter: Matter, actor: Actor, at: datetime) -> tuple[Event, ...]:
    """Send the position for approval.

    Raises DulyError when decisive fields are unconfirmed, an act that the paper asks for has no choice, or the position
    is stale.
    """
    enter(matter, actor, at, "submit position")
    position = current_position(matter)
    if position.status != "draft":
        raise DulyError(
            f"The position is {position.status}, not a draft.", remedy="Draft it anew to change it.", code="not-a-draft"
        )
    _check_confirmed(matter)
    _check_complete(current_assessment(matter), position)
    return (PositionSubmitted(matter=matter.id, actor=actor, at=at, position=position.digest),)


def approve_position(matter: Matter, actor: Actor, at: datetime, *, seen: str, note: str = "") -> tuple[Event, ...]:
    """Another person approves the position that they saw: `seen` is its digest as it was shown to them.

    Raises NotAllowedError for whoever drafted or submitted it, DulyError when it is not submitted, has changed since
    it was shown, or is stale.
    """
    enter(matter, actor, at, "approve position")
    position = _submitted(matter, seen)
    if actor.id in (position.drafted_by.id, position.submitted_by.id if position.submitted_by else None):
        raise NotAllowedError(
            "Nobody can approve their own position.", remedy="Another person has to approve it.", code="own-position"
        )
    return (PositionApproved(matter=matter.id, actor=actor, at=at, position=position.digest, note=note.strip()),)


def return_position(matter: Matter, actor: Actor, at: datetime, *, seen: str, reason: str) -> tuple[Event, ...]:
    """Send a submitted position back, with the reason. Whoever submitted it may take it back the same way."""
    enter(matter, actor, at, "return position")
    position = matter.position
    if position is None or position.digest != seen or position.status != "submitted":
        raise DulyError("This position does not wait for approval.", remedy="Reload the page.", code="not-submitted")
    words = require_words(reason, "The reason")
    return (PositionReturned(matter=matter.id, actor=actor, at=at, position=position.digest, reason=words),)


def goes_against(outcome: ActOutcome, choice: Choice) -> bool:
    """Whether a choice goes against the outcome, or against one that is still possible where it is undetermined."""
    outcomes = outcome.possible if outcome.outcome == "undetermined" else (outcome.outcome,)
    return any(choice in AGAINST.get(one, frozenset()) for one in outcomes)


def current_assessment(matter: Matter) -> AssessmentRecord:
    """The assessment that holds for the matter now. Raises when there is none or it is stale."""
    if matter.assessment is None:
        raise DulyError(
            "Nobody has asked yet what the law says on this matter.", remedy="Assess it.", code="no-assessment"
        )
    if matter.assessment_is_stale:
        raise StaleError("The facts have changed since the matter was assessed.", remedy="Assess it again.")
    return matter.assessment


def current_position(matter: Matter) -> Position:
    """The position that holds for the matter now. Raises when there is none or it is stale."""
    if matter.position is None:
        raise DulyError(
            "Nobody has taken a position on this matter.", remedy="Counsel has to draft one.", code="no-position"
        )
    if matter.position_is_stale:
        raise StaleError(
            "The position rests on an assessment that no longer holds.",
            remedy="Assess the matter again and draft it anew.",
        )
    return matter.position


def _assessed_anew(matter: Matter, actor: Actor, at: datetime, assessment: Assessment | None) -> tuple[Event, ...]:
    known = matter.assessment
    if assessment is None or (
        known is not None and known.digest == assessment.digest and not matter.assessment_is_stale
    ):
        return ()
    return record_assessment(matter, actor, at, assessment)


def _submitted(matter: Matter, seen: str) -> Position:
    position = current_position(matter)
    if position.digest != seen:
        raise StaleError("The position has changed since you opened it.", remedy="Read it again.")
    if position.status != "submitted":
        raise DulyError(f"The position is {position.status}; it does not wait for approval.", code="not-submitted")
    return position


def _check_choices(assessment: AssessmentRecord, choices: Sequence[ActChoice], reasons: Mapping[str, str]) -> None:
    acts = [one.act for one in choices]
    if not acts:
        raise DulyError("The position decides nothing.", remedy="Choose for at least one act.", code="empty-position")
    doubled = sorted({act for act in acts if acts.count(act) > 1})
    if doubled:
        raise DulyError(f"The position decides {listed(map(act_words, doubled))} twice.", code="doubled-act")
    for act in (*acts, *reasons):
        if act not in assessment.outcomes:
            raise DulyError(f"{act_words(act)} is not in question on this matter.", code="unknown-act")
    offered = {(ground.id, ground.act) for ground in assessment.grounds}
    for one in choices:
        for ground in one.grounds:
            if (ground, one.act) not in offered:
                raise DulyError(
                    f"The ground {ground} is not offered for {act_words(one.act)}.",
                    remedy="Give it as a reason in words.",
                    code="unknown-ground",
                )
        if one.choice == "cannot be done" and one.act not in assessment.moot and one.act not in reasons:
            raise DulyError(
                f"Nothing on record says that {act_words(one.act)} cannot be done.",
                remedy="Record it, or give the reason in words.",
                code="reasons-needed",
            )


def _check_confirmed(matter: Matter) -> None:
    waiting = [name.replace("_", " ") for _, name in matter.unconfirmed]
    if waiting:
        raise DulyError(
            f"{counted(len(waiting), 'decisive field')} not confirmed yet: {listed(dict.fromkeys(waiting))}.",
            remedy="A person has to look at the page and confirm each.",
            code="unconfirmed",
        )


def _check_complete(assessment: AssessmentRecord, position: Position) -> None:
    undecided = [act_words(act) for act in assessment.asked if position.choice(act) is None]
    if undecided:
        raise DulyError(
            f"The position says nothing about {listed(undecided)}, which the paper asks for.",
            remedy="Choose for each.",
            code="incomplete-position",
        )
