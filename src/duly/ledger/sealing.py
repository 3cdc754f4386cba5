"""Personal data under a key of its own, so that destroying the key destroys the data and leaves the chain whole."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from duly.ledger.entry import SEALED, Entry, LedgerError, canonical, digest

ALGORITHM = "AES-256-GCM"
_NONCE_BYTES, _SALT_BYTES = 12, 32


class KeyDestroyedError(LedgerError):
    """Something was to be sealed under a key that retention has destroyed."""

    code = "key-destroyed"


@dataclass(frozen=True, slots=True)
class SealingKey:
    """A key's id, which is written beside what it seals, and its 32 secret bytes."""

    id: str
    secret: bytes


class KeyStore(Protocol):
    """Where sealing keys are kept, apart from the ledger. One scope (usually a matter) has one key at a time."""

    def key_for(self, scope: str) -> SealingKey:
        """The key to seal under, made if the scope has none; `KeyDestroyedError` once it has been destroyed."""

    def secret(self, key_id: str) -> bytes | None:
        """The secret of that key; None when it has been destroyed; `LedgerError` for a key that never was here."""

    def destroy(self, scope: str) -> tuple[str, ...]:
        """Destroys the scope's keys for good and returns their ids (none, if nothing was ever sealed)."""


Random = Callable[[int], bytes]


def seal(
    content: Mapping[str, Any], key: SealingKey, about: Mapping[str, Any], random: Random = os.urandom
) -> dict[str, Any]:
    """The envelope of a sealed part: ciphertext, nonce, key id and a commitment.

    `about` (matter, type, version) is bound to the ciphertext, so that it cannot be moved to another entry. The
    commitment is the SHA-256 of the content with a random salt that is itself sealed: whoever is shown salt and
    content can check them against the chain without any key; once the key is gone nobody can test a guess.
    """
    plain = canonical({"content": dict(content), "salt": random(_SALT_BYTES).hex()})
    nonce = random(_NONCE_BYTES)
    ciphertext = AESGCM(key.secret).encrypt(nonce, plain, _bound(key.id, about))
    return {
        "algorithm": ALGORITHM,
        "ciphertext": base64.b64encode(ciphertext).decode("ascii"),
        "commitment": digest(plain),
        "key": key.id,
        "nonce": base64.b64encode(nonce).decode("ascii"),
    }


def open_envelope(envelope: Mapping[str, Any], secret: bytes, about: Mapping[str, Any]) -> bytes:
    """The sealed canonical JSON (content and salt); a `LedgerError` if the envelope does not hold."""
    try:
        nonce, ciphertext = (base64.b64decode(envelope[part], validate=True) for part in ("nonce", "ciphertext"))
        plain = AESGCM(secret).decrypt(nonce, ciphertext, _bound(envelope["key"], about))
    except (InvalidTag, KeyError, ValueError, TypeError) as error:
        raise LedgerError("The sealed part cannot be opened with its key: it was changed.", code="bad-seal") from error
    if digest(plain) != envelope.get("commitment"):
        raise LedgerError("The sealed part does not match its commitment.", code="bad-seal")
    return plain


def about(entry: Entry) -> dict[str, Any]:
    """What the sealed part of an entry is bound to."""
    return {"matter": entry.matter, "type": entry.type, "version": entry.version}


def has_sealed(entry: Entry) -> bool:
    return isinstance(entry.payload.get(SEALED), Mapping)


def _bound(key_id: str, about: Mapping[str, Any]) -> bytes:
    return canonical({"about": dict(about), "algorithm": ALGORITHM, "key": key_id})
