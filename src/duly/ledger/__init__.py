"""The ledger: an append-only record of everything done, in which any later change shows, and which proves itself offline.

`append` records one act in a `Store` (a file, SQLite, or a table of the desk's own database), refusing it with
`Conflict` when the matter has moved on. Personal data goes under `sealed`, encrypted under the matter's key, so that
destroying the key destroys the data and leaves the chain whole. `verify` names the first entry that does not hold.
"""

from duly.ledger.checkpoint import (
    Checkpoint,
    Ed25519Signer,
    Signer,
    make_checkpoint,
    read_checkpoints,
    write_checkpoints,
)
from duly.ledger.entry import GENESIS, Entry, LedgerError, canonical, digest, join_line, read_entry, split_line
from duly.ledger.export import export_ledger
from duly.ledger.file_store import FileStore, TornLineError
from duly.ledger.key_stores import FileKeyStore, MemoryKeyStore
from duly.ledger.reading import open_sealed
from duly.ledger.sealing import KeyDestroyedError, KeyStore, SealingKey
from duly.ledger.sqlite_store import SqliteStore
from duly.ledger.store import Conflict, ConflictError, Draft, Head, MemoryStore, Store, Writer, append, append_all
from duly.ledger.verification import BadEntry, Verification, verify

__all__ = [
    "GENESIS",
    "BadEntry",
    "Checkpoint",
    "Conflict",
    "ConflictError",
    "Draft",
    "Ed25519Signer",
    "Entry",
    "FileKeyStore",
    "FileStore",
    "Head",
    "KeyDestroyedError",
    "KeyStore",
    "LedgerError",
    "MemoryKeyStore",
    "MemoryStore",
    "SealingKey",
    "Signer",
    "SqliteStore",
    "Store",
    "TornLineError",
    "Verification",
    "Writer",
    "append",
    "append_all",
    "canonical",
    "digest",
    "export_ledger",
    "join_line",
    "make_checkpoint",
    "open_sealed",
    "read_checkpoints",
    "read_entry",
    "split_line",
    "verify",
    "write_checkpoints",
]
