"""Serving: granian for the pages, and processes beside it for the jobs; whichever dies is started again."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from duly.errors import DulyError

log = logging.getLogger("duly.desk.server")


class CannotServeError(DulyError):
    """The desk cannot listen at that address."""

    code = "cannot-serve"


LOOK_AFTER_JOBS_SECONDS = 1.0


def run(host: str, port: int, home: Path) -> None:
    """Serve until interrupted. The jobs' processes end with the server."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    _check_free(host, port)
    server = Server(
        "duly.desk.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=_number("DULY_WORKERS", os.environ.get("DULY_WORKERS", "1")),
        blocking_threads=min(8, 2 * (os.cpu_count() or 1)),
        respawn_failed_workers=True,
        log_enabled=True,
        log_level=LogLevels.warning,
        log_access=False,
        websockets=False,
    )
    with _jobs(home, _number("DULY_JOBS", os.environ.get("DULY_JOBS", "1"))):
        server.serve()


def _number(setting: str, said: str) -> int:
    if not said.isdecimal() or int(said) < 1:
        raise CannotServeError(
            f"{setting} is “{said}”, which is no number of processes.", remedy="Set it to 1 or more."
        )
    return int(said)


@contextmanager
def _jobs(home: Path, number: int) -> Iterator[None]:
    """So many processes for the jobs, each started again when it dies, until the block ends."""
    environment = {**os.environ, "DULY_HOME": str(home)}
    stop = threading.Event()

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "duly.desk.jobs.worker"], env=environment, stdin=subprocess.PIPE)

    def look_after() -> None:
        while not stop.wait(LOOK_AFTER_JOBS_SECONDS):
            for place, process in enumerate(running):
                if process.poll() is not None:
                    log.error("a process for the jobs ended (%d) and is started again", process.returncode)
                    running[place] = start()

    running = [start() for _ in range(number)]
    keeper = threading.Thread(target=look_after, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join()
        for process in running:
            process.send_signal(signal.SIGTERM)
        for process in running:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()


def _check_free(host: str, port: int) -> None:
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotServeError(
                f"The desk cannot listen at {host}, port {port}: {error.strerror}.",
                remedy="Another program may use it; choose another with --port.",
            ) from error
