"""Several processes for the jobs: each has a seat, and a seat left empty is noticed by the others."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from duly.desk.jobs import seats

SIT = """
import sys
from pathlib import Path
from duly.desk.jobs import seats
with seats.taken(Path(sys.argv[1])) as seat:
    print(seat, flush=True)
    sys.stdin.read()
"""


def sit(home: Path) -> tuple[subprocess.Popen[str], int]:
    """Another process on a seat of its own."""
    process = subprocess.Popen(
        [sys.executable, "-c", SIT, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    return process, int(process.stdout.readline())


def test_each_process_has_a_seat_of_its_own_and_one_that_was_killed_leaves_its_seat(tmp_path) -> None:
    with seats.taken(tmp_path) as own:
        first, one = sit(tmp_path)
        second, two = sit(tmp_path)
        assert (own, one, two) == (1, 2, 3)
        with seats.left_empty(tmp_path, own) as empty:
            assert empty == []
        first.kill()
        first.wait()
        with seats.left_empty(tmp_path, own) as empty:
            assert empty == [one]
        third, three = sit(tmp_path)
        assert three == one
        for process in (second, third):
            process.communicate("")
    with seats.taken(tmp_path) as again:
        assert again == own
