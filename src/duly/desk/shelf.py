"""The law and the kinds of paper as this desk has loaded them: immutable, and the same in every process."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from duly import law
from duly.clock import Calendars, Holiday, load_calendars
from duly.desk import rulebooks
from duly.errors import DulyError
from duly.instruments import Kinds, load_kinds
from duly.law import Library, SourceFile

if TYPE_CHECKING:
    from duly.desk.accounts.models import Office


log = logging.getLogger("duly.desk")


def library() -> Library:
    """The packaged rulebooks, and those from the folders named in `DULY_RULEBOOKS`, as they were good last.

    What binds one office also has the policies written at this desk: `library_for`.
    """
    return rulebooks.current().library


def library_for(office: Office, on: date, known_at: datetime | None = None) -> Library:
    """The law that binds this office on that day: `library`, and the office's own policies in force then, as far as they
    were approved by `known_at`.

    Found by content, so that every process has it as soon as an approval is recorded. Raises UnusablePolicyError where a
    policy that binds does not load with the rulebooks: then nothing is answered, for an answer without it could be wrong.
    """
    from duly.desk.storage.policies import binding

    return with_policies(library(), binding(office.id, on, known_at))


def troubles() -> tuple[str, ...]:
    """Why the rulebooks in use are not those that lie in the folders, a sentence each; empty where they are."""
    return rulebooks.current().troubles


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """A policy as it stands among the rulebooks: its path there, its name for people, and the digest of its text."""

    path: str
    shown: str
    paper: str


class UnusablePolicyError(DulyError):
    """A policy that binds the office cannot be applied with the rulebooks as they are now."""

    code = "policy-unusable"


def with_policies(base: Library, files: Sequence[PolicyFile]) -> Library:
    """`base` and these policies, read once for each content."""
    if not files:
        return base
    key = (base.digest, tuple(files))
    with _lock:
        found = _extended.pop(key, None) or _read(base, files)
        _extended[key] = found  # the last one used is the last one dropped
        while len(_extended) > _KEPT:
            _extended.pop(next(iter(_extended)))
    return found


def _read(base: Library, files: Sequence[PolicyFile]) -> Library:
    from duly.desk.storage import originals

    try:
        return law.extend(base, [SourceFile(file.path, file.shown, originals.read(file.paper)) for file in files])
    except DulyError as error:
        raise UnusablePolicyError(
            f"The office's own policy cannot be applied with the rulebooks as they are now. {error}",
            remedy="Counsel has to correct the policy; until then this desk gives no answers on law for the office.",
        ) from error


_KEPT = 12
_lock = threading.Lock()
_extended: dict[tuple[str, tuple[PolicyFile, ...]], Library] = {}


@cache
def kinds() -> Kinds:
    """Every kind of paper that Duly knows."""
    return load_kinds()


@cache
def calendars() -> Calendars:
    """The dated calendars that decide what is a working day, and the office's own from `DULY_CALENDARS`."""
    return load_calendars(*[part for part in os.environ.get("DULY_CALENDARS", "").split(os.pathsep) if part])


def calendars_for(office: Office, known_at: datetime | None = None) -> Calendars:
    """The calendars by which this office counts: `calendars`, and the days that two of its people entered, as far as they
    were approved by `known_at`. A day of a calendar that is no longer loaded is left out and said in the log."""
    from duly.desk.storage.calendar_days import entered

    return with_days(entered(office.id, known_at))


def with_days(days: tuple[Holiday, ...]) -> Calendars:
    """`calendars` with these days laid over, made once for each content."""
    base = calendars()
    known = tuple(day for day in days if day.calendar in base)
    if len(known) < len(days):
        log.error("%d days entered for an office belong to calendars that are not loaded", len(days) - len(known))
    return _laid_over(known) if known else base


@lru_cache(maxsize=32)
def _laid_over(days: tuple[Holiday, ...]) -> Calendars:
    return calendars().with_days(days)


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
