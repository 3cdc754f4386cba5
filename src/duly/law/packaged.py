"""The rulebooks that come with Duly, and those of an office's own folders on top of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from duly.law import cache as compiled
from duly.law.library import Library
from duly.law.sources import SourceFile, digest_of, gather

PACKAGED = Path(__file__).parent.parent / "rulebooks"
_KEPT = 4
_loaded: dict[str, Library] = {}


def load(folders: Sequence[Path] = (), *, packaged: Path = PACKAGED, cache: Path | None = None) -> Library:
    """The packaged rulebooks (or another release's, in the folder `packaged`), and those of the given folders on top.

    Whole or not at all: raises `RulebookError` with every mistake, each with its file, line and a sentence. `cache`
    is a folder for compiled rules (default: `duly` in the user's cache folder); what is kept there is found by the content
    of all files, so that it is never stale, and only ever makes loading faster. Libraries of one content are one object.
    """
    return loaded(gather([packaged, *folders]), cache)


def loaded(files: Sequence[SourceFile], cache: Path | None) -> Library:
    """The library that all `files` make. Libraries of one content are one object."""
    digest = digest_of(files)
    if digest not in _loaded:
        while len(_loaded) >= _KEPT:
            _loaded.pop(next(iter(_loaded)))
        _loaded[digest] = _read(files, digest, cache)
    return _loaded[digest]


def _read(files: Sequence[SourceFile], digest: str, folder: Path | None) -> Library:
    folder = folder or compiled.default_folder()
    found = compiled.read(folder, digest) if folder is not None else None
    if found is None:
        # The reader and its parser are imported only for rulebooks that are not kept.
        from duly.law.loading import read_library

        found = read_library(files)
        if folder is not None:
            compiled.write(folder, found)
    return found
