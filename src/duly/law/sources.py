"""The files of rulebook folders, gathered and named by their content, before anything in them is read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from duly.errors import DulyError, Place

MAX_BYTES = 2_000_000
MAX_FILES = 20_000


class RulebookError(DulyError):
    """The rulebooks cannot be used. `errors` holds every mistake found; the message is the first one's."""

    code = "rulebook"

    def __init__(self, errors: Sequence[DulyError]) -> None:
        first = errors[0]
        self.errors = tuple(errors)
        more = f" ({len(errors) - 1} more mistakes were found.)" if len(errors) > 1 else ""
        super().__init__(first.message, place=first.place, remedy=f"{first.remedy}{more}".strip(), code=first.code)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a rulebook folder: its path inside the folder, the path to show, and its bytes."""

    path: str
    shown: str
    content: bytes


def gather(folders: Iterable[Path]) -> list[SourceFile]:
    """Every rulebook file (`*.md`, `*.toml`) under the folders, in a fixed order. `README.md` is no enactment."""
    files: list[SourceFile] = []
    for folder in folders:
        if not folder.is_dir():
            raise DulyError(
                f"There is no rulebook folder {folder}.", remedy="Correct DULY_RULEBOOKS.", code="no-rulebooks"
            )
        for path in sorted(folder.rglob("*")):
            if path.suffix not in (".md", ".toml") or path.name == "README.md" or not path.is_file():
                continue
            if path.stat().st_size > MAX_BYTES:
                raise RulebookError(
                    [
                        DulyError(
                            f"The file is larger than {MAX_BYTES:,} bytes.", place=Place(str(path)), code="too-large"
                        )
                    ]
                )
            inside = path.relative_to(folder).as_posix()
            files.append(SourceFile(inside, str(path), path.read_bytes()))
        if len(files) > MAX_FILES:
            raise DulyError(f"There are more than {MAX_FILES:,} rulebook files.", code="too-large")
    return files


def digest_of(files: Iterable[SourceFile]) -> str:
    """SHA-256 over the paths and bytes of all files: what a library is, in one line."""
    total = hashlib.sha256()
    for file in files:
        for part in (file.path.encode(), file.shown.encode(), file.content):
            total.update(len(part).to_bytes(8, "big"))
            total.update(part)
    return total.hexdigest()
