"""Hands files to a separate reading process, watches its time, and turns its end into a sentence."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, cast

from duly.instruments.catalogue import FOLDER
from duly.instruments.kind import Kinds
from duly.intake.child import receive, send
from duly.intake.limits import Limits
from duly.intake.packing import unpack_readings, unpack_refusal
from duly.intake.reading import Reading
from duly.intake.refusal import Refused
from duly.intake.sniffing import sniff

Progress = Callable[[int, int], None]


class Worker:
    """A warm reading process, used for one file at a time; further threads wait their turn.

    It is started at the first file (or by `start`), started anew after a crash or a time-out, and ended by `close`.
    Use one for each file that should be read at the same time.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Starts the process ahead of the first file."""
        with self._lock:
            self._running()

    def close(self) -> None:
        """Ends the process; a file that is being read is given up."""
        process = self._process
        self._process = None
        if process is not None:
            _end(process)

    def read(
        self,
        data: bytes,
        name: str,
        *,
        kinds: Kinds | Path | None = None,
        progress: Progress | None = None,
        limits: Limits | None = None,
        today: date | None = None,
    ) -> tuple[Reading, ...]:
        """Every paper in one file. Raises Refused, also when the process runs out of time or memory, or crashes.

        `today` (default: the day on which it is called) serves only to flag dates that lie in the future.
        """
        limits = limits or Limits()
        # What needs no parsing is refused without a process.
        sniff(data[:65536] if len(data) > 65536 else data, name)
        request = {
            "name": name, "limits": asdict(limits), "kinds": str(kinds if isinstance(kinds, Path) else _folder(kinds)),
            "today": (today or date.today()).isoformat(),  # noqa: DTZ011 - a flag on a civil date, not a deadline
        }  # fmt: skip
        with self._lock:
            process = self._running()
            return _exchange(process, json.dumps(request).encode() + b"\n" + data, limits, progress, self._give_up)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = _start()
        return self._process

    def _give_up(self) -> None:
        process = self._process
        self._process = None
        if process is not None:
            _end(process)


def _folder(kinds: Kinds | None) -> Path:
    return FOLDER if kinds is None else kinds.folder


def _start() -> subprocess.Popen[bytes]:
    """A child that inherits nothing but its pipes and the settings it needs to run."""
    environment = {
        key: os.environ[key]
        for key in ("PATH", "PYTHONPATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV")
        if key in os.environ
    }
    source = str(Path(__file__).resolve().parents[2])
    environment["PYTHONPATH"] = os.pathsep.join(part for part in (source, environment.get("PYTHONPATH", "")) if part)
    return subprocess.Popen(
        [sys.executable, "-c", "from duly.intake.child import main; main()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        close_fds=True,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=5)
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()


def _exchange(
    process: subprocess.Popen[bytes],
    body: bytes,
    limits: Limits,
    progress: Progress | None,
    give_up: Callable[[], None],
) -> tuple[Reading, ...]:
    """Sends one file and waits for its readings, no longer than the limits allow from one page to the next."""
    watch = _Watch(process, limits)
    try:
        try:
            send(cast(BinaryIO, process.stdin), b"f", body)
        except BrokenPipeError:
            give_up()
            raise _crashed() from None
        while True:
            message = receive(cast(BinaryIO, process.stdout))
            if message is None:
                give_up()
                raise watch.out_of_time() if watch.expired else _crashed()
            kind, answer = message
            if kind == b"r":
                return unpack_readings(answer)
            if kind == b"x":
                refused = unpack_refusal(answer)
                if refused.code == "out-of-memory":
                    give_up()
                raise refused
            done, of = json.loads(answer)
            watch.page(done)
            if progress is not None:
                progress(done, of)
    finally:
        watch.stop()


class _Watch:
    """Kills the process when a file, or the next page of it, takes longer than allowed."""

    def __init__(self, process: subprocess.Popen[bytes], limits: Limits) -> None:
        self.expired = False
        self._process = process
        self._limits = limits
        self._done = 0
        self._until = time.monotonic() + limits.seconds + limits.seconds_per_page
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def page(self, done: int) -> None:
        self._done = done
        self._until = time.monotonic() + self._limits.seconds_per_page + self._limits.seconds

    def stop(self) -> None:
        self._ended.set()

    def out_of_time(self) -> Refused:
        return Refused(
            f"Reading page {self._done + 1} took too long and was stopped.",
            remedy="Try it again when the machine is less busy; if that fails, print the paper and scan it.",
            code="out-of-time",
        )

    def _run(self) -> None:
        while not self._ended.wait(max(0.01, self._until - time.monotonic())):
            if time.monotonic() >= self._until:
                self.expired = True
                self._process.kill()
                return


def _crashed() -> Refused:
    return Refused(
        "The file made the reader stop; nothing else was affected.",
        remedy="Print the paper and scan it, or ask the sender for another copy.",
        code="crashed",
    )


_shared = Worker()


def read(
    data: bytes,
    name: str,
    *,
    kinds: Kinds | Path | None = None,
    progress: Progress | None = None,
    limits: Limits | None = None,
    today: date | None = None,
) -> tuple[Reading, ...]:
    """Every paper in one file, in the order of its pages, read by a warm process that all callers share.

    Raises Refused with a sentence and a remedy. `progress(done, of)` is called after each page.
    """
    return _shared.read(data, name, kinds=kinds, progress=progress, limits=limits, today=today)
