"""A backup made while the desk goes on, restored into an empty place and proved to be the same; damage is refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from duly.desk.database import from_url, to_url
from duly.desk.models import LedgerEntry
from duly.desk.storage import ledger

from .conftest import database_address

pytestmark = pytest.mark.django_db(transaction=True)


def duly(*said: str, home: Path, database: str) -> subprocess.CompletedProcess[str]:
    """The command, as an operator runs it."""
    environment = {**os.environ, "DULY_HOME": str(home), "DULY_DATABASE": database}
    command = [sys.executable, "-c", "from duly.cli import main; main()", "desk", *said]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def new_database(tmp_path):
    """An empty database of the kind that the tests run on."""
    if connection.vendor != "postgresql":
        yield f"sqlite:///{tmp_path / 'restored.sqlite3'}"
        return
    name = f"restored_{os.getpid()}"
    server = psycopg.connect(to_url({**connection.settings_dict, "NAME": "postgres"}), autocommit=True)
    server.execute(f"CREATE DATABASE {name}")
    yield to_url({**from_url(database_address(), tmp_path), "NAME": name})
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")
    server.close()


@pytest.fixture
def made(opened, put_in, data_folder, tmp_path) -> Path:
    """A backup of an office with a matter and a paper that waits."""
    opened(confirmed=True)
    put_in()
    from duly.desk import home

    home.secret(data_folder, "django")
    done = duly("backup", str(tmp_path / "backup"), home=data_folder, database=database_address())
    assert done.returncode == 0, done.stderr
    return tmp_path / "backup"


def test_a_backup_is_restored_into_an_empty_place_and_is_the_same(made, tmp_path, new_database) -> None:
    home = tmp_path / "new"
    done = duly("restore", str(made), "--home", str(home), "--json", home=home, database=new_database)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["entries"], said["head"]) == (LedgerEntry.objects.count(), ledger.STORE.head().hash)
    checked = duly("check", "--all", "--json", home=home, database=new_database)
    assert checked.returncode == 0, checked.stdout
    again = duly("restore", str(made), "--home", str(home), home=home, database=new_database)
    assert again.returncode == 1
    assert "not empty" in " ".join(again.stderr.split())


@pytest.mark.parametrize("folder", ["originals", "keys", "."])
def test_a_backup_in_which_a_byte_was_changed_is_not_restored(folder, made, tmp_path, new_database) -> None:
    file = next(one for one in sorted((made / folder).rglob("*")) if one.is_file() and one.name != "manifest.json")
    file.chmod(0o600)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))
    home = tmp_path / "new"
    done = duly("restore", str(made), "--home", str(home), home=home, database=new_database)
    assert done.returncode == 1
    assert "damaged" in done.stderr
    assert not home.exists()
