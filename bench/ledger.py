"""How fast a ledger is verified and appended to.

    .venv/bin/python bench/ledger.py [ENTRIES]

Makes a ledger of that many entries (default 1,000,000; a third with a sealed part) in a temporary file, then measures,
on one core: verification from the file; the same with a signed checkpoint (a Merkle tree over all); the offline
verifier; and durable appends, one at a time. Aim: a million entries verified in 10 s.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from duly.ledger import (
    Draft,
    Ed25519Signer,
    FileStore,
    MemoryKeyStore,
    SqliteStore,
    append,
    append_all,
    export_ledger,
    make_checkpoint,
    verify,
)  # fmt: skip

START = datetime(2020, 1, 1, tzinfo=UTC)
BATCH = 5_000


def drafts(first: int, number: int) -> list[Draft]:
    return [
        Draft(
            type="field.confirmed" if index % 3 else "paper.received",
            actor=f"clerk:{index % 40}",
            at=START + timedelta(seconds=index),
            payload={"field": "served_on", "page": index % 9, "box": [72.5, 120.25, 310.0, 134.0], "confidence": 0.97},
            matter=f"DEN-2020-{index // 30}",
            sealed=None if index % 3 else {"person": f"Invented Person {index}", "words": "as read from the page"},
        )
        for index in range(first, first + number)
    ]


def timed(what: Callable[[], Any]) -> tuple[tuple[float, float], Any]:
    """Wall-clock and processor seconds, children included: on a busy machine only the second can be compared."""
    begun, used = time.perf_counter(), os.times()
    result = what()
    after = os.times()
    return (time.perf_counter() - begun, sum(after[:4]) - sum(used[:4])), result


def main(entries: int) -> None:
    rows: list[tuple[str, int, tuple[float, float]]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store, keys = FileStore(folder / "ledger.jsonl"), MemoryKeyStore()
        took, _ = timed(
            lambda: [
                append_all(store, drafts(first, min(BATCH, entries - first)), keys=keys)
                for first in range(0, entries, BATCH)
            ]
        )
        rows.append((f"append, {BATCH} at a time, a third sealed", entries, took))
        took, result = timed(lambda: verify(store.lines()))
        assert result.ok and result.entries == entries, result
        rows.append(("verify", entries, took))
        took, checkpoint = timed(lambda: make_checkpoint(store, Ed25519Signer(bytes(32)), START))
        rows.append(("sign a checkpoint", entries, took))
        took, result = timed(lambda: verify(store.lines(), checkpoints=[checkpoint]))
        assert result.ok and result.covered == entries, result
        rows.append(("verify against a checkpoint", entries, took))
        out = export_ledger(store, folder / "export", made_at=START, made_by="bench", checkpoints=[checkpoint])
        command = [sys.executable, "-I", str(out / "verify_ledger.py")]
        took, done = timed(lambda: subprocess.run(command, capture_output=True, text=True, check=False))
        assert done.returncode == 0, done.stdout
        rows.append(("offline verifier, standard library alone", entries, took))
        for kind, empty in (("file", FileStore(folder / "a.jsonl")), ("SQLite", SqliteStore(folder / "a.sqlite"))):
            took, _ = timed(
                lambda empty=empty: [
                    append(
                        empty, type="note.added", actor="clerk:1", at=START, payload={"n": n}, matter="A", expected=n
                    )
                    for n in range(300)
                ]
            )
            rows.append((f"append one by one, durable, {kind}", 300, took))
        size = (folder / "ledger.jsonl").stat().st_size
    print(f"{entries:,} entries, {size / 1e6:,.0f} MB, Python {sys.version.split()[0]}\n")
    print(f"{'what':<44}{'entries':>12}{'seconds':>10}{'processor':>11}{'per second':>14}")
    for what, number, (wall, processor) in rows:
        print(f"{what:<44}{number:>12,}{wall:>10.2f}{processor:>11.2f}{number / wall:>14,.0f}")


if __name__ == "__main__":
    main(int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else 1_000_000)
