"""What a court was asked and what it ordered, on each matter that it concerns."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from duly.clock.deadline import Step
from duly.matters.codec import Personal
from duly.matters.events.event import Event, event
from duly.matters.wording import act_words, day, listed, when

OrderKind = Literal["show cause", "comply", "deny", "contempt", "purged", "dismiss", "other"]
OrderChange = Literal["stayed", "stay lifted", "vacated", "reversed", "affirmed", "modified"]
Side = Literal["issuer", "office", "person named", "other"]


@event("petition-filed")
class PetitionFiled(Event):
    """Somebody asked a court about this instrument. `matters` lists every matter that the one petition is about."""

    petition: str
    filed_on: date
    filed_by: Side
    matters: tuple[str, ...]
    acts: tuple[str, ...]
    paper: str | None = None
    court: Personal[str]
    case_number: Personal[str | None] = None

    def sentence(self) -> str:
        others = len(self.matters) - 1
        also = f", together with {others} other {'matter' if others == 1 else 'matters'}" if others else ""
        number = f", {self.case_number}" if self.case_number else ""
        return f"The {self.filed_by} filed a petition in {self.court}{number} on {day(self.filed_on)}{also}."


@event("order-entered")
class OrderEntered(Event):
    """A court's order was entered. `covers` are the acts that it orders on this matter; empty: none of them.

    `compliance_due` is what the order states or what was counted from it (`due_steps`); None when the order says
    nothing and nothing could be counted.
    """

    order: str
    order_kind: OrderKind
    entered_on: date
    petition: str | None = None
    covers: tuple[str, ...] = ()
    compliance_due: date | datetime | None = None
    zone: str | None = None
    hearing_at: datetime | None = None
    paper: str | None = None
    page: int | None = None
    court: Personal[str]
    terms: Personal[str] = ""
    due_steps: Personal[tuple[Step, ...]] = ()

    def sentence(self) -> str:
        due = f"; due {when(self.compliance_due)}" if self.compliance_due else ""
        return f"{self.court} entered {self._what()} on {day(self.entered_on)}{due}."

    def _what(self) -> str:
        acts = listed(act_words(act) for act in self.covers)
        match self.order_kind:
            case "show cause":
                hearing = f", hearing on {when(self.hearing_at)}" if self.hearing_at else ""
                return f"an order to show cause{hearing}"
            case "comply":
                return f"an order to comply ({acts})"
            case "deny":
                return "an order denying the petition"
            case "contempt":
                return "an order of contempt"
            case "purged":
                return "an order that the contempt is purged"
            case "dismiss":
                return "an order of dismissal"
            case _:
                return "an order"


@event("order-changed")
class OrderChanged(Event):
    """Something happened to an order: stayed, vacated, reversed, affirmed, modified.

    For `modified`, `covers` and `compliance_due` are the new ones.
    """

    order: str
    change: OrderChange
    on: date
    covers: tuple[str, ...] | None = None
    compliance_due: date | datetime | None = None
    paper: str | None = None
    court: Personal[str]
    note: Personal[str] = ""
    due_steps: Personal[tuple[Step, ...]] = ()

    def sentence(self) -> str:
        done = {"stay lifted": "lifted the stay of the order"}.get(self.change, f"{self.change} the order")
        return f"{self.court} {done} on {day(self.on)}."


@event("appeal-filed")
class AppealFiled(Event):
    """An appeal was taken from an order. An appeal alone does not stay the order."""

    order: str
    filed_on: date
    filed_by: Side
    paper: str | None = None
    court: Personal[str]

    def sentence(self) -> str:
        return f"The {self.filed_by} appealed to {self.court} on {day(self.filed_on)}."


@event("compliance-recorded")
class ComplianceRecorded(Event):
    """What was asked or ordered was done. `order` None: done without an order. `paper`: the receipt or manifest."""

    acts: tuple[str, ...]
    complied_at: datetime
    in_full: bool
    order: str | None = None
    paper: str | None = None
    note: Personal[str] = ""

    def sentence(self) -> str:
        how = "in full" if self.in_full else "in part"
        done = listed(act_words(act) for act in self.acts)
        return f"Complied {how} on {when(self.complied_at)}: {done}."
