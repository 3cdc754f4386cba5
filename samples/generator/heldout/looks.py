"""How different offices' software sets the same form: faces, sizes, rules, ticks, margins."""

from __future__ import annotations

import random
from typing import Any

from samples.generator.paper import Entry, Paper

FACES = (
    "Liberation Sans",
    "Liberation Sans",
    "Liberation Serif",
    "Liberation Serif",
    "TeX Gyre Schola",
    "TeX Gyre Bonum",
    "Caladea",
    "TeX Gyre Heros Cn",
)
ENTRIES = (
    "Courier Prime",
    "Courier Prime",
    "Liberation Mono",
    "Liberation Sans",
    "Liberation Sans",
    "Liberation Serif",
    "Caladea",
)
HANDS = ("Kalam", "Caveat")
TICKS = ("cross", "cross", "letter", "check", "filled", "brackets")


def look(rng: random.Random, handwritten: float = 0.06) -> dict[str, Any]:
    """A style for the typst forms."""
    hand = rng.random() < handwritten
    face = rng.choice(FACES)
    return {
        "face": face,
        "small_face": rng.choice((face, face, "Liberation Sans")),
        "court_face": rng.choice(("Liberation Serif", "TeX Gyre Schola", "TeX Gyre Bonum")),
        "entry_face": rng.choice(HANDS) if hand else rng.choice(ENTRIES),
        "entry_size": round(rng.uniform(11.5, 13), 1) if hand else round(rng.uniform(8.6, 10.4), 1),
        "entry_weight": rng.choice(("regular", "regular", "regular", "bold")),
        "entry_ink": rng.choice(("#10204f", "#16307a")) if hand else rng.choice(("#000000", "#000000", "#0a2a6a")),
        "scale": round(rng.uniform(0.93, 1.0), 3),
        "rule": rng.choice((0.4, 0.6, 0.6, 1.0)),
        "tick": rng.choice(TICKS),
        "tick_size": round(rng.uniform(6.5, 9), 1),
        "caption_size": round(rng.uniform(6.5, 8), 1),
        "margin_by": round(rng.uniform(-5, 9), 1),
        "size": round(rng.uniform(10.5, 12), 1),
        "justify": rng.random() < 0.4,
        "line_spacing": round(rng.uniform(0.75, 1.0), 2),
    }


def upper_case(paper: Paper) -> None:
    """Enters everything in capitals, as many officers do. Check boxes and choices stay what they are."""
    for name, value in paper.values.items():
        if isinstance(value, str) and name not in ("signer", "served_manner") and "@" not in value:
            paper.values[name] = value.upper()
        elif isinstance(value, list):
            paper.values[name] = [item.upper() for item in value]
        elif isinstance(value, Entry) and name != "return_time":
            paper.values[name] = Entry(value.words.upper(), value.normal)
