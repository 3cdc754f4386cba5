"""`duly desk check`: a sound desk passes, and each thing that can go wrong is named with what to do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from duly.desk import health
from duly.desk.inbox.models import Progress
from duly.desk.inbox.receiving import receive
from duly.desk.models import LedgerEntry
from duly.desk.storage import append_only, ledger, originals

from .conftest import SUBPOENA, database_address


@pytest.fixture
def home(data_folder: Path) -> Path:
    """The data folder as a desk that was started once leaves it."""
    from duly.desk import home

    home.secret(data_folder, "django")
    return data_folder


def wrong(home: Path, **how: bool) -> dict[str, str]:
    """What does not hold: the finding's id, and its sentence."""
    found = [finding for finding in health.findings(home, **how) if not finding.ok]
    assert all(finding.remedy for finding in found)
    return {finding.id: finding.sentence for finding in found}


@pytest.mark.parametrize("everything", [False, True])
def test_a_sound_desk_passes(everything, home, opened) -> None:
    opened(confirmed=True)
    assert wrong(home, everything=everything) == {}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE desk_ledgerentry SET payload = replace(payload, '2020', '2021') WHERE sequence = 2",
        "UPDATE desk_ledgerentry SET header = replace(header, 'user:', 'User:') WHERE sequence = 2",
        "UPDATE desk_ledgerentry SET type = 'x' WHERE sequence = 2",
        "UPDATE desk_ledgerentry SET hash = '0' || substr(hash, 2) WHERE sequence IN (2, 3)",
        "DELETE FROM desk_ledgerentry WHERE sequence = 2",
    ],
)
def test_a_ledger_that_was_changed_is_found_and_so_is_the_way_it_was_done(change, home, opened) -> None:
    opened()
    append_only.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(change)
    assert set(wrong(home)) == set(wrong(home, everything=True)) == {"ledger", "append-only"}


def test_a_key_that_others_can_read_and_one_that_is_gone_are_found(home, opened) -> None:
    opened()
    key = next((home / "keys").iterdir())
    key.chmod(0o644)
    assert str(key) in wrong(home)["keys"]
    key.unlink()
    assert "key" in wrong(home)["ledger"]


def test_a_paper_that_nobody_reads_is_found_after_a_while(home, office, actor) -> None:
    at = office.now()
    receive(office, actor("clerk"), [SUBPOENA.read_bytes()], "paper.pdf", at=at, received_at=at, way="fax")
    assert wrong(home) == {}
    Progress.objects.update(changed=datetime.now(UTC) - timedelta(minutes=20))
    assert "1 paper waits" in wrong(home)["queue"]


def test_an_entry_from_the_future_means_a_wrong_clock(home, opened) -> None:
    opened()
    append_only.remove(connection)
    LedgerEntry.objects.filter(sequence=1).update(at=datetime.now(UTC) + timedelta(days=1))
    assert "still to come" in wrong(home)["clock"]


def test_a_full_disk_is_found(home, db, monkeypatch) -> None:
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 1 << 70)
    assert "GiB" in wrong(home)["disk"]


def test_an_original_that_is_gone_is_found_when_everything_is_looked_at(home, put_in) -> None:
    originals.place(put_in().paper).unlink()
    assert wrong(home) == {}
    assert "originals" in wrong(home, everything=True)


@pytest.mark.django_db(transaction=True)
def test_the_command_says_it_in_words_and_in_json_with_exit_code_3(home, opened) -> None:
    opened()
    environment = {**os.environ, "DULY_HOME": str(home), "DULY_DATABASE": database_address()}
    command = [sys.executable, "-c", "from duly.cli import main; main()", "desk", "check"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    (home / "secrets" / "django").chmod(0o644)
    done = subprocess.run([*command, "--json"], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    said = json.loads(done.stdout)
    assert not said["ok"]
    assert [finding["id"] for finding in said["findings"] if not finding["ok"]] == ["secrets"]
    assert ledger.verify().ok


def test_a_folder_that_is_no_desk_is_refused(tmp_path) -> None:
    command = [
        sys.executable,
        "-c",
        "from duly.cli import main; main()",
        "desk",
        "check",
        "--home",
        str(tmp_path / "no"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert not (tmp_path / "no").exists()
