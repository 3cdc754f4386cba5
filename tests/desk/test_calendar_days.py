"""A day of the office's calendar: proposed, previewed, approved by another, counted by, told to owners."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from duly.clock import Holiday
from duly.desk import shelf
from duly.desk.models import CalendarDayRow, DeadlineRow, LawChangeRow, Reminder, TaskRow
from duly.desk.shelf import calendars, calendars_for
from duly.desk.storage import ledger
from duly.desk.storage.law_changes import catch_up
from duly.desk.storage.matters import act
from duly.desk.storage.projections import rebuild
from duly.matters import commands, fold
from duly.matters.codec import RecordError

from .conftest import PAPERS

pytestmark = pytest.mark.django_db
AO_88B = PAPERS / "other-kinds" / "ao-88b.pdf"
DUE = date(2020, 1, 27)
NAMED = {"calendar": "us-federal", "first": "2020-01-27", "last": "", "effect": "legal holiday"}


def proposed(client, **more: str) -> str:
    said = {**NAMED, "title": "Day of mourning", "source": "Invented order of 20 January 2020", **more}
    known = set(CalendarDayRow.objects.values_list("id", flat=True))
    answer = client.post("/calendar/days/", said)
    assert answer.status_code == 302, answer.content.decode()
    return next(id for id in CalendarDayRow.objects.values_list("id", flat=True) if id not in known)


def page(client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def decide(client, day: str, do: str = "approve", **more: str):
    return client.post(f"/calendar/days/{day}/decide/", {"do": do, **more}, follow=True)


@pytest.fixture
def served(office, opened, actor):
    """A subpoena of a court, served on 13 January 2020: objections within 14 days, which nobody states on the paper."""
    matter = opened(AO_88B, confirmed=True)
    at = datetime(2020, 1, 14, 9, tzinfo=office.zone)
    matter = act(office, matter, lambda state: commands.record_service(state, actor("clerk"), at, served_on=date(2020, 1, 13), manner="hand"), at)  # fmt: skip
    return matter, DeadlineRow.objects.get(matter=matter.id, purpose="objection", standing="open")


def test_a_day_moves_open_deadlines_once_another_person_approved_it(visit, office, served) -> None:
    matter, row = served
    assert row.due_on == DUE
    visit("clerk").post(f"/matters/{matter.id}/claim/", {"do": "claim"})
    day = proposed(visit("administrator"))
    assert calendars_for(office) is calendars()
    shown = page(visit("supervisor"), f"/calendar/days/{day}/")
    assert "1 open deadline would move" in shown
    assert matter.number in shown
    assert "Mon 27 Jan 2020" in shown
    assert "Tue 28 Jan 2020" in shown
    counts_alone = page(visit("administrator"), f"/calendar/days/{day}/")
    assert "1 open deadline would move" in counts_alone
    assert matter.number not in counts_alone
    assert "a day of the calendar" in page(visit("supervisor"), "/today/")
    assert "Approved" in decide(visit("supervisor"), day).content.decode()
    assert DeadlineRow.objects.get(matter=matter.id, deadline=row.deadline).due_on == date(2020, 1, 28)
    change = LawChangeRow.objects.get(matter=matter.id)
    assert "Day of mourning" in change.because
    assert change.deadlines == [[row.what, "Mon 27 Jan 2020", "Tue 28 Jan 2020"]]
    assert TaskRow.objects.filter(matter=matter.id, place="changed").exists()
    told = Reminder.objects.get(matter=matter.id, step="it moved")
    assert [one.user.name for one in told.people.all()] == ["Invented Clerk"]
    today = page(visit("clerk"), "/today/")
    assert "Mon 27 Jan 2020 → <b>Tue 28 Jan 2020</b>" in today
    catch_up(office)
    assert LawChangeRow.objects.count() == 1
    assert ledger.verify().ok


def test_nobody_approves_the_day_that_they_proposed(visit, office) -> None:
    day = proposed(visit("counsel"))
    assert "another person" in page(visit("counsel"), f"/calendar/days/{day}/")
    assert "Nobody approves a day that they proposed" in decide(visit("counsel"), day).content.decode()
    assert CalendarDayRow.objects.get(pk=day).status == "proposed"


def test_an_administrator_and_a_clerk_cannot_approve(visit, office) -> None:
    day = proposed(visit("counsel"))
    assert decide(visit("clerk"), day).status_code == 403
    assert decide(visit("administrator"), day).status_code == 403
    assert visit("clerk").post("/calendar/days/", {**NAMED, "title": "x", "source": "y"}).status_code == 422
    assert CalendarDayRow.objects.count() == 1


def test_a_day_without_a_source_is_refused(visit, office) -> None:
    said = {**NAMED, "title": "Snow", "source": "  "}
    assert visit("counsel").post("/calendar/days/", said).status_code == 422
    assert not CalendarDayRow.objects.exists()


def test_what_was_declined_or_taken_back_counts_for_nothing(visit, office) -> None:
    one, other = proposed(visit("counsel")), proposed(visit("counsel"))
    decide(visit("supervisor"), one, "decline", because="The order speaks of another day.")
    visit("counsel").post(f"/calendar/days/{other}/withdraw/")
    assert {row.status for row in CalendarDayRow.objects.all()} == {"declined", "withdrawn"}
    assert calendars_for(office) is calendars()
    assert "another day" in page(visit("counsel"), f"/calendar/days/{one}/")


def test_a_day_counts_for_its_office_alone_and_can_be_taken_away(visit, office, other_office) -> None:
    decide(visit("supervisor"), proposed(visit("counsel")))
    assert not calendars_for(office).is_working_day(DUE, ("us-federal",))
    assert calendars_for(other_office).is_working_day(DUE, ("us-federal",))
    decide(visit("supervisor"), proposed(visit("counsel"), effect="working day"))
    assert calendars_for(office).is_working_day(DUE, ("us-federal",))
    assert (
        visit("clerk", at=other_office).get(f"/calendar/days/{CalendarDayRow.objects.first().id}/").status_code == 404
    )


def test_the_rows_are_built_again_from_the_ledger(visit, office) -> None:
    day = proposed(visit("counsel"))
    decide(visit("supervisor"), day)
    before = list(CalendarDayRow.objects.values())
    rebuild()
    assert list(CalendarDayRow.objects.values()) == before
    assert ledger.verify().ok


def test_a_record_that_says_one_person_did_both_is_refused(visit, office, actor) -> None:
    from duly.desk.storage.calendar_days import load_day
    from duly.matters.calendar_days import extend_day
    from duly.matters.events import CalendarDayApproved

    day = load_day(office, proposed(visit("counsel")))
    with pytest.raises(RecordError, match="whoever proposed it"):
        extend_day(day, CalendarDayApproved(matter=day.id, actor=actor("counsel"), at=office.now()))


def test_a_corrected_calendar_that_comes_with_an_upgrade_moves_open_deadlines(office, served, monkeypatch) -> None:
    matter, row = served
    catch_up(office)
    assert not LawChangeRow.objects.exists()
    record = fold(ledger.events_of(matter.id)).assessment
    assert record is not None
    assert record.calendars == calendars().digest
    later = calendars().with_days([Holiday(DUE, "Newly known", "us-federal", source="Invented correction")])
    monkeypatch.setattr(shelf, "calendars", lambda: later)
    catch_up(office)
    change = LawChangeRow.objects.get(matter=matter.id)
    assert change.because == "The calendars that come with this desk are others than when the matter was assessed."
    assert change.deadlines == [[row.what, "Mon 27 Jan 2020", "Tue 28 Jan 2020"]]
