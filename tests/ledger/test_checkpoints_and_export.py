"""Signed checkpoints, proofs for one matter, and exports that anybody can check with Python alone."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from duly.ledger import (
    Ed25519Signer,
    FileStore,
    LedgerError,
    MemoryKeyStore,
    MemoryStore,
    append,
    export_ledger,
    make_checkpoint,
    read_checkpoints,
    verify,
    write_checkpoints,
)
from duly.ledger.merkle import GrowingTree, inclusion_proofs, root_from_proof
from duly.ledger.offline import verify_ledger as offline

SIGNER = Ed25519Signer(bytes(range(32)))


def check(folder: Path, *arguments: str) -> tuple[int, str]:
    """Runs the exported verifier as its reader would: isolated, with the standard library alone."""
    script = str(folder / "verify_ledger.py")
    done = subprocess.run([sys.executable, "-I", "-S", script, *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=70), st.data())
@settings(max_examples=60, deadline=None)
def test_each_entry_is_proved_to_lie_under_the_root_and_no_other_is(leaves: list[bytes], data: st.DataObject) -> None:
    hashes = [leaf.hex() for leaf in leaves]
    tree = GrowingTree()
    for one in hashes:
        tree.add(one)
    proofs = inclusion_proofs(hashes, range(1, len(hashes) + 1))
    for sequence, one in enumerate(hashes, start=1):
        assert root_from_proof(one, sequence, len(hashes), proofs[sequence]) == tree.root
        assert offline.root_of(one, sequence, len(hashes), proofs[sequence]) == tree.root
    if len(hashes) > 1:
        sequence = data.draw(st.integers(1, len(hashes)))
        forged = data.draw(st.binary(min_size=32, max_size=32)).hex()
        if forged != hashes[sequence - 1]:
            assert root_from_proof(forged, sequence, len(hashes), proofs[sequence]) != tree.root
        assert root_from_proof(hashes[sequence - 1], sequence, len(hashes), proofs[sequence][:-1]) != tree.root


def test_the_root_is_that_of_rfc_9162() -> None:
    """Two leaves by hand: the hash of 0x01, and of the hashes of 0x00 with each leaf."""
    from hashlib import sha256

    left, right = (sha256(b"\0" + bytes([byte]) * 32).digest() for byte in (1, 2))
    tree = GrowingTree()
    tree.add("01" * 32)
    tree.add("02" * 32)
    assert tree.root == sha256(b"\1" + left + right).hexdigest()


@given(
    st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53) + 1, 2**53 - 1) | st.text() | st.booleans()
)
@settings(max_examples=300, deadline=None)
def test_the_offline_verifier_writes_canonical_json_as_the_ledger_does(value: object) -> None:
    try:
        expected = rfc8785.dumps({"a": [value], "é": None})
    except (rfc8785.CanonicalizationError, UnicodeEncodeError):
        return
    assert offline.canonical(json.loads(expected)).encode() == expected


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=100), st.integers(0, 511))
@settings(max_examples=15, deadline=None)
def test_the_offline_verifier_knows_true_signatures_from_false_ones(secret: bytes, message: bytes, bit: int) -> None:
    signer = Ed25519Signer(secret)
    signature = signer.sign(message)
    assert offline.is_signed(signer.public_key, message, signature)
    changed = bytearray(signature)
    changed[bit // 8] ^= 1 << bit % 8
    assert not offline.is_signed(signer.public_key, message, bytes(changed))
    assert not offline.is_signed(signer.public_key, message + b"!", signature)


def test_checkpoints_say_how_far_the_ledger_is_attested(
    fill: Callable[..., None], noon: datetime, tmp_path: Path
) -> None:
    store = MemoryStore()
    checkpoints = []
    for _ in range(3):
        fill(store, 5)
        checkpoints.append(make_checkpoint(store, SIGNER, noon))
    fill(store, 1)
    write_checkpoints(tmp_path / "checkpoints.jsonl", checkpoints)
    checkpoints = list(read_checkpoints(tmp_path / "checkpoints.jsonl"))
    result = verify(store.lines(), checkpoints=checkpoints, trusted=[SIGNER.public_key.hex()])
    assert (result.ok, result.covered, result.entries, result.warnings) == (True, 15, 16, ())
    assert verify(store.lines(), checkpoints=checkpoints).warnings
    other = Ed25519Signer(bytes(32)).public_key.hex()
    assert "not trusted" in str(verify(store.lines(), checkpoints=checkpoints, trusted=[other]))


def test_a_checkpoint_with_a_changed_word_is_false(fill: Callable[..., None], noon: datetime) -> None:
    from dataclasses import replace

    store = MemoryStore()
    fill(store, 4)
    true = make_checkpoint(store, SIGNER, noon)
    for changed in (replace(true, at="2020-01-14T00:00:00.000000Z"), replace(true, root="0" * 64)):
        assert "signature" in str(verify(store.lines(), checkpoints=[changed]))


@pytest.mark.parametrize("matter", [None, "DEN-2020-1"])
def test_an_export_is_checked_with_python_alone(
    tmp_path: Path, fill: Callable[..., None], noon: datetime, matter: str | None
) -> None:
    store, keys = FileStore(tmp_path / "ledger.jsonl"), MemoryKeyStore()
    fill(store, 21, keys)
    checkpoint = make_checkpoint(store, SIGNER, noon)
    fill(store, 2, keys)
    folder = export_ledger(
        store, tmp_path / "out", made_at=noon, made_by="records", matter=matter, checkpoints=[checkpoint], keys=keys
    )
    code, said = check(folder, "--key", checkpoint.key)
    assert (code, said.splitlines()[-1]) == (0, "All holds."), said
    assert ("proved to be in the ledger" in said) == (matter is not None)
    assert "opened parts are what was sealed" in said
    code, said = check(folder, "--key", "00" * 32)
    assert code == 1
    assert "key that you did not name" in said
    readme = (folder / "README.md").read_text()
    assert "python3 verify_ledger.py" in readme


def test_every_file_of_an_export_is_covered(tmp_path: Path, fill: Callable[..., None], noon: datetime) -> None:
    store, keys = MemoryStore(), MemoryKeyStore()
    fill(store, 8, keys)
    folder = export_ledger(
        store, tmp_path / "out", made_at=noon, made_by="records", matter="DEN-2020-1", keys=keys,
        checkpoints=[make_checkpoint(store, SIGNER, noon)],
    )  # fmt: skip
    for path in sorted(folder.iterdir()):
        if path.name in ("manifest.json", "verify_ledger.py"):
            continue
        whole = path.read_bytes()
        for position in (0, len(whole) // 3, len(whole) // 2, len(whole) - 1):
            path.write_bytes(whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :])
            assert offline.main([str(folder)]) == 1, (path.name, position)
        path.write_bytes(whole)
    assert offline.main([str(folder)]) == 0


@pytest.mark.parametrize("name", ["entries.jsonl", "opened.jsonl", "proofs.json", "checkpoints.jsonl"])
def test_a_forger_who_also_mends_the_manifest_is_still_found(
    tmp_path: Path, fill: Callable[..., None], noon: datetime, name: str
) -> None:
    from hashlib import sha256

    store, keys = MemoryStore(), MemoryKeyStore()
    fill(store, 8, keys)
    folder = export_ledger(
        store, tmp_path / "out", made_at=noon, made_by="records", matter="DEN-2020-1", keys=keys,
        checkpoints=[make_checkpoint(store, SIGNER, noon)],
    )  # fmt: skip
    path, manifest = folder / name, folder / "manifest.json"
    old = path.read_bytes()
    new = old.replace(b"Ana", b"Eva") if name == "opened.jsonl" else old.replace(b"1", b"2")
    assert new != old
    path.write_bytes(new)
    manifest.write_text(manifest.read_text().replace(sha256(old).hexdigest(), sha256(new).hexdigest()))
    assert offline.main([str(folder)]) == 1


def test_destroyed_data_is_absent_from_an_export_and_said_to_be(
    tmp_path: Path, fill: Callable[..., None], noon: datetime
) -> None:
    store, keys = MemoryStore(), MemoryKeyStore()
    fill(store, 8, keys)
    keys.destroy("DEN-2020-1")
    folder = export_ledger(store, tmp_path / "out", made_at=noon, made_by="records", keys=keys)
    assert "2 sealed parts are gone" in (folder / "README.md").read_text()
    assert check(folder)[0] == 0


def test_a_ledger_that_does_not_hold_is_not_exported_as_evidence(
    tmp_path: Path, fill: Callable[..., None], noon: datetime
) -> None:
    store = MemoryStore()
    fill(store, 5)
    lines = list(store.lines())
    broken = MemoryStore([*lines[:2], *lines[3:]])
    with pytest.raises(LedgerError, match="does not hold"):
        export_ledger(broken, tmp_path / "out", made_at=noon, made_by="records")


def test_an_export_needs_a_known_matter_and_an_empty_folder(
    tmp_path: Path, fill: Callable[..., None], noon: datetime
) -> None:
    store = MemoryStore()
    fill(store, 5)
    with pytest.raises(LedgerError, match="no entry of a matter"):
        export_ledger(store, tmp_path / "one", made_at=noon, made_by="records", matter="X")
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "something").touch()
    with pytest.raises(LedgerError, match="not empty"):
        export_ledger(store, tmp_path / "two", made_at=noon, made_by="records")


def test_an_export_of_entries_out_of_order_names_the_entry(
    tmp_path: Path, fill: Callable[..., None], noon: datetime
) -> None:
    store = MemoryStore()
    fill(store, 6)
    append(store, type="note", actor="a", at=noon, payload={})
    folder = export_ledger(store, tmp_path / "out", made_at=noon, made_by="records")
    path = folder / "entries.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:3], *lines[4:]]))
    code, said = check(folder)
    assert code == 1
    assert "entry 5" in said
    assert "The 3 entries before it hold" in said
