"""Ledgers with invented people, in each kind of store."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from duly.ledger import FileStore, KeyStore, MemoryStore, SqliteStore, Store, append

NOON = datetime(2020, 1, 13, 19, 0, tzinfo=UTC)


@pytest.fixture
def noon() -> datetime:
    return NOON


@pytest.fixture(params=["memory", "file", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """An empty ledger, once in every kind of store."""
    if request.param == "memory":
        return MemoryStore()
    return FileStore(tmp_path / "ledger.jsonl") if request.param == "file" else SqliteStore(tmp_path / "ledger.sqlite")


@pytest.fixture
def fill() -> Callable[..., None]:
    """Writes so many entries: some of no matter, the others of three matters in turn, some with a sealed name."""

    def write(store: Store, number: int, keys: KeyStore | None = None) -> None:
        for index in range(number):
            matter = f"DEN-2020-{index % 3}" if index % 4 else None
            sealed = {"person": f"Ana Example {index}", "box": [72.5, 1e-7, 0.1]} if keys and matter else None
            append(
                store, type="paper.received" if matter else "person.signed_in", actor="clerk:rivera", at=NOON,
                payload={"page": index, "words": "“Zeile”\n\u2028"}, matter=matter, sealed=sealed, keys=keys,
            )  # fmt: skip

    return write
