"""Signed checkpoints: where the ledger stood at a time, so that nothing before it can be cut off or written anew."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from duly.errors import Place
from duly.ledger.entry import AT_FORMAT, GENESIS, LedgerError, canonical, split_line
from duly.ledger.merkle import GrowingTree
from duly.ledger.store import Store

SCHEMA = "duly.checkpoint/1"


class Signer(Protocol):
    """Whoever signs checkpoints: a key in a file, or a device that keeps it."""

    @property
    def public_key(self) -> bytes:
        """The 32 bytes of the Ed25519 public key."""

    def sign(self, data: bytes) -> bytes:
        """The 64 bytes of the Ed25519 signature (RFC 8032)."""


class Ed25519Signer:
    """Signs with a private key of 32 bytes."""

    def __init__(self, private_key: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(private_key)

    @property
    def public_key(self) -> bytes:
        return self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def sign(self, data: bytes) -> bytes:
        return self._key.sign(data)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The ledger stood at entry `sequence` with `hash`; `root` is the Merkle root over all entries up to it.

    `at` is UTC as text, `key` the signer's public key and `signature` its signature over everything else, all in hex.
    """

    sequence: int
    hash: str
    root: str
    at: str
    key: str
    signature: str = ""

    @property
    def signed_bytes(self) -> bytes:
        fields = {name: value for name, value in asdict(self).items() if name != "signature"}
        return canonical({"schema": SCHEMA, **fields})

    @property
    def line(self) -> bytes:
        return canonical({"schema": SCHEMA, **asdict(self)})

    def is_signed_truly(self) -> bool:
        """Whether the signature is that of `key`; whose key that is, is for the reader to know."""
        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.key))
            key.verify(bytes.fromhex(self.signature), self.signed_bytes)
        except (InvalidSignature, ValueError):
            return False
        return True


def make_checkpoint(store: Store, signer: Signer, at: datetime) -> Checkpoint:
    """Signs where the ledger stands. Reads every entry's hash once; a million entries take a few seconds."""
    tree, last = GrowingTree(), GENESIS
    for line in store.lines():
        last = split_line(line)[1].decode("ascii")
        tree.add(last)
    bare = Checkpoint(tree.size, last, tree.root, at.astimezone(UTC).strftime(AT_FORMAT), signer.public_key.hex())
    signature = signer.sign(bare.signed_bytes).hex()
    return Checkpoint(bare.sequence, bare.hash, bare.root, bare.at, bare.key, signature)


def read_checkpoints(path: Path) -> tuple[Checkpoint, ...]:
    """The checkpoints of a JSON-lines file, in the order in which they were made."""
    found = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            fields = json.loads(line)
            if fields.pop("schema") != SCHEMA:
                raise KeyError("schema")
            found.append(Checkpoint(**fields))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise LedgerError(
                "This line is not a checkpoint.", place=Place(file=str(path), line=number), code="bad-checkpoint"
            ) from error
    return tuple(found)


def write_checkpoints(path: Path, checkpoints: Iterable[Checkpoint]) -> None:
    path.write_bytes(b"".join(one.line + b"\n" for one in checkpoints))
