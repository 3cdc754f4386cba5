"""One entry of the ledger: its fields, its canonical form, its hash, and the line in which it is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import rfc8785

from duly.errors import DulyError

GENESIS = "0" * 64
"""What stands as the previous hash in the first entry of a chain."""
AT_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"
SEALED = "sealed"
"""The key of a payload under which a sealed part lies, so that no open part may use it."""

_BEGIN, _HASH, _PAYLOAD, _END = b'{"entry":', b',"hash":"', b'","payload":', b"}"
HEADER_FIELDS = frozenset(
    (
        "actor",
        "at",
        "matter",
        "matter_sequence",
        "payload_digest",
        "previous",
        "previous_in_matter",
        "sequence",
        "type",
        "version",
    )
)


class LedgerError(DulyError):
    """An act on the ledger that cannot be done, or a ledger that cannot be read."""

    code = "ledger"


class BadLineError(LedgerError):
    """A line that is not an entry in canonical form."""

    code = "bad-line"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done. `payload` is its open content, with an envelope under `sealed` where part is sealed.

    `sequence` counts all entries from 1, `matter_sequence` those of the matter. `at` is aware UTC. `payload_digest` is
    the SHA-256 (hex) of the canonical payload, ciphertext included; `previous` and `previous_in_matter` are the hashes
    of the entry before, in the whole ledger and in the matter; `hash` is the SHA-256 of the canonical header, which is
    every other field but the payload itself.
    """

    sequence: int
    matter: str | None
    matter_sequence: int | None
    type: str
    version: int
    at: datetime
    actor: str
    payload: Mapping[str, Any]
    payload_digest: str
    previous: str
    previous_in_matter: str | None
    hash: str

    @property
    def header(self) -> dict[str, Any]:
        """What is hashed, as JSON values."""
        return {
            "actor": self.actor,
            "at": self.at.astimezone(UTC).strftime(AT_FORMAT),
            "matter": self.matter,
            "matter_sequence": self.matter_sequence,
            "payload_digest": self.payload_digest,
            "previous": self.previous,
            "previous_in_matter": self.previous_in_matter,
            "sequence": self.sequence,
            "type": self.type,
            "version": self.version,
        }

    @property
    def line(self) -> bytes:
        """The entry as one line of canonical JSON (RFC 8785), without the line feed."""
        return join_line(canonical(self.header), self.hash.encode("ascii"), canonical(self.payload))


def canonical(value: Any) -> bytes:
    """RFC 8785 canonical JSON. A `LedgerError` for what JSON cannot carry exactly (other types, huge integers, NaN)."""
    try:
        return bytes(rfc8785.dumps(value))
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, TypeError) as error:
        raise LedgerError(
            f"This content cannot be written to the ledger exactly: {error}.",
            remedy="Use text, true, false, whole numbers below 2^53, lists and named values; write dates as text.",
            code="not-json",
        ) from error


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def make_entry(
    *,
    sequence: int,
    matter: str | None,
    matter_sequence: int | None,
    type: str,
    version: int,
    at: datetime,
    actor: str,
    payload: Mapping[str, Any],
    previous: str,
    previous_in_matter: str | None,
) -> Entry:
    """An entry with its digest and hash computed. `at` must be aware; it is kept to the microsecond."""
    if at.utcoffset() is None:
        raise LedgerError("The time of an entry does not say its zone.", remedy="Give it in UTC.", code="naive-moment")
    text = canonical(payload)
    bare = Entry(
        sequence, matter, matter_sequence, type, version, at.astimezone(UTC), actor, json.loads(text), digest(text),
        previous, previous_in_matter, "",
    )  # fmt: skip
    return replace(bare, hash=digest(canonical(bare.header)))


def join_line(header: bytes, hash_: bytes, payload: bytes) -> bytes:
    """The line of an entry from its three canonical parts, as a store may keep them in three columns."""
    return b"".join((_BEGIN, header, _HASH, hash_, _PAYLOAD, payload, _END))


def split_line(line: bytes) -> tuple[bytes, bytes, bytes]:
    """Header, hash and payload of a line, byte for byte; a `BadLineError` if the line is not built like one."""
    cut = line.find(_HASH)
    if not line.startswith(_BEGIN) or cut < 0 or line[cut + 73 : cut + 85] != _PAYLOAD or not line.endswith(_END):
        raise BadLineError("This line is not an entry: its outer form is broken.")
    return line[9:cut], line[cut + 9 : cut + 73], line[cut + 85 : -1]


def read_entry(line: bytes) -> Entry:
    """The entry of one line, unverified: whether its hashes hold is for `verify` to say."""
    header, hash_, payload = split_line(line)
    try:
        fields, content = json.loads(header), json.loads(payload)
        at = datetime.strptime(fields["at"], AT_FORMAT).replace(tzinfo=UTC)
        return Entry(
            sequence=fields["sequence"],
            matter=fields["matter"],
            matter_sequence=fields["matter_sequence"],
            type=fields["type"],
            version=fields["version"],
            at=at,
            actor=fields["actor"],
            payload=content,
            payload_digest=fields["payload_digest"],
            previous=fields["previous"],
            previous_in_matter=fields["previous_in_matter"],
            hash=hash_.decode("ascii"),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise BadLineError(f"This line is not an entry: {error}.") from error
