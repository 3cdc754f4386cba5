"""What a crash or a hand inside the store can do, and what is said about it."""

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from duly.ledger import FileStore, LedgerError, SqliteStore, TornLineError, append, verify
from duly.ledger.entry import make_entry


def test_a_torn_last_line_is_reported_and_can_be_set_aside_with_its_bytes(
    tmp_path: Path, fill: Callable[..., None], noon: datetime
) -> None:
    path = tmp_path / "ledger.jsonl"
    fill(FileStore(path), 5)
    whole = path.read_bytes()
    torn = whole[: len(whole) - 40]
    path.write_bytes(torn)
    store = FileStore(path)
    result = verify(store.lines())
    assert result.first_bad is not None
    assert (result.entries, result.first_bad.position) == (4, 5)
    assert "in the middle of an entry" in result.first_bad.problem
    with pytest.raises(TornLineError, match="never acknowledged"):
        append(store, type="note", actor="a", at=noon, payload={})
    assert path.read_bytes() == torn
    aside = store.set_aside_torn_line()
    assert aside is not None
    assert path.read_bytes() + aside.read_bytes() == torn
    append(store, type="note", actor="a", at=noon, payload={})
    assert (verify(store.lines()).ok, store.head().sequence) == (True, 5)
    assert store.set_aside_torn_line() is None


def test_wherever_a_crash_cuts_the_last_line_the_entries_before_it_hold(
    tmp_path: Path, fill: Callable[..., None]
) -> None:
    path = tmp_path / "ledger.jsonl"
    fill(FileStore(path), 4)
    whole = path.read_bytes()
    last = whole.rstrip(b"\n").rfind(b"\n") + 1
    for cut in range(last + 1, len(whole)):
        path.write_bytes(whole[:cut])
        result = verify(FileStore(path).lines())
        assert (result.ok, result.entries) == (False, 3), cut
    path.write_bytes(whole[:last])
    assert verify(FileStore(path).lines()).ok


def test_two_crashes_at_the_same_place_keep_both_torn_lines(tmp_path: Path, fill: Callable[..., None]) -> None:
    path = tmp_path / "ledger.jsonl"
    store = FileStore(path)
    fill(store, 2)
    kept = set()
    for torn in (b'{"entry"', b'{"entry":{'):
        with path.open("ab") as file:
            file.write(torn)
        kept.add(FileStore(path).set_aside_torn_line())
    assert len(kept) == 2


def test_a_reader_sees_the_ledger_as_it_stood_when_it_began(tmp_path: Path, fill: Callable[..., None]) -> None:
    store = FileStore(tmp_path / "ledger.jsonl")
    fill(store, 5)
    reading = store.lines()
    first = next(reading)
    fill(store, 5)
    assert len([first, *reading]) == 5


def test_a_file_that_is_one_torn_line_can_be_mended(tmp_path: Path, noon: datetime) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(b'{"entry":{"ac')
    store = FileStore(path)
    assert store.set_aside_torn_line() is not None
    assert append(store, type="note", actor="a", at=noon, payload={}).sequence == 1


def test_a_ledger_that_became_shorter_is_not_written_to(
    tmp_path: Path, fill: Callable[..., None], noon: datetime
) -> None:
    path = tmp_path / "ledger.jsonl"
    store = FileStore(path)
    fill(store, 3)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:2]))
    with pytest.raises(LedgerError, match="shorter"):
        append(store, type="note", actor="a", at=noon, payload={})


def test_an_exception_while_writing_leaves_nothing(tmp_path: Path, fill: Callable[..., None], noon: datetime) -> None:
    for store in (FileStore(tmp_path / "l.jsonl"), SqliteStore(tmp_path / "l.sqlite")):
        fill(store, 2)
        entry = make_entry(
            sequence=3, matter=None, matter_sequence=None, type="note", version=1, at=noon, actor="a", payload={},
            previous=store.head().hash, previous_in_matter=None,
        )  # fmt: skip
        with pytest.raises(ZeroDivisionError), store.writing() as writer:
            writer.put(entry)
            raise ZeroDivisionError
        assert store.head().sequence == 2


def test_the_database_refuses_to_change_or_remove_an_entry(tmp_path: Path, fill: Callable[..., None]) -> None:
    path = tmp_path / "ledger.sqlite"
    fill(SqliteStore(path), 3)
    with sqlite3.connect(path) as connection:
        for statement in ("UPDATE ledger_entry SET payload = '{}'", "DELETE FROM ledger_entry"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(statement)
    connection.close()


def test_an_entry_changed_behind_the_databases_back_is_named(tmp_path: Path, fill: Callable[..., None]) -> None:
    path = tmp_path / "ledger.sqlite"
    fill(SqliteStore(path), 6)
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TRIGGER ledger_entry_no_update")
        connection.execute("UPDATE ledger_entry SET payload = replace(payload, '\"page\":3', '\"page\":4')")
    connection.close()
    result = verify(SqliteStore(path).lines())
    assert result.first_bad is not None
    assert result.first_bad.sequence == 4


def test_a_file_that_is_no_database_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(LedgerError, match="database refused"):
        SqliteStore(path)
