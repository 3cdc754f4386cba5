"""One of several processes that append to the same ledger; started by test_many_processes."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from duly.ledger import Conflict, FileStore, SqliteStore, Store, append

AT = datetime(2020, 1, 16, tzinfo=UTC)
EACH = 12
MATTERS = 5


def opened(kind: str, folder: Path) -> Store:
    return FileStore(folder / "ledger.jsonl") if kind == "file" else SqliteStore(folder / "ledger.sqlite")


def write_entries(store: Store, name: str) -> None:
    for number in range(EACH):
        append(store, type="note.added", actor=name, at=AT, payload={"n": number}, matter=f"M{number % 2}")


def try_to_approve(store: Store, name: str) -> None:
    for matter in (f"P{number}" for number in range(MATTERS)):
        try:
            append(store, type="position.approved", actor=name, at=AT, payload={}, matter=matter, expected=1)
        except Conflict:
            continue


if __name__ == "__main__":
    act, kind, folder, name = sys.argv[1:]
    (write_entries if act == "write" else try_to_approve)(opened(kind, Path(folder)), name)
