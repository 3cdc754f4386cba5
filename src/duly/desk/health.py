"""Whether a desk is fit to work: one finding for each thing that an operator can set right, with the way to do it."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from duly.errors import DulyError

LEAST_FREE_BYTES = 1 << 30
CLOCKS_APART = timedelta(seconds=30)
WAITS_TOO_LONG = timedelta(minutes=15)
ENTRIES_OF_THE_HEAD = 1000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: a sentence that says how it is, and what to do where it is not `ok`."""

    id: str
    ok: bool
    sentence: str
    remedy: str = ""


def findings(home: Path, *, everything: bool = False) -> list[Finding]:
    """Look at all of it. With `everything` every entry is verified with its sealed part, and every original, not only the
    last thousand entries; what needs the database is left out where it does not answer."""
    reached = _database()
    found = [reached, *_places(home), _disk(home), _law()]
    if reached.ok:
        found += _ways_in()
    if reached.ok:
        whole: tuple[Callable[[], Finding], ...] = (_ledger, _originals) if everything else (_head,)
        for look in (_migrated, _append_only, *whole, _clock, _queue):
            found.append(_asked(look))
    return found


def _asked(look: Callable[[], Finding]) -> Finding:
    """The finding; a database that refuses the question, as one that is not migrated does, is one too."""
    try:
        return look()
    except (DatabaseError, DulyError) as error:
        said = str(error).strip().splitlines()[0]
        return Finding(look.__name__.strip("_"), False, f"This could not be looked at: {said}", "Correct that first.")


def _database() -> Finding:
    kind = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        said = str(error).strip().splitlines()[0]
        return Finding(
            "database", False, f"The database does not answer: {said}.", "Start it, or correct DULY_DATABASE."
        )
    return Finding("database", True, f"The database ({kind}) answers.")


def _migrated() -> Finding:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return Finding(
            "migrated", False, f"The database lacks {len(waiting)} changes that this version of Duly needs.",
            "Make a backup, then start the desk: it brings the database up to date.",
        )  # fmt: skip
    return Finding("migrated", True, "The database is up to date with this version of Duly.")


def _append_only() -> Finding:
    from duly.desk.storage.append_only import is_installed

    if not is_installed(connection):
        return Finding(
            "append-only", False, "The database does not refuse to change entries of the ledger: its triggers are gone.",
            "Run the check with --all, then start the desk: it puts them back. Ask who took them away.",
        )  # fmt: skip
    return Finding("append-only", True, "The database refuses to change entries of the ledger.")


def _head() -> Finding:
    from duly.desk.storage import ledger

    bad = ledger.first_bad_of_the_last(ENTRIES_OF_THE_HEAD)
    if bad:
        return Finding("ledger", False, bad, "Run the check with --all, and restore the last backup in which it holds.")
    return Finding("ledger", True, f"The last {ENTRIES_OF_THE_HEAD:,} entries of the ledger hold.")


def _ledger() -> Finding:
    from duly import ledger as room
    from duly.desk.storage import ledger

    found = ledger.verify()
    if found.ok:
        found = room.verify(ledger.STORE.lines(), ledger.keys())
    if not found.ok:
        return Finding(
            "ledger", False, str(found), "Restore the last backup in which it holds, ledger and keys together."
        )
    return Finding(
        "ledger", True, f"{found} {found.opened:,} sealed parts open; the keys of {found.destroyed:,} are destroyed."
    )


def _originals() -> Finding:
    from duly.desk.administration.integrity import damaged_originals

    damaged = damaged_originals()
    if damaged:
        return Finding(
            "originals", False, f"{len(damaged)} originals are missing or changed. {damaged[0]}",
            "Copy them from the last backup into originals/; a file there is named by its digest.",
        )  # fmt: skip
    return Finding("originals", True, "Every original is there, unchanged.")


def _places(home: Path) -> Iterator[Finding]:
    """Keys and secrets are there, and only their owner reads them."""
    for name, what in (("keys", "keys"), ("secrets", "secrets"), ("originals", "originals")):
        folder = home / name
        if not folder.is_dir():
            yield Finding(name, False, f"The folder {folder} is not there.", "Restore it from the last backup.")
            continue
        inside = () if name == "originals" else folder.iterdir()
        open_ = [path for path in chain([folder], inside) if stat.S_IMODE(path.stat().st_mode) & 0o077]
        if open_:
            yield Finding(
                name, False, f"Others than their owner can read the {what}: {open_[0]}" + _more(len(open_) - 1) + ".",
                f"chmod -R go= {folder}",
            )  # fmt: skip
        else:
            yield Finding(name, True, f"Only their owner reads the {what}.")
    if (home / "secrets").is_dir() and not (home / "secrets" / "django").is_file():
        yield Finding(
            "session-key", False, "The key of sessions and forms is not there.", "Start the desk; it makes a new one."
        )


def _more(number: int) -> str:
    return f" and {number} more" if number else ""


def _disk(home: Path) -> Finding:
    free = shutil.disk_usage(home).free
    said = f"{free / (1 << 30):,.1f} GiB are free where the data folder lies."
    if free < LEAST_FREE_BYTES:
        return Finding("disk", False, said, "Make room: what lies in derived/ may be thrown away at any time.")
    return Finding("disk", True, said)


def _clock() -> Finding:
    """The clock agrees with the database's, and nothing was recorded later than now."""
    from duly.desk.storage.models import LedgerEntry

    now = datetime.now(UTC)
    remedy = "Set the clock of this machine by NTP; deadlines are counted by it."
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = abs(cursor.fetchone()[0] - now)
        if apart > CLOCKS_APART:
            seconds = apart.total_seconds()
            return Finding(
                "clock", False, f"This machine's clock and the database's are {seconds:,.0f} seconds apart.", remedy
            )
    last = LedgerEntry.objects.order_by("-at").values_list("at", flat=True).first()
    if last is not None and last > now + CLOCKS_APART:
        return Finding("clock", False, f"An entry is dated {last:%Y-%m-%d %H:%M} UTC, which is still to come.", remedy)
    return Finding("clock", True, f"The clock says {now:%Y-%m-%d %H:%M} UTC, and no entry is later.")


def _queue() -> Finding:
    from duly.desk.inbox.models import InboxItem, Progress

    waiting = InboxItem.objects.filter(state="waiting").count()
    first = Progress.objects.filter(item__state="waiting").order_by("changed").values_list("changed", flat=True).first()
    if first is None:
        return Finding(
            "queue", waiting == 0, f"{waiting} papers wait to be read.", "" if waiting == 0 else "Start the desk."
        )
    waited = datetime.now(UTC) - first
    wait = "1 paper waits" if waiting == 1 else f"{waiting} papers wait"
    said = f"{wait} to be read; the oldest has stood still for {int(waited.total_seconds() // 60)} minutes."
    if waited > WAITS_TOO_LONG:
        return Finding("queue", False, said, "See that the desk runs, and look into its log; DULY_JOBS adds processes.")
    return Finding("queue", True, said)


def _law() -> Finding:
    from duly.desk import shelf

    try:
        shelf.kinds()
        shelf.calendars()
        digest, troubles = shelf.library().digest, shelf.troubles()
    except DulyError as error:
        return Finding("rulebooks", False, str(error), "Correct the file that is named.")
    if troubles:
        return Finding("rulebooks", False, " ".join(troubles), "Correct it; until then the last good ones are used.")
    return Finding("rulebooks", True, f"Every rulebook, kind and calendar loads (rulebooks {digest[:12]}).")


def _ways_in() -> Iterator[Finding]:
    """What papers depend on when they come in."""
    from duly.desk.inbox.checking import sentences

    try:
        for sentence in sentences():
            yield Finding("ways-in", True, sentence)
    except DulyError as error:
        yield Finding("ways-in", False, error.message, error.remedy or "Correct the setting that is named.")
