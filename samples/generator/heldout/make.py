"""Makes a held-out set: `papers/NNNN.*` and `truth.jsonl`. The names of the files tell nothing."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from samples.generator import cat, otherhand
from samples.generator.heldout import agencies, agency, courts, strays
from samples.generator.heldout.arrival import arrive, manner_of
from samples.generator.heldout.invention import Invention
from samples.generator.heldout.looks import look, upper_case
from samples.generator.paper import Paper
from samples.generator.typesetting import FORMS, Sheets, typeset

Maker = Callable[[Invention], list[Paper]]
# What is made, and how many of a hundred.
MAKERS: dict[str, tuple[Maker, int]] = {
    "subpoena": (agency.subpoena, 18),
    "detainer": (agency.detainer, 13),
    "older detainer": (agency.older_detainer, 3),
    "immigration arrest warrant": (agency.arrest_warrant, 8),
    "removal warrant": (agency.removal_warrant, 6),
    "inspection notice": (agency.inspection_notice, 5),
    "civil subpoena": (courts.civil_subpoena, 9),
    "search warrant": (courts.search_warrant, 6),
    "arrest warrant": (courts.arrest_warrant, 6),
    "grand jury subpoena": (courts.grand_jury_subpoena, 3),
    "testimony subpoena": (courts.testimony_subpoena, 4),
    "state subpoena": (courts.state_subpoena, 8),
    "agency subpoena": (agencies.agency_subpoena, 6),
    "criminal documents": (agencies.criminal_documents, 1),
    "writ": (agencies.writ, 2),
    "order": (courts.order, 6),
    "petition": (courts.petition, 2),
    "informal request": (strays.informal_request, 4),
    "stray": (strays.stray, 5),
    "cat": (lambda inv: [], 1),
}


# Forms that only the second maker sets, which has no fax cover.
ONLY_BY_SCRIPT = ("agency subpoena", "criminal documents", "writ")


def one(
    number: int, seed: int, only: str | None = None, manner: str | None = None
) -> tuple[str, bytes, dict[str, Any]]:
    """Paper `number` of a set: its file name, its bytes, its truth. It does not depend on the papers before it."""
    rng = random.Random(f"held out {seed} {number}")
    inv = Invention(rng)
    what = only or rng.choices(list(MAKERS), weights=[share for _, share in MAKERS.values()])[0]
    if what == "cat":
        data = cat.photograph(rng.randrange(10**6), size=(960, 720))
        return (
            f"{number:04d}.jpg",
            data,
            {
                "maker": "camera",
                "manner": "photographed",
                "instruments": [
                    {"kind": None, "what": "cat", "judicial": False, "first_page": 1, "last_page": 1, "fields": {}}
                ],
            },
        )
    papers = MAKERS[what][0](inv)
    if rng.random() < 0.18:
        for paper in papers:
            upper_case(paper)
    if (
        what not in ("stray", "informal request", "older detainer", "testimony subpoena", *ONLY_BY_SCRIPT)
        and rng.random() < 0.06
    ):
        papers.insert(0, strays.fax_cover(inv))
    drawn = manner_of(rng)
    manner = manner or drawn
    sheets, maker, shown = _set(papers, manner, rng)
    arrived = arrive(sheets, manner, rng)
    truth = {
        "maker": maker, "look": shown, "manner": arrived.manner, "dirt": arrived.dirt, "turned": arrived.turned,
        "pages": arrived.sizes, "instruments": arrived.instruments,
    }  # fmt: skip
    return f"{number:04d}.{arrived.ending}", arrived.data, truth


def _set(papers: list[Paper], manner: str, rng: random.Random) -> tuple[Sheets, str, dict[str, Any]]:
    only_by_script = not all((FORMS / f"{paper.form}.typ").exists() for paper in papers)
    if all(otherhand.can_set(paper) for paper in papers) and (only_by_script or rng.random() < 0.5):
        chosen = otherhand.any_look(rng, digital=manner == "digital")
        maker = "reportlab, form fields" if chosen.form_fields else "reportlab"
        return otherhand.set_papers(papers, chosen), maker, asdict(chosen)
    style = look(rng)
    for paper in papers:
        paper.style = style
    return typeset(papers), "typst", style


def papers(
    seed: int, count: int, only: str | None = None, jobs: int = 1, manner: str | None = None
) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    """The papers of a set in order, made by `jobs` processes."""
    make = partial(one, seed=seed, only=only, manner=manner)
    if jobs == 1:
        yield from map(make, range(1, count + 1))
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(make, range(1, count + 1), chunksize=4)


def write_set(
    out: Path, seed: int, count: int, only: str | None = None, jobs: int = 1, manner: str | None = None
) -> int:
    """Writes a set into `out`; gives the number of bytes."""
    folder = out / "papers"
    folder.mkdir(parents=True, exist_ok=True)
    total = 0
    with (out / "truth.jsonl").open("w", encoding="utf-8") as lines:
        for name, data, truth in papers(seed, count, only, jobs, manner):
            (folder / name).write_bytes(data)
            lines.write(json.dumps({"file": name, "seed": seed, **truth}, ensure_ascii=False, default=str) + "\n")
            total += len(data)
    return total
