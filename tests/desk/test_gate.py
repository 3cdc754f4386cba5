"""Every address of the desk needs the permission that the table of routes names, and nothing passes undeclared."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from duly.desk.accounts.roles import ALLOWED, PEOPLE, may
from duly.desk.accounts.routes import ROUTES, Open

ARGUMENTS = {
    "item": 1, "page": 1, "matter": "none", "paper": "0" * 64, "number": 1, "letter": "none", "reading": 0, "field": "kind",
    "enactment": "us/none", "office": "nowhere", "token": "none", "scope": "mine", "day": "calendar-none", "member": 1, "hold": "none",
    "policy": "policy-none",
    "act": "testify", "rule": "us/none",
}  # fmt: skip


def names(resolver: URLResolver, space: str = "") -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            found += names(entry, inner)
        elif isinstance(entry, URLPattern):
            found.append((f"{space}{entry.name}", list(entry.pattern.converters)))
    return found


EVERY_ROUTE = names(get_resolver())


def address(name: str, arguments: list[str]) -> str:
    return reverse(name, kwargs={key: ARGUMENTS[key] for key in arguments})


def test_every_route_is_in_the_table_and_every_entry_of_the_table_is_a_route() -> None:
    assert {name for name, _ in EVERY_ROUTE} == set(ROUTES)


def test_every_permission_of_the_table_exists() -> None:
    assert {needed for needed in ROUTES.values() if not isinstance(needed, Open)} <= set(ALLOWED)


@pytest.mark.parametrize("role", PEOPLE)
def test_each_role_opens_exactly_what_the_table_allows_it(role: str, visit) -> None:
    client = visit(role)
    for name, arguments in EVERY_ROUTE:
        needed = ROUTES[name]
        if isinstance(needed, Open):
            continue
        answers = {client.get(address(name, arguments)).status_code, client.post(address(name, arguments)).status_code}
        assert (403 not in answers) == may(role, needed), f"{role} at {name}: {answers}"


@pytest.mark.django_db
def test_whoever_has_not_signed_in_is_asked_to_everywhere_but_at_the_public_pages(client) -> None:
    for name, arguments in EVERY_ROUTE:
        if ROUTES[name] is Open.PUBLIC:
            continue
        answer = client.get(address(name, arguments))
        assert answer.status_code in (302, 401), name
        if answer.status_code == 302:
            assert answer["Location"].startswith("/sign-in/"), name


def test_somebody_without_an_office_may_open_nothing(person, client) -> None:
    user = person("clerk")
    user.memberships.all().delete()
    client.force_login(user)
    assert client.get("/inbox/").status_code == 403


def test_a_route_that_nobody_declared_is_refused(visit, monkeypatch) -> None:
    monkeypatch.delitem(ROUTES, "law:law")
    assert visit("counsel").get("/law/").status_code == 403


def test_an_auditor_reads_but_does_nothing(visit, opened) -> None:
    matter = opened()
    auditor = visit("auditor")
    assert auditor.get(f"/matters/{matter.id}/").status_code == 200
    assert auditor.post(f"/matters/{matter.id}/note/", {"text": "hello"}).status_code == 403
    assert auditor.post("/inbox/upload/").status_code == 403


def test_an_office_never_sees_another_offices_matters(visit, opened, other_office) -> None:
    matter = opened()
    stranger = visit("counsel", "Stranger", other_office)
    for address_ in (f"/matters/{matter.id}/", f"/matters/{matter.id}/verify/", f"/matters/{matter.id}/ledger/"):
        assert stranger.get(address_).status_code == 404
    assert matter.number not in stranger.get("/matters/").content.decode()
    assert stranger.get(f"/api/v1/matters/{matter.id}").status_code == 404
