"""Letters that an OCR engine took for others, told by what a value can be: its field's alphabet, closed sets, plain words.

Nothing is added: a word becomes the one known word that it resembles, or stays as it was read. What was changed is
flagged and less sure, and the words as they were read stay in the evidence.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from duly.instruments.kind import FieldSpec, Value
from duly.intake.folding import fold

MENDED = "misread letters"
_SUREST = 0.85
_LEXICON = Path(__file__).parent / "lexicon.toml"
_DIGITS = str.maketrans("OoQDlI|SsB", "0000111558")
_AS_DIGIT = "OoQDlI|SsB"


@cache
def _lexicon() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Plain words and proper ones, in small letters, and the states' letters."""
    words = tomllib.loads(_LEXICON.read_text(encoding="utf-8"))
    plain, proper = frozenset(words["plain"].split()), frozenset(words["proper"].casefold().split())
    return plain, proper, frozenset(words["states"].split())


def mended(spec: FieldSpec, value: Value) -> Value:
    """The value with what can only be misread letters set right; values that were not read by OCR stay as they are."""
    if value.evidence.method != "ocr":
        return value
    mend = _mender(spec)
    if isinstance(value.value, str):
        better: str | tuple[str, ...] = mend(value.value)
    elif isinstance(value.value, tuple):
        better = tuple(mend(item) for item in value.value)
    else:
        return value
    if better == value.value:
        return value
    evidence = replace(value.evidence, confidence=min(value.evidence.confidence, _SUREST))
    return replace(value, value=better, evidence=evidence, flags=(*value.flags, MENDED))


def _mender(spec: FieldSpec) -> Callable[[str], str]:
    if spec.type == "text" and spec.find.get("shape") == "number":
        return number
    if spec.type in ("text", "list", "address"):
        return prose
    return _as_read


def _as_read(text: str) -> str:
    return text


_A_NUMBER = re.compile(r"A?[ #-]?\d{2,3}[ -]?\d{3}[ -]?\d{3}")
_COURT_CODES = ((re.compile(r"(?<=\d-)(?:ev|cy|ov|cv\.|ey)(?=-\d)"), "cv"), (re.compile(r"(?<=\d-)(?:er|cr\.|ct)(?=-\d)"), "cr"),
    (re.compile(r"(?<=\d-)(?:rnj|nj|mi|ml|mj\.|mj,)(?=-\d)"), "mj"), (re.compile(r"(?<=\d-)(?:rnc|mc\.|me)(?=-\d)"), "mc"))  # fmt: skip


def number(text: str) -> str:
    """A number of a file or a case: dashes that were read as dots, figures read as letters, the court's letters."""
    better = re.sub(r"(?<=\w)\s?[·•]\s?(?=\w)", "-", text)
    better = re.sub(r"(?<=\w)[.:,](?=-)|(?<=-)[.:,](?=\w)", "", better)
    better = re.sub(r"(?<=[A-Za-z])[:;,](?=[A-Za-z])", "", better)
    for code, right in _COURT_CODES:
        better = code.sub(right, better)
    digits = better[:1] + better[1:].translate(_DIGITS)
    if _A_NUMBER.fullmatch(digits) and better[:1] in "A0123456789":
        return digits
    return re.sub(r"[A-Za-z0-9|]+", lambda part: _figures(part[0]), better)


def _figures(part: str) -> str:
    """A part of at least four figures in which one look-alike letter stands is all figures."""
    strange = [character for character in part if not character.isdigit()]
    if len(part) >= 5 and len(strange) == 1 and strange[0] in _AS_DIGIT:
        return part.translate(_DIGITS)
    return part


_SECTION_SIGN = re.compile(r"(?<=U\.S\.C\.|C\.F\.R\.)\s+[S$5]\s+(?=\d)")
_BRACKETS = re.compile(r"(?<=[\d)]) ?\(\s?(\w{1,3})\s?\)")
_ZIP = re.compile(r"\b([A-Za-z1|]{2})[.,]? ?([\dOolI|SB]{5})(?:[-.·]([\dOolI]{4}))?(?=\W*$|\n|[ ,.;])")
_MAIL = re.compile(r"(?<=@)([\w-]+)\s?[,.]\s?(?=(?:example|com|org|gov|net|edu)\b)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def prose(text: str) -> str:
    """Words of a sentence, an address or a list."""
    better = _SECTION_SIGN.sub(" § ", text)
    if re.match(r"\d", better):
        better = _BRACKETS.sub(r"(\1)", better)
    better = _ZIP.sub(_postal, better)
    better = _MAIL.sub(r"\1.", better)
    return _WORD.sub(lambda match: _word(match[0]), better)


def _postal(match: re.Match[str]) -> str:
    """State and postal code; as it was read when no state has such letters."""
    state = match[1].upper().replace("1", "L" if match[1][0] in "AaFf" else "I").replace("|", "I")
    state = {"UL": "IL", "II": "IL", "LL": "IL"}.get(state, state)
    if state not in _lexicon()[2]:
        return match[0]
    four = f"-{match[3].translate(_DIGITS)}" if match[3] else ""
    return f"{state} {match[2].translate(_DIGITS)}{four}"


def _word(word: str) -> str:
    """The one known word that this one resembles, in the same letters; the word itself when it may be a name."""
    plain, proper, _ = _lexicon()
    bare = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    if len(word) < 4 or word.casefold() in plain or word.casefold() in proper:
        return word
    if bare in proper or bare in plain:
        # No English word bears an accent: it is a speck.
        return _cased(bare, word)
    if len(word) < 5:
        return word
    near = _near(bare, proper, same_length=True) or (_near(bare, plain) if word.islower() else None)
    return _cased(near, word) if near else word


@cache
def _near(word: str, known: frozenset[str], same_length: bool = False) -> str | None:
    """The only known word that is one letter away (two of ten letters), or the same but for look-alikes."""
    alike = [other for other in known if fold(other) == fold(word)]
    if len(alike) == 1:
        return alike[0]
    if len(word) < 6:
        return None
    most = 2 if len(word) >= 10 and not same_length else 1
    found: list[tuple[int, str]] = []
    for other in known:
        if same_length and len(other) != len(word):
            continue
        distance = Levenshtein.distance(word, other, score_cutoff=most)
        if distance <= most:
            found.append((distance, other))
    found.sort()
    # A plural or a past tense is a word of its own, though this list has only the other form.
    found = [(distance, other) for distance, other in found if not _inflected(word, other)]
    if not found or (len(found) > 1 and found[1][0] == found[0][0]):
        return None
    return found[0][1]


def _inflected(word: str, other: str) -> bool:
    """Whether the words differ by their ending alone."""
    shorter, longer = sorted((word, other), key=len)
    return longer.startswith(shorter) or (len(word) == len(other) and word[:-1] == other[:-1])


def _cased(word: str, like: str) -> str:
    if like.isupper():
        return word.upper()
    return word.capitalize() if like[:1].isupper() else word
