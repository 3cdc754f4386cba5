"""Every screen opens for those who may, in both languages, and says something useful when there is nothing to show."""

from __future__ import annotations

import json

import pytest

from duly.desk.models import MatterRow, Membership, Office
from duly.desk.storage.tasks import tasks

SCREENS = (
    "/today/",
    "/inbox/",
    "/matters/",
    "/law/",
    "/law/ask/",
    "/calendar/",
    "/records/",
    "/issue/",
    "/register/denver/",
)


@pytest.mark.parametrize("address", SCREENS)
def test_each_screen_opens_with_nothing_in_it(address, visit, office) -> None:
    assert visit("counsel").get(address).status_code == 200


@pytest.mark.parametrize("address", SCREENS)
def test_each_screen_opens_with_work_in_it_and_in_spanish(address, visit, opened) -> None:
    opened(confirmed=True)
    assert visit("counsel").get(address, headers={"Accept-Language": "es"}).status_code == 200


def test_today_says_what_is_due_what_waits_and_why(visit, opened) -> None:
    matter = opened()
    page = visit("clerk").get("/today/").content.decode()
    assert "in 2 days" in page
    assert matter.number in page
    assert "Confirm" in page
    assert "no person has confirmed" in page


def test_a_task_never_waits_for_somebody_who_may_not_do_it(visit, opened) -> None:
    matter = opened(confirmed=True)
    for task in tasks(matter):
        assert "auditor" not in task.roles
    assert "Nothing waits for you." in visit("auditor").get("/today/").content.decode()


def test_the_law_is_read_as_text_and_rule_on_a_date(visit, office) -> None:
    from duly.desk.shelf import library

    counsel = visit("counsel")
    for enactment in list(library().enactments)[::9]:
        assert counsel.get(f"/law/text/{enactment}/?on=2020-01-14").status_code == 200
    assert counsel.get("/law/text/us/nothing/").status_code == 404
    assert counsel.get(f"/law/text/{enactment}/?on=soon").status_code == 422


def test_what_if_answers_with_a_proof_and_keeps_nothing(visit, office) -> None:
    from duly.desk.storage.models import LedgerEntry

    asked = (
        "/law/ask/?act=hold_past_release&place=us/co/denver&on=2020-01-14&f.instrument.kind=ice-i-247a"
        "&f.instrument.family=detainer&f.instrument.issuer=immigration&f.office.kind=sheriff"
        "&f.instrument.accompanying_warrant=none"
    )
    page = visit("clerk").get(asked).content.decode()
    assert "outcome--forbidden" in page
    assert "24-76.6-102" in page
    assert LedgerEntry.objects.count() == 0


def test_a_question_with_an_impossible_answer_says_so(visit, office) -> None:
    answer = visit("clerk").get("/law/ask/?act=produce_records&place=us/co/denver&f.instrument.issued_on=soon")
    assert answer.status_code == 422
    assert "Write a date as 2020-01-16." in answer.content.decode()


def test_anybody_reads_the_register_and_finds_no_name_in_it(client, opened, office) -> None:
    opened(confirmed=True)
    page = client.get("/register/denver/?year=2020").content.decode()
    data = client.get("/register/denver/figures.json?year=2020").content.decode()
    table = client.get("/register/denver/figures.csv?year=2020").content.decode()
    for text in (page, data, table):
        assert "Inventado" not in text
        assert "INVENTADO" not in text
    assert json.loads(data)["schema"] == "duly.register/1"
    assert "Statement" in page
    assert client.get("/register/denver/?year=soon").status_code == 404


def test_the_register_speaks_spanish(client, office) -> None:
    page = client.get("/register/denver/", headers={"Accept-Language": "es"}).content.decode()
    assert "Registro público" in page


def test_a_supervisor_places_and_lifts_a_hold(visit, opened) -> None:
    from duly.desk.storage import ledger
    from duly.matters import fold

    matter = opened(confirmed=True)
    boss = visit("supervisor")
    boss.post(
        f"/records/{matter.id}/hold/", {"custodians": "Records\nBooking", "scope": "Everything about the person."}
    )
    hold = fold(ledger.events_of(matter.id)).holds[0]
    assert hold.custodians == ("Records", "Booking")
    assert "held since" in boss.get("/records/").content.decode()
    boss.post(f"/records/{matter.id}/hold/{hold.id}/lift/", {"reason": "Done."})
    assert fold(ledger.events_of(matter.id)).holds[0].lifted_at is not None


def test_an_administrator_adds_somebody_whose_password_is_shown_once(visit, office, client) -> None:
    boss = visit("administrator")
    page = boss.post(
        "/administration/people/", {"sign_in": "New.Clerk", "name": "N. Clerk", "role": "clerk"}, follow=True
    ).content.decode()
    password = page.split("with the password ")[1].split(".")[0]
    assert client.post("/sign-in/", {"sign_in": "new.clerk", "password": password}).status_code == 302
    assert password not in boss.get("/administration/").content.decode()


def test_an_office_keeps_at_least_one_administrator(visit, office) -> None:
    boss = visit("administrator")
    member = Membership.objects.get(role="administrator")
    boss.post(f"/administration/people/{member.pk}/", {"role": "clerk"})
    member.refresh_from_db()
    assert member.role == "administrator"


def test_an_administrator_checks_the_ledger_and_the_originals(visit, opened) -> None:
    opened()
    page = visit("administrator").post("/administration/check/", follow=True).content.decode()
    assert "entries hold" in page
    assert "Every original is unchanged" in page


def test_an_administrator_adds_an_office_and_builds_the_lists_again(visit, office) -> None:
    boss = visit("administrator")
    boss.post("/administration/offices/", {"id": "texas", "name": "Texas", "jurisdiction": "us/tx", "kind": "sheriff"})
    assert Office.objects.get(pk="texas").time_zone == "America/Chicago"
    boss.post("/administration/rebuild/")
    assert MatterRow.objects.count() == 0


def test_the_interface_for_programs_says_the_same_as_the_page(visit, opened) -> None:
    matter = opened(confirmed=True)
    counsel = visit("counsel")
    assert counsel.get("/api/v1/matters").json()["matters"][0]["number"] == matter.number
    answer = counsel.get(f"/api/v1/matters/{matter.id}").json()["answer"]
    assert answer["schema"] == "duly.answer/1"
    asked = {
        "act": "hold_past_release",
        "office": "us/co/denver",
        "on": "2020-01-14",
        "facts": {"instrument.issuer": "immigration"},
    }
    assert counsel.post("/api/v1/law/ask", asked, content_type="application/json").status_code == 200
    wrong = counsel.post("/api/v1/law/ask", {**asked, "office": "us/xx"}, content_type="application/json")
    assert wrong.status_code == 422
    assert wrong["Content-Type"] == "application/problem+json"
    assert "openapi" in counsel.get("/api/v1/openapi.json").json()


def test_a_matter_is_found_by_name_number_or_title_and_the_name_stays_out_of_the_address(visit, opened) -> None:
    matter = opened(confirmed=True)
    clerk = visit("clerk")
    for words in ("inventado", matter.number, "subpoena"):
        assert matter.number in clerk.post("/matters/", {"q": words}).content.decode()
    assert "No matter fits that." in clerk.post("/matters/", {"q": "nobody"}).content.decode()
    assert "No matter fits that." not in clerk.get("/matters/?q=nobody").content.decode()


def test_a_failure_is_explained_without_a_stack_trace(visit, opened, monkeypatch) -> None:
    from duly.desk.today import views

    client = visit("clerk")
    client.raise_request_exception = False
    monkeypatch.setattr(views, "due_rows", lambda *_: 1 / 0)
    answer = client.get("/today/")
    assert answer.status_code == 500
    assert "either done completely or not at all" in answer.content.decode()
    assert "ZeroDivisionError" not in answer.content.decode()
