"""Serving: granian for the pages, and one process beside it for the jobs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from duly.errors import DulyError


class CannotServeError(DulyError):
    """The desk cannot listen at that address."""

    code = "cannot-serve"


def run(host: str, port: int, home: Path) -> None:
    """Serve until interrupted. The jobs' process ends with the server."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    _check_free(host, port)
    environment = {**os.environ, "DULY_HOME": str(home)}
    jobs = subprocess.Popen([sys.executable, "-m", "duly.desk.jobs.worker"], env=environment, stdin=subprocess.PIPE)
    server = Server(
        "duly.desk.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=int(os.environ.get("DULY_WORKERS", "1")),
        blocking_threads=min(8, 2 * (os.cpu_count() or 1)),
        log_enabled=True,
        log_level=LogLevels.warning,
        log_access=False,
        websockets=False,
    )
    try:
        server.serve()
    finally:
        jobs.send_signal(signal.SIGTERM)
        try:
            jobs.wait(timeout=10)
        except subprocess.TimeoutExpired:
            jobs.kill()


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
