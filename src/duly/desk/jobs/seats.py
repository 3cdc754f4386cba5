"""Seats for the jobs' processes: each holds one while it lives, and whoever finds a seat left empty goes on with its work.

A seat is a file in the data folder, locked by the process that sits on it. The operating system gives the lock back
however the process ends, so that a locked seat is a living process and nothing has to be guessed from times.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from duly.errors import DulyError

SEATS = 64


class NoSeatError(DulyError):
    """There are as many jobs' processes on this data folder as there can be."""

    code = "no-seat"


def name(seat: int) -> str:
    """The seat's name among the durable workflows. The first is called as the only one was before there were several."""
    return "desk" if seat == 1 else f"desk-{seat}"


@contextmanager
def taken(home: Path) -> Iterator[int]:
    """The first free seat, held until the block ends or the process does."""
    folder = home / "seats"
    folder.mkdir(mode=0o700, exist_ok=True)
    for seat in range(1, SEATS + 1):
        handle = _locked(folder / str(seat))
        if handle is not None:
            try:
                yield seat
            finally:
                os.close(handle)
            return
    raise NoSeatError(
        f"{SEATS} processes work on the jobs of this desk already.", remedy="Set DULY_JOBS to a smaller number."
    )


@contextmanager
def left_empty(home: Path, own: int) -> Iterator[list[int]]:
    """The seats on which nobody sits although somebody did, held for as long as the block looks after their work."""
    held: dict[int, int] = {}
    for file in sorted((home / "seats").iterdir()):
        seat = int(file.name)
        # A process never locks its own seat twice: closing the second handle would give the first lock back.
        if seat != own and (handle := _locked(file)) is not None:
            held[seat] = handle
    try:
        yield list(held)
    finally:
        for handle in held.values():
            os.close(handle)


def _locked(file: Path) -> int | None:
    """A handle that holds the file's lock; None where another process holds it."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    with suppress(BlockingIOError, PermissionError):
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return handle
    os.close(handle)
    return None
