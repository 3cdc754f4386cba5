"""How one office's software sets forms, for the second maker."""

from __future__ import annotations

import random
from dataclasses import dataclass

BASE_FOURTEEN = {
    "Helvetica": "Helvetica-Bold", "Times-Roman": "Times-Bold", "Courier": "Courier-Bold",
}  # fmt: skip
EMBEDDED = {
    "LiberationSans-Regular": "LiberationSans-Bold", "LiberationSerif-Regular": "LiberationSerif-Bold",
    "Caladea-Regular": "Caladea-Bold",
}  # fmt: skip


@dataclass(frozen=True)
class Look:
    """How one office's software sets forms."""

    face: str = "Helvetica"
    bold: str = "Helvetica-Bold"
    entry: str = "Courier"
    size: float = 9.5
    entry_size: float = 10.0
    ink: str = "#000000"
    manner: str = "before"  # a label: before | above | below | boxed
    margin: float = 54.0
    tick: str = "cross"
    capital_labels: bool = False
    bold_labels: bool = False
    shaded: bool = False
    order: str = "labels first"  # labels first | entries first | as set
    by_word: bool = False
    form_fields: bool = False
    leading: float = 1.22
    drift: int = 0  # not 0: the wording drifts, in a way that this number decides


def any_look(rng: random.Random, digital: bool) -> Look:
    """A look drawn at random; form fields only where the file stays digital."""
    faces = BASE_FOURTEEN | EMBEDDED
    face = rng.choice(("Helvetica", "Helvetica", "Times-Roman", "Times-Roman", *EMBEDDED))
    entries = (
        "Courier",
        "Courier",
        "Helvetica",
        "Times-Roman",
        "LiberationMono-Regular",
        "Caladea-Regular",
        "Courier-Bold",
    )
    fields = digital and rng.random() < 0.22
    return Look(
        face=face,
        bold=faces[face],
        entry=rng.choice(("Helvetica", "Courier", "Times-Roman")) if fields else rng.choice(entries),
        size=round(rng.uniform(8.4, 9.8), 1),
        entry_size=round(rng.uniform(8.8, 10.6), 1),
        ink=rng.choice(("#000000", "#000000", "#000000", "#0a1f6b")),
        manner=rng.choice(("before", "above", "below", "boxed", "boxed")),
        margin=rng.uniform(38, 70),
        tick=rng.choice(("cross", "letter", "dingbat", "brackets", "filled")),
        capital_labels=rng.random() < 0.15,
        bold_labels=rng.random() < 0.25,
        shaded=rng.random() < 0.25,
        order=rng.choice(("labels first", "labels first", "entries first", "as set")),
        by_word=rng.random() < 0.3,
        form_fields=fields,
        leading=rng.uniform(1.12, 1.3),
        drift=rng.randrange(1, 10**6) if rng.random() < 0.45 else 0,
    )
