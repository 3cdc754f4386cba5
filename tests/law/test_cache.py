"""Compiled rules are kept by content: what is damaged, foreign or of other files is never served."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from writing import duty, enactment, library_of

from duly.law import Library, cache
from duly.law.library import Library as Kept


def same(one: Kept, other: Kept) -> bool:
    return all(getattr(one, each.name) == getattr(other, each.name) for each in fields(one) if each.name != "kept")


def test_a_kept_library_is_the_library_that_was_kept(library: Library, tmp_path: Path) -> None:
    cache.write(tmp_path, library)
    again = cache.read(tmp_path, library.digest)
    assert again is not None and again is not library
    assert same(again, library)


def test_nothing_is_found_under_other_content(tmp_path: Path) -> None:
    one = library_of({"us/act.md": enactment(duty("us/r", "forbidden"))})
    other = library_of({"us/act.md": enactment(duty("us/r", "required"))})
    cache.write(tmp_path, one)
    assert one.digest != other.digest
    assert cache.read(tmp_path, other.digest) is None


@pytest.mark.parametrize("at", [0, 5, 70, 400, -1])
def test_one_changed_byte_is_seen(at: int, tmp_path: Path) -> None:
    library = library_of({"us/act.md": enactment(duty("us/r", "forbidden"))})
    cache.write(tmp_path, library)
    [path] = tmp_path.iterdir()
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    assert cache.read(tmp_path, library.digest) is None


@pytest.mark.parametrize("content", [b"", b"\n", b"x", b"0" * 64 + b"\n{}", b"[]"])
def test_what_is_no_entry_is_not_read(content: bytes, tmp_path: Path) -> None:
    library = library_of({})
    cache.write(tmp_path, library)
    [path] = tmp_path.iterdir()
    path.write_bytes(content)
    assert cache.read(tmp_path, library.digest) is None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    cache.write(blocked, library_of({}))
    assert cache.read(blocked, "0" * 64) is None


def test_old_entries_make_room(tmp_path: Path) -> None:
    for number in range(cache.KEPT_ENTRIES + 3):
        cache.write(tmp_path, library_of({"us/act.md": enactment(duty(f"us/r{number}", "forbidden"))}))
    assert len(list(tmp_path.iterdir())) == cache.KEPT_ENTRIES


def test_a_second_start_reads_no_rulebook_and_imports_no_parser(tmp_path: Path) -> None:
    code = "import sys; from duly.law import load; n = len(load().by_id); print(n, 'sqlglot' in sys.modules, 'z3' in sys.modules)"
    environment = {"XDG_CACHE_HOME": str(tmp_path), "PATH": "", "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
        ).stdout.split()
        for _ in range(2)
    ]
    assert runs[0][0] == runs[1][0]
    assert (runs[0][1], runs[1][1:]) == ("True", ["False", "False"])
