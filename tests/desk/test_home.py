"""The data folder, its secrets, the settings, and the headers that every answer carries."""

from __future__ import annotations

import logging
import stat

import pytest

from duly.desk import home
from duly.desk.database import DatabaseAddressError, from_url, to_url
from duly.desk.first import first_sign_in
from duly.desk.logs import NoPersonalData
from duly.desk.models import User


def test_secrets_are_made_once_and_only_their_owner_can_read_them(tmp_path) -> None:
    place = tmp_path / "fresh"
    home.prepare(place)
    first = home.secret(place, "django")
    assert first == home.secret(place, "django")
    assert len(first) > 40
    assert stat.S_IMODE((place / "secrets" / "django").stat().st_mode) == 0o600
    assert stat.S_IMODE(place.stat().st_mode) == 0o700


def test_importing_the_settings_writes_nothing(tmp_path) -> None:
    home.secret_or_passing(tmp_path / "nowhere", "django")
    assert not (tmp_path / "nowhere").exists()


def test_a_data_folder_that_cannot_be_written_is_a_sentence(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(home.HomeError, match="cannot be written"):
        home.prepare(tmp_path / "file" / "desk")


def test_one_address_chooses_the_database(tmp_path) -> None:
    assert from_url("", tmp_path)["ENGINE"].endswith("sqlite3")
    assert from_url("sqlite:////srv/desk.sqlite3", tmp_path)["NAME"] == "/srv/desk.sqlite3"
    found = from_url("postgresql://duly:p%40ss@db.example:5433/desk", tmp_path)
    assert (found["ENGINE"], found["NAME"], found["PASSWORD"], found["PORT"]) == (
        "django.db.backends.postgresql", "desk", "p@ss", "5433",
    )  # fmt: skip
    with pytest.raises(DatabaseAddressError):
        from_url("mysql://x/y", tmp_path)


def test_an_acknowledged_act_is_on_the_disk(db) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone() == ("on",)
        else:
            assert cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
            assert cursor.execute("PRAGMA synchronous").fetchone()[0] == 2


@pytest.mark.parametrize(
    ("said", "host", "port", "options"),
    [
        ("postgresql://clerk:p%40ss@db.example:5433/duly", "db.example", "5433", {}),
        ("postgres://clerk:p%40ss@[::1]:5433/duly?sslmode=require", "::1", "5433", {"sslmode": "require"}),
        ("postgresql://clerk:p%40ss@%2Frun%2FPostgreSQL/duly", "/run/PostgreSQL", "", {}),
        ("postgresql://clerk:p%40ss@/duly?host=/run/PostgreSQL", "/run/PostgreSQL", "", {}),
    ],
)
def test_an_address_of_postgresql_says_the_same_to_the_pages_and_to_the_jobs(
    said, host, port, options, tmp_path
) -> None:
    found = from_url(said, tmp_path)
    assert (found["NAME"], found["USER"], found["PASSWORD"]) == ("duly", "clerk", "p@ss")
    assert (found["HOST"], found["PORT"], found["OPTIONS"]) == (host, port, options)
    again = from_url(to_url(found), tmp_path)
    assert again == found


def test_a_port_that_is_no_number_is_refused(tmp_path) -> None:
    with pytest.raises(DatabaseAddressError, match="port"):
        from_url("postgresql://clerk@db.example:x/duly", tmp_path)


@pytest.mark.django_db
def test_every_answer_allows_nothing_from_elsewhere(client) -> None:
    answer = client.get("/sign-in/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_form_from_elsewhere_is_refused() -> None:
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"sign_in": "a", "password": "b"})
    assert answer.status_code == 403
    assert "too old" in answer.content.decode()


@pytest.mark.django_db
def test_only_the_named_hosts_are_answered(client) -> None:
    assert client.get("/sign-in/", headers={"Host": "evil.example"}).status_code == 400


def test_what_is_missing_is_explained_in_words(client, db) -> None:
    page = client.get("/nothing/here/")
    assert page.status_code == 404
    assert "Check the address" in page.content.decode()


def test_guessing_a_password_is_slowed(person, client) -> None:
    person("clerk")
    codes = [
        client.post("/sign-in/", {"sign_in": "clerk.denver", "password": f"wrong {n}"}).status_code for n in range(10)
    ]
    assert codes[0] == 422
    assert codes[-1] == 429
    assert (
        client.post("/sign-in/", {"sign_in": "clerk.denver", "password": "a long enough password"}).status_code == 429
    )


def test_signing_in_goes_back_to_where_one_was_but_never_to_another_site(person, client) -> None:
    person("clerk")
    said = {"sign_in": "Clerk.Denver", "password": "a long enough password"}
    assert client.post("/sign-in/", {**said, "next": "/inbox/"})["Location"] == "/inbox/"
    assert client.post("/sign-in/", {**said, "next": "https://evil.example/"})["Location"] == "/"


def test_a_password_can_be_changed_and_must_not_be_short(visit, person) -> None:
    client = visit("clerk")
    assert client.post("/password/", {"present": "a long enough password", "new": "short"}).status_code == 422
    assert client.post("/password/", {"present": "not it", "new": "another long password"}).status_code == 422
    assert (
        client.post("/password/", {"present": "a long enough password", "new": "another long password"}).status_code
        == 302
    )
    assert person("clerk").check_password("another long password")


@pytest.mark.django_db
def test_the_first_sign_in_is_made_once_with_a_random_password() -> None:
    said = first_sign_in()
    assert said is not None
    user = User.objects.get()
    password = next(line.strip() for line in said.splitlines() if line.strip() and user.check_password(line.strip()))
    assert len(password) >= 12
    assert first_sign_in() is None


def test_the_log_says_where_it_failed_and_never_what_a_paper_said() -> None:
    try:
        raise ValueError("Nicanor Ejemplo")
    except ValueError:
        import sys

        record = logging.LogRecord("duly", logging.ERROR, "x", 1, "GET /inbox/?q=Nicanor", None, sys.exc_info())
    line = NoPersonalData().format(record)
    assert "Nicanor" not in line
    assert "ValueError" in line
    assert "test_home.py" in line
