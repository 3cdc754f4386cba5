"""An office's own rulebooks on the disk: taken when they load, and when they do not, the last good ones go on, and say so."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from duly.desk import rulebooks
from duly.desk.shelf import library, troubles

TEXT = """---
citation: "Invented ordinance"
title: "An ordinance that nobody enacted"
source: invented
retrieved: 2020-01-01
---

> Nobody shall testify.

```rule
id: us/co/invented/testify
kind: duty
title: No testimony
cite: Invented ordinance
in_force: [2020-01-01, null]
acts: [testify]
modality: forbidden
when: true
text: Nobody shall testify.
```
"""
RULE = "us/co/invented/testify"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Iterator[Path]:
    """The office's own folder with one good enactment; this process begins without having loaded anything."""
    own = tmp_path / "own" / "us" / "co"
    own.mkdir(parents=True)
    (own / "invented.md").write_text(TEXT, encoding="utf-8")
    monkeypatch.setenv("DULY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DULY_RULEBOOKS", str(tmp_path / "own"))
    monkeypatch.setattr(rulebooks, "LOOK_EVERY_SECONDS", 0.0)
    start_again(monkeypatch)
    yield own
    monkeypatch.setattr(rulebooks, "_held", None)


def start_again(monkeypatch) -> None:
    monkeypatch.setattr(rulebooks, "_held", None)


def write(folder: Path, text: str) -> None:
    path = folder / "invented.md"
    before = path.stat().st_mtime_ns
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(before + 10**9, before + 10**9))


def test_a_good_change_on_the_disk_is_taken_without_a_restart(folder: Path) -> None:
    assert library().by_id[RULE].title == "No testimony"
    write(folder, TEXT.replace("title: No testimony", "title: Silence"))
    assert library().by_id[RULE].title == "Silence"
    assert troubles() == ()


def test_a_bad_change_leaves_the_last_good_law_in_place_and_names_file_line_and_sentence(folder: Path) -> None:
    good = library()
    write(folder, TEXT.replace("modality: forbidden", "modality: forbiden"))
    assert library() is good
    (sentence,) = troubles()
    assert "invented.md:17" in sentence
    assert "forbiden" in sentence
    write(folder, TEXT)
    assert troubles() == ()


def test_a_bad_file_among_good_ones_is_never_half_loaded(folder: Path) -> None:
    library()
    (folder / "other.md").write_text(TEXT.replace(RULE, "us/co/other/testify"), encoding="utf-8")
    write(folder, TEXT.replace("when: true", "when: sined"))
    assert "us/co/other/testify" not in library().by_id
    assert RULE in library().by_id


def test_a_desk_that_starts_with_bad_files_goes_on_with_the_last_good_ones(folder: Path, monkeypatch) -> None:
    digest = library().digest
    write(folder, "no front matter")
    start_again(monkeypatch)
    assert library().digest == digest
    assert "front matter" in troubles()[0]


def test_a_folder_that_is_gone_is_no_reason_to_forget_its_rules(folder: Path, monkeypatch) -> None:
    library()
    (folder / "invented.md").unlink()
    folder.rmdir()
    folder.parent.rmdir()
    folder.parent.parent.rmdir()
    start_again(monkeypatch)
    assert RULE in library().by_id
    assert "There is no rulebook folder" in troubles()[0]


def test_a_desk_that_never_had_good_ones_does_not_start_and_says_why(folder: Path) -> None:
    write(folder, "no front matter")
    with pytest.raises(rulebooks.NoGoodRulebooksError, match="No good ones were ever loaded") as refusal:
        library()
    assert "DULY_RULEBOOKS" in refusal.value.remedy
    assert "invented.md:1" in str(refusal.value)


def test_a_damaged_copy_is_not_believed(folder: Path, monkeypatch, tmp_path: Path) -> None:
    library()
    copy = tmp_path / "home" / "rulebooks" / "last-good.json"
    assert json.loads(copy.read_text(encoding="utf-8"))
    copy.write_text("[[", encoding="utf-8")
    write(folder, "no front matter")
    start_again(monkeypatch)
    with pytest.raises(rulebooks.NoGoodRulebooksError, match="cannot be read"):
        library()


def test_taking_the_folder_out_of_the_setting_is_deliberate(folder: Path, monkeypatch) -> None:
    assert RULE in library().by_id
    monkeypatch.setenv("DULY_RULEBOOKS", "")
    assert RULE not in library().by_id


@pytest.mark.django_db
def test_administrators_and_whoever_reads_the_law_see_what_is_wrong(folder: Path, visit) -> None:
    library()
    write(folder, "no front matter")
    for role, address in (
        ("administrator", "/administration/"),
        ("clerk", "/law/"),
        ("counsel", "/law/policies/"),
    ):
        shown = visit(role).get(address).content.decode()
        assert "The rulebooks on this machine have mistakes." in shown, address
        assert "invented.md:1" in shown
