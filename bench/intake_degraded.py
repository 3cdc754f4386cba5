"""How often a degraded administrative paper is taken for a court's: thousands of pages, degraded word by word.

    python -m bench.intake_degraded [--count 5000] [--seed 1] [--copies 8]

The papers are those of the held-out generator, digital; their words are then degraded as a bad scan does: letters misread,
words broken, joined and lost, whole lines lost, boxes moved, no rules. This is fast and stands beside, not for, the pages
that are really drawn, faxed and read by OCR: those are `bench.intake` on a set of the manner `faxed`.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from samples.generator.heldout.make import one

from duly.evidence import Box
from duly.instruments import load_kinds
from duly.intake import Limits
from duly.intake.pages import open_source
from duly.intake.papers import divide
from duly.intake.reading import Word
from duly.intake.recognition import Recogniser
from duly.intake.sheet import Sheet, lay_out

ADMINISTRATIVE = (
    "subpoena", "detainer", "older detainer", "immigration arrest warrant", "removal warrant", "inspection notice",
    "agency subpoena", "informal request", "stray",
)  # fmt: skip
COURTS = (
    "civil subpoena",
    "search warrant",
    "arrest warrant",
    "grand jury subpoena",
    "testimony subpoena",
    "state subpoena",
)
_MISREAD = {
    "o": "0c", "O": "0Q", "l": "1I", "1": "lI", "I": "l1", "e": "c", "c": "e", "a": "o", "S": "5", "5": "S", "B": "8", "8": "B",
    "m": "rn", "h": "b", "u": "v", "n": "r", "t": "f", "g": "9", "D": "O", "E": "F", "i": "j", "R": "P", "T": "I", "y": "v",
}  # fmt: skip


@dataclass(frozen=True)
class Harm:
    """How badly a page is degraded: shares of letters misread, words lost, broken, joined, and of lines lost."""

    letters: float
    lost: float
    broken: float
    joined: float
    lines: float

    @staticmethod
    def drawn(rng: random.Random) -> Harm:
        much = rng.random()
        return Harm(0.14 * much, 0.10 * much, 0.05 * much, 0.06 * much, 0.12 * much)


def misread(text: str, harm: Harm, rng: random.Random) -> str:
    return "".join(rng.choice(_MISREAD[c]) if c in _MISREAD and rng.random() < harm.letters else c for c in text)


def degraded(sheet: Sheet, harm: Harm, rng: random.Random) -> Sheet:
    """The page as a bad copy of it would be read."""
    gone = {id(run) for run in sheet.runs if rng.random() < harm.lines}
    words: list[Word] = []
    for run in sheet.runs:
        if id(run) in gone:
            continue
        for _, _, word in run.spans:
            if rng.random() < harm.lost:
                continue
            box = word.box
            moved = Box(*(value + rng.uniform(-0.8, 0.8) for value in (box.x0, box.y0, box.x1, box.y1)))
            text = misread(word.text, harm, rng)
            sure = max(0.4, 1.0 - 3 * harm.letters * rng.random())
            if len(text) > 5 and rng.random() < harm.broken:
                cut = rng.randrange(2, len(text) - 1)
                middle = moved.x0 + (moved.x1 - moved.x0) * cut / len(text)
                words += [
                    Word(text[:cut], Box(moved.x0, moved.y0, middle - 1, moved.y1), sure),
                    Word(text[cut:], Box(middle + 1, moved.y0, moved.x1, moved.y1), sure),
                ]
            elif words and rng.random() < harm.joined and abs(words[-1].box.y0 - moved.y0) < 2:
                before = words.pop()
                words.append(Word(before.text + text, before.box.union(moved), min(sure, before.confidence)))
            else:
                words.append(Word(text, moved, sure))
    page = replace(sheet.page, method="ocr", words=tuple(words))
    return replace(sheet, page=page, words=tuple(words), runs=lay_out(sheet.number, words), rules=())


def sheets(sort: str, number: int, seed: int) -> list[Sheet]:
    _, data, _ = one(number, seed, sort, "digital")
    return list(open_source(data, "application/pdf", Limits()).sheets)


def samples(sorts: tuple[str, ...], count: int, copies: int, seed: int) -> Iterator[tuple[str, list[Sheet]]]:
    """Degraded papers of the given sorts by turns, each printed paper in several copies."""
    rng = random.Random(f"degraded {seed}")
    made = 0
    number = 0
    while made < count:
        number += 1
        sort = sorts[number % len(sorts)]
        whole = sheets(sort, number, seed)
        for _ in range(min(copies, count - made)):
            harm = Harm.drawn(rng)
            made += 1
            yield sort, [degraded(sheet, harm, rng) for sheet in whole]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--copies", type=int, default=8, help="degraded copies of each printed paper")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    recogniser = Recogniser(load_kinds())
    began = time.perf_counter()
    for name, sorts, count in (
        ("administrative and other", ADMINISTRATIVE, asked.count),
        ("courts'", COURTS, asked.count // 10),
    ):
        taken: Counter[str] = Counter()
        wrong: Counter[str] = Counter()
        for sort, pages in samples(sorts, count, asked.copies, asked.seed):
            for paper in divide([(sheet, recogniser.score(sheet)) for sheet in pages]).papers:
                what = "not recognised" if paper.kind is None else paper.kind.process
                taken[what] += 1
                if paper.kind is not None and paper.kind.is_judicial and sorts is ADMINISTRATIVE:
                    wrong[f"{sort} -> {paper.kind.id}"] += 1
        print(
            f"{count} {name} papers, degraded word by word: "
            + ", ".join(f"{key} {n}" for key, n in taken.most_common())
        )
        if sorts is ADMINISTRATIVE:
            print(f"  administrative or other taken for a court's: {sum(wrong.values())} (aim: 0)")
            for line, n in wrong.most_common():
                print(f"    {n} {line}")
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
