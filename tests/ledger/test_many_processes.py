"""Many processes at once: no entry is lost or doubled, no position is approved twice."""

import runpy
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from duly.ledger import append, verify

WORKER = Path(__file__).with_name("worker.py")
PROCESSES = 6
shared = runpy.run_path(str(WORKER))


def run(act: str, kind: str, folder: Path) -> None:
    workers = [
        subprocess.Popen(
            [sys.executable, str(WORKER), act, kind, str(folder), f"clerk:{number}"], stderr=subprocess.PIPE
        )
        for number in range(PROCESSES)
    ]
    for worker in workers:
        _, said = worker.communicate(timeout=120)
        assert worker.returncode == 0, said.decode()


@pytest.mark.parametrize("kind", ["file", "sqlite"])
def test_what_processes_append_together_is_all_there_in_one_chain(kind: str, tmp_path: Path) -> None:
    run("write", kind, tmp_path)
    store = shared["opened"](kind, tmp_path)
    result = verify(store.lines())
    assert (result.ok, result.entries, result.matters) == (True, PROCESSES * shared["EACH"], 2), str(result)
    assert len({(one.actor, one.payload["n"]) for one in store.entries()}) == PROCESSES * shared["EACH"]


@pytest.mark.parametrize("kind", ["file", "sqlite"])
def test_of_all_who_approve_at_once_one_is_first_and_the_others_are_told(
    kind: str, tmp_path: Path, noon: datetime
) -> None:
    store = shared["opened"](kind, tmp_path)
    matters = [f"P{number}" for number in range(shared["MATTERS"])]
    for matter in matters:
        append(store, type="position.taken", actor="counsel:okafor", at=noon, payload={}, matter=matter)
    run("approve", kind, tmp_path)
    assert sorted(one.matter for one in store.entries() if one.type == "position.approved") == matters
    assert verify(store.lines()).ok
