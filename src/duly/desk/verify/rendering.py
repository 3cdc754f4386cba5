"""Pictures of pages as they are displayed, drawn in a process of their own, where a bad file can do no harm."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings

from duly.desk.storage import originals
from duly.errors import DulyError
from duly.intake import leave_the_network

MEMORY = 2 * 1024**3
SECONDS = 30


class NoPictureError(DulyError):
    """The page could not be drawn."""

    code = "no-picture"


def picture(sha256: str, page: int) -> Path:
    """The picture of one page (from 1) of an original, drawn at first use. Raises NoPictureError."""
    target = Path(settings.HOME) / "derived" / "pages" / sha256[:2] / f"{sha256}-{page}.webp"
    if target.is_file():
        return target
    source = originals.place(sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as file:
        kind = originals.media_type(file.read(1024))
    handle, name = tempfile.mkstemp(suffix=".webp", dir=target.parent)
    os.close(handle)
    try:
        _in_its_own_process(source, kind, page, Path(name))
        Path(name).replace(target)
    finally:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
    return target


def _in_its_own_process(source: Path, kind: str, page: int, out: Path) -> None:
    command = [
        sys.executable,
        "-I",
        str(Path(__file__).with_name("drawing.py")),
        str(source),
        kind,
        str(page),
        str(out),
    ]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            timeout=SECONDS * 2,
            check=False,
            preexec_fn=_limits,
            env={"PATH": "/usr/bin:/bin"},
        )
    except subprocess.TimeoutExpired as error:
        raise NoPictureError("The page takes too long to draw.", remedy="Download the original instead.") from error
    if done.returncode != 0:
        raise NoPictureError("The page could not be drawn.", remedy="Download the original instead.")


def _limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    leave_the_network()
