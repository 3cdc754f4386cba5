"""The separate process in which files are parsed: bounded memory and time, no network, JSON in and out on two pipes."""

from __future__ import annotations

import json
import os
import resource
import struct
import sys
from datetime import date
from pathlib import Path
from typing import BinaryIO

from duly.intake.confinement import leave_the_network
from duly.intake.limits import Limits
from duly.intake.packing import pack_readings, pack_refusal
from duly.intake.refusal import Refused

_FORBIDDEN = ("socket.connect", "socket.bind", "subprocess.Popen", "os.exec", "os.posix_spawn", "os.system", "os.fork")


def send(stream: BinaryIO, kind: bytes, body: bytes) -> None:
    stream.write(kind + struct.pack(">Q", len(body)) + body)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[bytes, bytes] | None:
    """The next message, or None when the other side has gone."""
    head = _exactly(stream, 9)
    if head is None:
        return None
    body = _exactly(stream, struct.unpack(">Q", head[1:])[0])
    return None if body is None else (head[:1], body)


def _exactly(stream: BinaryIO, length: int) -> bytes | None:
    parts = []
    while length > 0:
        part = stream.read(length)
        if not part:
            return None
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def forbid_reaching_out() -> None:
    """From here on this process opens no connection and starts no program."""

    def refuse(event: str, _arguments: tuple[object, ...]) -> None:
        if event in _FORBIDDEN:
            raise PermissionError(f"The reading process may not use {event}.")

    sys.addaudithook(refuse)


def main() -> None:
    """Serves files one after another until its input closes.

    A request is a JSON line with name, limits and date, then the bytes. Answers: `p` progress, `r` readings, `x` refusal.
    """
    # First of all, while there is one thread: what the kernel holds, no bug in a parser undoes.
    leave_the_network()
    requests, answers = os.fdopen(0, "rb"), os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not fall between two answers.
    os.dup2(2, 1)
    from duly.instruments import load_kinds
    from duly.intake.recognition import Recogniser

    recognisers: dict[str, Recogniser] = {}
    forbid_reaching_out()
    while (message := receive(requests)) is not None:
        _, body = message
        head, _, data = body.partition(b"\n")
        request = json.loads(head)
        limits = Limits(**request["limits"])
        _bound_memory(limits)
        folder = request["kinds"]
        if folder not in recognisers:
            recognisers[folder] = Recogniser(load_kinds(Path(folder)))
        _answer(answers, data, request, limits, recognisers[folder])


def _bound_memory(limits: Limits) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = limits.memory if hard == resource.RLIM_INFINITY else min(limits.memory, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def _answer(answers: BinaryIO, data: bytes, request: dict[str, str], limits: Limits, recogniser: object) -> None:
    from duly.intake.assembling import read_file
    from duly.intake.recognition import Recogniser

    assert isinstance(recogniser, Recogniser)
    today = date.fromisoformat(request["today"]) if request["today"] else None

    def progress(done: int, of: int) -> None:
        send(answers, b"p", json.dumps([done, of]).encode())

    try:
        readings = read_file(
            data, request["name"], recogniser=recogniser, limits=limits, today=today, progress=progress
        )
    except Refused as refused:
        send(answers, b"x", pack_refusal(refused))
    except MemoryError:
        send(answers, b"x", pack_refusal(out_of_memory(limits)))
        # The heap may be in pieces; the desk starts a fresh process.
        os._exit(3)
    else:
        send(answers, b"r", pack_readings(readings))


def out_of_memory(limits: Limits) -> Refused:
    return Refused(
        f"Reading the file would take more than {limits.memory / 1e9:.1f} gigabytes of memory.",
        remedy="Split it, or scan it at a lower resolution.",
        code="out-of-memory",
    )


if __name__ == "__main__":
    main()
