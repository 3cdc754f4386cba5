"""What is computed from a matter and never stored: its stage, and how each deadline stands at a given moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from duly.clock.deadline import Step
from duly.errors import DulyError
from duly.matters.events import CountedDeadline
from duly.matters.matter import Matter, Stage
from duly.matters.parts import CourtOrder
from duly.matters.wording import moment, when

DeadlineState = Literal[
    "open", "due soon", "overdue", "met", "met late", "answered", "not counted", "suspended", "no longer due"
]  # fmt: skip
SOON = timedelta(days=3)
COURT_COMPLIANCE = "court compliance"
_ANSWERED_BY_LETTER = ("answer", "objection", "response")


@dataclass(frozen=True, slots=True)
class DeadlineStanding:
    """A deadline as it stands at one moment. `due` counts extensions; `because` says in a sentence why it stands so."""

    deadline: CountedDeadline
    due: date | datetime | None
    state: DeadlineState
    because: str
    steps: tuple[Step, ...] = ()
    extended: bool = False
    met_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.state in ("open", "due soon", "overdue", "not counted")


def deadlines_at(matter: Matter, now: datetime, soon: timedelta = SOON) -> tuple[DeadlineStanding, ...]:
    """Every deadline of the matter as it stands at `now`, soonest first, those not counted last.

    `now` is aware; a civil date is due until the end of that day in the deadline's own zone. `soon` is how long before
    the due time a deadline counts as due soon.
    """
    if now.tzinfo is None:
        raise DulyError("The present moment was given without a time zone.", code="no-zone")
    standings = [_standing(matter, deadline, now, soon) for deadline in matter_deadlines(matter)]
    return tuple(sorted(standings, key=lambda entry: (entry.due is None, ends(entry.due, entry.deadline.zone) or now)))


def matter_deadlines(matter: Matter) -> tuple[CountedDeadline, ...]:
    """The deadlines that the last assessment counted, and those that a court's orders set."""
    ordered = tuple(_of_order(order) for order in matter.orders if order.compliance_due is not None)
    dates = {deadline.due for deadline in ordered}
    counted = matter.assessment.deadlines if matter.assessment is not None else ()
    return (*(one for one in counted if not (one.purpose == "compliance" and one.due in dates)), *ordered)


def court_deadline_id(order: str) -> str:
    """The id of the deadline that an order sets."""
    return f"court/{order}/compliance"


def ends(due: date | datetime | None, zone: str) -> datetime | None:
    """The first moment at which it is too late: the moment itself, or the end of the civil day in `zone`."""
    if due is None or isinstance(due, datetime):
        return due
    following = due + timedelta(days=1)
    return datetime(following.year, following.month, following.day, tzinfo=ZoneInfo(zone))


def _of_order(order: CourtOrder) -> CountedDeadline:
    zone = order.zone or "UTC"
    what = f"Comply with the order of {order.court}"
    return CountedDeadline(
        court_deadline_id(order.id),
        what,
        COURT_COMPLIANCE,
        order.compliance_due,
        zone,
        f"order of {when(order.entered_on)}",
    )


def _standing(matter: Matter, deadline: CountedDeadline, now: datetime, soon: timedelta) -> DeadlineStanding:
    extension = matter.extensions.get(deadline.id)
    due = extension.due if extension is not None else deadline.due
    end = ends(due, deadline.zone)

    def stands(state: DeadlineState, because: str, met_at: datetime | None = None) -> DeadlineStanding:
        return DeadlineStanding(deadline, due, state, because, _steps(matter, deadline), extension is not None, met_at)

    met_at = _met_at(matter, deadline)
    if met_at is not None:
        late = end is not None and _is_late(met_at, due, end)
        return stands("met late" if late else "met", f"Met on {moment(met_at)}.", met_at)
    for ask in (_suspended, _answered, _no_longer_due):
        found = ask(matter, deadline)
        if found is not None:
            return stands(*found)
    if end is None:
        return stands("not counted", "It cannot be counted yet.")
    if _is_late(now, due, end):
        return stands("overdue", "The time has passed.")
    if end - now <= soon:
        return stands("due soon", "The time is near.")
    return stands("open", "There is time.")


def _is_late(at: datetime, due: date | datetime | None, end: datetime) -> bool:
    """A moment is kept up to and including itself; a civil day up to its last instant."""
    return at > end if isinstance(due, datetime) else at >= end


def _steps(matter: Matter, deadline: CountedDeadline) -> tuple[Step, ...]:
    extension = matter.extensions.get(deadline.id)
    if extension is not None and extension.steps:
        return extension.steps
    for order in matter.orders:
        if court_deadline_id(order.id) == deadline.id:
            return order.due_steps
    return tuple(matter.assessment.steps.get(deadline.id, ())) if matter.assessment is not None else ()


def _met_at(matter: Matter, deadline: CountedDeadline) -> datetime | None:
    if deadline.id in matter.deadlines_met:
        return matter.deadlines_met[deadline.id]
    if deadline.purpose in _ANSWERED_BY_LETTER:
        return matter.answered_at
    if deadline.purpose == COURT_COMPLIANCE:
        return _complied_at(matter, deadline)
    # Once a court has ordered, its own date counts: doing late what it ordered says nothing of the paper's first date.
    if deadline.purpose == "compliance" and not matter.orders_that_bind:
        return min((done.complied_at for done in matter.compliances if done.in_full), default=None)
    if deadline.purpose == "hold" and matter.custody is not None:
        return matter.custody.released_at
    if deadline.purpose == "appeal":
        return _appealed_at(matter, ZoneInfo(deadline.zone))
    return None


def _appealed_at(matter: Matter, zone: ZoneInfo) -> datetime | None:
    """When the office first appealed: the beginning of the day of filing, for a court's clerk stamps the day."""
    filed = min((appeal.filed_on for appeal in matter.appeals if appeal.filed_by == "office"), default=None)
    return None if filed is None else datetime(filed.year, filed.month, filed.day, tzinfo=zone)


def _complied_at(matter: Matter, deadline: CountedDeadline) -> datetime | None:
    """When everything that the order covers had been done, in whatever portions."""
    order = next((known for known in matter.orders if court_deadline_id(known.id) == deadline.id), None)
    if order is None or not order.covers:
        return None
    since = [
        [
            done.complied_at
            for done in matter.compliances
            if done.in_full and act in done.acts and done.order == order.id
        ]
        for act in order.covers
    ]
    return max(min(moments) for moments in since) if all(since) else None


Found = tuple[DeadlineState, str]


def _suspended(matter: Matter, deadline: CountedDeadline) -> Found | None:
    for order in matter.orders:
        if court_deadline_id(order.id) == deadline.id and order.standing == "stayed":
            return "suspended", "The order is stayed."
    return None


def _answered(matter: Matter, deadline: CountedDeadline) -> Found | None:
    """Before a court orders anything, an answer disposes of the paper's own date: the issuer has the next move."""
    if deadline.purpose != "compliance" or matter.answered_at is None or matter.orders_that_bind:
        return None
    return "answered", f"Answered on {moment(matter.answered_at)}; the issuer has the next move."


def _no_longer_due(matter: Matter, deadline: CountedDeadline) -> Found | None:
    for order in matter.orders:
        if court_deadline_id(order.id) == deadline.id and not order.binds:
            return "no longer due", f"The order was {order.standing}."
    if matter.disposition is not None:
        return "no longer due", f"The matter is disposed of: {matter.disposition}."
    if deadline.purpose == "hold" and matter.custody is not None and not matter.custody.in_custody:
        return "no longer due", "The person named is not in custody."
    if deadline.purpose == "compliance" and matter.orders_that_bind:
        return "no longer due", "The court's order sets the time now."
    return None


_WORK: dict[str | None, Stage] = {"started": "Collect", "finished": "Review", "reviewed": "Counsel", None: "Counsel"}


def stage_of(matter: Matter) -> Stage:
    """Where the matter stands in the order of work."""
    if matter.closed:
        return "Closed"
    if _is_before_a_court(matter):
        return "Enforcement"
    if not matter.readings:
        return "Intake"
    position = matter.position
    answered = matter.answered_at
    if answered is not None and (position is None or position.drafted_at < answered):
        return "Answer"
    if position is not None and not matter.position_is_stale:
        drafting: dict[str, Stage] = {
            "draft": "Counsel",
            "returned": "Counsel",
            "submitted": "Approve",
            "approved": "Answer",
        }
        return drafting[position.status]
    if matter.unconfirmed or not _is_served(matter):
        return "Verify"
    if position is None and _asks_for_records(matter) and not matter.holds:
        return "Hold"
    return "Counsel" if position is not None else _WORK[matter.collection]


def _is_before_a_court(matter: Matter) -> bool:
    """From a petition, or an order without one, until the court has finished with this matter."""
    if matter.disposition is not None:
        return False
    ended = {order.petition for order in matter.orders if order.kind in ("deny", "dismiss")}
    pending = any(petition.id not in ended for petition in matter.petitions)
    return pending or bool(matter.orders_that_bind)


def _is_served(matter: Matter) -> bool:
    """Service is known when somebody recorded it, or when the law could count something from what the paper says."""
    if matter.service is not None or "instrument.served_on" in matter.stated:
        return True
    return matter.assessment is not None and any(one.due is not None for one in matter.assessment.deadlines)


def _asks_for_records(matter: Matter) -> bool:
    outcomes = matter.assessment.outcomes if matter.assessment is not None else {}
    return "produce_records" in outcomes
