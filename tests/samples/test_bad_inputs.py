"""The bad inputs are bad in the way that their table says."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from samples.bad.make import BAD

SLOW = {"stream-bomb.pdf", "image-bomb.pdf"}
README = (Path(__file__).parents[2] / "samples" / "bad" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", BAD)
def test_every_bad_input_is_in_the_table(name: str) -> None:
    assert name.split(" xxx")[0].rstrip() in README


@pytest.mark.parametrize("name", sorted(set(BAD) - SLOW))
def test_every_bad_input_is_small_on_disk(name: str) -> None:
    assert len(BAD[name][0]()) < 1_000_000


def test_a_locked_pdf_needs_its_password(tmp_path: Path) -> None:
    path = tmp_path / "password.pdf"
    path.write_bytes(BAD["password.pdf"][0]())
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(path)
    with pikepdf.open(path, password="open sesame") as pdf:
        assert len(pdf.pages) == 2


def test_a_pdf_without_pages_has_none(tmp_path: Path) -> None:
    path = tmp_path / "zero.pdf"
    path.write_bytes(BAD["zero-pages.pdf"][0]())
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 0


def test_five_hundred_pages_are_five_hundred(tmp_path: Path) -> None:
    path = tmp_path / "many.pdf"
    path.write_bytes(BAD["500-pages.pdf"][0]())
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 500
