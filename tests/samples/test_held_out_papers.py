"""A held-out set: reproducible, complete in its truth, true through every bend."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples.generator import degrade
from samples.generator.heldout.make import MAKERS, one, papers, write_set
from samples.generator.kinds import FIELDS

SEED = 20
PLACELESS = {"signer", "proposed", "county"}


def test_a_paper_is_the_same_whatever_was_made_before_it() -> None:
    third = list(papers(SEED, 3))[2]
    again = one(3, SEED)
    assert third[0] == again[0]
    assert third[1] == again[1]
    assert third[2] == again[2]


def test_another_seed_gives_another_paper() -> None:
    assert one(1, SEED)[1] != one(1, SEED + 1)[1]


@pytest.mark.parametrize("what", MAKERS)
def test_every_sort_of_paper_is_made_with_its_whole_truth(what: str) -> None:
    for number in (1, 2, 3):
        _, data, truth = one(number, SEED, what)
        assert data
        for instrument in truth["instruments"]:
            known = FIELDS.get(instrument["kind"], {})
            assert set(instrument["fields"]) <= set(known)
            for name, field in instrument["fields"].items():
                if field["value"] is None or name in PLACELESS:
                    continue
                x0, y0, x1, y1 = field["box"]
                wide, high = truth["pages"][field["page"] - 1]
                assert instrument["first_page"] <= field["page"] <= instrument["last_page"]
                assert -8 < x0 < x1 < wide + 8 and -8 < y0 < y1 < high + 8, (name, field)


def test_the_words_of_digital_papers_stand_in_their_boxes() -> None:
    checked = 0
    for name, data, truth in papers(SEED, 60, manner="digital"):
        if truth["manner"] != "digital" or truth["maker"] == "reportlab, form fields":
            continue
        pdf = pypdfium2.PdfDocument(data)
        for instrument in truth["instruments"]:
            for field, told in instrument["fields"].items():
                if "box" not in told or told["type"] in ("boolean", "signature", "choice", "time") or "pages" in told:
                    continue
                page = pdf[told["page"] - 1]
                left, _, _, top = page.get_mediabox()
                x0, y0, x1, y1 = told["box"]
                found = page.get_textpage().get_text_bounded(left + x0 - 1, top - y1 - 1, left + x1 + 1, top - y0 + 1)
                parts = told["normal"] if told["type"] == "list" else [told["value"]]
                letters = re.sub(r"\W", "", found)
                assert all(re.sub(r"\W", "", part) in letters for part in parts), (name, field, told["value"], found)
                checked += 1
        pdf.close()
    assert checked > 100


def test_a_set_is_written_with_a_line_of_truth_for_each_paper(tmp_path: Path) -> None:
    write_set(tmp_path, SEED, 4)
    lines = [json.loads(line) for line in (tmp_path / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["file"] for line in lines] == sorted(path.name for path in (tmp_path / "papers").iterdir())


BENDS = {
    "faxed": lambda page, rng: degrade.faxed(page, rng, dirt=0.5),
    "fine": lambda page, rng: degrade.faxed(page, rng, fine=True, dirt=0.5),
    "scanned": lambda page, rng: degrade.scanned(page, rng, 100),
    "copied": lambda page, rng: degrade.copied_to_bits(page, rng, 100),
    "photographed": lambda page, rng: degrade.photographed(page, rng, 100),
}


@pytest.mark.parametrize("manner", BENDS)
@given(x=st.integers(80, 500), y=st.integers(80, 680), seed=st.integers(0, 10**6))
@settings(max_examples=6, deadline=None)
def test_a_mark_is_found_where_its_box_was_moved(manner: str, x: int, y: int, seed: int) -> None:
    dpi = 204 if manner in ("faxed", "fine") else 100
    page = np.full((round(11 * dpi), round(8.5 * dpi)), 255, dtype=np.uint8)
    scale = dpi / 72
    page[round(y * scale) : round((y + 24) * scale), round(x * scale) : round((x + 24) * scale)] = 0
    picture = BENDS[manner](page, np.random.default_rng(seed))
    x0, y0, x1, y1 = picture.box((x, y, x + 24, y + 24))
    across, down = picture.dpi[0] / 72, picture.dpi[1] / 72
    inside = picture.pixels[
        round((y0 + 5) * down) : round((y1 - 5) * down), round((x0 + 5) * across) : round((x1 - 5) * across)
    ]
    around = picture.pixels[round((y0 - 14) * down) : round((y0 - 5) * down), round(x0 * across) : round(x1 * across)]
    assert inside.mean() < 110
    assert around.mean() > inside.mean() + 60
