"""Which characters the vendored fonts can show, read from their `cmap` tables (ISO/IEC 14496-22, 5.3.1).

PDF/A-3 forbids a missing glyph (ISO 19005-3, 6.2.11.8), so a letter must know before typesetting what it cannot show.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
_SERIF = ("SourceSerif4-Regular.otf", "SourceSerif4-It.otf", "SourceSerif4-Semibold.otf")
_FALLBACK = ("Vazirmatn-Regular.ttf", "NotoSansHebrew-Regular.ttf")


@lru_cache(maxsize=1)
def displayable() -> frozenset[int]:
    """The code points that every text style of a letter can show: in each face of the serif, or in a fallback."""
    serif = [characters(FONTS / name) for name in _SERIF]
    fallback = [characters(FONTS / name) for name in _FALLBACK]
    return frozenset.intersection(*serif).union(*fallback)


def characters(font: Path) -> frozenset[int]:
    """The code points that one TrueType or OpenType file maps to a glyph other than .notdef."""
    data = font.read_bytes()
    start = _table(data, b"cmap")
    count = struct.unpack_from(">H", data, start + 2)[0]
    found: set[int] = set()
    for index in range(count):
        platform, _, offset = struct.unpack_from(">HHL", data, start + 4 + 8 * index)
        if platform in (0, 3):
            found |= _subtable(data, start + offset)
    return frozenset(found)


def _table(data: bytes, tag: bytes) -> int:
    for index in range(struct.unpack_from(">H", data, 4)[0]):
        name, _, offset, _ = struct.unpack_from(">4sLLL", data, 12 + 16 * index)
        if name == tag:
            return int(offset)
    raise ValueError(f"The font has no {tag.decode()} table.")


def _subtable(data: bytes, at: int) -> set[int]:
    form = struct.unpack_from(">H", data, at)[0]
    if form == 4:
        return _segments(data, at)
    if form == 12:
        groups = struct.unpack_from(">L", data, at + 12)[0]
        ranges = [struct.unpack_from(">LLL", data, at + 16 + 12 * index) for index in range(groups)]
        return {code for first, last, _ in ranges for code in range(first, last + 1)}
    return set()


def _segments(data: bytes, at: int) -> set[int]:
    """Format 4: segments of code points; a mapping to glyph 0 is no mapping."""
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends, starts = at + 14, at + 16 + 2 * count
    deltas, offsets = starts + 2 * count, starts + 4 * count
    found: set[int] = set()
    for index in range(count):
        end, start, delta, offset = (
            struct.unpack_from(">H", data, table + 2 * index)[0] for table in (ends, starts, deltas, offsets)
        )
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if offset:
                glyph = struct.unpack_from(">H", data, offsets + 2 * index + offset + 2 * (code - start))[0]
            if glyph and (glyph + delta) % 65536:
                found.add(code)
    return found
