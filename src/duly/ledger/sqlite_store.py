"""A ledger in an SQLite file: one table that can only be added to."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from duly.errors import Place
from duly.ledger.entry import Entry, LedgerError, canonical, join_line, read_entry
from duly.ledger.store import Head, Writer

# The three canonical parts are kept as they are hashed. Whatever is searched by is derived from them by SQLite itself,
# so that no second copy can come to say something else.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS ledger_entry (
    sequence INTEGER PRIMARY KEY,
    header TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    payload TEXT NOT NULL,
    matter TEXT GENERATED ALWAYS AS (json_extract(header, '$.matter')) VIRTUAL,
    matter_sequence INTEGER GENERATED ALWAYS AS (json_extract(header, '$.matter_sequence')) VIRTUAL,
    CHECK (sequence = json_extract(header, '$.sequence'))
);
CREATE UNIQUE INDEX IF NOT EXISTS ledger_entry_matter ON ledger_entry (matter, matter_sequence) WHERE matter IS NOT NULL;
CREATE TRIGGER IF NOT EXISTS ledger_entry_no_update BEFORE UPDATE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS ledger_entry_no_delete BEFORE DELETE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
"""
_LAST = "SELECT sequence, hash FROM ledger_entry ORDER BY sequence DESC LIMIT 1"
_LAST_OF_MATTER = (
    "SELECT matter_sequence, hash FROM ledger_entry WHERE matter = ? ORDER BY matter_sequence DESC LIMIT 1"
)
_SELECT = "SELECT header, hash, payload FROM ledger_entry"
_WAIT_SECONDS = 60.0


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Sets the file to WAL. While others open a new file at the same time SQLite refuses this at once instead of waiting
    as for every other lock, so the waiting is done here."""
    end = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.02)


class SqliteStore:
    """A ledger in an SQLite file (WAL, synchronous FULL): any number of processes, one writing at a time."""

    def __init__(self, path: Path | str) -> None:
        self._path = Path(path)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._connected() as connection:
            _write_ahead(connection)
            connection.executescript(_SCHEMA)

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path, timeout=_WAIT_SECONDS, isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous = FULL")
            yield connection
        except sqlite3.Error as error:
            raise LedgerError(
                f"The ledger's database refused: {error}.",
                place=Place(file=str(self._path)),
                remedy="Check the disk and who else has the file open; nothing was recorded.",
                code="database",
            ) from error
        finally:
            connection.close()

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield _SqliteWriter(connection)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def head(self, matter: str | None = None) -> Head:
        with self._connected() as connection:
            return _SqliteWriter(connection).head(matter)

    def entries(self, matter: str | None = None, after: int = 0) -> Iterator[Entry]:
        if matter is None:
            yield from map(read_entry, self._lines(f"{_SELECT} WHERE sequence > ? ORDER BY sequence", (after,)))
        else:
            query = f"{_SELECT} WHERE matter = ? AND sequence > ? ORDER BY matter_sequence"
            yield from map(read_entry, self._lines(query, (matter, after)))

    def lines(self) -> Iterator[bytes]:
        yield from self._lines(f"{_SELECT} ORDER BY sequence", ())

    def _lines(self, query: str, values: tuple[str | int, ...]) -> Iterator[bytes]:
        with self._connected() as connection:
            connection.text_factory = bytes
            for header, hash_, payload in connection.execute(query, values):
                yield join_line(header, hash_, payload)


class _SqliteWriter:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def head(self, matter: str | None = None) -> Head:
        if matter is None:
            row = self._connection.execute(_LAST).fetchone()
        else:
            row = self._connection.execute(_LAST_OF_MATTER, (matter,)).fetchone()
        return Head(*row) if row else Head()

    def put(self, entry: Entry) -> None:
        self._connection.execute(
            "INSERT INTO ledger_entry (sequence, header, hash, payload) VALUES (?, ?, ?, ?)",
            (entry.sequence, canonical(entry.header).decode(), entry.hash, canonical(entry.payload).decode()),
        )
