"""Many at once: one approval, one opening, no lost or doubled entry."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

from duly.desk.models import MatterRow, PolicyRow, PolicyVersionRow
from duly.desk.policy import document
from duly.desk.storage import ledger
from duly.desk.storage.policies import load_policy
from duly.matters import fold

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 8


def together(client: Client, address: str, said: dict[str, str]) -> list[int]:
    """The same form sent by many browsers of one person at the same moment."""

    def send(_: int) -> int:
        other = Client()
        other.cookies = client.cookies
        try:
            return other.post(address, said).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(send, range(AT_ONCE)))


def test_a_position_approved_by_many_at_once_is_approved_once(visit, opened) -> None:
    matter = opened(confirmed=True)
    counsel, boss = visit("counsel"), visit("supervisor")
    asked = fold(ledger.events_of(matter.id)).assessment.asked
    counsel.post(f"/matters/{matter.id}/position/", {f"choice.{one}": "decline" for one in asked})
    counsel.post(f"/matters/{matter.id}/position/submit/", {})
    state = fold(ledger.events_of(matter.id))
    said = {"do": "approve", "position": state.position.digest, "expected": str(state.sequence)}
    assert set(together(boss, f"/matters/{matter.id}/position/decide/", said)) == {302}
    kinds = [entry.type for entry in ledger.STORE.entries(matter.id)]
    assert kinds.count("position-approved") == 1
    assert ledger.verify().ok


def test_a_paper_opened_by_many_at_once_becomes_one_matter(visit, put_in) -> None:
    item, clerk = put_in(), visit("clerk")
    answers = together(clerk, f"/inbox/{item.pk}/open/", {"received_at": "2020-01-13T09:46"})
    assert answers.count(302) == 1
    assert MatterRow.objects.count() == 1
    assert ledger.verify().ok


def test_notes_written_at_once_are_all_there_in_one_unbroken_chain(visit, opened) -> None:
    matter = opened()
    clerk = visit("clerk")
    together(clerk, f"/matters/{matter.id}/note/", {"text": "At the same time."})
    state = fold(ledger.events_of(matter.id))
    written = len(state.notes)
    assert 1 <= written <= AT_ONCE
    assert [entry.matter_sequence for entry in ledger.STORE.entries(matter.id)] == list(range(1, state.sequence + 1))
    assert ledger.verify().ok


def test_a_policy_approved_by_many_at_once_is_approved_once(visit, office) -> None:
    text = document.starter(office, "Policy", office.today())
    said = {"title": "Policy", "adopted_on": "2020-01-14", "effective_from": "2020-01-14", "body": text, "do": "submit"}
    visit("counsel").post("/law/policies/new/", said)
    row = PolicyRow.objects.get()
    state = load_policy(office, row.id)
    decided = {"do": "approve", "draft": str(state.draft.draft), "seen": str(state.sequence)}
    assert set(together(visit("supervisor"), f"/law/policies/{row.id}/decide/", decided)) == {302}
    kinds = [entry.type for entry in ledger.STORE.entries(row.id)]
    assert kinds.count("policy-approved") == 1
    assert PolicyVersionRow.objects.count() == 1
    assert ledger.verify().ok
