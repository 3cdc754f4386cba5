"""What people say about a matter: service, custody, facts; and what the law was found to say on them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from duly.clock.deadline import Step
from duly.errors import DulyError, Place
from duly.evidence import FactValue
from duly.law import FactType, Vocabulary
from duly.matters.assessment import Assessment, offered_grounds
from duly.matters.commands.gate import enter, require_moment, require_words
from duly.matters.events import (
    ActOutcome,
    AssessmentMade,
    CountedDeadline,
    CustodyRecorded,
    DeadlineExtended,
    DeadlineMet,
    Event,
    FactStated,
    FactWithdrawn,
    GroundOffered,
    Manner,
    NoticeGiven,
    PersonReleased,
    ServiceRecorded,
    Told,
)
from duly.matters.instrument import Instrument
from duly.matters.matter import Matter, known_values
from duly.matters.roles import Actor
from duly.matters.standing import matter_deadlines


def record_service(
    matter: Matter,
    actor: Actor,
    at: datetime,
    *,
    served_on: date,
    manner: Manner,
    served_at: datetime | None = None,
    served_by: str | None = None,
    served_upon: str | None = None,
) -> tuple[Event, ...]:
    """When, how, by whom and on whom the paper was served."""
    enter(matter, actor, at, "record service")
    if isinstance(served_on, datetime):
        raise DulyError("The day of service is a date, not a moment.", code="wrong-type")
    if served_on > at.date():
        raise DulyError(
            f"Service on {served_on.isoformat()} lies in the future.", remedy="Check the date.", code="future"
        )
    if served_at is not None:
        require_moment(served_at)
    return (
        ServiceRecorded(
            matter=matter.id,
            actor=actor,
            at=at,
            served_on=served_on,
            manner=manner,
            served_at=served_at,
            served_by=served_by,
            served_upon=served_upon,
        ),
    )


def state_fact(
    matter: Matter,
    actor: Actor,
    at: datetime,
    vocabulary: Vocabulary,
    *,
    fact: str,
    value: FactValue,
    source: Literal["person", "record"] = "person",
    note: str = "",
    paper: str | None = None,
    page: int | None = None,
) -> tuple[Event, ...]:
    """A person states a fact of the vocabulary, of their own knowledge or from the office's records.

    Raises DulyError for an unknown or derived fact, a value of the wrong type, or a court's order stated without its
    paper: that is recorded as an order.
    """
    enter(matter, actor, at, "state fact")
    check_fact(vocabulary, fact, value)
    if fact.startswith("court.") and value is not False:
        raise DulyError(
            "What a court ordered is recorded with its paper, not stated.",
            remedy="Record the order.",
            code="court-fact",
        )
    return (
        FactStated(
            matter=matter.id,
            actor=actor,
            at=at,
            fact=fact,
            value=value,
            source=source,
            note=note.strip(),
            paper=paper,
            page=page,
        ),
    )


def withdraw_fact(matter: Matter, actor: Actor, at: datetime, *, fact: str, reason: str) -> tuple[Event, ...]:
    """A stated fact no longer holds, or was wrong."""
    enter(matter, actor, at, "withdraw fact")
    if fact not in matter.stated:
        raise DulyError(f"Nobody stated {fact} on this matter.", place=Place(field=fact), code="not-stated")
    words = require_words(reason, "The reason")
    return (FactWithdrawn(matter=matter.id, actor=actor, at=at, fact=fact, reason=words),)


def record_custody(
    matter: Matter,
    actor: Actor,
    at: datetime,
    *,
    in_custody: bool,
    as_of: datetime,
    eligible_for_release_at: datetime | None = None,
    note: str = "",
) -> tuple[Event, ...]:
    """What the custody records show about the person named."""
    enter(matter, actor, at, "record custody")
    require_moment(as_of)
    if eligible_for_release_at is not None:
        require_moment(eligible_for_release_at)
    return (
        CustodyRecorded(
            matter=matter.id,
            actor=actor,
            at=at,
            in_custody=in_custody,
            as_of=as_of,
            eligible_for_release_at=eligible_for_release_at,
            note=note.strip(),
        ),
    )


def record_release(
    matter: Matter, actor: Actor, at: datetime, *, released_at: datetime, note: str = ""
) -> tuple[Event, ...]:
    """The person named was released. Duly records a release; it never delays one."""
    enter(matter, actor, at, "record custody")
    require_moment(released_at)
    return (PersonReleased(matter=matter.id, actor=actor, at=at, released_at=released_at, note=note.strip()),)


def record_assessment(matter: Matter, actor: Actor, at: datetime, assessment: Assessment) -> tuple[Event, ...]:
    """What the law says on the facts that the matter holds now.

    Raises DulyError when the assessment was made from other facts than the matter's: a position must never rest on
    values that nobody recorded.
    """
    enter(matter, actor, at, "assess")
    _check_same_facts(matter, assessment)
    return (
        AssessmentMade(
            matter=matter.id,
            actor=actor,
            at=at,
            digest=assessment.digest,
            basis=matter.basis,
            on=assessment.on,
            outcomes=tuple(ActOutcome(one.act, one.outcome, tuple(one.possible)) for one in assessment.determinations),
            asked=assessment.asked,
            moot=tuple(assessment.moot),
            deadlines=tuple(
                CountedDeadline(
                    entry.deadline.id,
                    entry.deadline.what,
                    entry.purpose,
                    entry.deadline.due,
                    entry.deadline.zone,
                    entry.deadline.cite,
                )
                for entry in assessment.deadlines
            ),
            steps={entry.deadline.id: entry.deadline.steps for entry in assessment.deadlines},
            defects=tuple(found.rule for found in assessment.defects if found.status == "defective"),
            grounds=tuple(GroundOffered(one.id, one.act, one.position) for one in offered_grounds(assessment)),
            rulebooks=assessment.rulebooks or None,
            calendars=assessment.calendars or None,
            warnings=assessment.warnings,
        ),
    )


def extend_deadline(
    matter: Matter,
    actor: Actor,
    at: datetime,
    *,
    deadline: str,
    due: date | datetime,
    by: Literal["agreement", "order"],
    paper: str | None = None,
    note: str = "",
    steps: tuple[Step, ...] = (),
) -> tuple[Event, ...]:
    """A deadline was moved by agreement or by order. `steps` say how its new end was counted."""
    enter(matter, actor, at, "extend deadline")
    _known_deadline(matter, deadline)
    if isinstance(due, datetime):
        require_moment(due)
    return (
        DeadlineExtended(
            matter=matter.id,
            actor=actor,
            at=at,
            deadline=deadline,
            due=due,
            by=by,
            paper=paper,
            note=note.strip(),
            steps=steps,
        ),
    )


def record_deadline_met(
    matter: Matter, actor: Actor, at: datetime, *, deadline: str, met_at: datetime, how: str
) -> tuple[Event, ...]:
    """A deadline was met by something that the matter does not show otherwise."""
    enter(matter, actor, at, "record deadline met")
    _known_deadline(matter, deadline)
    require_moment(met_at)
    words = require_words(how, "How the deadline was met")
    return (DeadlineMet(matter=matter.id, actor=actor, at=at, deadline=deadline, met_at=met_at, how=words),)


def record_notice(
    matter: Matter,
    actor: Actor,
    at: datetime,
    *,
    who: Told,
    given_at: datetime,
    rule: str | None = None,
    deadline: str | None = None,
    how: str = "",
) -> tuple[Event, ...]:
    """Somebody was told about the paper. What a non-disclosure order forbids is refused."""
    enter(matter, actor, at, "record notice")
    require_moment(given_at)
    require_disclosure_allowed(matter, who, at)
    if deadline is not None:
        _known_deadline(matter, deadline)
    return (
        NoticeGiven(
            matter=matter.id,
            actor=actor,
            at=at,
            who=who,
            given_at=given_at,
            rule=rule,
            deadline=deadline,
            how=how.strip(),
        ),
    )


def require_disclosure_allowed(matter: Matter, who: Told, at: datetime) -> None:
    """Raise when a non-disclosure order forbids telling `who` on that day. The issuing agency is never a third party."""
    order = matter.non_disclosure
    if order is None or who == "issuing agency":
        return
    what: Literal["notice to the person named", "notice to others"] = (
        "notice to the person named" if who in ("person named", "counsel of the person named") else "notice to others"
    )
    if order.forbids_on(what, at.date()):
        raise DulyError(
            f"A non-disclosure order on this matter forbids {what}.", remedy="Ask counsel.", code="non-disclosure"
        )


def check_fact(vocabulary: Vocabulary, fact: str, value: FactValue) -> None:
    """Raise DulyError unless the vocabulary knows the fact, it may be stated, and the value has its type."""
    known = vocabulary.facts.get(fact)
    if known is None:
        raise DulyError(f"There is no fact called {fact!r}.", place=Place(field=fact), code="unknown-fact")
    if known.derived:
        raise DulyError(
            f"{fact} follows from other facts and cannot be stated.", place=Place(field=fact), code="derived-fact"
        )
    if not _fits(known, value):
        choices = f" Choose one of: {', '.join(known.choices)}." if known.kind == "choice" and known.choices else ""
        raise DulyError(
            f"{value!r} is no answer to “{known.ask}”.",
            place=Place(field=fact),
            remedy=choices.strip(),
            code="wrong-type",
        )


def _fits(known: FactType, value: FactValue) -> bool:
    match known.kind:
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "date":
            return isinstance(value, date) and not isinstance(value, datetime)
        case "moment":
            return isinstance(value, datetime) and value.tzinfo is not None
        case "choice":
            return isinstance(value, str) and (known.open or value in known.choices)
        case _:
            return isinstance(value, str) and bool(value.strip())


def _known_deadline(matter: Matter, deadline: str) -> None:
    if all(known.id != deadline for known in matter_deadlines(matter)):
        raise DulyError(
            f"This matter has no deadline {deadline!r}.", remedy="Reload the page.", code="unknown-deadline"
        )


def _check_same_facts(matter: Matter, assessment: Assessment) -> None:
    same = matter.instrument is not None and _papers(matter.instrument) == _papers(assessment.instrument)
    stated = {name: fact.value for name, fact in matter.facts().items() if not name.startswith("court.")}
    missing = [name for name, value in stated.items() if _used(assessment, name) != value]
    ordered = bool(matter.orders_that_bind)
    if ordered != (_used(assessment, "court.order_entered") is True):
        missing.append("court.order_entered")
    if not same or missing:
        about = f": {', '.join(missing)}" if missing else ""
        raise DulyError(
            f"The assessment was made from other facts than the matter holds{about}.",
            remedy="Assess the matter again.",
            code="other-facts",
        )


def _papers(instrument: Instrument) -> list[tuple[str | None, dict[str, object]]]:
    """What is known of the instrument and of what came with it."""
    return [(paper.kind, known_values(paper.fields)) for paper in (instrument, *instrument.accompanying)]


def _used(assessment: Assessment, name: str) -> FactValue | None:
    fact = assessment.facts.get(name)
    return fact.value if fact is not None else None
