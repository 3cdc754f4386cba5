"""Originals by their SHA-256: written once, read-only, never modified."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from duly.errors import DulyError

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)


class OriginalMissingError(DulyError):
    """The bytes of an original are not in the data folder, or are no longer what they were."""

    code = "original-missing"


@dataclass(frozen=True, slots=True)
class Kept:
    """An original in the data folder. `media_type` is what its first bytes say, never what its name claims."""

    sha256: str
    size: int
    media_type: str


def place(sha256: str) -> Path:
    """Where the original with that digest lies."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise OriginalMissingError("This is not the digest of a paper.")
    return Path(settings.HOME) / "originals" / sha256[:2] / sha256


def keep(chunks: Iterable[bytes]) -> Kept:
    """Write the bytes under their digest, durable before this returns. The same bytes are kept once."""
    folder = Path(settings.HOME) / "originals"
    folder.mkdir(parents=True, exist_ok=True)
    digest, size, head = hashlib.sha256(), 0, b""
    handle, name = tempfile.mkstemp(prefix="coming-", dir=folder)
    try:
        with os.fdopen(handle, "wb") as out:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                head = (head + chunk)[:1024] if len(head) < 1024 else head
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        kept = Kept(digest.hexdigest(), size, media_type(head))
        _settle(Path(name), place(kept.sha256))
    finally:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
    return kept


def _settle(coming: Path, target: Path) -> None:
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    coming.chmod(0o400)
    coming.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read(sha256: str) -> bytes:
    """The original's bytes, checked against their digest. Raises OriginalMissingError."""
    try:
        data = place(sha256).read_bytes()
    except FileNotFoundError as error:
        raise OriginalMissingError(
            f"The original {sha256[:12]}… is not in the data folder.", remedy="Restore it from the last backup."
        ) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise OriginalMissingError(
            f"The original {sha256[:12]}… was changed on the disk.", remedy="Restore it from the last backup."
        )
    return data


def media_type(head: bytes) -> str:
    """What the first bytes say that the file is; `application/octet-stream` where they say nothing known."""
    for start, kind in _SIGNATURES:
        if head.startswith(start):
            return kind
    # A PDF may begin with some bytes of rubbish; readers look for the mark in the first kilobyte.
    return "application/pdf" if b"%PDF-" in head[:1024] else "application/octet-stream"
