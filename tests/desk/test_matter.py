"""The Matter page tells the whole story, and every act on it is checked, recorded once, and approved by another person."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest

from duly.desk.matter.twin import twin_inside
from duly.desk.storage import ledger, originals
from duly.desk.storage.matters import act
from duly.matters import commands, fold

from .conftest import PAPERS


def state(matter):
    return fold(ledger.events_of(matter.id))


def say(client, matter, act_: str, **said):
    """Post an act with the sequence as the person sees it, and return the page that follows."""
    said.setdefault("expected", state(matter).sequence)
    return client.post(f"/matters/{matter.id}/{act_}/", said, follow=True).content.decode()


def decline(client, matter, **more):
    asked = state(matter).assessment.asked
    return say(client, matter, "position", **{f"choice.{one}": "decline" for one in asked}, **more)


def test_the_banner_says_in_neutral_words_who_issued_it_and_that_no_court_did(visit, opened) -> None:
    matter = opened()
    page = visit("clerk").get(f"/matters/{matter.id}/").content.decode()
    assert "Administrative subpoena about Isidro Inventado Modelo" in page
    assert "Not issued by a court" in page
    assert "an immigration officer" in page


def not_criminal(client, matter) -> None:
    say(client, matter, "facts", **{"f.matter.primarily_criminal": "no", "source": "person"})


def test_a_contested_act_shows_both_lines_with_the_statutes_words(visit, opened) -> None:
    matter = opened(confirmed=True)
    not_criminal(visit("counsel"), matter)
    page = visit("counsel").get(f"/matters/{matter.id}/").content.decode()
    assert "Contested." in page
    assert "Against: produce the records" in page
    assert "For: produce the records" in page
    assert "1225(d)(4)" in page


def test_each_fact_in_the_proof_links_to_its_place_on_the_page(visit, opened) -> None:
    matter = opened(confirmed=True)
    page = visit("counsel").get(f"/matters/{matter.id}/").content.decode()
    paper = matter.readings[0].paper
    assert f"/matters/{matter.id}/papers/{paper}/1/" in page
    shown = visit("counsel").get(f"/matters/{matter.id}/papers/{paper}/1/?box=10,20,110,40").content.decode()
    assert 'x="8.5"' in shown


def test_the_deadline_shows_its_steps(visit, opened) -> None:
    page = visit("clerk").get(f"/matters/{opened(confirmed=True).id}/").content.decode()
    assert "how this was counted" in page
    assert "16 Jan 2020" in page


def test_nothing_is_chosen_for_counsel(visit, opened) -> None:
    matter = opened(confirmed=True)
    page = visit("counsel").get(f"/matters/{matter.id}/").content.decode()
    form = page[page.index('name="choice.') : page.index("Keep as draft")]
    assert "checked" not in form
    assert " selected" not in form


def test_a_position_goes_from_draft_over_another_persons_approval_to_a_letter(visit, opened) -> None:
    matter = opened(confirmed=True)
    counsel, supervisor = visit("counsel"), visit("supervisor")
    decline(counsel, matter)
    assert state(matter).position.status == "draft"
    say(counsel, matter, "position/submit")
    assert state(matter).position.status == "submitted"
    say(supervisor, matter, "position/decide", do="approve", position=state(matter).position.digest)
    assert state(matter).position.status == "approved"
    say(counsel, matter, "letter")
    letter = state(matter).letters[0]
    pdf = originals.read(letter.paper)
    assert pdf.startswith(b"%PDF")
    assert json.loads(twin_inside(pdf))["schema"] == "duly.letter/1"
    assert counsel.get(f"/matters/{matter.id}/letter/{letter.paper}.json")["Content-Type"] == "application/json"
    assert counsel.get(f"/matters/{matter.id}/letter/{letter.paper}.pdf")["Content-Type"] == "application/pdf"


def test_nobody_approves_their_own_position(visit, opened) -> None:
    matter = opened(confirmed=True)
    counsel = visit("counsel")
    decline(counsel, matter)
    say(counsel, matter, "position/submit")
    page = say(counsel, matter, "position/decide", do="approve", position=state(matter).position.digest)
    assert "Nobody can approve their own position" in page
    assert state(matter).position.status == "submitted"
    assert "Approve this position" not in counsel.get(f"/matters/{matter.id}/").content.decode()


def test_a_position_is_returned_with_a_reason_that_its_drafter_sees(visit, opened) -> None:
    matter = opened(confirmed=True)
    counsel = visit("counsel")
    decline(counsel, matter)
    say(counsel, matter, "position/submit")
    digest = state(matter).position.digest
    say(visit("supervisor"), matter, "position/decide", do="return", position=digest, note="Cite the ordinance.")
    assert state(matter).position.status == "returned"
    assert "Cite the ordinance." in counsel.get(f"/matters/{matter.id}/").content.decode()


def test_a_position_cannot_be_submitted_while_decisive_fields_are_unconfirmed(visit, opened) -> None:
    matter = opened()
    counsel = visit("counsel")
    decline(counsel, matter)
    page = say(counsel, matter, "position/submit")
    assert "not confirmed yet" in page
    assert state(matter).position.status == "draft"


def test_a_clerk_takes_no_position(visit, opened) -> None:
    matter = opened(confirmed=True)
    assert visit("clerk").post(f"/matters/{matter.id}/position/", {}).status_code == 403


def test_whoever_saw_an_older_state_is_told_and_records_nothing(visit, opened) -> None:
    matter = opened(confirmed=True)
    counsel = visit("counsel")
    seen = state(matter).sequence
    say(visit("clerk"), matter, "note", text="Called the agency.")
    page = decline(counsel, matter, expected=seen)
    assert "Someone else worked on this matter" in page
    assert state(matter).position is None


def test_the_letter_can_be_seen_before_it_is_made_and_is_marked_as_a_draft(visit, opened) -> None:
    matter = opened(confirmed=True)
    answer = visit("counsel").get(f"/matters/{matter.id}/letter/preview.pdf")
    assert answer.content.startswith(b"%PDF")
    assert json.loads(twin_inside(answer.content))["status"] != "final"
    assert state(matter).letters == ()


def test_a_letter_is_recorded_as_sent_only_by_somebody_who_says_that_they_sent_it(visit, opened) -> None:
    matter = opened(confirmed=True)
    counsel = visit("counsel")
    decline(counsel, matter)
    say(counsel, matter, "position/submit")
    say(visit("supervisor"), matter, "position/decide", do="approve", position=state(matter).position.digest)
    say(counsel, matter, "letter")
    letter = state(matter).letters[0]
    sent = {"way": "mail", "recipient": "The officer", "sent_at": "2020-01-14T11:00"}
    say(visit("clerk"), matter, f"letter/{letter.id}/sent", **sent)
    assert state(matter).answered_at is None
    say(visit("clerk"), matter, f"letter/{letter.id}/sent", sure="yes", **sent)
    assert state(matter).answered_at is not None


def test_answering_a_decisive_question_applies_the_law_again(visit, opened) -> None:
    matter = opened(confirmed=True)
    page = say(visit("counsel"), matter, "facts", **{"f.matter.primarily_criminal": "yes", "source": "person"})
    after = state(matter)
    assert after.stated["matter.primarily_criminal"].value is True
    assert not after.assessment_is_stale
    assert "the law was applied again" in page


def test_an_order_on_one_paper_requires_it_there_and_leaves_the_other_as_it_was(visit, opened) -> None:
    first = opened(confirmed=True)
    second = opened(PAPERS / "denver-2020" / "served" / "i-138-1-ejemplo.pdf", confirmed=True)
    counsel = visit("counsel")
    not_criminal(counsel, first)
    not_criminal(counsel, second)
    say(counsel, first, "court/petition", court="D. Colo.", filed_on="2020-01-14")
    paper = (PAPERS / "denver-2020" / "court" / "order-2020-04-20.pdf").open("rb")
    say(
        counsel, first, "court/order", court="D. Colo.", order_kind="comply", entered_on="2020-01-14",
        compliance_due="2020-01-28", covers=list(state(first).assessment.asked), paper=paper,
    )  # fmt: skip
    assert state(first).assessment.outcomes["produce_records"].outcome == "required"
    assert state(second).assessment.outcomes["produce_records"].outcome == "contested"
    page = counsel.get(f"/matters/{first.id}/").content.decode()
    assert "28 Jan 2020" in page
    order = state(first).orders[0]
    assert counsel.get(f"/matters/{first.id}/papers/{order.paper}/").status_code == 200


def test_one_petition_is_recorded_on_all_its_matters_or_on_none(visit, opened) -> None:
    first = opened(confirmed=True)
    second = opened(PAPERS / "denver-2020" / "served" / "i-138-1-ejemplo.pdf", confirmed=True)
    say(
        visit("counsel"),
        first,
        "court/petition",
        **{"court": "D. Colo.", "filed_on": "2020-01-14", "with": [second.id]},
    )
    assert [petition.matters for petition in state(second).petitions] == [(first.id, second.id)]
    say(
        visit("counsel"),
        first,
        "court/petition",
        **{"court": "D. Colo.", "filed_on": "2020-01-14", "with": ["nothing"]},
    )
    assert len(state(first).petitions) == 1


def test_service_and_custody_are_recorded_at_the_offices_own_time(visit, opened, office) -> None:
    matter = opened(confirmed=True)
    say(visit("clerk"), matter, "custody", state="out", as_of="2020-01-13T12:00")
    custody = state(matter).custody
    assert custody.in_custody is False
    assert custody.as_of == datetime(2020, 1, 13, 12, tzinfo=office.zone)
    say(visit("clerk"), matter, "service", served_on="2020-01-13", manner="hand")
    assert state(matter).service.served_on == date(2020, 1, 13)


def test_a_sealed_matter_is_not_there_for_those_who_may_not_see_it(visit, opened, office, actor) -> None:
    matter = opened(confirmed=True)
    act(office, state(matter), lambda one: commands.seal_matter(one, actor("counsel"), office.now()), office.now())
    assert visit("clerk").get(f"/matters/{matter.id}/").status_code == 404
    assert matter.number not in visit("clerk").get("/matters/").content.decode()
    assert visit("counsel").get(f"/matters/{matter.id}/").status_code == 200


@pytest.mark.parametrize("path", ["answer.json", "ledger/", "ledger/?as=jsonl"])
def test_the_matter_comes_as_data_too(path, visit, opened) -> None:
    assert visit("counsel").get(f"/matters/{opened().id}/{path}").status_code == 200


def test_a_matters_own_chain_is_verified_on_the_page(visit, opened) -> None:
    page = visit("auditor").post(f"/matters/{opened().id}/ledger/verify/", follow=True).content.decode()
    assert "entries of this matter hold" in page
