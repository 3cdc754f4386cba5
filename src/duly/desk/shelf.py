"""The law and the kinds of paper as this desk has loaded them: once for each process, immutable."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from duly import law
from duly.clock import Calendars, load_calendars
from duly.desk.home import data_folder
from duly.instruments import Kinds, load_kinds
from duly.law import Library


@cache
def library() -> Library:
    """The packaged rulebooks, and the office's own from the folders named in `DULY_RULEBOOKS` (separated as in PATH)."""
    folders = [Path(part) for part in os.environ.get("DULY_RULEBOOKS", "").split(os.pathsep) if part]
    derived = data_folder() / "derived"
    return law.load(folders, cache=derived if derived.is_dir() else None)


@cache
def kinds() -> Kinds:
    """Every kind of paper that Duly knows."""
    return load_kinds()


@cache
def calendars() -> Calendars:
    """The dated calendars that decide what is a working day, and the office's own from `DULY_CALENDARS`."""
    return load_calendars(*[part for part in os.environ.get("DULY_CALENDARS", "").split(os.pathsep) if part])


def act_label(act: str) -> str:
    """The act as the desk names it."""
    known = library().vocabulary.acts.get(act)
    return known.label if known is not None else act.replace("_", " ")


def kind_label(kind: str | None) -> str:
    """The kind of paper as a person would call it."""
    if kind is None:
        return "not recognised"
    known = kinds()
    return known[kind].title if kind in known else kind
