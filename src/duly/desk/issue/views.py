"""The issuing side, thin: choose a kind of paper and a recipient's place; see what their law says before issuing."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from duly import law
from duly.desk.accounts.gate import Visit
from duly.desk.law.asking import supposed
from duly.desk.shelf import act_label, kinds, library
from duly.evidence import Evidence, Fact
from duly.law import DefectFinding, Determination


@dataclass(frozen=True, slots=True)
class Answer:
    """What the recipient's law says to one act that the paper would ask for."""

    act: str
    label: str
    found: Determination


@require_safe
def issue(request: Visit) -> HttpResponse:
    """For a kind of paper and a recipient: the acts it asks for under the recipient's law, and what its face must show."""
    books = library()
    kind = kinds().get(request.GET.get("kind", ""))
    place, recipient = request.GET.get("place", ""), request.GET.get("recipient", "")
    on = request.office.today()
    answers: list[Answer] = []
    checklist: tuple[DefectFinding, ...] = ()
    if kind is not None and place in books.jurisdictions:
        form = {
            name: Fact(name, value, Evidence("kind", note=f"This follows from the form: {kind.title}."))
            for name, value in kind.facts.items()
        }
        form["instrument.kind"] = Fact("instrument.kind", kind.id, Evidence("kind"))
        zone = ZoneInfo(books.jurisdiction(place).time_zone)
        facts = {**form, **supposed(books, {"office.kind": recipient}, zone)}
        answers = [Answer(act, act_label(act), law.determine(books, place, act, facts, on)) for act in kind.acts]
        checklist = law.defects(books, place, facts, on)
    context = {
        "kinds": sorted(kinds().values(), key=lambda one: one.title),
        "places": sorted(books.jurisdictions.values(), key=lambda one: one.id),
        "recipients": books.vocabulary.facts["office.kind"].choices,
        "kind": kind,
        "place": place,
        "recipient": recipient,
        "on": on,
        "answers": answers,
        "checklist": checklist,
    }
    return render(request, "issue/issue.html", context)
