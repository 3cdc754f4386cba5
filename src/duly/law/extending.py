"""The law of one office: a loaded library, and the office's own enactments on top of it."""

from __future__ import annotations

from collections.abc import Sequence

from duly.law.library import Library
from duly.law.sources import SourceFile


def extend(base: Library, files: Sequence[SourceFile]) -> Library:
    """A library of its own with the enactments in `files` (Markdown) added, in the words and places of `base`.

    `base` stays as it is. Whole or not at all: raises `RulebookError` with every mistake, each with file and line.
    """
    # The reader and its parser are imported only where there is something to read.
    from duly.law.loading import extend_library

    return extend_library(base, files)
