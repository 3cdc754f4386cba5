"""Everything that the Matter page shows, gathered from the matter, its assessment and the reader's role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, get_args

from django.urls import reverse

from duly.clock.deadline import Step
from duly.court.stage import is_complied_with
from duly.desk.accounts.gate import Visit
from duly.desk.accounts.roles import may
from duly.desk.matter.banner import banner
from duly.desk.matter.cards import ActCard, PositionShown, act_cards, open_questions, overall, position_shown
from duly.desk.matter.forms import Compliance, Custody, Extend, Order, Petition, Service
from duly.desk.shelf import library
from duly.desk.storage import ledger
from duly.desk.storage.matters import assessed
from duly.desk.storage.models import MatterRow
from duly.desk.verify.sheets import Sheet, sheets
from duly.desk.words.dates import Clock, Tone, clock, day
from duly.letters import Brief, addressee_of
from duly.matters import Assessment, DeadlineStanding, Matter, TimelineLine, deadlines_at, stage_of
from duly.matters.events import CHOICES, DeliveryWay

RECENT = 8
TAIL = 5


@dataclass(frozen=True, slots=True)
class Notice:
    """One box above the page: an alert wants an act, a warning wants words, the others inform."""

    tone: str
    lead: str
    text: str
    href: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline as the page shows it."""

    what: str
    clock: Clock
    steps: tuple[Step, ...]
    cite: str
    missing: tuple[str, ...]
    warnings: tuple[str, ...]
    is_open: bool
    id: str
    is_hold: bool
    extended: bool
    form: Extend


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the timeline; `year` says whether the year has to be shown."""

    at: datetime
    sentence: str
    actor: Any
    year: bool


def page(request: Visit, matter: Matter) -> dict[str, Any]:
    """The context of the Matter page."""
    office, now = request.office, request.office.now()
    on = matter.assessment.on if matter.assessment is not None else office.today()
    assessment = assessed(office, matter, on)
    cards = act_cards(assessment) if assessment is not None else []
    position = position_shown(matter, assessment)
    deadlines = dues(matter, assessment, now)
    can = permissions(request, matter)
    timeline = _timeline(matter)
    return {
        "matter": matter,
        "assessment": assessment,
        "is_today": on == office.today(),
        "is_mine": matter.claimed_by is not None and matter.claimed_by.id == request.actor.id,
        "banner": banner(matter.instrument, assessment.facts if assessment is not None else {}),
        "related": _related(request, matter),
        "stage": stage_of(matter),
        "strip": strip(matter, deadlines, position),
        "notices": notices(matter, assessment, cards, now.date()),
        "cards": cards,
        "spoken": [card for card in cards if card.is_spoken_of],
        "silent": [card for card in cards if not card.is_spoken_of],
        "questions": open_questions(cards),
        "position": position,
        "choices": CHOICES,
        "why_no_position": _why_no_position(matter, request),
        "letters": list(reversed(matter.letters)),
        "ways": get_args(DeliveryWay),
        "addressee": _addressee(assessment),
        "now": now,
        "received": matter.received_at.astimezone(office.zone),
        "deadlines": deadlines,
        "sheet": _first_sheet(matter),
        "settled": _settled(matter),
        "papers": matter.papers,
        "timeline": timeline[:RECENT],
        "earlier": timeline[RECENT:],
        "entries": [{"number": one.matter_sequence, "event": one.type, "hash": one.hash} for one in ledger.tail(matter.id, TAIL)],
        "can": can,
        **_forms(request, matter, can, now),
    }  # fmt: skip


def permissions(request: Visit, matter: Matter) -> dict[str, bool]:
    """What this person may do on this matter now. The domain checks again when they do it."""
    role, actor, position = request.role, request.actor, matter.position
    status = position.status if position is not None else ""
    stale = matter.position_is_stale
    open_ = not matter.closed
    own = position is not None and actor.id in (
        position.drafted_by.id, position.submitted_by.id if position.submitted_by is not None else "",
    )  # fmt: skip
    approved = status == "approved" and not stale
    made = position is not None and any(letter.position == position.digest for letter in matter.letters)
    return {
        "state_fact": open_ and may(role, "state fact"),
        "record_custody": open_ and may(role, "record custody"),
        "record_release": open_ and may(role, "record custody") and (matter.custody is None or matter.custody.released_at is None),
        "extend": open_ and may(role, "extend deadline"),
        "draft_now": open_ and may(role, "draft position") and matter.assessment is not None and status != "submitted" and not matter.assessment_is_stale,
        "submit_now": open_ and may(role, "submit position") and status == "draft" and not stale,
        "approve_now": open_ and may(role, "approve position") and status == "submitted" and not own and not stale,
        "compose_now": open_ and may(role, "compose letter") and approved and not made,
        "send": open_ and may(role, "send letter"),
        "record_court": open_ and may(role, "record petition"),
        "record_order": open_ and may(role, "record order"),
        "comply_now": open_ and may(role, "record compliance") and any(not is_complied_with(matter, order) for order in matter.orders_that_bind),
        "see_ledger": may(role, "see ledger"),
        "verify_ledger": may(role, "verify a matter's ledger"),
        "assess": open_ and may(role, "assess"),
        "claim": open_ and may(role, "claim"),
    }  # fmt: skip


def dues(matter: Matter, assessment: Assessment | None, now: datetime) -> list[Due]:
    """The deadlines, open ones first, as they stand now; the assessment adds what is missing or to be warned of."""
    counted = {one.deadline.id: one.deadline for one in assessment.deadlines} if assessment is not None else {}
    found: list[Due] = []
    for standing in deadlines_at(matter, now):
        more = counted.get(standing.deadline.id)
        found.append(
            Due(
                what=standing.deadline.what,
                clock=clock_of(standing, now),
                steps=standing.steps or (more.steps if more is not None else ()),
                cite=standing.deadline.cite,
                missing=more.missing if more is not None else (),
                warnings=more.warnings if more is not None else (),
                is_open=standing.is_open,
                id=standing.deadline.id,
                is_hold=standing.deadline.purpose == "hold",
                extended=standing.extended,
                form=Extend(auto_id=f"extend_{len(found)}_%s"),
            )
        )
    return sorted(found, key=lambda due: not due.is_open)


def clock_of(standing: DeadlineStanding, now: datetime) -> Clock:
    """Time left in words; what has come to an end says how."""
    counted = clock(standing.due, now.astimezone(), met=standing.state == "met") if standing.due else None
    if counted is None:
        return Clock("unknown", "cannot be counted yet", "")
    if standing.is_open:
        return clock(standing.due, now)
    words = {"met late": "met late", "answered": "answered", "suspended": "suspended", "no longer due": "no longer due"}
    tones: dict[str, Tone] = {"met": "met", "met late": "overdue"}
    tone = tones.get(standing.state, "ended")
    return replace(counted, tone=tone, left=words.get(standing.state, "met"))


def strip(matter: Matter, deadlines: Sequence[Due], position: PositionShown | None) -> dict[str, Any]:
    """The four answers under the heading: what is due, the stage, the position, the person."""
    first = next((due for due in deadlines if due.is_open), deadlines[0] if deadlines else None)
    custody = matter.custody
    if custody is None:
        person, person_more = "Not known", "whether in custody: not recorded"
    elif custody.released_at is not None:
        person, person_more = f"Released {day(custody.released_at.date(), weekday=False)}", _by(custody.evidence)
    else:
        person = "In custody" if custody.in_custody else "Not in custody"
        person_more = f"as of {day(custody.as_of.date(), weekday=False)}"
    return {
        "due_label": first.what if first is not None else "Due",
        "clock": first.clock if first is not None else None,
        "stage_more": f"with {matter.claimed_by.name}" if matter.claimed_by is not None else _referred(matter),
        "position": f"{position.status.capitalize()}: {overall(position.choices)}"
        if position is not None
        else "None yet",
        "position_more": _position_more(position),
        "person": person,
        "person_more": person_more,
    }


def notices(matter: Matter, assessment: Assessment | None, cards: Sequence[ActCard], today: date) -> list[Notice]:
    """Non-disclosure and seal first; then what wants an act; then what is contested; then what wants words."""
    found = []
    if matter.non_disclosure is not None and (
        matter.non_disclosure.until is None or today <= matter.non_disclosure.until
    ):
        forbids = " or ".join(matter.non_disclosure.forbids)
        found.append(Notice("alert", "Non-disclosure order.", f"It forbids {forbids}. What it forbids is blocked."))
    if matter.seal is not None:
        found.append(Notice("alert", "Sealed.", "Only those named and those whose role allows it can see this matter."))
    if matter.open_law_changes:
        because = " ".join(dict.fromkeys(change.because for change in matter.open_law_changes))
        href = reverse("policy:changed", args=[matter.id])
        found.append(Notice("alert", "The law changed.", because, href, "See what is different"))
    if matter.unconfirmed:
        count = len(matter.unconfirmed)
        text = f"{count} {'field that moves' if count == 1 else 'fields that move'} a deadline or an answer {'has' if count == 1 else 'have'} been read by the machine and not confirmed by a person."
        found.append(
            Notice("warning", "Not confirmed.", text, reverse("verify:verify", args=[matter.id]), "Confirm now")
        )
    if matter.position_is_stale and stage_of(matter) != "Answer":
        found.append(
            Notice(
                "warning",
                "The position is stale.",
                "What it rests on has changed since. Counsel has to draft it anew.",
            )
        )
    disputed = [card.label.lower() for card in cards if card.found.outcome == "contested"]
    if disputed:
        text = f"Valid law points different ways on: {'; '.join(disputed)}. Nothing is decided for you; both lines are below."
        found.append(Notice("contested", "Contested.", text))
    for warning in assessment.warnings if assessment is not None else ():
        if not warning.startswith("Read by the machine and not confirmed"):
            found.append(Notice("warning", "", _resolved(matter, warning)))
    return found


def _resolved(matter: Matter, warning: str) -> str:
    resolution = matter.warnings_resolved.get(warning)
    return f"{warning} Resolved: {resolution}" if resolution else warning


def _by(evidence: Any) -> str:
    return f"recorded by {evidence.confirmed_by}" if evidence.confirmed_by else "from the records"


def _referred(matter: Matter) -> str:
    return f"with {matter.referred_to}" if matter.referred_to is not None else "nobody has claimed it"


def _position_more(position: PositionShown | None) -> str:
    if position is None:
        return "counsel decides"
    return {
        "draft": "not sent for approval yet",
        "submitted": "needs another person's approval",
        "approved": "approved by another person",
        "returned": "returned to its drafter",
    }[position.status]


def _why_no_position(matter: Matter, request: Visit) -> str:
    if matter.assessment is None:
        return "The law has not been applied yet: the kind of paper is not known."
    if not may(request.role, "draft position"):
        return "Nobody has taken a position yet. Counsel does."
    return "The facts have changed; the law has to be applied again first."


def _related(request: Visit, matter: Matter) -> list[dict[str, str]]:
    rows = {
        row.id: row
        for row in MatterRow.objects.filter(office=request.office, id__in=[other for other, _ in matter.related])
    }
    return [
        {"id": other, "number": rows[other].number, "relation": relation, "words": rows[other].title}
        for other, relation in matter.related
        if other in rows
    ]


def _addressee(assessment: Assessment | None) -> str:
    if assessment is None:
        return ""
    found = addressee_of(Brief(assessment=assessment))
    return found.name if found is not None else ""


def _first_sheet(matter: Matter) -> Sheet | None:
    found = sheets(matter)
    return found[0] if found else None


def _settled(matter: Matter) -> str:
    decisive = sum(1 + len(reading.decisive) for reading in matter.readings)
    left = len(matter.unconfirmed)
    return f"{decisive - left} of {decisive} decisive fields settled" if decisive else ""


def _timeline(matter: Matter) -> list[Line]:
    newest = list(reversed(matter.timeline))
    return [_line(one, newest[index - 1] if index else None) for index, one in enumerate(newest)]


def _line(one: TimelineLine, newer: TimelineLine | None) -> Line:
    year = newer is None or newer.at.year != one.at.year
    return Line(one.at, one.sentence, one.actor, year)


def _forms(request: Visit, matter: Matter, can: dict[str, bool], now: datetime) -> dict[str, Any]:
    """The forms that this person may use, filled with what is known."""
    local = now.replace(tzinfo=None)
    rows = MatterRow.objects.filter(office=request.office, closed=False).exclude(id=matter.id).order_by("number")
    mates = {other for petition in matter.petitions for other in petition.matters}
    return {
        "service_form": Service(initial={"served_on": now.date()}, auto_id="service_%s"),
        "custody_form": Custody(initial={"as_of": local}, auto_id="custody_%s"),
        "petition_form": Petition(auto_id="petition_%s"),
        "order_form": Order(auto_id="order_%s"),
        "compliance_form": Compliance(initial={"complied_at": local, "in_full": True}, auto_id="compliance_%s"),
        "companions": list(rows[:30]) if can["record_court"] else [],
        "petition_mates": [row for row in rows if row.id in mates],
        "library": library().digest,
    }
