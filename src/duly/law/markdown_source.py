"""One enactment's Markdown file, taken apart: front matter, headings, quoted law, and the blocks of rules in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from duly.errors import DulyError, Place
from duly.law.library import Passage
from duly.law.yaml_source import Located, read_yaml

BLOCKS = ("rule", "define", "precedent", "case")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})\s*(.*?)\s*\Z")
_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*\Z")
_QUOTE = re.compile(r" {0,3}>")
_QUOTE_MARKS = re.compile(r"^(?: {0,3}> ?)+")
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " ", "*": None, "\\": None})
_ELLIPSIS = re.compile(r"\s*(?:\u2026|\.{3,}|(?:\.\s){2,}\.|\[\s*(?:\u2026|\.{3})\s*\])\s*")


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: `rule`, `define`, `precedent` or `case`, with its YAML and the line of its fence."""

    kind: str
    fields: Located
    line: int


@dataclass(frozen=True, slots=True)
class Source:
    """A file taken apart. Rules and cases stand in `passages` as their number in `blocks`."""

    file: str
    front: Located
    blocks: tuple[Block, ...]
    passages: tuple[Passage, ...]

    @property
    def quoted(self) -> str:
        return folded(" ".join(passage.text for passage in self.passages if passage.kind == "quote"))


def read_markdown(text: str, file: str) -> Source:
    """Take `text` apart. Raises `DulyError` with file and line for a block that is open, unknown or unreadable."""
    lines = text.removeprefix("\ufeff").splitlines()
    front, start = _front_matter(lines, file)
    blocks: list[Block] = []
    passages: list[Passage] = []
    index = start
    while index < len(lines):
        line = lines[index]
        if fence := _FENCE.match(line):
            index = _fenced(lines, index, fence, file, blocks, passages)
        elif heading := _HEADING.match(line):
            passages.append(Passage("heading", heading[2], len(heading[1]), index + 1))
            index += 1
        elif not line.strip():
            index += 1
        else:
            index = _paragraph(lines, index, file, passages)
    return Source(file, front, tuple(blocks), tuple(passages))


def _front_matter(lines: list[str], file: str) -> tuple[Located, int]:
    if not lines or lines[0].strip() != "---":
        raise DulyError(
            "The file does not begin with front matter.",
            place=Place(file=file, line=1),
            remedy="Begin it with a `---` line, `citation:`, `title:`, `source:`, and another `---`.",
            code="front-matter",
        )
    for end in range(1, len(lines)):
        if lines[end].strip() == "---":
            return read_yaml("\n".join(lines[1:end]), file, 2), end + 1
    raise DulyError("The front matter has no closing `---` line.", place=Place(file=file, line=1), code="front-matter")


def _fenced(
    lines: list[str], start: int, fence: re.Match[str], file: str, blocks: list[Block], passages: list[Passage]
) -> int:
    mark, word = fence[1], fence[2]
    end = start + 1
    while end < len(lines) and not _closes(lines[end], mark):
        end += 1
    if end == len(lines):
        raise DulyError(
            f"The block “{word or mark}” is not closed.", place=Place(file=file, line=start + 1), code="open-block"
        )
    body = "\n".join(lines[start + 1 : end])
    if word in BLOCKS:
        kind = "case" if word == "case" else "rule"
        passages.append(Passage(kind, str(len(blocks)), 0, start + 1))
        blocks.append(Block(word, read_yaml(body, file, start + 2), start + 1))
    elif word == "text":
        passages.append(Passage("prose", body, 0, start + 1))
    else:
        raise DulyError(
            f"A block is called “{word}”, which is none of {', '.join(BLOCKS)}.",
            place=Place(file=file, line=start + 1),
            remedy="Use `text` for a block that holds no rule.",
            code="unknown-block",
        )
    return end + 1


def _closes(line: str, mark: str) -> bool:
    stripped = line.strip()
    return len(stripped) >= len(mark) and set(stripped) == {mark[0]} and len(line) - len(line.lstrip()) < 4


def _paragraph(lines: list[str], start: int, file: str, passages: list[Passage]) -> int:
    quoting = bool(_QUOTE.match(lines[start]))
    end = start
    gathered: list[str] = []
    while end < len(lines) and lines[end].strip() and bool(_QUOTE.match(lines[end])) == quoting:
        bare = _QUOTE_MARKS.sub("", lines[end]) if quoting else lines[end]
        if _FENCE.match(bare):
            if not quoting:
                break
            raise DulyError("A block stands inside a quotation.", place=Place(file=file, line=end + 1), code="block")
        if not quoting and _HEADING.match(lines[end]):
            break
        gathered.append(bare)
        end += 1
    passages.append(Passage("quote" if quoting else "prose", "\n".join(gathered), 0, start + 1))
    return end


def folded(text: str) -> str:
    """`text` with white space folded, quotation marks straight and Markdown's emphasis gone: words are compared, not
    their typography."""
    return " ".join(text.translate(_STRAIGHT).split())


def stands_in(text: str, quoted: str) -> bool:
    """Whether `text` occurs word for word in the folded `quoted` text; an ellipsis skips, in order."""
    at = 0
    for fragment in _ELLIPSIS.split(folded(text)):
        if not fragment:
            continue
        found = quoted.find(fragment, at)
        if found < 0:
            return False
        at = found + len(fragment)
    return True
