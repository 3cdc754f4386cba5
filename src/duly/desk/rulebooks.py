"""The rulebooks on this machine: loaded whole or not at all, looked at again while the desk runs, the last good ones kept.

The packaged rulebooks change with the release only. An office's own folders (`DULY_RULEBOOKS`) may change at any time: they
are taken when they load, and when they do not, the desk goes on with those that did, from a copy in the data folder, and
says so. Without such a copy it does not start: leaving an office's own rules out could change an answer.
"""

from __future__ import annotations

import base64
import json
import logging
import os
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duly import law
from duly.desk.home import data_folder
from duly.errors import DulyError
from duly.law import Library, RulebookError, SourceFile

log = logging.getLogger("duly.desk")
LOOK_EVERY_SECONDS = 2.0
Stamp = tuple[tuple[str, int, int], ...]


class NoGoodRulebooksError(DulyError):
    """The office's own rulebooks do not load, and no copy of good ones is kept."""

    code = "no-good-rulebooks"


@dataclass(frozen=True, slots=True)
class Held:
    """What this process goes by: the law, and why it is not what lies in the folders, where it is not."""

    library: Library
    troubles: tuple[str, ...]
    stamp: Stamp
    folders: tuple[Path, ...]
    looked_at: float


_lock = threading.RLock()
_held: Held | None = None


def current() -> Held:
    """The law as it is good now. Raises NoGoodRulebooksError where nothing good was ever loaded here."""
    global _held
    held = _held
    now = time.monotonic()
    folders = named_folders()
    if held is not None and held.folders == folders and now - held.looked_at < LOOK_EVERY_SECONDS:
        return held
    with _lock:
        _held = _looked_again(_held, folders, now)
        return _held


def named_folders() -> tuple[Path, ...]:
    """The office's own folders, from `DULY_RULEBOOKS` (separated as in PATH)."""
    return tuple(Path(part) for part in os.environ.get("DULY_RULEBOOKS", "").split(os.pathsep) if part)


def _looked_again(held: Held | None, folders: tuple[Path, ...], now: float) -> Held:
    stamp = _stamp(folders)
    if held is not None and held.folders == folders and held.stamp == stamp:
        return Held(held.library, held.troubles, stamp, folders, now)
    try:
        files = law.rulebook_files(folders)
        found = law.load_files(files, cache=_compiled())
    except (DulyError, OSError) as error:
        troubles = _sentences(error)
        log.error("the rulebooks in DULY_RULEBOOKS do not load: %d mistakes; the last good ones go on", len(troubles))
        good = held.library if held is not None and held.folders == folders else _last_good(folders, troubles)
        return Held(good, troubles, stamp, folders, now)
    if folders:
        _keep(files)
    return Held(found, (), stamp, folders, now)


def _compiled() -> Path | None:
    folder = data_folder() / "derived"
    return folder if folder.is_dir() else None


def _sentences(error: Exception) -> tuple[str, ...]:
    errors: Sequence[Exception] = error.errors if isinstance(error, RulebookError) else (error,)
    return tuple(str(each) for each in errors)


def _stamp(folders: Sequence[Path]) -> Stamp:
    """Names, times and sizes of the files: different whenever somebody has worked on them."""
    found = []
    for folder in folders:
        for path in sorted((*folder.rglob("*.md"), *folder.rglob("*.toml"))):
            try:
                seen = path.stat()
            except OSError:
                continue  # gone between two looks; the next one sees what is there
            found.append((str(path), seen.st_mtime_ns, seen.st_size))
    return tuple(found)


def _copy() -> Path:
    return data_folder() / "rulebooks" / "last-good.json"


def _keep(files: Sequence[SourceFile]) -> None:
    """Write the files that were good into the data folder, whole or not at all."""
    text = json.dumps(
        [[file.path, file.shown, base64.b64encode(file.content).decode("ascii")] for file in files], ensure_ascii=False
    )
    path = _copy()
    try:
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            return
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        coming = path.with_suffix(f".{os.getpid()}.part")
        coming.write_text(text, encoding="utf-8")
        coming.replace(path)
    except OSError as error:
        log.error("the good rulebooks could not be copied into the data folder: %s", error.strerror)


def _last_good(folders: Sequence[Path], troubles: Sequence[str]) -> Library:
    """The library of the files kept last."""
    try:
        kept: list[Any] = json.loads(_copy().read_text(encoding="utf-8"))
        files = [SourceFile(path, shown, base64.b64decode(content)) for path, shown, content in kept]
        return law.load_files(files, cache=_compiled())
    except FileNotFoundError:
        why = "No good ones were ever loaded here to go on with."
    except (ValueError, TypeError, OSError):
        why = "The copy of the last good ones cannot be read."
    except DulyError as error:
        why = f"The last good ones do not load with this release either: {error}"
    raise NoGoodRulebooksError(
        f"The office's own rulebooks in {os.pathsep.join(map(str, folders))} do not load: {troubles[0]} {why}",
        remedy="Correct them, or take the folder out of DULY_RULEBOOKS: then their rules no longer bind.",
    )
