"""The committed samples are what their data say, and their truth is where it says."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from samples.generator.curated import read_papers

SAMPLES = Path(__file__).parents[2] / "samples"
FOLDERS = sorted(path.parent for path in SAMPLES.glob("*/papers.toml"))
TYPESET = sorted(
    (folder, name)
    for folder in FOLDERS
    for name, told in json.loads((folder / "truth.json").read_text(encoding="utf-8")).items()
    if "copy_of" not in told
)
PUBLISHED_TELEPHONES = {"(802) 872-6020", "(855) 448-6903"}


def _truth(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return told


def _letters(words: str) -> str:
    return re.sub(r"\W", "", words)


def _all_text(path: Path) -> str:
    pdf = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)
    finally:
        pdf.close()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_committed_truth_is_what_the_data_make_today(folder: Path) -> None:
    committed = _truth(folder)
    for made in read_papers(folder):
        again = json.loads(json.dumps(made.sheets.instruments))
        told = committed[made.name]["instruments"]
        assert [one["kind"] for one in again] == [one["kind"] for one in told]
        for mine, theirs in zip(again, told, strict=True):
            assert mine["fields"].keys() == theirs["fields"].keys()
            for name, field in mine["fields"].items():
                assert field["value"] == theirs["fields"][name]["value"], (made.name, name)
                assert field.get("box", []) == pytest.approx(theirs["fields"][name].get("box", []), abs=1.5)


@pytest.mark.parametrize(("folder", "name"), TYPESET, ids=lambda value: getattr(value, "name", value))
def test_the_words_of_a_field_stand_in_its_box(folder: Path, name: str) -> None:
    pdf = pypdfium2.PdfDocument(folder / name)
    try:
        for instrument in _truth(folder)[name]["instruments"]:
            for field, told in instrument["fields"].items():
                if "box" not in told or told["type"] in ("boolean", "signature", "choice") or "pages" in told:
                    continue
                page = pdf[told["page"] - 1]
                x0, y0, x1, y1 = told["box"]
                high = page.get_height()
                found = page.get_textpage().get_text_bounded(x0 - 1, high - y1 - 1, x1 + 1, high - y0 + 1)
                wanted = (
                    told["value"].removesuffix(" a.m.").removesuffix(" p.m.")
                    if field == "return_time"
                    else told["value"]
                )
                parts = told["normal"] if told["type"] == "list" else [wanted]
                assert all(_letters(part) in _letters(found) for part in parts), (field, told["value"], found)
    finally:
        pdf.close()


@pytest.mark.parametrize(("folder", "name"), TYPESET, ids=lambda value: getattr(value, "name", value))
def test_a_paper_does_not_tell_where_its_fields_are(folder: Path, name: str) -> None:
    with pikepdf.open(folder / name) as pdf:
        assert all("/Annots" not in page for page in pdf.pages)
        assert "/AcroForm" not in pdf.Root
        assert not pdf.attachments


@pytest.mark.parametrize(("folder", "name"), TYPESET, ids=lambda value: getattr(value, "name", value))
def test_telephones_and_addresses_of_mail_are_invented(folder: Path, name: str) -> None:
    text = _all_text(folder / name)
    for telephone in re.findall(r"\(\d{3}\) ?\d{3}-\d{4}", text):
        assert " 555-01" in telephone or telephone in PUBLISHED_TELEPHONES
    for address in re.findall(r"[\w.]+@[\w.]+", text):
        assert address.rstrip(".").endswith(".example")


@pytest.mark.parametrize("fax", sorted(SAMPLES.glob("*/faxed/*.tif")), ids=lambda path: path.name)
def test_a_faxed_tiff_has_the_pixels_of_a_fax_and_says_so(fax: Path) -> None:
    with Image.open(fax) as image:
        for frame in range(image.n_frames):
            image.seek(frame)
            assert image.mode == "1"
            assert image.info["compression"] == "group4"
            assert (float(image.tag_v2[282]), float(image.tag_v2[283])) == (204.0, 98.0)
            assert image.width == 1728
            assert image.width / 204 / (image.height / 98) == pytest.approx(8.5 / 11, rel=0.02)


def test_three_subpoenas_are_due_on_the_27th_and_one_on_the_16th() -> None:
    truth = _truth(SAMPLES / "denver-2020")
    due = [
        told["instruments"][0]["fields"]["return_date"]["normal"]
        for name, told in sorted(truth.items())
        if name.startswith("served/")
    ]
    assert due == ["2020-01-27", "2020-01-27", "2020-01-27", "2020-01-16"]


def test_no_administrative_paper_is_called_judicial() -> None:
    for folder in FOLDERS:
        for told in _truth(folder).values():
            for instrument in told["instruments"]:
                if (instrument["kind"] or "none").startswith(("ice-", "none", "informal", "proposed")):
                    assert instrument["judicial"] is False


def test_the_samples_stay_small() -> None:
    size = sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    assert size < 16_000_000


@pytest.mark.parametrize("story", sorted(SAMPLES.glob("*/story.toml")), ids=lambda path: path.parent.name)
def test_a_story_names_only_what_it_has_and_runs_forward(story: Path) -> None:
    told = tomllib.loads(story.read_text(encoding="utf-8"))
    moments = [event["at"] for event in told["event"]]
    assert moments == sorted(moments)
    for event in told["event"]:
        assert event["who"] in told["staff"]
        matters = event.get("matters", [event.get("matter")])
        assert all(matter in told["matters"] for matter in matters)
        if "file" in event:
            assert (story.parent / event["file"]).is_file()
    for matter in told["matters"].values():
        assert (story.parent / matter["file"]).is_file()
        assert matter.get("person", next(iter(told.get("persons", {"": 0})))) in told.get("persons", {"": 0})
