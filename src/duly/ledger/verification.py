"""Reads a ledger from its first entry to its last and says whether it is whole, or which entry is the first that is not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal

from duly.ledger.checkpoint import Checkpoint
from duly.ledger.entry import (
    GENESIS,
    HEADER_FIELDS,
    SEALED,
    BadLineError,
    Entry,
    LedgerError,
    read_entry,
    split_line,
)
from duly.ledger.merkle import GrowingTree
from duly.ledger.reading import open_with_salt
from duly.ledger.sealing import KeyStore

Scope = Literal["ledger", "matter"]
_EVERY = 10_000
_read_json = (
    json.JSONDecoder().raw_decode
)  # without the whitespace that `json.loads` looks for: canonical JSON has none
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


@dataclass(frozen=True, slots=True)
class BadEntry:
    """The first entry that does not hold: its place in what was read (from 1), what it calls itself, and what is wrong."""

    position: int
    sequence: int | None
    matter: str | None
    type: str | None
    problem: str

    def __str__(self) -> str:
        named = f"Entry {self.sequence if self.sequence is not None else f'at line {self.position}'}"
        about = ", ".join(text for text in (self.matter and f"matter {self.matter}", self.type) if text)
        return f"{named}{f' ({about})' if about else ''}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Verification:
    """What came out. `entries` is how many hold, from the first on; `head` the hash of the last of them.

    `covered` is the last entry that a signed checkpoint covers: what follows it could still be cut off unseen. Sealed
    parts are only counted when keys were given: `opened`, and `destroyed` (their key is gone, by design).
    """

    ok: bool
    entries: int
    head: str
    matters: int
    first_bad: BadEntry | None = None
    covered: int = 0
    opened: int = 0
    destroyed: int = 0
    warnings: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.first_bad is not None:
            return f"{self.first_bad} The {self.entries} entries before it hold."
        return f"All {self.entries} entries hold; the last has the hash {self.head}."


def verify(
    entries: Iterable[Entry | bytes],
    keys: KeyStore | None = None,
    *,
    checkpoints: Collection[Checkpoint] = (),
    trusted: Collection[str] | None = None,
    scope: Scope = "ledger",
    progress: Callable[[int], None] | None = None,
) -> Verification:
    """Checks every entry against its own hash, its content, and its place in both chains; streaming, in one pass.

    `entries` are the lines of a store (`store.lines()`), or `Entry` objects. With `keys` every sealed part is opened as
    well. `checkpoints` must be met by the chain; `trusted` are the public keys (hex) from which they are accepted.
    `scope="matter"` reads the entries of one matter, whose links to other matters' entries cannot be followed.
    `progress` is called with the number of entries read, every ten thousand.
    """
    reader = _Reader(keys, checkpoints, trusted, scope)
    position = 0
    try:
        for position, one in enumerate(entries, start=1):
            reader.take(one.line if isinstance(one, Entry) else one)
            if progress is not None and position % _EVERY == 0:
                progress(position)
        position += 1
        reader.end()
    except _BadError as bad:
        return reader.result(BadEntry(position, bad.sequence, bad.matter, bad.type, bad.problem))
    except LedgerError as error:
        return reader.result(BadEntry(position + 1, None, None, None, error.message))
    return reader.result(None)


class _BadError(Exception):
    """Carries the first problem out of the loop."""

    def __init__(self, problem: str, fields: dict[str, Any] | None = None, **known: Any) -> None:
        named = {**(fields or {}), **known}
        sequence, matter, type_ = named.get("sequence"), named.get("matter"), named.get("type")
        self.sequence = sequence if isinstance(sequence, int) else None
        self.matter = matter if isinstance(matter, str) else None
        self.type = type_ if isinstance(type_, str) else None
        self.problem = problem
        super().__init__(problem)


class _Reader:
    """The state of one pass."""

    def __init__(
        self, keys: KeyStore | None, checkpoints: Collection[Checkpoint], trusted: Collection[str] | None, scope: Scope
    ) -> None:
        self._keys, self._scope = keys, scope
        self._sequence, self._head, self._count = 0, GENESIS, 0
        self._matters: dict[str, tuple[int, str]] = {}
        self._tree = GrowingTree() if checkpoints and scope == "ledger" else None
        self._checkpoints = sorted(checkpoints, key=lambda one: one.sequence)
        self._trusted = None if trusted is None else {key.lower() for key in trusted}
        self._covered = self._opened = self._destroyed = self._backward = 0
        self._at = ""

    def take(self, line: bytes) -> None:
        try:
            header, claimed, payload = split_line(line)
        except BadLineError as error:
            raise _BadError("its outer form is broken, so a byte of it was changed, added or lost.") from error
        true_hash = sha256(header).hexdigest()
        try:
            text = header.decode("utf-8")
            fields, end = _read_json(text)
        except (ValueError, RecursionError):
            fields = None
        if not isinstance(fields, dict) or end != len(text):
            raise _BadError("it cannot be read: a byte of it was changed.")
        if true_hash != claimed.decode("latin-1"):
            raise _BadError("its hash does not match what it says: one of the two was changed.", fields)
        if fields.keys() != HEADER_FIELDS:
            raise _BadError("it has not the fields of an entry.", fields)
        if sha256(payload).hexdigest() != fields["payload_digest"]:
            raise _BadError("its content does not match the digest in it: the content was changed.", fields)
        self._follow(fields, true_hash)
        self._time(fields)
        if self._keys is not None:
            self._open(line, fields)
        self._count += 1
        if self._checkpoints or self._tree is not None:
            self._checkpoint(fields, true_hash)

    def _follow(self, fields: dict[str, Any], true_hash: str) -> None:
        sequence, matter = fields["sequence"], fields["matter"]
        if not isinstance(sequence, int) or not (matter is None or isinstance(matter, str)):
            raise _BadError("its number or its matter is of the wrong kind.", fields)
        if self._scope == "ledger":
            if sequence != self._sequence + 1:
                raise _BadError(_gap(self._sequence, sequence), fields)
            if fields["previous"] != self._head:
                raise _BadError(
                    f"it does not follow entry {self._sequence}: that entry was another when this one was written.",
                    fields,
                )
        elif sequence <= self._sequence:
            raise _BadError(f"it stands after entry {self._sequence}, out of order.", fields)
        if matter is not None:
            before = self._matters.get(matter, (0, GENESIS))
            if fields["matter_sequence"] != before[0] + 1:
                raise _BadError(
                    f"it calls itself number {fields['matter_sequence']} of its matter, where {before[0] + 1} was due: "
                    "an entry is missing or out of order.",
                    fields,
                )
            if fields["previous_in_matter"] != before[1]:
                raise _BadError(f"it does not follow number {before[0]} of its matter.", fields)
            self._matters[matter] = (before[0] + 1, true_hash)
        elif fields["matter_sequence"] is not None or fields["previous_in_matter"] is not None:
            raise _BadError("it names no matter and yet a place in one.", fields)
        if self._scope == "matter" and len(self._matters) != 1:
            raise _BadError("it belongs to another matter than the first entry.", fields)
        self._sequence, self._head = sequence, true_hash

    def _time(self, fields: dict[str, Any]) -> None:
        at = fields["at"]
        if at != self._at and (not isinstance(at, str) or _AT.fullmatch(at) is None):
            raise _BadError("its time is not a time.", fields)
        self._backward += at < self._at
        self._at = at

    def _open(self, line: bytes, fields: dict[str, Any]) -> None:
        if self._keys is None or b'"sealed"' not in line:
            return
        entry = read_entry(line)
        if SEALED not in entry.payload:
            return
        try:
            opened = open_with_salt(entry, self._keys)
        except LedgerError as error:
            raise _BadError(error.message, fields) from error
        self._opened += opened is not None
        self._destroyed += opened is None

    def _checkpoint(self, fields: dict[str, Any], true_hash: str) -> None:
        if self._tree is not None:
            self._tree.add(true_hash)
        while self._checkpoints and self._checkpoints[0].sequence <= self._sequence:
            one = self._checkpoints.pop(0)
            self._check_signature(one)
            if one.sequence != self._sequence:
                continue  # of a matter's entries only some are here
            if one.hash != true_hash or (self._tree is not None and one.root != self._tree.root):
                raise _BadError(f"the checkpoint signed at {one.at} attests another ledger up to here.", fields)
            self._covered = one.sequence

    def _check_signature(self, one: Checkpoint) -> None:
        if self._trusted is not None and one.key.lower() not in self._trusted:
            raise _BadError(
                f"the checkpoint at entry {one.sequence} is signed by a key that is not trusted: {one.key}."
            )
        if not one.is_signed_truly():
            raise _BadError(f"the signature of the checkpoint at entry {one.sequence} is false.")

    def end(self) -> None:
        for one in self._checkpoints:
            self._check_signature(one)
            if self._scope == "ledger" and one.sequence > 0:
                raise _BadError(
                    f"the ledger ends at entry {self._sequence}, but the checkpoint signed at {one.at} attests "
                    f"{one.sequence} entries: the rest was cut off.",
                    sequence=self._sequence + 1,
                )

    def result(self, bad: BadEntry | None) -> Verification:
        warnings = []
        if self._backward:
            warnings.append(
                f"The time goes back {self._backward} times from one entry to the next: a clock was set back."
            )
        if self._covered and self._trusted is None:
            warnings.append("Whose key signed the checkpoints was not checked: no trusted key was given.")
        return Verification(
            bad is None, self._count, self._head, len(self._matters), bad, self._covered, self._opened,
            self._destroyed, tuple(warnings),
        )  # fmt: skip


def _gap(before: int, found: object) -> str:
    if isinstance(found, int) and found > before + 1:
        missing = f"entry {before + 1} is" if found == before + 2 else f"entries {before + 1} to {found - 1} are"
        return f"it stands after entry {before}: {missing} missing."
    return f"it stands after entry {before}, out of order or twice."
