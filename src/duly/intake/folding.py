"""Folds text so that the same printed words compare equal however they were typed, scanned or misread."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Shapes that an OCR engine takes for one another. Both sides of a comparison are folded, so nothing is lost but the
# difference between them.
_LOOKALIKES = str.maketrans(
    {
        "0": "o", "1": "l", "|": "l", "!": "l", "i": "l", "j": "l", "5": "s", "$": "s", "8": "b", "6": "b", "9": "g", "q": "g",
        "2": "z", "ı": "l", "§": "s", "€": "e", "¢": "c",
    }
)  # fmt: skip


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Letters and digits only, lower case, without accents, with look-alikes made one. Spaces are dropped."""
    return fold_with_origin(text)[0]


def fold_with_origin(text: str) -> tuple[str, list[int]]:
    """The folded text and, for each of its characters, the index in `text` from which it came."""
    folded: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(text):
        for letter in _letters(character):
            folded.append(letter)
            origin.append(index)
    return _join_pairs(folded, origin)


@lru_cache(maxsize=4096)
def _letters(character: str) -> str:
    decomposed = unicodedata.normalize("NFKD", character.lower())
    changed = "".join(part for part in decomposed if not unicodedata.combining(part)).translate(_LOOKALIKES)
    return "".join(part for part in changed if part.isalnum())


def _join_pairs(folded: list[str], origin: list[int]) -> tuple[str, list[int]]:
    """`rn` is read as `m`, `vv` as `w`, `cl` as `d`; only the first two are common enough to fold."""
    joined: list[str] = []
    kept: list[int] = []
    index = 0
    while index < len(folded):
        pair = "".join(folded[index : index + 2])
        if pair in {"rn", "vv"}:
            joined.append("m" if pair == "rn" else "w")
            kept.append(origin[index])
            index += 2
        else:
            joined.append(folded[index])
            kept.append(origin[index])
            index += 1
    return "".join(joined), kept


def plain(text: str) -> str:
    """Lower case without accents, runs of anything but letters and digits made one space. For dates, titles, clues."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    kept = "".join(part if part.isalnum() else " " for part in decomposed if not unicodedata.combining(part))
    return " ".join(kept.split())
