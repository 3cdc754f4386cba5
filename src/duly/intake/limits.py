"""How much one file may cost: bytes, pages, pixels, memory, seconds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file. `seconds` is for opening it, `seconds_per_page` is added for each page; `memory` is in bytes.

    Seconds are of the wall clock, and wide: a faxed page takes ten by itself, and ten times that on a busy machine.
    A page larger than `pixels` is read at a lower resolution where the format allows it, and refused otherwise.
    """

    bytes: int = 200_000_000
    pages: int = 1_000
    pixels: int = 60_000_000
    memory: int = 3_000_000_000
    seconds: float = 60.0
    seconds_per_page: float = 90.0
