"""Writes a matter, or the whole ledger, as a folder that anybody can check without Duly."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path

from duly.errors import Place
from duly.ledger.checkpoint import Checkpoint, write_checkpoints
from duly.ledger.entry import AT_FORMAT, Entry, LedgerError, canonical, digest, read_entry, split_line
from duly.ledger.merkle import inclusion_proofs
from duly.ledger.reading import open_with_salt
from duly.ledger.sealing import KeyStore, has_sealed
from duly.ledger.store import Store
from duly.ledger.verification import verify

VERIFIER = Path(__file__).parent / "offline" / "verify_ledger.py"


def export_ledger(
    store: Store,
    folder: Path | str,
    *,
    made_at: datetime,
    made_by: str,
    matter: str | None = None,
    checkpoints: Collection[Checkpoint] = (),
    keys: KeyStore | None = None,
) -> Path:
    """Exports one matter (or, without one, everything) into a new folder, and returns it.

    The entries are the very bytes that were hashed. With `checkpoints`, a matter comes with proofs that its entries are
    among those that the newest checkpoint attests. Personal data stays sealed unless `keys` are passed; then what is
    opened is written beside it, in a form that can be checked against the chain without a key. Raises `LedgerError`
    if the folder is not empty, the matter is unknown, or the ledger itself does not hold.
    """
    target = _fresh(Path(folder))
    verification = verify(store.lines(), checkpoints=checkpoints)
    if verification.first_bad is not None:
        raise LedgerError(f"The ledger does not hold, so it is not exported as evidence. {verification.first_bad}")
    entries = _write_entries(store, target, matter)
    signed = sorted(checkpoints, key=lambda one: one.sequence)
    if signed:
        write_checkpoints(target / "checkpoints.jsonl", signed)
    if signed and matter is not None:
        _write_proofs(store, target, signed[-1], [entry.sequence for entry in entries])
    gone = _write_opened(target, entries, keys) if keys is not None else 0
    (target / "verify_ledger.py").write_bytes(VERIFIER.read_bytes())
    at = made_at.astimezone(UTC).strftime(AT_FORMAT)
    (target / "README.md").write_text(_readme(entries, matter, signed, keys is not None, gone, at, made_by), "utf-8")
    files = {path.name: digest(path.read_bytes()) for path in sorted(target.iterdir())}
    manifest = {
        "schema": "duly.ledger-export/1", "matter": matter, "entries": len(entries), "made_at": at, "made_by": made_by,
        "files": files,
    }  # fmt: skip
    (target / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return target


def _fresh(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise LedgerError(
            "The folder for the export is not empty.", place=Place(file=str(folder)), remedy="Name a new one."
        )
    return folder


def _write_entries(store: Store, target: Path, matter: str | None) -> list[Entry]:
    entries = []
    with (target / "entries.jsonl").open("wb") as file:
        for line, entry in _lines_of(store, matter):
            file.write(line + b"\n")
            entries.append(entry)
    if matter is not None and not entries:
        raise LedgerError(f"There is no entry of a matter {matter}.", remedy="Check its number.", code="unknown-matter")
    return entries


def _lines_of(store: Store, matter: str | None) -> Iterator[tuple[bytes, Entry]]:
    for line in store.lines():
        if matter is None or canonical(matter) in line:
            entry = read_entry(line)
            if matter is None or entry.matter == matter:
                yield line, entry


def _write_proofs(store: Store, target: Path, checkpoint: Checkpoint, sequences: list[int]) -> None:
    hashes = [split_line(line)[1].decode("ascii") for line in store.lines()][: checkpoint.sequence]
    covered = [sequence for sequence in sequences if sequence <= checkpoint.sequence]
    proofs = {str(sequence): proof for sequence, proof in inclusion_proofs(hashes, covered).items()}
    content = {"checkpoint": checkpoint.sequence, "root": checkpoint.root, "proofs": proofs}
    (target / "proofs.json").write_text(json.dumps(content) + "\n", "utf-8")


def _write_opened(target: Path, entries: list[Entry], keys: KeyStore) -> int:
    """Writes what can be opened; returns how many sealed parts can not, because their key was destroyed."""
    gone = 0
    with (target / "opened.jsonl").open("wb") as file:
        for entry in entries:
            if not has_sealed(entry):
                continue
            opened = open_with_salt(entry, keys)
            if opened is None:
                gone += 1
                continue
            file.write(canonical({"sequence": entry.sequence, **opened}) + b"\n")
    return gone


def _readme(
    entries: list[Entry],
    matter: str | None,
    checkpoints: list[Checkpoint],
    opened: bool,
    gone: int,
    at: str,
    made_by: str,
) -> str:
    what = "the whole ledger" if matter is None else f"matter {matter}"
    rows = [
        f"- `entries.jsonl`: {len(entries)} entries, one a line, in order, as the bytes that were hashed",
        "- `verify_ledger.py`: checks all of this with Python alone, offline",
        "- `manifest.json`: SHA-256 of every file here",
    ]
    if checkpoints:
        keys = ", ".join(sorted({one.key for one in checkpoints}))
        rows.append(
            f"- `checkpoints.jsonl`: signed statements of where the ledger stood; public key (Ed25519): `{keys}`"
        )
    if checkpoints and matter is not None:
        rows.append(
            "- `proofs.json`: for each entry, the path that proves it is among those that the last checkpoint attests"
        )
    if opened:
        rows.append(
            f"- `opened.jsonl`: personal data that was sealed, opened for this export; {gone} sealed parts are gone, their keys destroyed under the retention schedule"
        )
    return _README.format(what=what, at=at, made_by=made_by, files="\n".join(rows))


_README = """# Ledger export: {what}

Made at {at} by {made_by}.

{files}

## To check it

```
python3 verify_ledger.py
```

It names the first entry that does not hold, or says that all holds. Compare the public key of the checkpoints with the
one that the office publishes, and pass it: `python3 verify_ledger.py . --key HEX`.

## How an entry is built

A line is `{{"entry": header, "hash": H, "payload": P}}` in canonical JSON (RFC 8785). `H` is the SHA-256 of the header. In
the header, `payload_digest` is the SHA-256 of the payload, `previous` the hash of the entry before in the whole ledger,
`previous_in_matter` that of the entry before in the matter; `sequence` and `matter_sequence` count from 1. Personal data
stands under `sealed` in the payload as ciphertext (AES-256-GCM) with a `commitment`: the SHA-256 of the canonical JSON of
content and salt. Once the key is destroyed the content cannot be read or guessed, and the chain still holds.
"""
