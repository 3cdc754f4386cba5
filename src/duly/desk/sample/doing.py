"""What each verb of a story does at the desk: the same commands that a person's click gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, get_args
from uuid import NAMESPACE_URL, uuid5

from duly import court
from duly.court import DueStated
from duly.desk.accounts.models import Office
from duly.desk.inbox.opening import open_as_matters
from duly.desk.inbox.receiving import receive, settle_read
from duly.desk.matter.papers import compose_final
from duly.desk.sample.story import Happening, Story, StoryError
from duly.desk.shelf import calendars, kinds, library
from duly.desk.storage import originals
from duly.desk.storage.matters import act, act_together
from duly.desk.verify.cards import cards
from duly.intake import Reading
from duly.letters import Brief, addressee_of
from duly.matters import KIND, Actor, Event, Matter, commands, offered_grounds
from duly.matters.events import ActChoice, Manner


def matter_id(story: Story, key: str) -> str:
    """The same id each time the sample is loaded, so that loading twice changes nothing."""
    return uuid5(NAMESPACE_URL, f"duly:sample:{story.key}:{key}").hex


def _stable(story: Story, *parts: str) -> str:
    return uuid5(NAMESPACE_URL, ":".join(("duly:sample", story.key, *parts))).hex[:12]


@dataclass(slots=True)
class Telling:
    """A story being told at an office's desk: its people as actors, its papers as read, its matters as they stand."""

    story: Story
    office: Office
    actors: Mapping[str, Actor]
    readings: Mapping[str, tuple[Reading, ...]]
    matters: dict[str, Matter] = field(default_factory=dict)

    def tell(self, happening: Happening) -> None:
        """Do what happened. Raises StoryError for a verb that no desk knows."""
        verb = VERBS.get(happening.do)
        if verb is None:
            raise StoryError(f"A story cannot {happening.do!r}.", remedy=f"Known: {', '.join(VERBS)}.")
        verb(self, happening)

    def each(self, happening: Happening, decide: Callable[[Matter, Actor, datetime], Sequence[Event]]) -> None:
        """The same decision on every matter that the happening names."""
        actor = self.actors[happening.who]
        for key in happening.matters:
            state = self.matters[key]
            self.matters[key] = act(
                self.office, state, lambda matter: decide(matter, actor, happening.at), happening.at
            )

    def together(self, happening: Happening, events: Sequence[Event]) -> None:
        """Events on several matters at once."""
        found = act_together(self.office, [self.matters[key] for key in happening.matters], events, happening.at)
        self.matters.update(zip(happening.matters, found, strict=True))

    def file(self, happening: Happening) -> str | None:
        """The SHA-256 of the happening's paper, kept as an original; None where it has none."""
        name = happening.said.get("file")
        return originals.keep([(self.story.folder / name).read_bytes()]).sha256 if name else None


def _receive(telling: Telling, happening: Happening) -> None:
    actor = telling.actors[happening.who]
    how = happening.said.get("how", "hand")
    for key in happening.matters:
        paper = telling.story.papers[key]
        item = receive(
            telling.office, actor, [paper.file.read_bytes()], paper.file.name, at=happening.at,
            received_at=happening.at, way="counter" if how in ("hand", "in person") else how,
        )  # fmt: skip
        settle_read(item, telling.readings[key])
        said = {"received_at": happening.at, "title": paper.title}
        opened = open_as_matters(telling.office, actor, item, said, happening.at, ids=[matter_id(telling.story, key)])
        telling.matters[key] = opened[0]
    _facts(telling, happening)
    for key in happening.matters:
        _relate(telling, happening, key)


def _relate(telling: Telling, happening: Happening, key: str) -> None:
    actor = telling.actors[happening.who]
    for other in telling.story.papers[key].related:
        if other in telling.matters and other != key:
            relation = "served together" if other in happening.matters else "earlier instrument"
            telling.matters[key] = act(
                telling.office,
                telling.matters[key],
                lambda matter, other=other, relation=relation: commands.relate_matter(  # type: ignore[misc]
                    matter, actor, happening.at, other=matter_id(telling.story, other), relation=relation
                ),
                happening.at,
            )


def _facts(telling: Telling, happening: Happening) -> None:
    """What the story says beside the paper: custody and service as what they are, the rest as stated facts."""
    said: Mapping[str, Any] = happening.said.get("facts", {})

    def decide(matter: Matter, actor: Actor, at: datetime) -> Sequence[Event]:
        events: list[Event] = []
        for name, value in said.items():
            if name == "person.in_custody":
                events += commands.record_custody(matter, actor, at, in_custody=value, as_of=at)
            elif name == "service.manner":
                manner: Manner = value if value in get_args(Manner) else "other"
                events += commands.record_service(matter, actor, at, served_on=at.date(), manner=manner, served_at=at)
            else:
                events += commands.state_fact(
                    matter, actor, at, library().vocabulary, fact=name, value=value, note=happening.said.get("note", "")
                )
        return events

    telling.each(happening, decide)


def _confirm(telling: Telling, happening: Happening) -> None:
    """Every field, looked at and found right."""

    def decide(matter: Matter, actor: Actor, at: datetime) -> Sequence[Event]:
        events: list[Event] = []
        for card in cards(matter):
            if card.settled:
                continue
            if card.name == KIND:
                events += commands.confirm_kind(
                    matter, actor, at, kinds(), kind=card.text or None, reading=card.reading
                )
            else:
                events += commands.confirm_field(matter, actor, at, field=card.name, reading=card.reading)
        return events

    telling.each(happening, decide)


def _copy_served(telling: Telling, happening: Happening) -> None:
    how = happening.said.get("how", "")
    telling.each(
        happening,
        lambda matter, actor, at: commands.record_notice(
            matter, actor, at, who="person named", given_at=at, how=f"A copy was handed over {how}.".replace("  ", " ")
        ),
    )


def _release(telling: Telling, happening: Happening) -> None:
    note = happening.said.get("note", "")
    telling.each(
        happening, lambda matter, actor, at: commands.record_release(matter, actor, at, released_at=at, note=note)
    )


def _refer(telling: Telling, happening: Happening) -> None:
    note = happening.said.get("note", "")
    telling.each(happening, lambda matter, actor, at: commands.refer(matter, actor, at, to="counsel", note=note))


def _position(telling: Telling, happening: Happening) -> None:
    """The position on the acts that the story names, and at least on what the paper asks for, with the grounds that the
    law then offers for it; sent for approval at once."""
    from duly.desk.storage.matters import assessed

    choice = happening.said["position"]

    def decide(matter: Matter, actor: Actor, at: datetime) -> Sequence[Event]:
        record = matter.assessment
        found = assessed(telling.office, matter, at.date())  # the law of the day on which the position is taken
        if record is None or found is None:
            raise StoryError(f"Nothing is known of the law on matter {matter.number}.")
        offered = [one for one in offered_grounds(found) if one.certain and one.position == choice]
        acts = [one for one in record.outcomes if one in happening.said["acts"] or one in record.asked]
        choices = [ActChoice(one, choice, tuple(g.id for g in offered if g.act == one)) for one in acts]
        reasons = dict.fromkeys(acts, happening.said.get("note", ""))
        return commands.draft_position(matter, actor, at, choices=choices, reasons=reasons, assessment=found)

    telling.each(happening, decide)
    later = Happening(happening.at + timedelta(minutes=5), happening.who, "submit", happening.matters)
    telling.each(later, lambda matter, actor, at: commands.submit_position(matter, actor, at))


def _approve(telling: Telling, happening: Happening) -> None:
    telling.each(
        happening,
        lambda matter, actor, at: commands.approve_position(
            matter, actor, at, seen=matter.position.digest if matter.position is not None else ""
        ),
    )


def _send(telling: Telling, happening: Happening) -> None:
    telling.each(happening, lambda matter, actor, at: compose_final(telling.office, matter, actor, at))
    later = Happening(happening.at + timedelta(minutes=20), happening.who, "sent", happening.matters, happening.said)
    ways = [part.strip() for part in str(happening.said.get("how", "mail")).split(" and ")]

    def decide(matter: Matter, actor: Actor, at: datetime) -> Sequence[Event]:
        from duly.desk.storage.matters import assessed

        letter = matter.letters[-1]
        found = assessed(telling.office, matter, matter.assessment.on) if matter.assessment is not None else None
        to = addressee_of(Brief(assessment=found)) if found is not None else None
        return commands.send_letter(
            matter, actor, at, letter=letter.id, way=ways[0], sent_at=at, recipient=to.name if to else "The issuing office"  # type: ignore[arg-type]
        )  # fmt: skip

    telling.each(later, decide)
    for way in ways[1:]:
        telling.each(
            later,
            lambda matter, actor, at, way=way: commands.record_delivery(  # type: ignore[misc]
                matter, actor, at, letter=matter.letters[-1].id, way=way, succeeded=True, attempted_at=at
            ),
        )


def _petition(telling: Telling, happening: Happening) -> None:
    telling.together(
        happening,
        court.file_petition(
            [telling.matters[key] for key in happening.matters], telling.actors[happening.who], happening.at,
            petition=_stable(telling.story, "petition"), court=happening.said["court"], filed_on=happening.at.date(),
            case_number=happening.said.get("case_number"), paper=telling.file(happening),
        ),
    )  # fmt: skip


def _paper(telling: Telling, happening: Happening) -> None:
    paper = telling.file(happening)
    if paper is None:
        raise StoryError("A paper is to be recorded, but none is named.")
    name = str(happening.said["file"]).rsplit("/", 1)[-1]
    telling.each(
        happening,
        lambda matter, actor, at: commands.link_paper(
            matter, actor, at, paper=paper, role="court filing", file_name=name
        ),
    )


def _order(telling: Telling, happening: Happening) -> None:
    matters = [telling.matters[key] for key in happening.matters]
    said: Mapping[str, Any] = happening.said.get("facts", {})
    due: date | None = said.get("court.compliance_due_on")
    telling.together(
        happening,
        court.enter_order(
            matters, telling.actors[happening.who], happening.at, order=_stable(telling.story, "order"),
            order_kind="comply", court=happening.said["court"],
            entered_on=said.get("court.order_entered_on", happening.at.date()), zone=telling.office.time_zone,
            covers={one.id: one.assessment.asked for one in matters if one.assessment is not None},
            petition=matters[0].petitions[-1].id if matters[0].petitions else None, terms=happening.said.get("terms", ""),
            due=DueStated(due) if due is not None else None, calendars=calendars(), paper=telling.file(happening),
        ),
    )  # fmt: skip


def _produce(telling: Telling, happening: Happening) -> None:
    note = happening.said.get("how", "")

    def decide(matter: Matter, actor: Actor, at: datetime) -> Sequence[Event]:
        binding = matter.orders_that_bind
        order = binding[-1] if binding else None
        acts = order.covers if order is not None else ("produce_records",)
        return court.record_compliance(
            matter, actor, at, acts=acts, complied_at=at, in_full=True, order=order.id if order is not None else None,
            note=note,
        )  # fmt: skip

    telling.each(happening, decide)


def _close(telling: Telling, happening: Happening) -> None:
    disposition, note = happening.said["disposition"], happening.said.get("note", "")
    telling.each(
        happening,
        lambda matter, actor, at: commands.record_disposition(matter, actor, at, disposition=disposition, note=note),
    )
    telling.each(happening, lambda matter, actor, at: commands.close_matter(matter, actor, at, reason=note))


VERBS: Mapping[str, Callable[[Telling, Happening], None]] = {
    "receive": _receive,
    "confirm fields": _confirm,
    "serve copy on the person named": _copy_served,
    "release": _release,
    "send to counsel": _refer,
    "state facts": _facts,
    "take position": _position,
    "approve position": _approve,
    "send letter": _send,
    "record petition": _petition,
    "record paper": _paper,
    "record order": _order,
    "produce records": _produce,
    "close": _close,
}
