"""A desk for tests: its own data folder, a real SQLite file, two offices with people, papers really read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from django.test import Client, TransactionTestCase
from playwright.sync_api import Browser, Page, expect, sync_playwright

from duly.desk.accounts.models import Membership, Office, User
from duly.desk.database import to_url
from duly.desk.inbox.models import InboxItem
from duly.desk.inbox.opening import open_as_matters
from duly.desk.inbox.receiving import receive, settle_read
from duly.desk.shelf import kinds
from duly.desk.storage import append_only
from duly.desk.storage.matters import act
from duly.desk.verify.cards import cards
from duly.intake import Reading, Worker
from duly.matters import KIND, Actor, Event, Matter, commands

PAPERS = Path(__file__).parents[2] / "samples"
SUBPOENA = PAPERS / "denver-2020" / "served" / "i-138-4-inventado.pdf"
PASSWORD = "a long enough password"
CHROMIUM = os.environ.get("DULY_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDTHS = {"desk": 1280, "phone": 390}
SHOTS = Path(__file__).parents[2] / ".screens"


@pytest.fixture(scope="session", autouse=True)
def _emptied_ledger() -> Iterator[None]:
    """Tests that commit empty their tables afterwards, which the ledger refuses until its triggers are taken away.

    The emptying ends with `post_migrate`, which puts them back.
    """
    plain = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        append_only.remove(connection)
        if connection.vendor == "postgresql":  # the jobs' workflows know the items of the next test by the same numbers
            with connection.cursor() as cursor:
                cursor.execute("DROP SCHEMA IF EXISTS dbos CASCADE")
        plain(self)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = plain


def database_address() -> str:
    """What `DULY_DATABASE` says to a process that is to work on this test's database."""
    said = connection.settings_dict
    return to_url(said) if connection.vendor == "postgresql" else f"sqlite:///{said['NAME']}"


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, settings) -> Path:
    """Everything that a test keeps lies in its own folder."""
    from duly.desk import home

    settings.HOME = tmp_path / "desk"
    home.prepare(settings.HOME)
    return settings.HOME


@pytest.fixture
def office(db) -> Office:
    return Office.objects.create(
        id="denver", name="Denver Sheriff, Records", jurisdiction="us/co/denver", kind="sheriff",
        time_zone="America/Denver", sample_day=date(2020, 1, 14),
    )  # fmt: skip


@pytest.fixture
def other_office(db) -> Office:
    return Office.objects.create(
        id="elsewhere", name="Elsewhere", jurisdiction="us/tx", kind="sheriff", time_zone="America/Chicago",
        sample_day=date(2020, 1, 14),
    )  # fmt: skip


@pytest.fixture
def person(office: Office) -> Callable[..., User]:
    """Somebody in a role of the office; the same role gives the same person, another name another."""

    def find(role: str, name: str = "", at: Office | None = None) -> User:
        place = at or office
        sign_in = f"{name or role}.{place.id}".replace(" ", "-")
        user = User.objects.filter(sign_in=sign_in).first()
        if user is None:
            user = User.objects.create_user(sign_in, name or f"Invented {role.title()}", PASSWORD)
            Membership.objects.create(user=user, office=place, role=role)
        return user

    return find


@pytest.fixture
def visit(person) -> Callable[..., Client]:
    """A browser that has signed in as somebody in that role."""

    def sign_in(role: str, name: str = "", at: Office | None = None) -> Client:
        client = Client()
        client.force_login(person(role, name, at))
        return client

    return sign_in


@pytest.fixture
def actor(person) -> Callable[..., Actor]:
    def of(role: str, name: str = "") -> Actor:
        user = person(role, name)
        return Actor(f"user:{user.pk}", user.name, (role,))

    return of


@cache
def read(path: Path) -> tuple[Reading, ...]:
    """The paper as the real intake reads it, once for all tests."""
    with Worker() as worker:
        return worker.read(path.read_bytes(), path.name, kinds=kinds(), today=date(2020, 1, 14))


@pytest.fixture
def put_in(office: Office, actor) -> Callable[..., InboxItem]:
    """A paper in the inbox, received and read."""

    def put(path: Path = SUBPOENA, *, when: datetime | None = None) -> InboxItem:
        at = when or datetime(2020, 1, 13, 9, 46, tzinfo=office.zone)
        item = receive(office, actor("clerk"), [path.read_bytes()], path.name, at=at, received_at=at, way="counter")
        settle_read(item, read(path))
        return InboxItem.objects.get(pk=item.pk)

    return put


@pytest.fixture
def opened(office: Office, actor, put_in) -> Callable[..., Matter]:
    """A matter opened from a paper; with `confirmed` its fields are settled too."""

    def open_(path: Path = SUBPOENA, *, confirmed: bool = False) -> Matter:
        at = datetime(2020, 1, 13, 9, 50, tzinfo=office.zone)
        item = put_in(path)
        matter = open_as_matters(office, actor("clerk"), item, {"received_at": at}, at)[0]
        return confirm_all(office, matter, actor("clerk"), at) if confirmed else matter

    return open_


def confirm_all(office: Office, matter: Matter, who: Actor, at: datetime) -> Matter:
    """Every field looked at and found right."""

    def decide(state: Matter) -> list[Event]:
        events: list[Event] = []
        for card in cards(state):
            if card.name == KIND:
                events += commands.confirm_kind(state, who, at, kinds(), kind=card.text or None, reading=card.reading)
            else:
                events += commands.confirm_field(state, who, at, field=card.name, reading=card.reading)
        return events

    return act(office, matter, decide, at)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """The test database is named by its process, as settings say, and needs no other name in a pool of them."""
    yield


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser for the tests of one file."""
    # Playwright keeps an event loop in this thread, which makes Django suspect async code where there is none.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        found.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


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
