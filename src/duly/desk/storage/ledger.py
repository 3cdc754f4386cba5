"""The ledger on Django's database: the store that `duly.ledger` asks for, and events to entries and back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Max

from duly import ledger
from duly.desk.storage.models import LedgerEntry, MatterRow
from duly.ledger import (
    BadEntry,
    Draft,
    Entry,
    FileKeyStore,
    Head,
    KeyStore,
    Verification,
    canonical,
    join_line,
    read_entry,
)
from duly.matters import Event, draft_of, event_of, open_part_of

# Any number will do, as long as every process of this database uses the same.
_POSTGRES_LOCK = 0x64756C79
_COLUMNS = ("sequence", "matter", "matter_sequence", "type", "at")


class DatabaseStore:
    """Entries in the desk's own database; writing is exclusive among all its processes."""

    def __init__(self, using: str = DEFAULT_DB_ALIAS) -> None:
        self._using = using
        self._rows = LedgerEntry.objects.using(using)

    @contextmanager
    def writing(self) -> Iterator[DatabaseStore]:
        """A transaction in which nobody else writes. Whoever locks rows as well does that inside, never before."""
        # On SQLite every transaction of the desk begins IMMEDIATE, which is the lock.
        with transaction.atomic(using=self._using):
            if connections[self._using].vendor == "postgresql":
                with connections[self._using].cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_POSTGRES_LOCK])
            yield self

    def head(self, matter: str | None = None) -> Head:
        # In the order of the index of that matter: a planner could otherwise walk the whole ledger backwards to find one.
        rows = self._rows.order_by("-sequence")
        if matter is not None:
            rows = self._rows.filter(matter=matter).order_by("-matter_sequence")
        last = rows.values_list("sequence", "matter_sequence", "hash").first()
        if last is None:
            return Head()
        return Head(last[0] if matter is None else last[1] or 0, last[2])

    def put(self, entry: Entry) -> None:
        self._rows.create(
            sequence=entry.sequence,
            matter=entry.matter,
            matter_sequence=entry.matter_sequence,
            type=entry.type,
            at=entry.at,
            header=canonical(entry.header).decode("utf-8"),
            hash=entry.hash,
            payload=canonical(entry.payload).decode("utf-8"),
        )

    def entries(self, matter: str | None = None, after: int = 0) -> Iterator[Entry]:
        rows = self._rows.filter(sequence__gt=after).order_by("sequence")
        if matter is not None:
            rows = rows.filter(matter=matter).order_by("matter_sequence")
        return (read_entry(line) for line in _lines(rows))

    def lines(self) -> Iterator[bytes]:
        return _lines(self._rows.order_by("sequence"))


def _lines(rows: Any) -> Iterator[bytes]:
    for header, hash_, payload in rows.values_list("header", "hash", "payload").iterator(chunk_size=2000):
        yield join_line(header.encode("utf-8"), hash_.encode("ascii"), payload.encode("utf-8"))


STORE = DatabaseStore()


@cache
def _keys_in(folder: str) -> KeyStore:
    return FileKeyStore(Path(folder))


def keys() -> KeyStore:
    """The keys under which personal data is sealed, in a folder apart from the ledger."""
    return _keys_in(str(Path(settings.HOME) / "keys"))


def append(events: Sequence[Event], *, office: str, expected: Mapping[str, int]) -> tuple[Entry, ...]:
    """Record events, all or none. `expected` maps a matter to the sequence at which the actor saw it.

    Raises duly.ledger.Conflict when somebody else was first.
    """
    drafts = [_draft(event, office) for event in events]
    seen: dict[str | None, int] = dict(expected.items())
    return ledger.append_all(STORE, drafts, keys=keys(), expected=seen)


def _draft(event: Event, office: str) -> Draft:
    """The domain's draft, with the office beside it: papers in the inbox belong to an office before they do to a matter."""
    draft = draft_of(event)
    return replace(draft, payload={**draft.payload, "office": office})


def event_in(entry: Entry) -> Event | None:
    """The event that an entry records; None when its key was destroyed, so that only its open part is left."""
    sealed = ledger.open_sealed(entry, keys())
    return None if sealed is None else event_of(entry, sealed)


def open_parts(office: str) -> list[dict[str, Any]]:
    """The open parts of everything that an office recorded: all that the register sees."""
    entries = (entry for entry in STORE.entries() if entry.payload.get("office") == office)
    return [part for entry in entries if (part := open_part_of(entry)) is not None]


def events_of(matter: str) -> list[Event]:
    """Everything that happened to one matter, in order."""
    found = (event_in(entry) for entry in STORE.entries(matter))
    return [event for event in found if event is not None]


def tail(matter: str, number: int) -> list[Entry]:
    """The last entries of one matter, newest first."""
    rows = LedgerEntry.objects.filter(matter=matter).order_by("-matter_sequence")[:number]
    values = rows.values_list("header", "hash", "payload")
    return [
        read_entry(join_line(header.encode("utf-8"), hash_.encode("ascii"), payload.encode("utf-8")))
        for header, hash_, payload in values
    ]


def papers() -> set[str]:
    """The digest of every original that an entry names: papers received, letters, petitions, orders, replies."""
    named = (entry.payload.get("event") for entry in STORE.entries())
    return {str(event["paper"]) for event in named if isinstance(event, dict) and event.get("paper")}


def verify(using: str = DEFAULT_DB_ALIAS) -> Verification:
    """Check every entry against its chain, and what is kept beside the entries against them.

    That is the columns by which entries are found, and the views: a view that rests on an entry which is not there shows
    that the end of the ledger was cut off. The first entry that does not hold is named.
    """
    rows = MatterRow.objects.using(using).order_by("id").values_list("id", "sequence")
    seen: dict[str, int] = dict(rows)
    found = ledger.verify(DatabaseStore(using).lines())
    found = found if not found.ok else _columns_checked(found, using)
    return found if not found.ok else _ends_checked(found, seen, using)


def first_bad_of_the_last(number: int) -> str:
    """What is wrong with the first of the last so many entries that does not hold; nothing where they all do.

    Each is checked against its hash, its content, the entry before it, and its columns; whether its key is there, too.
    """
    rows = list(LedgerEntry.objects.order_by("-sequence")[: number + 1])
    rows.reverse()
    before = ""
    for place, row in enumerate(rows):
        try:
            entry = read_entry(join_line(row.header.encode(), row.hash.encode(), row.payload.encode()))
            ledger.open_sealed(entry, keys())
        except (ledger.LedgerError, UnicodeEncodeError) as error:
            return f"Entry {row.sequence}: {error}"
        if (
            ledger.digest(row.header.encode()) != row.hash
            or ledger.digest(row.payload.encode()) != entry.payload_digest
        ):
            return f"Entry {row.sequence}: its content does not match its hash: one of the two was changed."
        if place and entry.previous != before:
            return f"Entry {row.sequence}: it does not follow the entry before it."
        if any(
            getattr(row, name) != getattr(entry, name) for name in ("sequence", "matter", "matter_sequence", "type")
        ):
            return f"Entry {row.sequence}: a column by which it is found says something else than the entry."
        before = row.hash
    return ""


def _columns_checked(found: Verification, using: str) -> Verification:
    rows = LedgerEntry.objects.using(using).order_by("sequence").iterator(chunk_size=2000)
    for position, row in enumerate(rows, start=1):
        header = json.loads(row.header)
        said = header | {"at": datetime.fromisoformat(header["at"])}
        wrong = next((name for name in _COLUMNS if getattr(row, name) != said[name]), None)
        if wrong is not None:
            problem = f"the column “{wrong}” by which it is found says something else than the entry."
            bad = BadEntry(position, header["sequence"], header["matter"], header["type"], problem)
            return replace(found, ok=False, entries=position - 1, first_bad=bad)
    return found


def _ends_checked(found: Verification, seen: Mapping[str, int], using: str) -> Verification:
    """Whether each matter still has the entry that its row rests on. The rows were read before the entries."""
    ends = LedgerEntry.objects.using(using).exclude(matter=None).order_by().values("matter")
    last = {str(row["matter"]): int(row["last"]) for row in ends.annotate(last=Max("matter_sequence"))}
    for matter, sequence in seen.items():
        if last.get(matter, 0) < sequence:
            problem = f"it is missing: the list of matters rests on entry {sequence} of this one, which ends at {last.get(matter, 0)}. The end was cut off."
            return replace(found, ok=False, first_bad=BadEntry(found.entries + 1, None, matter, None, problem))
    return found
