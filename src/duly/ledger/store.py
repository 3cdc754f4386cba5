"""The store protocol, appending with an expected sequence, and the store that lives in memory."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from duly.ledger.entry import GENESIS, SEALED, Entry, LedgerError, make_entry, read_entry
from duly.ledger.sealing import KeyStore, seal


class ConflictError(LedgerError):
    """Somebody else appended first: what the act was decided on is no longer where the matter stands."""

    code = "conflict"


Conflict = ConflictError
"""The same, by the name that callers say."""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: how many entries it has, and the hash of the last (`GENESIS` for none)."""

    sequence: int = 0
    hash: str = GENESIS


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be recorded, before it has its place in the chain.

    `payload` is open content; `sealed` is personal data, encrypted under the key of `seal_under` (by default the
    matter's). `at` is the aware time at which it was done.
    """

    type: str
    actor: str
    at: datetime
    payload: Mapping[str, Any]
    matter: str | None = None
    version: int = 1
    sealed: Mapping[str, Any] | None = None
    seal_under: str | None = None


class Writer(Protocol):
    """The store while it is held for writing."""

    def head(self, matter: str | None = None) -> Head:
        """The end of the whole chain (None) or of one matter's."""

    def put(self, entry: Entry) -> None:
        """Adds the entry that follows the head."""


class Store(Protocol):
    """Where entries are kept. Five lines with a database: see docs/ledger.md."""

    def writing(self) -> AbstractContextManager[Writer]:
        """Exclusive among all processes; on leaving it everything put is durable, after an exception none of it is there."""

    def head(self, matter: str | None = None) -> Head:
        """The end of the whole chain (None) or of one matter's, as of now."""

    def entries(self, matter: str | None = None, after: int = 0) -> Iterator[Entry]:
        """Entries in order, of all or of one matter, whose (global) sequence is greater than `after`."""

    def lines(self) -> Iterator[bytes]:
        """Every entry as its canonical line, byte for byte as kept: what `verify` reads."""


def append(
    store: Store,
    *,
    type: str,
    actor: str,
    at: datetime,
    payload: Mapping[str, Any],
    matter: str | None = None,
    version: int = 1,
    sealed: Mapping[str, Any] | None = None,
    seal_under: str | None = None,
    keys: KeyStore | None = None,
    expected: int | None = None,
) -> Entry:
    """Records one act and returns its entry, durable.

    `expected` is the sequence at which the actor saw the matter (or, without a matter, the ledger); if it has moved on,
    nothing is written and `ConflictError` is raised.
    """
    draft = Draft(type, actor, at, payload, matter, version, sealed, seal_under)
    return append_all(store, [draft], keys=keys, expected={} if expected is None else {matter: expected})[0]


def append_all(
    store: Store,
    drafts: Sequence[Draft],
    *,
    keys: KeyStore | None = None,
    expected: Mapping[str | None, int] | None = None,
) -> tuple[Entry, ...]:
    """Records several acts together, all or none. `expected` maps a matter (None: the ledger) to the sequence seen."""
    payloads = [_payload(draft, keys) for draft in drafts]
    with store.writing() as writer:
        for matter, sequence in (expected or {}).items():
            _check_expected(matter, sequence, writer.head(matter).sequence)
        entries = []
        for draft, payload in zip(drafts, payloads, strict=True):
            entry = _place(draft, payload, writer)
            writer.put(entry)
            entries.append(entry)
    return tuple(entries)


def _check_expected(matter: str | None, expected: int, found: int) -> None:
    if expected != found:
        what = "The ledger" if matter is None else f"Matter {matter}"
        raise ConflictError(
            f"{what} has moved on since you saw it: it stood at entry {expected} and now stands at entry {found}.",
            remedy="Look at what was added, then decide again.",
        )


def _payload(draft: Draft, keys: KeyStore | None) -> dict[str, Any]:
    payload = dict(draft.payload)
    if SEALED in payload:
        raise LedgerError(f"The name “{SEALED}” is kept for the sealed part of an entry.", remedy="Use another name.")
    if not draft.sealed:
        return payload
    scope = draft.seal_under or draft.matter
    if keys is None or scope is None:
        raise LedgerError(
            "Personal data can only be recorded sealed, and there is no key to seal it under.",
            remedy="Pass the key store, and the matter (or `seal_under`) whose key is to be used.",
            code="no-key",
        )
    about = {"matter": draft.matter, "type": draft.type, "version": draft.version}
    payload[SEALED] = seal(draft.sealed, keys.key_for(scope), about)
    return payload


def _place(draft: Draft, payload: Mapping[str, Any], writer: Writer) -> Entry:
    last = writer.head()
    in_matter = None if draft.matter is None else writer.head(draft.matter)
    return make_entry(
        sequence=last.sequence + 1,
        matter=draft.matter,
        matter_sequence=None if in_matter is None else in_matter.sequence + 1,
        type=draft.type,
        version=draft.version,
        at=draft.at,
        actor=draft.actor,
        payload=payload,
        previous=last.hash,
        previous_in_matter=None if in_matter is None else in_matter.hash,
    )


class Heads:
    """The ends of all chains, kept while entries pass by: what a store needs to find the place of the next one."""

    def __init__(self) -> None:
        self._last = Head()
        self._matters: dict[str, Head] = {}

    def head(self, matter: str | None = None) -> Head:
        return self._last if matter is None else self._matters.get(matter, Head())

    def note(self, entry: Entry) -> None:
        self._last = Head(entry.sequence, entry.hash)
        if entry.matter is not None and entry.matter_sequence is not None:
            self._matters[entry.matter] = Head(entry.matter_sequence, entry.hash)


class PendingWriter:
    """A writer that holds entries back until the store makes them durable: heads as they would be, lines to write."""

    def __init__(self, head: Heads) -> None:
        self._stored = head
        self._own: dict[str | None, Head] = {}
        self.entries: list[Entry] = []

    def head(self, matter: str | None = None) -> Head:
        return self._own.get(matter) or self._stored.head(matter)

    def put(self, entry: Entry) -> None:
        self.entries.append(entry)
        self._own[None] = Head(entry.sequence, entry.hash)
        if entry.matter is not None and entry.matter_sequence is not None:
            self._own[entry.matter] = Head(entry.matter_sequence, entry.hash)


class MemoryStore:
    """A ledger that lives as long as the process: for tests, and for reading an export."""

    def __init__(self, lines: Sequence[bytes] = ()) -> None:
        self._lines = list(lines)
        self._heads = Heads()
        self._lock = threading.RLock()
        for line in self._lines:
            self._heads.note(read_entry(line))

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        with self._lock:
            writer = PendingWriter(self._heads)
            yield writer
            for entry in writer.entries:
                self._lines.append(entry.line)
                self._heads.note(entry)

    def head(self, matter: str | None = None) -> Head:
        return self._heads.head(matter)

    def entries(self, matter: str | None = None, after: int = 0) -> Iterator[Entry]:
        for line in self._lines[after:]:
            entry = read_entry(line)
            if matter is None or entry.matter == matter:
                yield entry

    def lines(self) -> Iterator[bytes]:
        return iter(tuple(self._lines))
