"""A rulebook with a mistake does not load, and says which file, which line, and what to do. Nothing is half-loaded."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from writing import FACTS, duty, enactment, files, library_of

from duly.errors import DulyError
from duly.law.loading import read_library
from duly.law.sources import RulebookError, SourceFile, gather

BAD = sorted((Path(__file__).parent / "rulebooks" / "bad").glob("*.md"))
_MARK = re.compile(r"(?:#|<!--) error: ([a-z-]+)(?: line (\d+))?")


def expected(text: str) -> tuple[str, int]:
    """Each file says its own mistake: on the line itself, or at the end with the line's number."""
    [(number, found)] = [(n, m) for n, line in enumerate(text.splitlines(), 1) if (m := _MARK.search(line))]
    return found[1], int(found[2]) if found[2] else number


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_mistake_is_named_with_its_file_and_line(path: Path) -> None:
    text = path.read_text()
    code, line = expected(text)
    with pytest.raises(RulebookError) as caught:
        library_of({"us/bad.md": text})
    [error] = caught.value.errors
    assert error.code == code
    assert error.place is not None
    assert (error.place.file, error.place.line) == ("rulebooks/us/bad.md", line)
    assert error.message.endswith(".")


def test_every_mistake_of_every_file_is_named_at_once() -> None:
    bad = enactment(duty("us/a", "forbidden", "no.such_fact") + duty("us/b", "forbidden", "paper.pages"))
    other = enactment(duty("us/co/c", "forbidden", "matter.criminal AND"))
    with pytest.raises(RulebookError) as caught:
        library_of({"us/bad.md": bad, "us/co/other.md": other})
    assert [error.code for error in caught.value.errors] == ["unknown-fact", "wrong-type", "condition-syntax"]
    assert "2 more mistakes" in str(caught.value)


def test_a_circle_of_definitions_across_two_jurisdictions_is_found() -> None:
    texts = {
        "us/a.md": enactment(definition("us/d", "paper.is_good", "matter.criminal")),
        "us/co/a.md": enactment(
            definition("us/co/d", "paper.is_judicial", "paper.is_good")
            + definition("us/co/e", "paper.is_good", "paper.is_judicial")
        ),
    }
    with pytest.raises(RulebookError) as caught:
        library_of(texts)
    assert {error.code for error in caught.value.errors} == {"circular-define"}


def test_a_local_definition_may_rest_on_the_states_definition_of_another_word() -> None:
    library = library_of(
        {
            "us/a.md": enactment(definition("us/d", "paper.is_good", "matter.criminal")),
            "us/co/a.md": enactment(definition("us/co/d", "paper.is_judicial", "paper.is_good")),
        }
    )
    assert len(library.by_id) == 2


def definition(id: str, name: str, meaning: str) -> str:
    return (
        f"```define\nid: {id}\nname: {name}\ncite: Act 1\nin_force: [2000-01-01, null]\nas: {meaning}\n"
        "text: The office shall do what this law says and nothing else.\n```\n"
    )


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (FACTS + '\n["paper.colour"]\ntype = "color"\nask = "Which?"\n', "no type"),
        (FACTS + '\n["paper.colour"]\ntype = "choice"\nask = "Which?"\n', "lists its `choices`"),
        (FACTS + '\n["paper.colour"]\ntype = "boolean"\n', "no question"),
        (FACTS + '\n["paper.colour"]\ntype = "boolean"\nask = "Is it?"\ncost = 9\n', "from 1 to 5"),
        (FACTS + '\n["paper.colour"]\ntype = "boolean"\nask = "Is it?"\nprice = 1\n', "no key `price`"),
        (FACTS + '\n["Colour"]\ntype = "boolean"\nask = "Is it?"\n', "lower case"),
        (FACTS + "\n[broken\n", "TOML"),
    ],
)
def test_a_wrong_entry_in_the_vocabulary_is_named_with_its_line(facts: str, words: str) -> None:
    with pytest.raises(DulyError) as caught:
        read_library(files({}, facts=facts))
    assert words in str(caught.value)
    assert caught.value.place is not None
    assert caught.value.place.line is not None and caught.value.place.line > FACTS.count("\n")


def test_a_file_that_is_not_text_is_refused() -> None:
    with pytest.raises(RulebookError, match="not UTF-8"):
        read_library([*files({}), SourceFile("us/x.md", "us/x.md", b"---\n\xff\xfe")])


def test_a_folder_of_law_needs_its_jurisdiction() -> None:
    with pytest.raises(RulebookError, match=r"no jurisdiction\.toml"):
        library_of({"us/zz/act.md": enactment("")})


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DulyError, match="no rulebook folder"):
        gather([tmp_path / "nowhere"])


def test_a_file_of_many_megabytes_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "big.md").write_bytes(b"x" * 3_000_000)
    with pytest.raises(RulebookError, match="larger than"):
        gather([tmp_path])
