"""Reading goes on in its own process, survives its death, and says at any moment how far it has come."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import datetime

import pytest

from duly.desk.inbox.models import InboxItem, Progress
from duly.desk.inbox.receiving import readings_of, receive
from duly.desk.storage import ledger

from .conftest import PAPERS, SUBPOENA, database_address

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
FAX = PAPERS / "denver-2020" / "faxed" / "i-138-2-muestra.tif"


def start(data_folder) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "DULY_HOME": str(data_folder), "DULY_DATABASE": database_address()}
    return subprocess.Popen(
        [sys.executable, "-m", "duly.desk.jobs.worker"],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment,
    )  # fmt: skip


def wait_until(what, seconds: float = 240.0) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.1)


def state(item: InboxItem) -> str:
    return InboxItem.objects.get(pk=item.pk).state


def test_a_reading_that_was_killed_is_taken_up_again_and_recorded_once(office, actor, data_folder) -> None:
    at = datetime(2020, 1, 13, 9, 42, tzinfo=office.zone)
    fax = receive(office, actor("clerk"), [FAX.read_bytes()], FAX.name, at=at, received_at=at, way="fax")
    empty = receive(office, actor("clerk"), [b""], "empty.pdf", at=at, received_at=at, way="fax")
    first = start(data_folder)
    wait_until(lambda: Progress.objects.filter(item=fax, stage="reading").exists() or state(fax) == "read")
    os.kill(first.pid, signal.SIGKILL)
    first.wait(10)
    second = start(data_folder)
    try:
        wait_until(lambda: state(fax) == "read" and state(empty) == "refused")
    finally:
        second.stdin.close()
        second.wait(20)
    assert len(readings_of(fax.paper)) == 1
    assert [entry.type for entry in ledger.STORE.entries()] == ["paper-received", "paper-received", "paper-refused"]
    assert not Progress.objects.exists()
    assert ledger.verify().ok


def test_the_jobs_end_when_whoever_started_them_ends(office, data_folder) -> None:
    process = start(data_folder)
    time.sleep(1)
    process.stdin.close()
    assert process.wait(30) == 0


def test_a_digital_paper_is_read_while_a_fax_waits(office, actor, data_folder) -> None:
    at = datetime(2020, 1, 13, 9, 42, tzinfo=office.zone)
    items = [
        receive(office, actor("clerk"), [path.read_bytes()], path.name, at=at, received_at=at, way="upload")
        for path in (SUBPOENA, PAPERS / "other-kinds" / "ao-88b.pdf")
    ]
    process = start(data_folder)
    try:
        wait_until(lambda: all(state(item) == "read" for item in items))
    finally:
        process.stdin.close()
        process.wait(20)
    assert InboxItem.objects.get(pk=items[1].pk).kind == "us-ao-88b"
