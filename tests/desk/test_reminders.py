"""Reminders of deadlines: by the ladder, in the desk and through a real mail server, each once, with nobody's name."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller

from duly.desk.mail import from_url
from duly.desk.models import DeadlineRow, LadderRow, LedgerEntry, MatterRow, Reminder, ReminderTo
from duly.desk.reminders import mail
from duly.desk.reminders.giving import give
from duly.desk.reminders.ladder import LadderError, Ladders, comes_at, packaged, step, step_now, steps
from duly.desk.storage import ledger
from duly.errors import DulyError

ZONE = "America/Denver"


def ladder(*lines: str) -> Ladders:
    return Ladders(time(8), timedelta(days=7), {"other": steps(lines)})


@pytest.mark.parametrize(
    "text",
    ["soon: owner", "1 day before", "1 day before: administrator", "1 day before: nobody", "1 week before: owner"],
)
def test_a_step_that_cannot_be_read_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(LadderError) as refused:
        step(text)
    assert refused.value.remedy


def test_the_ladders_that_come_with_duly_alarm_the_supervisor_four_hours_and_one_hour_before_a_hold_ends() -> None:
    leads = [(one.length, "supervisor" in one.to) for one in packaged().of("hold")]
    assert leads[:2] == [(timedelta(hours=-4), True), (timedelta(hours=-1), True)]


def test_days_are_counted_to_the_morning_and_hours_to_the_minute() -> None:
    day, hour = step("1 day before: owner"), step("4 hours before: owner")
    assert comes_at(day, date(2020, 1, 27), ZONE, time(8)).isoformat() == "2020-01-26T08:00:00-07:00"
    assert comes_at(hour, date(2020, 1, 27), ZONE, time(8)).isoformat() == "2020-01-27T20:00:00-07:00"
    due = datetime.fromisoformat("2020-01-12T15:00:00-07:00")
    assert comes_at(hour, due, ZONE, time(8)).isoformat() == "2020-01-12T11:00:00-07:00"


def test_only_the_last_step_that_has_come_is_given_and_none_that_came_long_ago() -> None:
    ladders = ladder("3 days before: owner", "1 day before: owner", "1 day after: supervisor")

    def words(text: str) -> str | None:
        found = step_now(ladders, "answer", date(2020, 1, 27), ZONE, datetime.fromisoformat(text))
        return None if found is None else found.words

    assert words("2020-01-24T07:59:00-07:00") is None
    assert words("2020-01-24T08:00:00-07:00") == "3 days before"
    assert words("2020-01-26T12:00:00-07:00") == "1 day before"
    assert words("2020-01-28T12:00:00-07:00") == "1 day after"
    assert words("2020-03-28T12:00:00-07:00") is None


@pytest.fixture
def due(office, opened) -> DeadlineRow:
    """A deadline that is a day, of a matter with a person named."""
    matter = opened(confirmed=True)
    row = (
        DeadlineRow.objects.filter(matter=matter.id, standing="open", due_on__isnull=False, due_at=None)
        .order_by("due_on")
        .first()
    )
    assert row is not None
    return row


def the_day_before(row: DeadlineRow, office) -> datetime:
    return datetime.combine(row.due_on - timedelta(days=1), time(9), tzinfo=office.zone)


@pytest.mark.django_db
def test_each_step_is_given_once_however_often_it_is_asked(due, office, person, visit) -> None:
    person("supervisor")
    at = the_day_before(due, office)
    assert give(office, at) >= 1
    assert give(office, at + timedelta(minutes=5)) == 0
    assert Reminder.objects.filter(deadline=due.deadline).count() == 1
    entries = list(LedgerEntry.objects.filter(type="reminder-given", matter=f"reminder-{due.matter_id}"))
    assert len(entries) == Reminder.objects.count()
    assert MatterRow.objects.get(pk=due.matter_id).sequence == ledger.STORE.head(due.matter_id).sequence
    assert ledger.verify().ok
    told = {one.user.name for one in ReminderTo.objects.filter(reminder__deadline=due.deadline)}
    assert told == {"Invented Clerk", "Invented Supervisor"}
    assert due.matter.number in visit("supervisor").get("/today/").content.decode().split('id="reminders"')[1]


@pytest.mark.django_db
def test_a_reminder_that_was_put_away_or_whose_deadline_was_met_does_not_stand_on_today(due, office, visit) -> None:
    client = visit("clerk")
    give(office, the_day_before(due, office))
    assert 'id="reminders"' in client.get("/today/").content.decode()
    for row in ReminderTo.objects.all():
        client.post("/reminders/seen/", {"which": str(row.pk), "from": "today"})
    assert 'id="reminders"' not in client.get("/today/").content.decode()
    assert due.what in client.get("/reminders/").content.decode()
    ReminderTo.objects.update(seen_at=None)
    DeadlineRow.objects.update(standing="met")
    assert 'id="reminders"' not in client.get("/today/").content.decode()


@pytest.mark.django_db
def test_what_is_sealed_is_told_to_nobody_who_may_not_see_it(due, office, person) -> None:
    person("supervisor")
    MatterRow.objects.filter(pk=due.matter_id).update(sealed=True)
    give(office, the_day_before(due, office))
    assert {one.user.name for one in ReminderTo.objects.all()} == {"Invented Supervisor"}


@pytest.mark.django_db
def test_an_office_changes_its_ladder_and_goes_back(office, visit) -> None:
    client = visit("supervisor")
    said = client.post(
        "/reminders/ladder/",
        {"purpose": "hold", "steps": "6 hours before: supervisor\n\n2 hours before: counsel"},
        follow=True,
    )
    assert "own ladder holds" in said.content.decode()
    assert LadderRow.objects.get().steps == ["6 hours before: supervisor", "2 hours before: counsel"]
    assert (
        "is no step"
        in client.post("/reminders/ladder/", {"purpose": "hold", "steps": "some time"}, follow=True).content.decode()
    )
    assert visit("clerk").post("/reminders/ladder/", {"purpose": "hold", "steps": ""}).status_code == 403
    client.post("/reminders/ladder/", {"purpose": "hold", "do": "reset"})
    assert not LadderRow.objects.exists()


class Kept:
    """What a mail server took, or a refusal for each."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.refuse = False

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802  # the name that the server looks for
        if self.refuse:
            return "451 Try again later"
        self.taken.append(envelope.content.decode())
        return "250 OK"


@pytest.fixture
def server(settings, office) -> Iterator[Kept]:
    kept = Kept()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    for name, value in from_url(f"smtp://127.0.0.1:{port}").items():
        setattr(settings, name, value)
    settings.MAIL_IS_SET_UP, settings.DESK_ADDRESS = True, "https://desk.example"
    office.sample_day = None  # a sample office sends no mail
    office.save()
    try:
        yield kept
    finally:
        controller.stop()


@pytest.mark.django_db
def test_a_mail_goes_out_once_with_the_number_and_no_name(due, office, person, server) -> None:
    clerk = person("clerk")
    clerk.email = "clerk@office.example"
    clerk.save()
    give(office, the_day_before(due, office))
    mail.send_waiting()
    mail.send_waiting()
    assert len(server.taken) == Reminder.objects.count()
    text = next(one for one in server.taken if due.what[:20] in one.replace("=\n", ""))
    assert f"Subject: {due.matter.number}\n" in text.replace("\r", "")
    assert f"https://desk.example/matters/{due.matter_id}/#deadlines" in text.replace("=\r\n", "").replace("=\n", "")
    assert due.matter.person
    for name in (*due.matter.person.replace(",", " ").split(), "Invented Clerk"):
        assert all(name.casefold() not in one.casefold() for one in server.taken)
    assert set(ReminderTo.objects.filter(user=clerk).values_list("mail", flat=True)) == {"sent"}


@pytest.mark.django_db
def test_a_refused_mail_is_tried_again_and_one_that_may_have_left_is_not(
    due, office, person, server, monkeypatch
) -> None:
    clerk = person("clerk")
    clerk.email = "clerk@office.example"
    clerk.save()
    give(office, the_day_before(due, office))
    server.refuse = True
    mail.send_waiting()
    assert set(ReminderTo.objects.filter(user=clerk).values_list("mail", flat=True)) == {"waiting"}
    server.refuse = False
    monkeypatch.setattr(mail, "AGAIN_AFTER", timedelta())

    def broken(row: ReminderTo) -> SimpleNamespace:
        def send() -> None:
            raise TimeoutError

        return SimpleNamespace(send=send)

    with monkeypatch.context() as patch:
        patch.setattr(mail, "message", broken)
        mail.send_waiting()
    mail.send_waiting()
    assert server.taken == []
    assert set(ReminderTo.objects.filter(user=clerk).values_list("mail", flat=True)) == {"sending"}


def test_an_address_of_a_mail_server_that_cannot_be_read_is_refused_without_its_password() -> None:
    assert from_url("smtps://me:p%40ss@mail.example")["EMAIL_HOST_PASSWORD"] == "p@ss"
    with pytest.raises(DulyError) as refused:
        from_url("http://me:secret@mail.example")
    assert "secret" not in str(refused.value)
