"""Custody clocks are shown both ways and hold nobody; a release is recorded at once; an extension is counted in its own unit."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from duly.desk.models import DeadlineRow, Reminder, ReminderTo
from duly.desk.reminders.giving import give
from duly.desk.storage import ledger
from duly.desk.storage.matters import act
from duly.matters import commands, fold

from .conftest import PAPERS

pytestmark = pytest.mark.django_db
DETAINER = PAPERS / "denver-2020" / "earlier" / "i-247a-3-supuesto.pdf"
AO_88B = PAPERS / "other-kinds" / "ao-88b.pdf"


def say(client, matter, what: str, **said: str) -> str:
    return client.post(f"/matters/{matter.id}/{what}/", said, follow=True).content.decode()


def state(matter):
    return fold(ledger.events_of(matter.id))


@pytest.fixture
def held(office, opened, visit):
    """A detainer for somebody in custody who would be released on Friday 10 January 2020 at 15:00."""
    matter = opened(DETAINER, confirmed=True)
    page = say(visit("clerk"), matter, "custody", state="in", as_of="2020-01-10T09:00", eligible_at="2020-01-10T15:00")
    assert "Recorded" in page
    return matter


def holds(matter) -> dict[str, datetime]:
    rows = DeadlineRow.objects.filter(matter=matter.id, purpose="hold", due_at__isnull=False)
    return {row.deadline: row.due_at for row in rows}


def test_the_regulations_count_and_the_forms_are_both_shown_and_neither_is_an_authority(held, office, visit) -> None:
    zone = office.zone
    assert holds(held) == {
        "us/8-cfr-287.7/48-hours": datetime(2020, 1, 14, 15, tzinfo=zone),
        "us/ice-i-247a/48-hours": datetime(2020, 1, 12, 15, tzinfo=zone),
    }
    page = visit("clerk").get(f"/matters/{held.id}/").content.decode()
    assert "as the regulation counts it" in page
    assert "as the form counts it" in page
    assert "It is no authority to hold anybody, and no release waits for it." in page


def test_the_supervisor_is_alarmed_four_hours_and_one_hour_before_each_ends(held, office, person) -> None:
    person("supervisor")
    zone = office.zone
    for hour, minute, step in (
        (10, 59, None),
        (11, 0, "4 hours before"),
        (13, 59, "4 hours before"),
        (14, 0, "1 hour before"),
    ):
        give(office, datetime(2020, 1, 12, hour, minute, tzinfo=zone))
        given = Reminder.objects.filter(deadline="us/ice-i-247a/48-hours").first()
        assert (given.step if given is not None else None) == step
    assert ReminderTo.objects.filter(user__name="Invented Supervisor", reminder__step="1 hour before").count() == 1


def test_a_release_is_recorded_with_one_click_from_a_page_that_has_grown_old(held, office, visit) -> None:
    say(visit("supervisor"), held, "note", text="Somebody worked on it meanwhile.")
    page = say(visit("clerk"), held, "released", expected="1")
    assert "The release is recorded." in page
    assert state(held).custody.released_at.date() == office.today()
    assert not DeadlineRow.objects.filter(matter=held.id, purpose="hold", standing="open").exists()


def test_a_release_by_the_form_is_never_refused_because_somebody_else_was_quicker(held, visit) -> None:
    page = say(visit("clerk"), held, "custody", state="released", as_of="2020-01-10T15:05", expected="1")
    assert "The release is recorded." in page


@pytest.fixture
def served(office, opened, actor):
    """Objections are due on Monday 27 January 2020, counted from service on the 13th."""
    matter = opened(AO_88B, confirmed=True)
    at = datetime(2020, 1, 14, 9, tzinfo=office.zone)
    act(office, matter, lambda known: commands.record_service(known, actor("clerk"), at, served_on=date(2020, 1, 13), manner="hand"), at)  # fmt: skip
    return matter, DeadlineRow.objects.get(matter=matter.id, purpose="objection", standing="open")


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ({"length": "5", "unit": "business days"}, date(2020, 2, 3)),
        ({"length": "20", "unit": "days"}, date(2020, 2, 18)),
        ({"length": "1", "unit": "months"}, date(2020, 2, 27)),
        ({"to_day": "2020-02-14", "unit": "days"}, date(2020, 2, 14)),
    ],
)
def test_an_extension_is_counted_in_its_own_unit_and_says_its_steps(served, visit, said, due) -> None:
    matter, row = served
    page = say(
        visit("counsel"), matter, "extend", deadline=row.deadline, by="agreement", note="E-mail of 14 January", **said
    )
    assert "The extension is recorded" in page
    assert "Extended by" in page or "Extended to" in page
    assert DeadlineRow.objects.get(matter=matter.id, deadline=row.deadline).due_on == due


@pytest.mark.parametrize(
    "said", [{}, {"to_day": "2020-02-14", "length": "3"}, {"to_day": "2020-02-14", "to_moment": "2020-02-14T10:00"}]
)
def test_an_extension_that_says_neither_or_two_things_is_refused(served, visit, said) -> None:
    matter, row = served
    say(visit("counsel"), matter, "extend", deadline=row.deadline, by="order", unit="days", **said)
    assert DeadlineRow.objects.get(matter=matter.id, deadline=row.deadline).due_on == row.due_on


def test_a_clerk_extends_nothing(served, visit) -> None:
    matter, row = served
    answer = visit("clerk").post(
        f"/matters/{matter.id}/extend/", {"deadline": row.deadline, "by": "order", "unit": "days", "length": "3"}
    )
    assert answer.status_code == 403
