#!/usr/bin/env python3
"""Verifies an exported ledger with nothing but Python 3.9 or newer: no network, no other package, nothing of Duly's.

Usage:   python3 verify_ledger.py [FOLDER] [--key HEX]...      (FOLDER is where this file lies, unless another is named)

It reads entries.jsonl, checks each entry against its own hash, its content and its place in the chains, then the signed
checkpoints, the proofs that tie a single matter to them, the opened personal data, and the files listed in
manifest.json. With --key it accepts checkpoints of that public key only. Exit: 0 all holds, 1 something does not.

What it relies on: SHA-256; canonical JSON (RFC 8785), in which every part is kept exactly as it was hashed; Ed25519
(RFC 8032), written out below; Merkle proofs (RFC 9162, section 2.1.3).
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

GENESIS = "0" * 64
FIELDS = {
    "actor", "at", "matter", "matter_sequence", "payload_digest", "previous", "previous_in_matter", "sequence", "type",
    "version",
}  # fmt: skip
BEGIN, HASH, PAYLOAD, END = b'{"entry":', b',"hash":"', b'","payload":', b"}"
Json = dict[str, Any]


class DoesNotHoldError(Exception):
    """Something does not hold; its text says what."""


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def split(line: bytes) -> tuple[bytes, str, bytes]:
    """Header, hash and payload of a line, byte for byte."""
    cut = line.find(HASH)
    if not line.startswith(BEGIN) or cut < 0 or line[cut + 73 : cut + 85] != PAYLOAD or not line.endswith(END):
        raise DoesNotHoldError("its outer form is broken, so a byte of it was changed, added or lost")
    return line[9:cut], line[cut + 9 : cut + 73].decode("latin-1"), line[cut + 85 : -1]


def lines_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        for line in file:
            if not line.endswith(b"\n"):
                raise DoesNotHoldError(f"{path.name} ends in the middle of a line")
            yield line[:-1]


class Chain:
    """The entries as they pass: hashes and sealed envelopes by sequence, and where each matter stands."""

    def __init__(self, one_matter: bool) -> None:
        self.one_matter = one_matter
        self.hashes: dict[int, str] = {}
        self.envelopes: dict[int, Json] = {}
        self.matters: dict[str, tuple[int, str]] = {}
        self.sequence, self.head = 0, GENESIS

    def read(self, path: Path) -> None:
        number = 0
        for number, line in enumerate(lines_of(path), start=1):
            name = f"the entry at line {number}"
            try:
                header, claimed, payload = split(line)
                fields = read_header(header)
                name = f"entry {fields['sequence']} ({fields['type']})"
                true_hash = sha256(header)
                if true_hash != claimed:
                    raise DoesNotHoldError("its hash does not match what it says: one of the two was changed")
                if sha256(payload) != fields["payload_digest"]:
                    raise DoesNotHoldError("its content does not match the digest in it: the content was changed")
                self.follow(fields, true_hash)
            except DoesNotHoldError as wrong:
                raise DoesNotHoldError(f"{name}: {wrong}. The {number - 1} entries before it hold.") from wrong
            content = json.loads(payload)
            if isinstance(content, dict) and isinstance(content.get("sealed"), dict):
                self.envelopes[self.sequence] = content["sealed"]

    def follow(self, fields: Json, true_hash: str) -> None:
        sequence, matter = fields["sequence"], fields["matter"]
        if self.one_matter and (not isinstance(sequence, int) or sequence <= self.sequence):
            raise DoesNotHoldError("it stands out of order")
        if not self.one_matter and sequence != self.sequence + 1:
            raise DoesNotHoldError(f"it stands after entry {self.sequence}: something is missing or out of order")
        if not self.one_matter and fields["previous"] != self.head:
            raise DoesNotHoldError("it does not follow the entry before it")
        if matter is not None:
            before = self.matters.get(matter, (0, GENESIS))
            if (fields["matter_sequence"], fields["previous_in_matter"]) != (before[0] + 1, before[1]):
                raise DoesNotHoldError("it does not follow the entry of its matter before it")
            self.matters[matter] = (before[0] + 1, true_hash)
        if self.one_matter and len(self.matters) != 1:
            raise DoesNotHoldError("it belongs to another matter")
        self.sequence, self.head = sequence, true_hash
        self.hashes[sequence] = true_hash


def read_header(header: bytes) -> Json:
    try:
        fields = json.loads(header)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        raise DoesNotHoldError("it cannot be read: a byte of it was changed")
    if set(fields) != FIELDS:
        raise DoesNotHoldError("it has not the fields of an entry")
    return fields


# Ed25519 verification (RFC 8032, section 5.1.7), in integers. Slow and simple: some milliseconds for one signature.
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = tuple[int, int, int, int]


def add(one: Point, other: Point) -> Point:
    a, b = (one[1] - one[0]) * (other[1] - other[0]) % P, (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    result: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = add(result, point)
        point, number = add(point, point), number >> 1
    return result


def decompress(data: bytes) -> Point | None:
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def is_signed(key: bytes, data: bytes, signature: bytes) -> bool:
    if len(key) != 32 or len(signature) != 64:
        return False
    base = decompress((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    a, r, s = decompress(key), decompress(signature[:32]), int.from_bytes(signature[32:], "little")
    if base is None or a is None or r is None or s >= Q:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + data).digest(), "little") % Q
    left, right = times(s, base), add(r, times(k, a))
    return not (left[0] * right[2] - right[0] * left[2]) % P and not (left[1] * right[2] - right[1] * left[2]) % P


def canonical(value: Any) -> str:
    """Canonical JSON (RFC 8785) of what `json.loads` gives."""
    if isinstance(value, float):
        return number(value)
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        members = ",".join(f"{json.dumps(name, ensure_ascii=False)}:{canonical(value[name])}" for name in names)
        return "{" + members + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def number(value: float) -> str:
    """A number as ECMAScript writes it (RFC 8785, section 3.2.2.3), from Python's shortest digits."""
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    text, point = "".join(map(str, digits)), len(digits) + int(exponent)
    if value == 0:
        return "0"
    if len(text) <= point <= 21:
        text += "0" * (point - len(text))
    elif 0 < point <= 21:
        text = f"{text[:point]}.{text[point:]}"
    elif -6 < point <= 0:
        text = "0." + "0" * -point + text
    else:
        text = f"{text[0]}{'.' + text[1:] if len(text) > 1 else ''}e{point - 1:+d}"
    return ("-" if sign else "") + text


class Tree:
    """The Merkle root over all entries so far."""

    def __init__(self) -> None:
        self.size = 0
        self.peaks: list[tuple[int, bytes]] = []

    def add(self, entry_hash: str) -> None:
        node, height = hashlib.sha256(b"\x00" + bytes.fromhex(entry_hash)).digest(), 0
        while self.peaks and self.peaks[-1][0] == height:
            node, height = hashlib.sha256(b"\x01" + self.peaks.pop()[1] + node).digest(), height + 1
        self.peaks.append((height, node))
        self.size += 1

    def root(self) -> str:
        node = self.peaks[-1][1] if self.peaks else hashlib.sha256(b"").digest()
        for _, peak in reversed(self.peaks[:-1]):
            node = hashlib.sha256(b"\x01" + peak + node).digest()
        return node.hex()


def root_of(entry_hash: str, sequence: int, size: int, proof: list[str]) -> str | None:
    place, last, rest = sequence - 1, size - 1, list(proof)
    node = hashlib.sha256(b"\x00" + bytes.fromhex(entry_hash)).digest()
    while last:
        if place % 2 or place < last:
            if not rest:
                return None
            neighbour = bytes.fromhex(rest.pop(0))
            node = hashlib.sha256(b"\x01" + (neighbour + node if place % 2 else node + neighbour)).digest()
        place, last = place // 2, last // 2
    return None if rest else node.hex()


def check_checkpoints(path: Path, chain: Chain, trusted: set[str]) -> set[tuple[int, str]]:
    """Checks signatures and, for a whole ledger, that the chain meets every checkpoint; returns them."""
    found = [json.loads(line) for line in lines_of(path)]
    tree = Tree()
    for one in sorted(found, key=lambda one: int(one["sequence"])):
        sequence = one["sequence"]
        fields = {name: value for name, value in one.items() if name != "signature"}
        if trusted and one["key"].lower() not in trusted:
            raise DoesNotHoldError(f"the checkpoint at entry {sequence} is signed by a key that you did not name")
        if not is_signed(bytes.fromhex(one["key"]), canonical(fields).encode(), bytes.fromhex(one["signature"])):
            raise DoesNotHoldError(f"the signature of the checkpoint at entry {sequence} is false")
        if sequence in chain.hashes and chain.hashes[sequence] != one["hash"]:
            raise DoesNotHoldError(f"the checkpoint at entry {sequence} attests another entry there")
        if chain.one_matter:
            continue
        if sequence > len(chain.hashes):
            raise DoesNotHoldError(
                f"the checkpoint attests {sequence} entries, here are {len(chain.hashes)}: the rest was cut off"
            )
        while tree.size < sequence:
            tree.add(chain.hashes[tree.size + 1])
        if tree.root() != one["root"]:
            raise DoesNotHoldError(f"the checkpoint at entry {sequence} attests other entries before it")
    return {(one["sequence"], one["root"]) for one in found}


def check_proofs(path: Path, chain: Chain, checkpoints: set[tuple[int, str]]) -> int:
    proofs = json.loads(path.read_bytes())
    size, root = int(proofs["checkpoint"]), proofs["root"]
    if (size, root) not in checkpoints:
        raise DoesNotHoldError("the proofs lead to a checkpoint that is not here")
    for sequence, entry_hash in chain.hashes.items():
        proof = proofs["proofs"].get(str(sequence))
        if sequence <= size and (proof is None or root_of(entry_hash, sequence, size, proof) != root):
            raise DoesNotHoldError(f"entry {sequence} is not among the entries that the checkpoint attests")
    return size


def check_opened(path: Path, chain: Chain) -> int:
    """Opened personal data against the commitment that the chain holds; returns how many parts were checked."""
    count = 0
    for line in lines_of(path):
        one = json.loads(line)
        envelope = chain.envelopes.get(one["sequence"])
        if envelope is None:
            raise DoesNotHoldError(f"something is shown as the sealed part of entry {one['sequence']}, which has none")
        plain = canonical({"content": one["content"], "salt": one["salt"]}).encode()
        if sha256(plain) != envelope["commitment"]:
            raise DoesNotHoldError(
                f"what is shown as the sealed part of entry {one['sequence']} is not what was sealed"
            )
        count += 1
    return count


def check_manifest(folder: Path) -> Json:
    manifest: Json = json.loads((folder / "manifest.json").read_bytes())
    for name, expected in manifest["files"].items():
        if not re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*", name):
            raise DoesNotHoldError(f"the manifest names a file outside the folder: {name}")
        if not (folder / name).exists():
            raise DoesNotHoldError(f"{name} is missing")
        if sha256((folder / name).read_bytes()) != expected:
            raise DoesNotHoldError(f"{name} is not the file that was exported")
    if "entries.jsonl" not in manifest["files"]:
        raise DoesNotHoldError("the manifest does not cover the entries")
    return manifest


def verify(folder: Path, trusted: set[str]) -> None:
    """All checks in turn, printing what held; raises at the first that does not."""
    files = {path.name for path in folder.iterdir()}
    one_matter = json.loads((folder / "manifest.json").read_bytes())["matter"]
    chain = Chain(one_matter is not None)
    chain.read(folder / "entries.jsonl")  # before the manifest is checked, because it can name the entry
    manifest = check_manifest(folder)
    if len(chain.hashes) != manifest["entries"]:
        raise DoesNotHoldError(f"the manifest speaks of {manifest['entries']} entries, here are {len(chain.hashes)}")
    if one_matter is not None and set(chain.matters) != {one_matter}:
        raise DoesNotHoldError("the entries belong to another matter than the manifest says")
    print(f"{len(chain.hashes)} entries hold ({'the whole ledger' if one_matter is None else f'matter {one_matter}'}).")
    if "checkpoints.jsonl" in files:
        checkpoints = check_checkpoints(folder / "checkpoints.jsonl", chain, trusted)
        print(f"{len(checkpoints)} checkpoints are truly signed, and nothing here contradicts them.")
        if not trusted:
            print("  Whose key signed them was not checked; name the office's key with --key.")
        if "proofs.json" in files:
            size = check_proofs(folder / "proofs.json", chain, checkpoints)
            print(f"Every entry here up to number {size} is proved to be in the ledger that was signed.")
    elif trusted:
        raise DoesNotHoldError("you named a key, and there is no signed checkpoint here")
    else:
        print("There is no signed checkpoint: that the last entries were not cut off is not proved.")
    if "opened.jsonl" in files:
        print(f"{check_opened(folder / 'opened.jsonl', chain)} opened parts are what was sealed.")


def main(arguments: list[str]) -> int:
    trusted: set[str] = set()
    folder = Path(__file__).resolve().parent
    while arguments:
        argument = arguments.pop(0)
        if argument == "--key" and arguments:
            trusted.add(arguments.pop(0).lower())
        elif argument.startswith("-"):
            print(__doc__)
            return 2
        else:
            folder = Path(argument)
    try:
        verify(folder, trusted)
    except DoesNotHoldError as wrong:
        print(f"DOES NOT HOLD: {wrong}")
        return 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        print(f"DOES NOT HOLD: the export cannot be read ({type(error).__name__}: {error})")
        return 1
    print("All holds.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
