"""The process that parses strangers' files can reach nobody, by the kernel's word and not only by Python's."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from duly.intake import Refused, Worker, leave_the_network

CALL = """
import ctypes, socket, sys
from duly.intake import leave_the_network
if sys.argv[2] == "confined" and not leave_the_network():
    sys.exit(77)
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=5).close()
except OSError:
    sys.exit(3)
"""


def call(port: int, how: str) -> int:
    return subprocess.run([sys.executable, "-c", CALL, str(port), how], check=False).returncode


def kernel_allows() -> bool:
    code = "import sys; from duly.intake import leave_the_network; sys.exit(not leave_the_network())"
    return subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_confined_process_cannot_reach_an_address_that_others_reach() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert call(port, "free") == 0
        found = call(port, "confined")
    # 77: this kernel gives no process a network of its own, and the function said so instead of pretending.
    assert found == (3 if kernel_allows() else 77)


def test_the_reading_process_stands_in_a_network_of_its_own() -> None:
    with Worker() as worker:
        with pytest.raises(Refused):
            worker.read(b"%PDF-1.4 nothing", "bad.pdf")
        process = worker._process
        assert process is not None
        theirs = Path("/proc", str(process.pid), "ns", "net").readlink()
    assert (theirs != Path("/proc/self/ns/net").readlink()) == kernel_allows()


def test_where_the_kernel_has_no_such_call_it_is_said_and_nothing_breaks(monkeypatch) -> None:
    monkeypatch.setattr("duly.intake.confinement._LIBC", None)
    assert leave_the_network() is False
