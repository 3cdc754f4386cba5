"""The law of one office: a loaded library, and the office's own enactments on top of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from duly.law.library import Library
from duly.law.packaged import PACKAGED, loaded
from duly.law.sources import SourceFile, gather


def extend(base: Library, files: Sequence[SourceFile]) -> Library:
    """A library of its own with the enactments in `files` (Markdown) added, in the words and places of `base`.

    `base` stays as it is. Whole or not at all: raises `RulebookError` with every mistake, each with file and line.
    """
    # The reader and its parser are imported only where there is something to read.
    from duly.law.loading import extend_library

    return extend_library(base, files)


def rulebook_files(folders: Sequence[Path]) -> list[SourceFile]:
    """Every rulebook file under the folders, as it is now. Raises DulyError for a folder that is not there."""
    return gather(folders)


def load_files(files: Sequence[SourceFile], *, cache: Path | None = None) -> Library:
    """The packaged rulebooks and `files` on top, which need not lie on the disk any more: the same as `load` of folders
    that hold them. Raises `RulebookError` with every mistake."""
    return loaded([*gather([PACKAGED]), *files], cache)
