"""The main job in a real browser, from a served paper to a letter; every screen free of what axe-core objects to."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from duly.desk.models import InboxItem, MatterRow
from duly.desk.storage import ledger
from duly.matters import fold

from .conftest import PAPERS, SUBPOENA, look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def reader(data_folder, transactional_db):
    """The jobs in their own process, as they run beside the server."""
    database = connection.settings_dict["NAME"]
    environment = {**os.environ, "DULY_HOME": str(data_folder), "DULY_DATABASE": f"sqlite:///{database}"}
    process = subprocess.Popen([sys.executable, "-m", "duly.desk.jobs.worker"], stdin=subprocess.PIPE, env=environment)
    yield process
    process.stdin.close()
    process.wait(20)


def test_the_main_job_from_a_served_paper_to_a_letter(office, at_the_desk, reader, tmp_path) -> None:
    clerk = at_the_desk("clerk")
    clerk.goto("/inbox/")
    clerk.get_by_label("Papers: PDF, TIFF, PNG or JPEG").set_input_files([SUBPOENA])
    clerk.get_by_role("button", name="Put into the inbox").click()
    expect(clerk.get_by_text("1 paper received.")).to_be_visible()
    expect(clerk.get_by_text("Immigration Enforcement Subpoena")).to_be_visible(timeout=60_000)
    clerk.get_by_role("link", name="Open", exact=False).last.click()
    clerk.get_by_role("button", name="Open the matter").click()

    expect(clerk.get_by_role("heading", name="What does the paper say?")).to_be_visible()
    for _ in range(30):
        if clerk.get_by_text("Nothing more needs you.").is_visible():
            break
        before = clerk.locator("#fields [role=status] b").inner_text()
        clerk.locator("form.read--open [name=value]").first.focus()
        lit = clerk.locator("rect.lit")
        assert lit.count() <= 1
        clerk.locator("form.read--open button[value=confirm]").first.click()
        expect(clerk.locator("#fields [role=status] b")).not_to_have_text(before)
    expect(clerk.get_by_text("Nothing more needs you.")).to_be_visible()
    matter = MatterRow.objects.get()

    counsel = at_the_desk("counsel")
    counsel.goto(f"/matters/{matter.id}/")
    counsel.get_by_role("group", name="Is the paper primarily related to a criminal investigation?").get_by_text(
        "No", exact=True
    ).click()
    counsel.get_by_role("button", name="Keep these answers").click()
    expect(counsel.get_by_text("Contested.")).to_be_visible()
    asked = fold(ledger.events_of(matter.id)).assessment.asked
    for act in asked:
        counsel.locator(f"#choice-{act}").select_option("decline")
        counsel.locator(f"label[for^=ground-{act}-]").filter(has_text="(decline;").first.click()
    counsel.get_by_role("button", name="Keep as draft").click()
    counsel.get_by_role("button", name="Send for approval").click()
    expect(counsel.get_by_text("Another person has to approve it.")).to_be_visible()
    expect(counsel.get_by_role("button", name="Approve this position")).to_have_count(0)

    supervisor = at_the_desk("supervisor")
    supervisor.goto(f"/matters/{matter.id}/")
    supervisor.get_by_role("button", name="Approve this position").click()
    expect(supervisor.get_by_text("Approved. The letter can be made now.")).to_be_visible()

    counsel.goto(f"/matters/{matter.id}/")
    counsel.get_by_role("button", name="Make the letter").click()
    with counsel.expect_download() as coming:
        counsel.get_by_role("link", name="PDF", exact=True).click()
    coming.value.save_as(tmp_path / "letter.pdf")
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF")
    assert ledger.verify().ok


def test_the_essential_acts_work_without_scripts(office, at_the_desk, put_in) -> None:
    item = put_in()
    clerk = at_the_desk("clerk", scripts=False)
    clerk.goto("/inbox/")
    clerk.locator("input[type=file]").set_input_files([PAPERS / "other-kinds" / "cat.jpg"])
    clerk.get_by_role("button", name="Put into the inbox").click()
    assert InboxItem.objects.count() == 2
    clerk.goto(f"/inbox/{item.pk}/")
    clerk.get_by_role("button", name="Open the matter").click()
    clerk.locator("form.read--open button[value=confirm]").first.click()
    expect(clerk.get_by_text("fields settled")).to_contain_text("1 of")
    assert clerk.locator("rect.lit").count() <= 1


def test_every_screen_is_free_of_what_axe_core_objects_to(office, at_the_desk, opened, put_in) -> None:
    matter = opened(confirmed=True)
    half = opened(PAPERS / "denver-2020" / "served" / "i-138-1-ejemplo.pdf")
    item = put_in(PAPERS / "other-kinds" / "ao-88b.pdf")
    counsel = at_the_desk("counsel")
    paper = matter.readings[0].paper
    screens = {
        "today": "/today/", "inbox": "/inbox/", "paper": f"/inbox/{item.pk}/", "matters": "/matters/",
        "matter": f"/matters/{matter.id}/", "matter-unconfirmed": f"/matters/{half.id}/",
        "verify": f"/matters/{half.id}/verify/", "verified": f"/matters/{matter.id}/verify/",
        "page": f"/matters/{matter.id}/papers/{paper}/1/?box=60,60,200,90", "ledger": f"/matters/{matter.id}/ledger/",
        "law": "/law/", "enactment": "/law/text/us/8-usc-1225/", "what-if": "/law/ask/?act=produce_records&place=us/co/denver",
        "calendar": "/calendar/", "records": "/records/", "issue": "/issue/?kind=ice-i-247a&place=us/tx&recipient=sheriff",
        "register": "/register/denver/", "password": "/password/", "not-found": "/nothing/", "refused": "/administration/",
    }  # fmt: skip
    problems: list[str] = []
    for name, address in screens.items():
        counsel.goto(address)
        if name == "matter":
            counsel.evaluate(
                "document.querySelectorAll('details').forEach((one) => { one.open = !one.matches('.menu'); })"
            )
        problems += look(counsel, name)
    problems += look(at_the_desk_of_an_administrator(counsel), "administration")
    assert not problems, "\n".join(problems)


def at_the_desk_of_an_administrator(page: Page) -> Page:
    from duly.desk.models import Membership

    Membership.objects.filter(role="counsel").update(role="administrator")
    page.goto("/administration/")
    return page


def test_the_sign_in_page_is_free_of_what_axe_core_objects_to(browser, live_server, db) -> None:
    page = browser.new_page(base_url=live_server.url)
    page.goto("/sign-in/")
    problems = look(page, "sign-in")
    page.close()
    assert not problems, "\n".join(problems)


POLICY = """# Records

> We produce what an administrative subpoena asks for.

```rule
id: us/co/denver/records/1
kind: duty
title: Produce what is asked for
cite: Policy on records
acts: [produce_records]
modality: {modality}
when: instrument.family = 'administrative_subpoena'
text: We produce what an administrative subpoena asks for.
```
"""


def test_a_policy_is_written_beside_its_checks_approved_by_another_and_changes_an_open_matter(
    office, at_the_desk, opened, actor
) -> None:
    matter = opened(confirmed=True)
    counsel = at_the_desk("counsel")
    problems = []
    counsel.goto("/law/policies/")
    expect(counsel.get_by_text("This office has no policy of its own here.")).to_be_visible()
    problems += look(counsel, "policies-empty")
    counsel.get_by_role("link", name="Write a policy").click()
    expect(counsel.get_by_role("heading", name="As it will be read")).to_be_visible()
    counsel.get_by_label("Name of the policy").fill("Policy on records")
    text = counsel.get_by_label("The text, and the rules beside it")
    text.fill(POLICY.format(modality="requiered"))
    expect(counsel.get_by_role("link", name="Line 11")).to_be_visible(timeout=30_000)
    counsel.get_by_role("link", name="Line 11").click()
    assert "requiered" in text.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)")
    problems += look(counsel, "policy-mistake")
    text.fill(POLICY.format(modality="required"))
    expect(counsel.get_by_role("heading", name="Conflicts with the law")).to_be_visible(timeout=30_000)
    expect(counsel.get_by_text("D.R.M.C. § 28-250(a)(1), local law, forbids it", exact=False)).to_be_visible()
    problems += look(counsel, "policy-conflict")
    text.fill(POLICY.format(modality="permitted").replace("We produce", "We may produce"))
    expect(counsel.get_by_text("permits producing", exact=False).first).to_be_visible(timeout=30_000)
    text.fill(POLICY.format(modality="forbidden").replace("We produce", "We never produce"))
    expect(counsel.get_by_text("local law, forbids it", exact=False)).to_have_count(0, timeout=30_000)
    expect(counsel.locator("#check-matters ~ table")).to_be_visible(timeout=30_000)
    counsel.get_by_role("button", name="Keep and send for approval").click()
    expect(counsel.get_by_text("You wrote at it, so another person has to approve it.")).to_be_visible(timeout=30_000)
    expect(counsel.get_by_role("button", name="Approve this version")).to_have_count(0)

    boss = at_the_desk("supervisor")
    boss.get_by_role("link", name="Approve or decline a policy").click()
    expect(boss.get_by_role("heading", name="What would change for open matters")).to_be_visible(timeout=30_000)
    problems += look(boss, "policy-approve")
    boss.get_by_role("button", name="Approve this version").click()
    expect(boss.get_by_text("The policy is approved.", exact=False)).to_be_visible(timeout=30_000)
    problems += look(boss, "policy")
    boss.goto("/today/")
    expect(boss.get_by_text("the law or a calendar changed: see what is different")).to_be_visible()
    problems += look(boss, "today-law-changed")
    boss.get_by_role("link", name=matter.number).first.click()
    expect(boss.get_by_role("heading", name=f"The law changed for {matter.number}")).to_be_visible()
    problems += look(boss, "policy-changed")
    boss.get_by_label("What follows for this matter").fill("We have answered as the policy says.")
    boss.get_by_role("button", name="Record this").click()
    boss.goto("/today/")
    expect(boss.get_by_text("the law or a calendar changed: see what is different")).to_have_count(0)
    answered = fold(ledger.events_of(matter.id))
    assert answered.assessment.outcomes["produce_records"].outcome == "contested"
    assert answered.law_changes[0].answered == "We have answered as the policy says."

    boss.goto("/law/policies/")
    policy = boss.get_by_role("link", name="Policy on records").get_attribute("href")
    counsel.goto(f"{policy}edit/")
    text.fill(POLICY.format(modality="required"))
    counsel.get_by_role("button", name="Keep and send for approval").click()
    expect(counsel.get_by_text("You wrote at it, so another person has to approve it.")).to_be_visible(timeout=30_000)
    boss.goto(policy)
    boss.get_by_role("button", name="Approve this version").click()
    expect(boss.get_by_text("superseded")).to_be_visible(timeout=30_000)
    boss.get_by_role("button", name="Compare").click()
    expect(boss.get_by_role("heading", name="Answers that differ")).to_be_visible(timeout=30_000)
    problems += look(boss, "policy-compare")
    assert problems == []
