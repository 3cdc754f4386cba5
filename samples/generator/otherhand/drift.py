"""Wording that drifts: offices retype forms, shorten labels, leave out sentences. What decides the kind (bold words, titles) stays."""

from __future__ import annotations

import random
import re

LABELS: dict[str, tuple[str, ...]] = {
    "Subpoena Number": ("Subpoena No.", "Subpoena #", "SUBPOENA NUMBER:"),
    "(Title of Proceeding)": ("Title of Proceeding", "In Reference To:", "(Title of proceeding)"),
    "(File Number, if Applicable)": ("File Number (if applicable)", "File No.", "(File No., if applicable)"),
    "1. To (Name, Address, City, State, Zip Code)": ("1. To: (Name, Address, City, State, ZIP)", "To (Name and Address)", "1. TO"),
    "Telephone Number": ("Telephone", "Phone", "Telephone No."),
    "(B) Date": ("(B) Date:", "Date", "3(B) Date"),
    "(C) Time": ("(C) Time:", "Time", "3(C) Time"),
    "(Printed Name)": ("Printed Name", "(Print Name)", "Name (printed)"),
    "4. Records required to be produced for inspection": ("4. Records required to be produced for inspection:", "4. Records to be produced"),
    "Subject ID:": ("Subject ID", "SID:"),
    "Event #:": ("Event No:", "Event Number:"),
    "File No:": ("File Number:", "File No.", "A-File No:"),
    "Name of Alien:": ("Name of Alien", "Alien's Name:"),
    "Date of Birth:": ("DOB:", "Date of Birth"),
    "Citizenship:": ("Citizenship", "Country of Citizenship:"),
    "FROM: (DHS Office Address)": ("FROM (DHS Office Address):", "FROM: (Department of Homeland Security Office Address)"),
    "File No.": ("File No:", "File Number", "A-File No."),
    "(Signature of Authorized Immigration Officer)": ("Signature of Authorized Immigration Officer", "(Signature of Immigration Officer)"),
    "Place:": ("Place", "Location:"),
    "Date and Time:": ("Date and Time", "Date/Time:"),
    "Case No. ": ("Case Number: ", "Case No.: "),
    "Judge’s signature": ("Judge's signature", "Signature of Judge"),
    "Printed name and title": ("Printed Name and Title", "Name and title (printed)"),
    "Location:": ("Place:", "At:"),
    "Records to be produced:": ("Items to be produced:", "Documents:"),
}  # fmt: skip


def label(words: str, rng: random.Random) -> str:
    """The label as this office words it."""
    return rng.choice((words, *LABELS[words])) if words in LABELS else words


def sentences(words: str, rng: random.Random) -> str:
    """A paragraph with a sentence or a word left out here and there; entries, boxes and bold words are never lost."""
    kept = []
    for sentence in re.split(r"(?<=[.;:]) (?=[A-Z(•])", words):
        fixed = bool(re.search(r"[{\[*]", sentence))
        if fixed or not kept or rng.random() > 0.15:
            kept.append(sentence if fixed else _thinned(sentence, rng))
    return " ".join(kept)


def _thinned(sentence: str, rng: random.Random) -> str:
    return " ".join(word for word in sentence.split(" ") if len(word) > 7 or rng.random() > 0.04)
