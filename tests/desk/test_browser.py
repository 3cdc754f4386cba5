"""The main job in a real browser, from a served paper to a letter; every screen free of what axe-core objects to."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from playwright.sync_api import Browser, Page, expect, sync_playwright

from duly.desk.models import InboxItem, MatterRow
from duly.desk.storage import ledger
from duly.matters import fold

from .conftest import PAPERS, PASSWORD, SUBPOENA

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = os.environ.get("DULY_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDTHS = {"desk": 1280, "phone": 390}
SHOTS = Path(__file__).parents[2] / ".screens"


@pytest.fixture(scope="module", autouse=True)
def _orm_beside_playwright() -> Iterator[None]:
    """Playwright keeps an event loop in this thread, which makes Django suspect async code where there is none."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def at_the_desk(browser, live_server, person):
    """A page of somebody who has signed in by the form."""
    contexts = []

    def sign_in(role: str, *, scripts: bool = True) -> Page:
        user = person(role)
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": 1280, "height": 900}, java_script_enabled=scripts
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto("/sign-in/")
        page.get_by_label("Sign-in name").fill(user.sign_in)
        page.get_by_label("Password").fill(PASSWORD)
        page.locator("main").get_by_role("button", name="Sign in").click()
        expect(page).to_have_url(f"{live_server.url}/today/")
        return page

    yield sign_in
    for context in contexts:
        context.close()


@pytest.fixture
def reader(data_folder, transactional_db):
    """The jobs in their own process, as they run beside the server."""
    database = connection.settings_dict["NAME"]
    environment = {**os.environ, "DULY_HOME": str(data_folder), "DULY_DATABASE": f"sqlite:///{database}"}
    process = subprocess.Popen([sys.executable, "-m", "duly.desk.jobs.worker"], stdin=subprocess.PIPE, env=environment)
    yield process
    process.stdin.close()
    process.wait(20)


def look(page: Page, name: str) -> list[str]:
    """Take the screen at both widths, and say what axe-core objects to and where it is wider than the window."""
    problems = []
    SHOTS.mkdir(exist_ok=True)
    for where, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(150)
        wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        page.screenshot(path=str(SHOTS / f"{name}-{where}.png"), full_page=True)
        if wider > 0:
            problems.append(f"{name} is {wider} px wider than a {where}'s {width}")
        for broken in Axe().run(page).response["violations"]:
            nodes = "; ".join(node["html"][:160] for node in broken["nodes"][:4])
            problems.append(f"{name} at {width} px: {broken['id']}: {broken['help']}: {nodes}")
    page.set_viewport_size({"width": 1280, "height": 900})
    return problems


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
