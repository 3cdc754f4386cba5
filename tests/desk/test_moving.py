"""An office moved to PostgreSQL: every row the same, the ledger whole on both sides, and nothing half done."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import psycopg
import pytest
from django.db import DatabaseError, connection

from duly.desk.models import LedgerEntry
from duly.desk.storage import append_only, ledger
from duly.desk.storage.fingerprints import of_rows

from ..postgres import address
from .conftest import database_address

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def empty_database(postgres_socket):
    """The address of a PostgreSQL database that was just created."""
    name = f"office_{os.getpid()}"
    with psycopg.connect(host=str(postgres_socket), user="duly", dbname="postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield address(postgres_socket, name)
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def move(data_folder, empty_database):
    """The command, in a process of its own as an operator runs it; `first` is done before it, in that process."""

    def run(to: str = empty_database, first: str = "", on: str = "") -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "DULY_HOME": str(data_folder), "DULY_DATABASE": on or database_address()}
        program = f"from duly.desk.operations import set_up\nset_up()\n{first}\nfrom duly.cli import main\nmain()"
        command = [sys.executable, "-c", program, "desk", "migrate-database", to, "--json"]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    return run


@pytest.fixture
def reopened():
    """The old database takes entries again, for the tests that come after."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER IF EXISTS desk_ledgerentry_moved")


def tables(at: str) -> list[str]:
    with psycopg.connect(at) as there:
        return [row[0] for row in there.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """Why the command refused, on one line."""
    assert done.returncode == 1, done.stderr
    return " ".join(done.stderr.split())


def test_an_office_is_moved_whole_and_goes_on_there(
    opened, put_in, visit, data_folder, move, empty_database, reopened
) -> None:
    matter = opened(confirmed=True)
    put_in()
    visit("clerk").get("/today/")
    done = move()
    assert done.returncode == 0, done.stderr
    moved = json.loads(done.stdout)
    assert moved["entries"] == LedgerEntry.objects.count() == moved["tables"]["desk_ledgerentry"]
    assert moved["tables"]["desk_matterrow"] == 1
    assert moved["tables"]["desk_inboxitem"] == 2
    assert moved["head"] == ledger.STORE.head().hash
    with psycopg.connect(empty_database) as there, pytest.raises(psycopg.errors.IntegrityError, match="append-only"):
        there.execute("DELETE FROM desk_ledgerentry")
    # The desk itself, on the new database: a note is written on the matter, and the views can be built again.
    environment = {**os.environ, "DULY_HOME": str(data_folder), "DULY_DATABASE": empty_database}
    done = subprocess.run(
        [sys.executable, "-c", GO_ON, matter.id], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(moved["entries"] + 1), "True", "1"]


GO_ON = """
import sys
from duly.desk.operations import set_up
set_up()
from django.conf import settings
from django.test import Client
from duly.desk.models import LedgerEntry, User
from duly.desk.storage import ledger
from duly.desk.storage.projections import rebuild
client = Client(headers={"host": "localhost"})
client.force_login(User.objects.get(sign_in="clerk.denver"))
client.post(f"/matters/{sys.argv[1]}/note/", {"text": "Moved."})
print(LedgerEntry.objects.count(), ledger.verify().ok, rebuild())
"""


def test_what_was_moved_takes_no_more_entries_where_it_was(opened, visit, move, reopened) -> None:
    matter = opened()
    assert move().returncode == 0
    before = LedgerEntry.objects.count()
    with pytest.raises(DatabaseError, match="moved to PostgreSQL"):
        visit("clerk").post(f"/matters/{matter.id}/note/", {"text": "Too late."})
    assert LedgerEntry.objects.count() == before


def test_a_database_that_is_not_empty_is_refused_and_left_as_it_was(opened, move, empty_database) -> None:
    opened()
    with psycopg.connect(empty_database) as there:
        there.execute("CREATE TABLE something (n integer)")
    assert "not empty" in refused(move())
    assert tables(empty_database) == ["something"]


def test_a_ledger_that_does_not_hold_is_not_moved(opened, move, empty_database) -> None:
    opened()
    append_only.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE desk_ledgerentry SET payload = replace(payload, 'e', 'f') WHERE sequence = 2")
    assert "Entry 2" in refused(move())
    assert tables(empty_database) == []


CHANGED_ON_THE_WAY = """
from django.db.models.query import QuerySet
plain = QuerySet.bulk_create
def changing(self, rows, *args, **kwargs):
    for row in rows:
        if type(row).__name__ == "MatterRow":
            row.title += " "
    return plain(self, rows, *args, **kwargs)
QuerySet.bulk_create = changing
"""


def test_a_row_that_arrives_otherwise_undoes_the_whole_move(opened, visit, move, empty_database) -> None:
    matter = opened()
    assert "The rows of the table desk_matterrow are not the same" in refused(move(first=CHANGED_ON_THE_WAY))
    assert tables(empty_database) == []
    visit("clerk").post(f"/matters/{matter.id}/note/", {"text": "The office goes on where it was."})
    assert LedgerEntry.objects.latest("sequence").type == "note-added"


@pytest.mark.parametrize("said", ["postgresql://nobody@%2Fnowhere/none", "sqlite:////tmp/other.sqlite3"])
def test_an_address_where_nothing_answers_is_refused_in_words(said, db, move) -> None:
    assert "PostgreSQL" in refused(move(said))


def test_an_office_on_postgresql_already_is_refused(db, move, empty_database) -> None:
    assert "not on the embedded database" in refused(move(on=empty_database))


def test_a_fingerprint_knows_a_changed_a_missing_and_a_doubled_row_and_no_order() -> None:
    rows = [(1, "a", None), (2, "b", 0.5), (3, "", {"x": [1]})]
    plain = of_rows(rows)
    assert of_rows(reversed(rows)) == plain
    assert of_rows([*rows[:2], (3, None, {"x": [1]})]) != plain
    assert of_rows(rows[:2]) != plain
    assert of_rows([rows[0], *rows]) != plain
