"""In what capacity somebody signed, from the title printed with the name; never from the name or a department."""

from __future__ import annotations

import re
import unicodedata

_DEPARTMENTS = re.compile(
    r"\b(?:(?:united states |u s )?department of justice|justice department|court of justice|hall of justice|criminal justice|"
    r"juvenile justice|bureau of justice \w+|justice center)\b"
)
# Officers who are called judges and sit in no court of the judicial branch.
_OFFICER_JUDGES = re.compile(
    r"\b(?:immigration judge|administrative (?:law |appeals? )?judge|hearing officer|judge advocate(?: general)?)\b"
)
_CLERK = re.compile(r"\b(?:clerk|clerks)\b")
_ATTORNEY = re.compile(r"\b(?:attorney|counsel|esq|esquire)\b")
_OFFICER = re.compile(
    r"\b(?:officer|agent|deputy|director|supervisor|supervisory|inspector|marshal|sheriff|detective|investigator|sergeant|lieutenant|"
    r"captain|constable|chief of|commander|administrator|secretary|warden|specialist|special agent|sddo|afod|fod)\b"
)
_RANK = (
    r"(?:(?:the|hon|honorable|chief|senior|presiding|acting|associate|visiting|retired|united|states|u|s|us|federal|state|"
    r"magistrate|district|circuit|county|superior|supreme|municipal|probate|family|juvenile|civil|criminal|bankruptcy|water|"
    r"appellate|appeals|court|courts|division|justice court|of|\d+(?:st|nd|rd|th)?|judicial) )*"
)
_PLACE = r"(?:(?:of|for|in|at) .+)?"
_MAGISTRATE = re.compile(
    rf"(?:{_RANK}magistrate judge ?{_PLACE}|(?:united states |u s |us |state |chief )?magistrate ?{_PLACE}|usmj|u s m j)"
)
_JUDGE = re.compile(
    rf"(?:{_RANK}judge ?{_PLACE}|(?:\w+ ){{1,3}}(?:district|circuit|county|superior|municipal|probate|family|supreme) (?:court )?judge ?{_PLACE}|"
    rf"(?:acting |chief |associate |presiding |supreme court )*justice ?(?:of the .+)?|(?:district |superior )?court commissioner ?{_PLACE}|"
    r"usdj|u s d j|j s c|d c j)"
)
# A full title that follows, or goes before, a name without a comma between them.
_BEHIND_A_NAME = re.compile(
    r"(?:\w+ ){2,}?((?:chief |senior )?(?:united states|u s|us) (?:magistrate|district|bankruptcy|circuit) judge|usmj|usdj|u s m j|u s d j)"
)
_BEFORE_A_NAME = re.compile(
    r"((?:chief |senior )?(?:united states |u s |us )?(?:magistrate|district|circuit|bankruptcy) judge) (?:\w+ ){1,3}\w+"
)
_SPOKEN_FOR = re.compile(
    r"\b(?:to|as|per|by|assistant|aide|liaison|staff|reporter|program|behalf|custody|office|school|law clerk)\b"
)
# "Judge, Julius" puts a surname first; "Judge, 4th Judicial District" a title.
_SURNAMES = ("judge", "justice", "magistrate")
_SEAT = re.compile(r"\b(?:court|district|county|division|circuit|state|of|united|\d+\w*)\b")
_TITLE_SPLIT = re.compile(r"\s*(?:,|;|\n|\(|\)|\s[-–—]\s|/s/|\|)\s*")


def capacity_of(words: str) -> str | None:
    """The capacity (a choice of `instrument.signer_capacity`) that a printed name and title shows.

    `words` is a title, or a name with its title behind it. None when no title shows one, when titles of two sorts are
    printed together, or when the only such word may be somebody's name.
    """
    words = re.sub(r"(?i)\b(judge)\s*(?:/|or)\s*magistrate\b|\bmagistrate\s*(?:/|or)\s*(judge)\b", "judge", words)
    parts = [part for piece in _TITLE_SPLIT.split(words) if (part := _bare(piece))]
    if not parts:
        return None
    if len(parts) > 1 and parts[0] in _SURNAMES and not _SEAT.search(parts[1]):
        return None
    titles = parts[1:] if len(parts) > 1 and _one(parts[0]) is None else parts
    found = {capacity for part in titles if (capacity := _one(part)) is not None}
    if "unclear" in found or len(found) > 1:
        return None
    return next(iter(found), None)


def mentions_a_judge(words: str) -> bool:
    """Whether a judge's title, or a word that may be one, stands in the words at all."""
    return re.search(r"\b(?:judge|magistrate|justice|usmj|usdj|u s m j|u s d j|j s c)\b", _bare(words)) is not None


def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = re.sub(r"[^a-z0-9]+", " ", "".join(c for c in folded if not unicodedata.combining(c))).strip()
    return re.sub(r"\s+", " ", _DEPARTMENTS.sub(" ", plain)).strip()


def _one(part: str) -> str | None:
    """The capacity that one part shows, `unclear` when it shows two, None when it shows none."""
    if (match := _BEHIND_A_NAME.fullmatch(part) or _BEFORE_A_NAME.fullmatch(part)) and not _SPOKEN_FOR.search(part):
        part = match[1]
    rest = _OFFICER_JUDGES.sub(" ", part)
    others = {
        capacity
        for capacity, pattern in (("court_clerk", _CLERK), ("attorney", _ATTORNEY), ("other_officer", _OFFICER))
        if pattern.search(rest)
    }
    if "court_clerk" in others or "attorney" in others:
        # A deputy clerk is a clerk, and a chief deputy district attorney an attorney.
        others.discard("other_officer")
    if rest != part:
        others.add("other_officer")
    bench = mentions_a_judge(rest)
    if others and bench:
        return "unclear"
    if others:
        return next(iter(others)) if len(others) == 1 else "unclear"
    if not bench and "commissioner" not in rest:
        return None
    if _SPOKEN_FOR.search(rest):
        return "unclear"
    if _MAGISTRATE.fullmatch(rest):
        return "magistrate_judge"
    return "judge" if _JUDGE.fullmatch(rest) else None
