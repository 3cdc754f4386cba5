"""What people do on the Matter page. Each reads a form, asks the domain, records, and goes back to the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duly.clock import extended
from duly.court import DueStated, enter_order, file_petition, record_compliance
from duly.desk.accounts.gate import Visit
from duly.desk.law.asking import parse
from duly.desk.matter.forms import Compliance, Custody, Extend, Order, Petition, Service
from duly.desk.matter.papers import compose_final, keep_upload
from duly.desk.shelf import calendars_for, library
from duly.desk.storage.matters import act, act_together, load
from duly.errors import DulyError
from duly.ledger import Conflict
from duly.matters import Matter, commands, deadlines_at
from duly.matters.events import ActChoice, Event

Decide = Callable[[Matter, datetime], Sequence[Event]]
RELEASE_TRIES = 5


def _do(request: Visit, matter: str, decide: Decide, done: str, place: str = "") -> HttpResponse:
    """Do one thing on one matter, and go back to where it stands on the page, with a sentence either way."""
    found = load(request.office, matter, request.actor)
    now = request.office.now()
    try:
        expected = int(request.POST.get("expected", found.sequence))
        act(request.office, found, lambda state: decide(state, now), now, expected=expected)
        messages.success(request, done)
    except Conflict:
        messages.warning(
            request,
            _("Someone else worked on this matter after you opened the page. Nothing of yours was recorded; look at what changed and do it again if it still fits."),
        )  # fmt: skip
    except (DulyError, ValueError) as error:
        messages.error(request, str(error))
    return _back(matter, place)


def _back(matter: str, place: str) -> HttpResponse:
    response = redirect("matter:matter", matter)
    if place:
        response["Location"] += f"#{place}"
    return response


@require_POST
def state_facts(request: Visit, matter: str) -> HttpResponse:
    """Answer the questions that would settle what the law says."""
    given = {name[2:]: str(text) for name, text in request.POST.items() if name.startswith("f.") and str(text).strip()}
    source: Literal["person", "record"] = "record" if request.POST.get("source") == "record" else "person"
    note = request.POST.get("note", "")
    facts = library().vocabulary.facts

    def decide(state: Matter, now: datetime) -> Sequence[Event]:
        events: list[Event] = []
        for name, text in given.items():
            value = parse(facts[name], text, request.office.zone) if name in facts else text
            if value is not None:
                events += commands.state_fact(
                    state, request.actor, now, library().vocabulary, fact=name, value=value, source=source, note=note
                )
        if not events:
            raise DulyError("No question was answered.", remedy="Answer at least one, or leave them.", code="no-answer")
        return events

    return _do(request, matter, decide, _("Your answers are kept, and the law was applied again."), "law")


@require_POST
def service(request: Visit, matter: str) -> HttpResponse:
    """Record when and how the paper was served."""
    form = Service(request.POST)
    if not form.is_valid():
        return _refuse(request, matter, form)
    said = form.cleaned_data
    zone = request.office.zone
    return _do(
        request,
        matter,
        lambda state, now: commands.record_service(
            state, request.actor, now, served_on=said["served_on"], manner=said["manner"],
            served_at=said["served_at"].replace(tzinfo=zone) if said["served_at"] else None,
            served_by=said["served_by"] or None, served_upon=said["served_upon"] or None,
        ),
        _("Service is recorded, and the deadlines were counted again."),
        "deadlines",
    )  # fmt: skip


@require_POST
def custody(request: Visit, matter: str) -> HttpResponse:
    """Record whether the person named is in custody, or was released."""
    form = Custody(request.POST)
    if not form.is_valid():
        return _refuse(request, matter, form)
    said, zone = form.cleaned_data, request.office.zone
    as_of = said["as_of"].replace(tzinfo=zone)
    until = said["eligible_at"].replace(tzinfo=zone) if said["eligible_at"] else None

    if said["state"] == "released":
        return _released(request, matter, as_of, said["note"])

    def decide(state: Matter, now: datetime) -> Sequence[Event]:
        return commands.record_custody(
            state, request.actor, now, in_custody=said["state"] == "in", as_of=as_of, eligible_for_release_at=until,
            note=said["note"],
        )  # fmt: skip

    return _do(request, matter, decide, _("Recorded, and the law was applied again."), "law")


@require_POST
def released(request: Visit, matter: str) -> HttpResponse:
    """Record with one click that the person named was released now."""
    return _released(request, matter, request.office.now(), "")


def _released(request: Visit, matter: str, at: datetime, note: str) -> HttpResponse:
    """Record a release, whatever somebody else recorded meanwhile: no page that has grown old stands in its way."""

    def decide(state: Matter) -> Sequence[Event]:
        return commands.record_release(state, request.actor, request.office.now(), released_at=at, note=note)

    for _again in range(RELEASE_TRIES):
        found = load(request.office, matter, request.actor)
        try:
            act(request.office, found, decide, request.office.now())
        except Conflict:
            continue
        except DulyError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The release is recorded."))
        return _back(matter, "deadlines")
    messages.error(
        request, _("The release could not be recorded at this moment; it happened all the same. Record it again.")
    )
    return _back(matter, "deadlines")


@require_POST
def extend(request: Visit, matter: str) -> HttpResponse:
    """Record that a deadline was extended, to a named date or by a length, and count the new end."""
    form = Extend(request.POST)
    if not form.is_valid():
        return _refuse(request, matter, form)
    said = form.cleaned_data

    def decide(state: Matter, now: datetime) -> Sequence[Event]:
        standing = next(
            (one for one in deadlines_at(state, now) if one.deadline.id == request.POST.get("deadline")), None
        )
        if standing is None or standing.due is None:
            raise DulyError("This deadline has no end that could be extended.", code="no-deadline")
        counted = extended(
            standing.due,
            form.extension(request.office.zone),
            standing.deadline.zone,
            calendars_for(request.office),
            _working_days(request),
        )
        assert counted.due is not None
        return commands.extend_deadline(
            state, request.actor, now, deadline=standing.deadline.id, due=counted.due, by=said["by"], note=said["note"],
            steps=(*standing.steps, *counted.steps),
        )  # fmt: skip

    return _do(request, matter, decide, _("The extension is recorded, with how its end was counted."), "deadlines")


def _working_days(request: Visit) -> tuple[str, ...]:
    known = calendars_for(request.office)
    return tuple(name for name in library().jurisdiction(request.office.jurisdiction).calendars if name in known)


@require_POST
def assess_again(request: Visit, matter: str) -> HttpResponse:
    """Apply the law of today to the facts as they are."""
    from duly.desk.storage.matters import assessed

    def decide(state: Matter, now: datetime) -> Sequence[Event]:
        found = assessed(request.office, state, now.date())
        if found is None:
            raise DulyError("No paper has been read on this matter yet.", code="no-paper")
        return commands.record_assessment(state, request.actor, now, found)

    return _do(request, matter, decide, _("The law of today was applied."), "law")


@require_POST
def position(request: Visit, matter: str) -> HttpResponse:
    """Take a position: a choice for each act that is decided, with grounds and reasons."""
    chosen = {name[7:]: text for name, text in request.POST.items() if name.startswith("choice.") and text}
    choices = [
        ActChoice(act_id, choice, tuple(request.POST.getlist(f"ground.{act_id}")))  # type: ignore[arg-type]
        for act_id, choice in chosen.items()
    ]
    reasons = {act_id: request.POST.get(f"reasons.{act_id}", "") for act_id in chosen}
    return _do(
        request,
        matter,
        lambda state, now: commands.draft_position(
            state, request.actor, now, choices=choices, reasons=reasons, statement=request.POST.get("statement", "")
        ),
        _("The draft is kept. Send it for approval when it is ready."),
        "position",
    )


@require_POST
def submit(request: Visit, matter: str) -> HttpResponse:
    """Send the position for approval."""
    return _do(
        request,
        matter,
        lambda state, now: commands.submit_position(state, request.actor, now),
        _("Sent for approval. Another person has to approve it."),
        "position",
    )


@require_POST
def approve(request: Visit, matter: str) -> HttpResponse:
    """Approve exactly the position that was shown, or return it with a reason."""
    seen, note = request.POST.get("position", ""), request.POST.get("note", "")
    if request.POST.get("do") == "return":
        return _do(
            request,
            matter,
            lambda state, now: commands.return_position(state, request.actor, now, seen=seen, reason=note),
            _("The position is returned to its drafter."),
            "position",
        )
    return _do(
        request,
        matter,
        lambda state, now: commands.approve_position(state, request.actor, now, seen=seen, note=note),
        _("Approved. The letter can be made now."),
        "letters",
    )


@require_POST
def compose(request: Visit, matter: str) -> HttpResponse:
    """Make the letter from the approved position. It is kept; nothing is sent by this."""
    return _do(
        request,
        matter,
        lambda state, now: compose_final(request.office, state, request.actor, now),
        _("The letter is made. Read it, send it, then record that it was sent."),
        "letters",
    )


@require_POST
def send(request: Visit, matter: str, letter: str) -> HttpResponse:
    """Record that a letter left the office."""
    if request.POST.get("sure") != "yes":
        messages.error(request, _("Confirm that the letter was sent before recording it."))
        return _back(matter, "letters")

    def decide(state: Matter, now: datetime) -> Sequence[Event]:
        typed = datetime.fromisoformat(request.POST.get("sent_at", ""))
        return commands.send_letter(
            state, request.actor, now, letter=letter, way=request.POST.get("way", ""),  # type: ignore[arg-type]
            sent_at=typed.replace(tzinfo=request.office.zone), recipient=request.POST.get("recipient", ""),
            evidence=request.POST.get("evidence", ""),
        )  # fmt: skip

    return _do(request, matter, decide, _("Recorded as sent."), "letters")


@require_POST
def claim(request: Visit, matter: str) -> HttpResponse:
    """Take the matter in hand, or give it back."""
    give_back = request.POST.get("do") == "release"
    command = commands.release if give_back else commands.claim
    done = _("Given back to the queue.") if give_back else _("You have this matter in hand.")
    return _do(request, matter, lambda state, now: command(state, request.actor, now), done)


@require_POST
def note(request: Visit, matter: str) -> HttpResponse:
    """Write a note for those who work on the matter."""
    text = request.POST.get("text", "")
    return _do(request, matter, lambda state, now: commands.add_note(state, request.actor, now, text=text), _("Noted."))


@require_POST
def petition(request: Visit, matter: str) -> HttpResponse:
    """Record that somebody asked a court about this paper, alone or together with others."""
    form = Petition(request.POST, request.FILES)
    if not form.is_valid():
        return _refuse(request, matter, form)
    said = form.cleaned_data
    paper = keep_upload(said["paper"])
    return _together(
        request,
        matter,
        lambda matters, now: file_petition(
            matters, request.actor, now, petition=uuid4().hex[:12], court=said["court"], filed_on=said["filed_on"],
            case_number=said["case_number"] or None, paper=paper,
        ),
        _("The petition is recorded."),
    )  # fmt: skip


@require_POST
def order(request: Visit, matter: str) -> HttpResponse:
    """Record a court's order, with what it orders on each matter that it covers."""
    form = Order(request.POST, request.FILES)
    if not form.is_valid():
        return _refuse(request, matter, form)
    said, covers = form.cleaned_data, request.POST.getlist("covers")
    paper = keep_upload(said["paper"])

    def decide(matters: Sequence[Matter], now: datetime) -> Sequence[Event]:
        petitions = matters[0].petitions
        return enter_order(
            matters, request.actor, now, order=uuid4().hex[:12], order_kind=said["order_kind"], court=said["court"],
            entered_on=said["entered_on"], zone=request.office.time_zone,
            covers={one.id: covers for one in matters} if covers else None,
            petition=petitions[-1].id if petitions else None, terms=said["terms"],
            due=DueStated(said["compliance_due"]) if said["compliance_due"] else None, calendars=calendars_for(request.office), paper=paper,
        )  # fmt: skip

    return _together(request, matter, decide, _("The order is recorded, and the law was applied again."))


@require_POST
def compliance(request: Visit, matter: str) -> HttpResponse:
    """Record that what the court ordered was done."""
    form = Compliance(request.POST)
    if not form.is_valid():
        return _refuse(request, matter, form)
    said = form.cleaned_data

    def decide(state: Matter, now: datetime) -> Sequence[Event]:
        binding = state.orders_that_bind
        if not binding:
            raise DulyError("No order binds on this matter.", code="no-order")
        return record_compliance(
            state, request.actor, now, acts=binding[-1].covers, order=binding[-1].id,
            complied_at=said["complied_at"].replace(tzinfo=request.office.zone), in_full=said["in_full"], note=said["note"],
        )  # fmt: skip

    return _do(request, matter, decide, _("Compliance is recorded."), "court")


def _together(
    request: Visit, matter: str, decide: Callable[[Sequence[Matter], datetime], Sequence[Event]], done: str
) -> HttpResponse:
    """The same on this matter and on those named in `with`, all or none."""
    now = request.office.now()
    try:
        first = load(request.office, matter, request.actor)
        others = [
            load(request.office, other, request.actor) for other in request.POST.getlist("with") if other != matter
        ]
        expected = {first.id: int(request.POST.get("expected", first.sequence))}
        together = [first, *others]
        act_together(request.office, together, decide(together, now), now, expected=expected)
        messages.success(request, done)
    except Conflict:
        messages.warning(
            request, _("Someone else worked on one of these matters meanwhile. Look again, then repeat it.")
        )
    except (DulyError, ValueError) as error:
        messages.error(request, str(error))
    return _back(matter, "court")


def _refuse(request: Visit, matter: str, form: object) -> HttpResponse:
    """Say what in the form was wrong, field by field."""
    for name, errors in form.errors.items():  # type: ignore[attr-defined]
        label = form.fields[name].label if name in form.fields else ""  # type: ignore[attr-defined]
        messages.error(request, f"{label}: {' '.join(errors)}" if label else " ".join(errors))
    return _back(matter, "")
