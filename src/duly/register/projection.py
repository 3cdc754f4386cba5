"""From events to rows without persons: the only door through which the register sees a matter.

Nothing but the open parts of events is read, and every value in a row is one of a closed list, so that no name, number
or free text can come through, whatever an event holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from duly.errors import DulyError
from duly.matters import Event, open_part

Answer = Literal["complied", "complied in part", "declined", "asked for time", "nothing left to do"]
ANSWERS: tuple[Answer, ...] = ("complied", "complied in part", "declined", "asked for time", "nothing left to do")
Timing = Literal["in time", "late", "no time set"]
TIMINGS: tuple[Timing, ...] = ("in time", "late", "no time set")
CourtResult = Literal[
    "pending", "ordered and complied with", "ordered", "in contempt", "stayed", "denied or dismissed", "vacated or reversed"
]  # fmt: skip
COURT_RESULTS: tuple[CourtResult, ...] = (
    "pending", "ordered and complied with", "ordered", "in contempt", "stayed", "denied or dismissed", "vacated or reversed",
)  # fmt: skip
ISSUERS = (
    "immigration", "other_federal_agency", "federal_court", "state_court", "state_agency", "private", "other",
)  # fmt: skip
NOT_KNOWN = "not known"
NOT_RECOGNISED = "not recognised"
OTHER = "other"


@dataclass(frozen=True, slots=True)
class MatterRow:
    """One matter without its person: what came in, what was answered and how, what a court did.

    `answer` and `timing` are None while nothing was answered, `court` None where no court was asked.
    """

    received_on: date
    issuer: str
    kind: str
    answer: Answer | None
    timing: Timing | None
    court: CourtResult | None


@dataclass(slots=True)
class _Story:
    """What has been read of one matter so far."""

    office: str = ""
    received_on: date | None = None
    kind: str | None = None
    issuer: str | None = None
    choices: tuple[str, ...] = ()
    letter_kinds: dict[str, str] = field(default_factory=dict)
    answered_at: datetime | None = None
    answer: Answer | None = None
    dues: dict[str, tuple[str, date | datetime, str]] = field(default_factory=dict)
    extensions: dict[str, date | datetime] = field(default_factory=dict)
    timing: Timing | None = None
    petitioned: bool = False
    orders: dict[str, tuple[str, tuple[str, ...], str]] = field(default_factory=dict)
    complied: dict[str, set[str]] = field(default_factory=dict)
    withheld_until: date | None = None
    withheld: bool = False


def matter_rows(
    events: Iterable[Event | Mapping[str, Any]], kinds: Iterable[str], as_of: datetime, office: str | None = None
) -> tuple[MatterRow, ...]:
    """One row for each matter, in no telling order.

    `events` may be events or their open parts (`matters.open_part`, `matters.open_part_of`), of any number of matters,
    each matter's in order. `kinds` are the ids of the kinds of paper that may appear by name. `office` leaves out the
    other offices' matters. A matter whose figures a court forbids on the day of `as_of` is left out.
    """
    known = frozenset(kinds)
    stories: dict[str, _Story] = {}
    for event in events:
        part = open_part(event) if isinstance(event, Event) else event
        matter = part.get("matter")
        read = _READERS.get(str(part.get("event")))
        if isinstance(matter, str) and read is not None:
            read(stories.setdefault(matter, _Story()), part["open"])
    rows = [
        _row(story, known, story.received_on)
        for story in stories.values()
        if story.received_on is not None
        and (office is None or story.office == office)
        and not (story.withheld and (story.withheld_until is None or as_of.date() <= story.withheld_until))
    ]
    return tuple(sorted(rows, key=lambda row: (row.received_on, row.issuer, row.kind, str(row))))


def papers_refused(events: Iterable[Event | Mapping[str, Any]], first: date, last: date) -> int:
    """How many files of a period could not be read."""
    parts = (open_part(event) if isinstance(event, Event) else event for event in events)
    days = (_day(part["open"]["received_at"]) for part in parts if part.get("event") == "paper-refused")
    return sum(1 for received in days if first <= received <= last)


def _row(story: _Story, kinds: frozenset[str], received_on: date) -> MatterRow:
    kind = NOT_RECOGNISED if story.kind is None else story.kind if story.kind in kinds else OTHER
    issuer = story.issuer if story.issuer in ISSUERS else NOT_KNOWN
    return MatterRow(received_on, issuer, kind, story.answer, story.timing, _court(story))


def _court(story: _Story) -> CourtResult | None:
    """What a court did last, in the order in which it matters to the office."""
    if not story.petitioned and not story.orders:
        return None
    binding = {
        id: covers
        for id, (kind, covers, standing) in story.orders.items()
        if kind in ("comply", "contempt") and covers and standing == "in force"
    }
    if binding:
        if all(story.complied.get(id, set()).issuperset(covers) for id, covers in binding.items()):
            return "ordered and complied with"
        kinds = [kind for kind, _, standing in story.orders.values() if standing == "in force"]
        held = [kind for kind in kinds if kind in ("contempt", "purged")]
        return "in contempt" if held and held[-1] == "contempt" else "ordered"
    standings = [standing for _, _, standing in story.orders.values()]
    if "stayed" in standings:
        return "stayed"
    if {"vacated", "reversed"} & set(standings):
        return "vacated or reversed"
    return "denied or dismissed" if {"deny", "dismiss"} & {kind for kind, _, _ in story.orders.values()} else "pending"


def _opened(story: _Story, data: Mapping[str, Any]) -> None:
    story.office = str(data["office"])
    story.received_on = _day(data["received_at"])


def _read(story: _Story, data: Mapping[str, Any]) -> None:
    if data["reading"] == 0:
        story.kind, story.issuer = data["kind"], data["issuer"]


def _drafted(story: _Story, data: Mapping[str, Any]) -> None:
    story.choices = tuple(str(choice["choice"]) for choice in data["choices"])


def _assessed(story: _Story, data: Mapping[str, Any]) -> None:
    story.dues = {}
    for deadline in data["deadlines"]:
        due = _due(deadline["due"])
        if due is not None:
            story.dues[str(deadline["id"])] = (str(deadline["purpose"]), due, str(deadline["zone"]))


def _extended(story: _Story, data: Mapping[str, Any]) -> None:
    due = _due(data["due"])
    if due is not None:
        story.extensions[str(data["deadline"])] = due


def _composed(story: _Story, data: Mapping[str, Any]) -> None:
    story.letter_kinds[str(data["letter"])] = str(data["letter_kind"])


def _sent(story: _Story, data: Mapping[str, Any]) -> None:
    """The first answer counts: how, and whether in time."""
    if story.letter_kinds.get(str(data["letter"])) != "answer" or story.answered_at is not None:
        return
    sent_at = datetime.fromisoformat(data["sent_at"]["moment"])
    story.answered_at = sent_at
    story.answer = _answer(story.choices)
    story.timing = _timing(story, sent_at)


def _answer(choices: tuple[str, ...]) -> Answer:
    told = [choice for choice in choices if choice != "cannot be done"]
    if not told:
        return "nothing left to do"
    if all(choice == "comply" for choice in told):
        return "complied"
    if any(choice in ("comply", "comply in part") for choice in told):
        return "complied in part"
    return "asked for time" if all(choice == "ask for time" for choice in told) else "declined"


_PURPOSES = (("answer", "response"), ("compliance",), ("objection",))


def _timing(story: _Story, sent_at: datetime) -> Timing:
    """Against the time set for an answer; where none is, the time for compliance; where neither is, for objecting."""
    for purposes in _PURPOSES:
        dues = [
            (story.extensions.get(id, due), zone)
            for id, (purpose, due, zone) in story.dues.items()
            if purpose in purposes
        ]
        if dues:
            return "late" if any(_is_late(sent_at, due, zone) for due, zone in dues) else "in time"
    return "no time set"


def _is_late(sent_at: datetime, due: date | datetime, zone: str) -> bool:
    return sent_at > due if isinstance(due, datetime) else sent_at.astimezone(ZoneInfo(zone)).date() > due


def _petitioned(story: _Story, data: Mapping[str, Any]) -> None:
    story.petitioned = True


def _ordered(story: _Story, data: Mapping[str, Any]) -> None:
    story.orders[str(data["order"])] = (str(data["order_kind"]), tuple(map(str, data["covers"])), "in force")


_STANDING = {"stayed": "stayed", "stay lifted": "in force", "vacated": "vacated", "reversed": "reversed"}


def _changed(story: _Story, data: Mapping[str, Any]) -> None:
    kind, covers, standing = story.orders[str(data["order"])]
    changed = data.get("covers")
    story.orders[str(data["order"])] = (
        kind,
        covers if changed is None else tuple(map(str, changed)),
        _STANDING.get(str(data["change"]), standing),
    )


def _complied(story: _Story, data: Mapping[str, Any]) -> None:
    if data["in_full"] and data["order"] is not None:
        story.complied.setdefault(str(data["order"]), set()).update(map(str, data["acts"]))


def _withheld(story: _Story, data: Mapping[str, Any]) -> None:
    if "public figures" in data["forbids"]:
        until = data.get("until")
        open_end = story.withheld and story.withheld_until is None
        ends = None if until is None or open_end else date.fromisoformat(until["date"])
        if ends is not None and story.withheld_until is not None:
            ends = max(ends, story.withheld_until)
        story.withheld, story.withheld_until = True, ends


def _disclosable(story: _Story, data: Mapping[str, Any]) -> None:
    story.withheld, story.withheld_until = False, None


_Reader = Callable[[_Story, Mapping[str, Any]], None]
_READERS: dict[str, _Reader] = {
    "matter-opened": _opened,
    "paper-read": _read,
    "kind-confirmed": _read,
    "position-drafted": _drafted,
    "assessment-made": _assessed,
    "deadline-extended": _extended,
    "letter-composed": _composed,
    "letter-sent": _sent,
    "petition-filed": _petitioned,
    "order-entered": _ordered,
    "order-changed": _changed,
    "compliance-recorded": _complied,
    "non-disclosure-ordered": _withheld,
    "non-disclosure-lifted": _disclosable,
}
"""What the register reads, and nothing else. A new event is not counted until somebody says here how."""


def _day(data: Mapping[str, Any]) -> date:
    return datetime.fromisoformat(data["moment"]).date()


def _due(data: Mapping[str, Any] | None) -> date | datetime | None:
    if data is None:
        return None
    if "moment" in data:
        return datetime.fromisoformat(data["moment"])
    if "date" in data:
        return date.fromisoformat(data["date"])
    raise DulyError("A recorded deadline has neither a date nor a moment.", code="bad-record")
