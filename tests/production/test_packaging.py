"""A production can be checked by whoever receives it, and does not leave with what was to be withheld."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from tests.production.papers import NOW, SECRET, plain_record

from duly.evidence import Box
from duly.letters import Letterhead, conformance
from duly.production import Mark, Production, ProductionError, Record, no_words, package, redact, verify_package

OFFICE = Letterhead("Records Office", ("1 Main Street",))
NAME = Mark(1, Box(70, 115, 260, 136), "name of a third person", "C.R.S. § 24-72-204(3)")


def produced(*records: Record, **changes: object) -> Production:
    settings: dict[str, object] = {
        "office": OFFICE,
        "matter_number": "2020-0004",
        "prefix": "DSD",
        "on": date(2020, 1, 16),
        "created": NOW,
    }
    return package(records, **(settings | changes))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def production() -> Production:
    booking = redact(plain_record(), [NAME], created=NOW, recognise=no_words, dpi=100)
    log = plain_record((72, 100, "Custody log"), pages=2)
    return produced(
        Record("Booking record", booking.pdf, booking.source, booking.marks, (SECRET, "Nicanor")),
        Record("Custody log", log, hashlib.sha256(log).hexdigest()),
    )


def test_a_production_holds_in_a_folder_and_in_a_zip(production: Production, tmp_path: Path) -> None:
    production.write(tmp_path / "out")
    assert verify_package(tmp_path / "out") == []
    assert verify_package(production.zipped()) == []
    assert production.zipped() == production.zipped()


def test_the_manifest_lists_numbers_digests_sources_and_what_was_withheld(production: Production) -> None:
    first, second = production.manifest["records"]
    assert (first["first"], first["last"], second["first"], second["last"]) == (
        "DSD000001",
        "DSD000001",
        "DSD000002",
        "DSD000003",
    )
    assert first["redactions"][0]["number"] == "DSD000001"
    assert first["redactions"][0]["cite"] == "C.R.S. § 24-72-204(3)"
    assert first["source_sha256"] == hashlib.sha256(plain_record()).hexdigest()
    assert production.next == 4


def test_the_certificate_says_what_was_produced_and_withheld_and_conforms(production: Production) -> None:
    pdf = production.files["certificate.pdf"]
    assert conformance(pdf) == []
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(pdf)).split())
    for words in ("DSD000001 to DSD000003", "2 records, 3 pages", "name of a third person", "Booking record"):
        assert words in text
    assert production.manifest["contents_sha256"] in "".join(text.split())


def test_the_answering_letter_can_list_what_was_produced_and_withheld(production: Production) -> None:
    assert [(one.description, one.first, one.last) for one in production.enclosures()] == [
        ("Booking record", "DSD000001", "DSD000001"),
        ("Custody log", "DSD000002", "DSD000003"),
    ]
    assert [(one.where, one.reason) for one in production.withheld()] == [("DSD000001", "name of a third person")]


def test_a_record_that_still_holds_the_word_does_not_leave() -> None:
    with pytest.raises(ProductionError, match="still holds") as refused:
        produced(Record("Booking record", plain_record(), "0" * 64, (NAME,), (SECRET,)))
    assert refused.value.code == "leak"
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize("name", ["records/DSD000001.pdf", "records/DSD000002.pdf", "certificate.pdf"])
def test_one_changed_byte_is_found(production: Production, name: str) -> None:
    data = bytearray(production.files[name])
    data[len(data) // 2] ^= 1
    assert verify_package({**production.files, name: bytes(data)}) == [
        f"{name} is not the file that the manifest lists."
    ]


def test_a_missing_and_a_foreign_file_are_found(production: Production) -> None:
    files = {name: data for name, data in production.files.items() if name != "records/DSD000002.pdf"}
    assert verify_package({**files, "records/extra.pdf": b"x"}) == [
        "records/DSD000002.pdf is missing.",
        "records/extra.pdf is not in the manifest.",
    ]


def test_a_manifest_rewritten_to_hide_a_change_is_found_by_the_certificate(production: Production) -> None:
    from duly.production.packaging import digest_of

    manifest = json.loads(production.files["manifest.json"])
    manifest["records"][0]["redactions"] = []
    wrong = verify_package({**production.files, "manifest.json": json.dumps(manifest).encode()})
    assert wrong == ["The list of records is not the one whose digest the manifest states."]
    manifest["contents_sha256"] = digest_of(manifest["records"])
    wrong = verify_package({**production.files, "manifest.json": json.dumps(manifest).encode()})
    assert wrong == ["The certificate was made for another list of records."]


def test_a_gap_in_the_numbers_is_found(production: Production) -> None:
    manifest = json.loads(production.files["manifest.json"])
    manifest["records"][1]["first"] = "DSD000003"
    wrong = verify_package({**production.files, "manifest.json": json.dumps(manifest).encode()})
    assert any("DSD2 was to follow" in one for one in wrong)
    assert any("has 2 pages" in one for one in wrong)


@pytest.mark.parametrize(
    "package_", [b"not a zip", {}, {"manifest.json": b"{}"}, {"manifest.json": b"[]"}, {"manifest.json": b"\xff"}]
)
def test_what_is_no_production_is_said_to_be_none(package_: object) -> None:
    assert len(verify_package(package_)) == 1  # type: ignore[arg-type]


def test_a_zip_never_writes_outside_its_folder(production: Production) -> None:
    with zipfile.ZipFile(io.BytesIO(production.zipped())) as archive:
        assert all(not name.startswith("/") and ".." not in name for name in archive.namelist())


def test_nothing_is_written_over(production: Production, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("kept")
    with pytest.raises(ProductionError, match="not empty"):
        production.write(tmp_path)


def test_no_record_is_no_production() -> None:
    with pytest.raises(ProductionError, match="no record"):
        produced()
