"""Compiled rules kept between runs: found by the content of every file, checked before use, never believed otherwise.

The name of an entry is a hash of all rulebook files and of the code that reads them, so an entry cannot be stale; its
first line is a hash of the rest, so a damaged one is seen and made anew. It is plain JSON: reading it runs nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from duly.law import condition, library, rules, vocabulary
from duly.law.library import Library

KEPT_ENTRIES = 8


def default_folder() -> Path | None:
    """`duly` in the user's cache folder (`XDG_CACHE_HOME`, else `~/.cache`); None where there is neither."""
    base = os.environ.get("XDG_CACHE_HOME")
    if base:
        return Path(base) / "duly"
    home = os.environ.get("HOME")
    return Path(home) / ".cache" / "duly" if home else None


def read(folder: Path, digest: str) -> Library | None:
    """The library kept under `digest`, or None: not there, not ours, damaged, or made by other code."""
    path = folder / _name(digest)
    try:
        if hasattr(os, "getuid") and path.stat().st_uid != os.getuid():
            return None
        check, _, body = path.read_bytes().partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != check:
            return None
        found = _decoded(json.loads(body))
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return None
    return found if isinstance(found, Library) and found.digest == digest else None


def write(folder: Path, found: Library) -> None:
    """Keep a library. A folder that cannot be written is no error: the next start is slower, that is all."""
    body = json.dumps(_encoded(found), ensure_ascii=False, separators=(",", ":")).encode()
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=folder, prefix="law-", suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        Path(name).replace(folder / _name(found.digest))
        _prune(folder)


def _prune(folder: Path) -> None:
    entries = sorted(folder.glob("law-*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in entries[KEPT_ENTRIES:]:
        path.unlink(missing_ok=True)


def _name(digest: str) -> str:
    return f"law-{hashlib.sha256(f'{digest} {_code_digest()}'.encode()).hexdigest()}.json"


@lru_cache(maxsize=1)
def _code_digest() -> str:
    """A hash of all that turns files into rules: this room's code, the clock's types, sqlglot's version, Python's."""
    total = hashlib.sha256(sys.version.encode())
    here = Path(__file__).parent
    sources = [*sorted(here.glob("*.py")), here.parent / "clock" / "deadline.py", here.parent / "errors.py"]
    sqlglot = find_spec("sqlglot")
    if sqlglot is not None and sqlglot.origin:
        sources.append(Path(sqlglot.origin).parent / "_version.py")
    for path in sources:
        total.update(path.name.encode())
        with suppress(FileNotFoundError):
            total.update(path.read_bytes())
    return total.hexdigest()


# One record type per frozen class, by its module and name, so that a new kind of rule needs no line here.

_CLASSES: dict[str, tuple[type, tuple[str, ...]]] = {
    f"{module.__name__.rpartition('.')[2]}.{name}": (
        found,
        tuple(each.name for each in fields(found) if each.name != "kept"),
    )
    for module in (condition, library, rules, vocabulary)
    for name, found in vars(module).items()
    if isinstance(found, type) and is_dataclass(found) and found.__module__ == module.__name__
}
_TAGS = {found: tag for tag, (found, _) in _CLASSES.items()}


def _encoded(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, tuple):
        return [_encoded(part) for part in value]
    if isinstance(value, Mapping):
        return {"map": [[key, _encoded(part)] for key, part in value.items()]}
    if value is None or isinstance(value, str | int):
        return value
    tag = _TAGS[type(value)]
    return {tag: [_encoded(getattr(value, name)) for name in _CLASSES[tag][1]]}


def _decoded(value: Any) -> Any:
    if isinstance(value, list):
        return tuple([_decoded(part) for part in value])
    if not isinstance(value, dict):
        return value
    [(tag, inner)] = value.items()
    if tag == "map":
        return {key: _decoded(part) for key, part in inner}
    if tag == "date":
        return date.fromisoformat(inner)
    if tag == "moment":
        return datetime.fromisoformat(inner)
    made, names = _CLASSES[tag]
    return made(**dict(zip(names, [_decoded(part) for part in inner], strict=True)))
