"""Two key stores: in memory, and a folder with one file per scope that only its owner can read."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from duly.errors import Place
from duly.ledger.entry import LedgerError
from duly.ledger.sealing import KeyDestroyedError, Random, SealingKey

_KEY_BYTES = 32


def _destroyed(scope: str) -> KeyDestroyedError:
    return KeyDestroyedError(
        f"The key of {scope} was destroyed under the retention schedule, so nothing more can be sealed there.",
        remedy="Open a new matter, or record the entry without personal data.",
    )


def _never(key_id: str) -> LedgerError:
    return LedgerError(
        f"The key {key_id} is not in this key store.",
        remedy="Point Duly at the key store that belongs to this ledger, or restore it from its back-up.",
        code="unknown-key",
    )


class MemoryKeyStore:
    """Keys that live as long as the process: for tests and for reading a ledger once."""

    def __init__(self, random: Random = os.urandom) -> None:
        self._random = random
        self._scopes: dict[str, str] = {}
        self._secrets: dict[str, bytes | None] = {}
        self._lock = threading.Lock()

    def key_for(self, scope: str) -> SealingKey:
        with self._lock:
            key_id = self._scopes.get(scope)
            if key_id is None:
                key_id = self._scopes[scope] = self._random(8).hex()
                self._secrets[key_id] = self._random(_KEY_BYTES)
            secret = self._secrets[key_id]
        if secret is None:
            raise _destroyed(scope)
        return SealingKey(key_id, secret)

    def secret(self, key_id: str) -> bytes | None:
        if key_id not in self._secrets:
            raise _never(key_id)
        return self._secrets[key_id]

    def destroy(self, scope: str) -> tuple[str, ...]:
        with self._lock:
            key_id = self._scopes.get(scope)
            if key_id is None:
                return ()
            self._secrets[key_id] = None
            return (key_id,)


class FileKeyStore:
    """One small file per scope in a folder apart from the ledger (and from the ledger's back-ups).

    With `wrapping` (32 bytes from a vault or the environment) the secrets are encrypted at rest. A destroyed key's file
    is overwritten with a tombstone, and the folder synced, before `destroy` returns. Copies in back-ups are beyond this
    class: a back-up of keys must not be kept longer than retention allows.
    """

    def __init__(self, folder: Path | str, *, wrapping: bytes | None = None, random: Random = os.urandom) -> None:
        self._folder = Path(folder)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._wrapping = wrapping
        self._random = random
        self._lock = threading.Lock()

    def key_for(self, scope: str) -> SealingKey:
        with self._lock:
            key_id = self._key_id(scope)
            path = self._path(key_id)
            if not path.exists():
                self._create(key_id, scope)
            secret = self._read(key_id)
        if secret is None:
            raise _destroyed(scope)
        return SealingKey(key_id, secret)

    def secret(self, key_id: str) -> bytes | None:
        if not _is_key_id(key_id) or not self._path(key_id).exists():
            raise _never(key_id)
        return self._read(key_id)

    def destroy(self, scope: str) -> tuple[str, ...]:
        with self._lock:
            key_id = self._key_id(scope)
            path = self._path(key_id)
            if not path.exists():
                return ()
            length = path.stat().st_size
            with path.open("r+b") as file:
                # Overwritten in place before it is cut short: on a plain disk the old bytes are gone.
                file.write(self._random(length))
                file.flush()
                os.fsync(file.fileno())
                file.seek(0)
                file.truncate()
                file.write(json.dumps({"destroyed": True}).encode())
                file.flush()
                os.fsync(file.fileno())
            self._sync_folder()
            return (key_id,)

    @staticmethod
    def _key_id(scope: str) -> str:
        # A digest, because a matter's number must not decide a file's name, nor be told by it.
        return hashlib.sha256(b"duly sealing scope\0" + scope.encode()).hexdigest()[:32]

    def _path(self, key_id: str) -> Path:
        return self._folder / f"{key_id}.key"

    def _create(self, key_id: str, scope: str) -> None:
        secret = self._random(_KEY_BYTES)
        if self._wrapping is None:
            content = {"secret": secret.hex()}
        else:
            nonce = self._random(12)
            wrapped = AESGCM(self._wrapping).encrypt(nonce, secret, key_id.encode())
            content = {"nonce": nonce.hex(), "wrapped": wrapped.hex()}
        fresh = self._folder / f".{key_id}.{self._random(4).hex()}"
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(json.dumps(content).encode())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, self._path(key_id))  # fails if another process was first: then its key is the key
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        self._sync_folder()

    def _read(self, key_id: str) -> bytes | None:
        path = self._path(key_id)
        try:
            content = json.loads(path.read_bytes())
            if content.get("destroyed"):
                return None
            if "secret" in content:
                return bytes.fromhex(content["secret"])
            if self._wrapping is None:
                raise LedgerError(
                    "This key is wrapped, and no wrapping key was given.",
                    place=Place(file=str(path)),
                    remedy="Set the wrapping key of the key store.",
                    code="wrapped-key",
                )
            return AESGCM(self._wrapping).decrypt(
                bytes.fromhex(content["nonce"]), bytes.fromhex(content["wrapped"]), key_id.encode()
            )
        except (ValueError, KeyError, AttributeError, InvalidTag) as error:
            raise LedgerError(
                "This key file is damaged.", place=Place(file=str(path)), remedy="Restore it from its back-up."
            ) from error

    def _sync_folder(self) -> None:
        handle = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _is_key_id(key_id: str) -> bool:
    return len(key_id) == 32 and all(letter in "0123456789abcdef" for letter in key_id)
