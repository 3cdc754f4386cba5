"""Personal data under a key of its own: read with it, gone without it, and the chain whole either way."""

import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from duly.ledger import (
    FileKeyStore,
    FileStore,
    KeyDestroyedError,
    KeyStore,
    LedgerError,
    MemoryKeyStore,
    MemoryStore,
    Store,
    append,
    open_sealed,
    verify,
)


@pytest.fixture(params=["memory", "folder", "wrapped folder"])
def keys(request: pytest.FixtureRequest, tmp_path: Path) -> KeyStore:
    if request.param == "memory":
        return MemoryKeyStore()
    return FileKeyStore(tmp_path / "keys", wrapping=bytes(32) if request.param == "wrapped folder" else None)


def test_the_sealed_name_is_read_with_its_key_and_nowhere_in_the_ledger(
    store: Store, keys: KeyStore, noon: datetime
) -> None:
    person = {"person": "Ana Example", "born": "1980-02-29"}
    entry = append(
        store,
        type="paper.received",
        actor="clerk:rivera",
        at=noon,
        payload={"pages": 2},
        matter="A",
        sealed=person,
        keys=keys,
    )
    assert open_sealed(entry, keys) == person
    assert open_sealed(next(store.entries()), keys) == person
    assert b"Ana" not in b"".join(store.lines())


def test_destroying_the_key_destroys_the_data_and_leaves_the_chain_whole(
    store: Store, keys: KeyStore, fill: Callable[..., None]
) -> None:
    fill(store, 12, keys)
    before = list(store.lines())
    assert verify(before, keys).opened == 9
    destroyed = keys.destroy("DEN-2020-1")
    assert len(destroyed) == 1
    result = verify(store.lines(), keys)
    assert (result.ok, result.opened, result.destroyed) == (True, 6, 3)
    assert list(store.lines()) == before
    gone = list(store.entries(matter="DEN-2020-1"))
    assert [open_sealed(one, keys) for one in gone] == [None] * 3
    assert all(one.payload["page"] is not None for one in gone)


def test_nothing_more_can_be_sealed_under_a_destroyed_key(store: Store, keys: KeyStore, noon: datetime) -> None:
    append(store, type="note", actor="a", at=noon, payload={}, matter="A", sealed={"n": "Ana Example"}, keys=keys)
    keys.destroy("A")
    with pytest.raises(KeyDestroyedError, match="retention schedule"):
        append(store, type="note", actor="a", at=noon, payload={}, matter="A", sealed={"n": "Ana Example"}, keys=keys)
    assert store.head().sequence == 1
    assert keys.destroy("never sealed") == ()


def test_personal_data_without_a_key_is_refused(store: Store, noon: datetime) -> None:
    for matter, keys in (("A", None), (None, MemoryKeyStore())):
        with pytest.raises(LedgerError, match="can only be recorded sealed"):
            append(store, type="note", actor="a", at=noon, payload={}, matter=matter, sealed={"n": "x"}, keys=keys)


def test_a_paper_without_a_matter_can_be_sealed_under_a_key_of_its_own(
    store: Store, keys: KeyStore, noon: datetime
) -> None:
    entry = append(
        store, type="paper.received", actor="a", at=noon, payload={}, sealed={"n": "Ana Example"}, seal_under="inbox/7", keys=keys
    )  # fmt: skip
    assert open_sealed(entry, keys) == {"n": "Ana Example"}
    keys.destroy("inbox/7")
    assert open_sealed(entry, keys) is None


def test_equal_content_is_sealed_differently_each_time(keys: KeyStore, noon: datetime) -> None:
    store = MemoryStore()
    first, second = (
        append(store, type="n", actor="a", at=noon, payload={}, matter="A", sealed={"n": "Ana Example"}, keys=keys)
        for _ in range(2)
    )
    for part in ("ciphertext", "nonce", "commitment"):
        assert first.payload["sealed"][part] != second.payload["sealed"][part]


def test_a_key_of_another_ledger_is_an_error_and_not_destroyed_data(noon: datetime) -> None:
    entry = append(
        MemoryStore(), type="n", actor="a", at=noon, payload={}, matter="A", sealed={"n": "x"}, keys=MemoryKeyStore()
    )
    with pytest.raises(LedgerError, match="not in this key store"):
        open_sealed(entry, MemoryKeyStore())
    result = verify([entry], MemoryKeyStore())
    assert result.first_bad is not None


def test_key_files_are_for_their_owner_alone_and_survive_a_restart(tmp_path: Path, noon: datetime) -> None:
    store = FileStore(tmp_path / "ledger.jsonl")
    entry = append(
        store, type="n", actor="a", at=noon, payload={}, matter="../../A/b", sealed={"n": "x"}, keys=FileKeyStore(tmp_path / "keys")
    )  # fmt: skip
    files = list((tmp_path / "keys").iterdir())
    assert len(files) == 1
    assert stat.S_IMODE(files[0].stat().st_mode) == 0o600
    secret = files[0].read_bytes()
    again = FileKeyStore(tmp_path / "keys")
    assert open_sealed(entry, again) == {"n": "x"}
    again.destroy("../../A/b")
    assert len(list((tmp_path / "keys").iterdir())) == 1
    assert secret[12:40] not in files[0].read_bytes()
    assert open_sealed(entry, FileKeyStore(tmp_path / "keys")) is None


def test_a_wrapped_key_needs_the_wrapping_key(tmp_path: Path) -> None:
    secret = FileKeyStore(tmp_path, wrapping=bytes(32)).key_for("A")
    assert secret.secret.hex() not in next(tmp_path.iterdir()).read_text()
    with pytest.raises(LedgerError, match="no wrapping key"):
        FileKeyStore(tmp_path).secret(secret.id)
    with pytest.raises(LedgerError, match="damaged"):
        FileKeyStore(tmp_path, wrapping=bytes(31) + b"\1").secret(secret.id)
