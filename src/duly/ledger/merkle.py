"""A Merkle tree over the hashes of all entries (RFC 9162, section 2.1): one root to sign, short proofs for one matter."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

EMPTY_ROOT = hashlib.sha256(b"").hexdigest()
_LEAF, _NODE = b"\x00", b"\x01"


class GrowingTree:
    """The root over the entries so far, in memory that grows with the logarithm of their number."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[tuple[int, bytes]] = []

    def add(self, entry_hash: str) -> None:
        node, height = hashlib.sha256(_LEAF + bytes.fromhex(entry_hash)).digest(), 0
        while self._peaks and self._peaks[-1][0] == height:
            node = hashlib.sha256(_NODE + self._peaks.pop()[1] + node).digest()
            height += 1
        self._peaks.append((height, node))
        self.size += 1

    @property
    def root(self) -> str:
        if not self._peaks:
            return EMPTY_ROOT
        node = self._peaks[-1][1]
        for _, peak in reversed(self._peaks[:-1]):
            node = hashlib.sha256(_NODE + peak + node).digest()
        return node.hex()


def inclusion_proofs(entry_hashes: Iterable[str], sequences: Sequence[int]) -> dict[int, list[str]]:
    """For each sequence (counted from 1) the neighbours' hashes that lead from its entry to the root."""
    level = [hashlib.sha256(_LEAF + bytes.fromhex(one)).digest() for one in entry_hashes]
    places = {sequence: sequence - 1 for sequence in sequences}
    proofs: dict[int, list[str]] = {sequence: [] for sequence in sequences}
    while len(level) > 1:
        for sequence, place in places.items():
            neighbour = place ^ 1
            if neighbour < len(level):
                proofs[sequence].append(level[neighbour].hex())
            places[sequence] = place // 2
        paired = [
            hashlib.sha256(_NODE + level[left] + level[left + 1]).digest() for left in range(0, len(level) - 1, 2)
        ]
        level = paired + level[len(level) - len(level) % 2 :]
    return proofs


def root_from_proof(entry_hash: str, sequence: int, size: int, proof: Sequence[str]) -> str | None:
    """The root to which a proof leads; None when the proof has not the shape that size and sequence demand."""
    if not 1 <= sequence <= size:
        return None
    place, last = sequence - 1, size - 1
    node = hashlib.sha256(_LEAF + bytes.fromhex(entry_hash)).digest()
    rest = list(proof)
    while last:
        if place % 2 == 1 or place < last:
            if not rest:
                return None
            neighbour = bytes.fromhex(rest.pop(0))
            pair = neighbour + node if place % 2 == 1 else node + neighbour
            node = hashlib.sha256(_NODE + pair).digest()
        place, last = place // 2, last // 2
    return None if rest else node.hex()
