"""Finds signature blocks: the name, the title under it, and the place of the pen above."""

from __future__ import annotations

import re
from dataclasses import dataclass

from duly.evidence import Box
from duly.instruments.capacities import capacity_of
from duly.intake.finding import Finder, Found
from duly.intake.folding import plain
from duly.intake.pieces import Piece
from duly.intake.prose import Line, Prose, unwrapped

_JUDGE = re.compile(
    r"\b(?:magistrate judge|district judge|district court judge|superior court judge|circuit (?:court )?judge|county (?:court )?judge|chief judge|senior judge|"
    r"presiding judge|judge of the [\w ]+|immigration judge|administrative law judge|judge|justice|magistrate|court commissioner)\b"
)
_ROLE = re.compile(r"\b(?:(?:deputy |court )?clerk|attorney|counsel|judge|magistrate|justice)\b")
_ROLE_NOT = re.compile(
    r"\b(?:without attorney|court use|assistant clerk of|name and address|state bar|you may|if you|clerk s office|courtroom|attorney for \W*name|attorney fees)\b"
)
# A name that is itself the signature: "s/ Maria Example" right over the title. Without letters after it, the mark waits for one.
_TYPED_NAME = re.compile(r"^\W*\bs\s?/\s*[^\W\d_]{2,}", re.IGNORECASE)
_AFTERWARDS = r"\b(?:PROOF\s+OF\s+SERVICE|AFFIDAVIT\s+OF\s+SERVICE|RETURN\s+OF\s+SERVICE|CERTIFICATE\s+OF\s+SERVICE)\b"


@dataclass(frozen=True, slots=True)
class Block:
    """A signature block: the name's line, the title's line, and where the pen would have been."""

    name: Line | None
    title: Line
    same_line: bool
    area: Box


def judge_block(prose: Prose) -> Block | None:
    """The last short run of words that is a judge's title, the name over it, and the space above."""
    for line in reversed(prose.single_runs()):
        words = plain(line.text)
        if (
            not _JUDGE.search(words)
            or re.search(r"\bsignature\b", words)
            or len(words.split()) > 11
            or line.text.rstrip().endswith((",", ";"))
            or _is_heading_line(prose, line)
        ):
            continue
        if line.text.rstrip().endswith(".") and len(words.split()) > 6:
            continue
        own = re.split(r",|\s[-–]\s", line.text, maxsplit=1)
        same_line = len(own) == 2 and not _JUDGE.search(plain(own[0])) and bool(own[0].strip(" _/"))
        above = None if same_line else _name_above(prose, line)
        return Block(above, line, same_line, _pen_area(prose, above if above is not None else line))
    return None


def officer_block(prose: Prose) -> Block | None:
    """The signature block of somebody who is no judge, a clerk or an officer, under what an order orders."""
    ordered = prose.find(r"\b(?:IT\s+IS\s+(?:\w+\s+){0,2}ORDERED|SO\s+ORDERED|BY\s+THE\s+COURT)\b")
    if ordered is None:
        return None
    first = prose.line_at(ordered.start())
    below = {id(run) for line in prose.lines[first + 1 :] for run in line.runs}
    for line in reversed(prose.single_runs()):
        words = plain(line.text)
        if id(line.runs[0]) not in below or len(words.split()) > 11 or line.text.rstrip().endswith((".", ";", ":")):
            continue
        if re.match(r"(?:to|cc|copy|copies|attn|attention|by order of|submitted)\b", words):
            continue
        if capacity_of(line.text) in ("court_clerk", "other_officer"):
            own = re.split(r",|\s[-–]\s", line.text, maxsplit=1)
            same_line = len(own) == 2 and bool(own[0].strip(" _/"))
            above = None if same_line else _name_above(prose, line)
            return Block(above, line, same_line, _pen_area(prose, above if above is not None else line))
    return None


def other_signer(prose: Prose) -> Found | None:
    """The name and title of a clerk or an officer where a judge would sign."""
    block = officer_block(prose)
    if block is None:
        return None
    words = block.title.text if block.name is None else f"{block.name.text}, {block.title.text}"
    return Found(unwrapped(words).strip(" ,_"), block.title.pieces(), 0.85)


def _is_heading_line(prose: Prose, line: Line) -> bool:
    """Whether the line stands in the caption, where some courts print the judge's name too."""
    return line.page == prose.lines[0].page and line.y0 < prose.lines[min(5, len(prose.lines) - 1)].y0


def _name_above(prose: Prose, title_line: Line) -> Line | None:
    """The run directly over a title that could be a person's name."""
    near = [
        line
        for line in prose.single_runs()
        if line.page == title_line.page
        and line.y0 < title_line.y0
        and title_line.y0 - line.y1 < 1.1 * (title_line.y1 - title_line.y0)
        and line.y1 < title_line.y1 - 2
        and (abs(line.x0 - title_line.x0) < 60 or _centred(line, title_line))
    ]
    if not near:
        return None
    line = max(near, key=lambda line: line.y1)
    words = plain(line.text)
    is_name = 1 < len(words.split()) <= 9 and not re.search(r"\b(?:court|dated?|ordered|day of|signature)\b", words)
    return line if is_name and any(character.isalpha() for character in words) else None


def _centred(one: Line, other: Line) -> bool:
    return abs((one.x0 + one.runs[-1].box.x1) - (other.x0 + other.runs[-1].box.x1)) < 30


def _pen_area(prose: Prose, line: Line) -> Box:
    """The space over a name, up to the words before it, and the name's own line where it is typed as a signature."""
    left, right = line.x0 - 12, max(line.runs[-1].box.x1 + 60, line.x0 + 210)
    ceiling = line.y0 - 62
    for before in prose.single_runs():
        in_the_way = (
            before.page == line.page
            and before.y1 <= line.y0 + 1
            and before.x0 < right
            and before.runs[-1].box.x1 > left
        )
        if in_the_way and _is_surely_read(before) and not re.search(r"/?s/|^[_\W]+$", before.text, re.IGNORECASE):
            ceiling = max(ceiling, before.y1 + 1)
    floor = line.y1 + 0.5 if _TYPED_NAME.match(line.text) else line.y0 - 0.5
    return Box(left, ceiling, right, floor)


def _is_surely_read(line: Line) -> bool:
    """Whether a run is print and not a pen stroke that was taken for letters."""
    run = line.runs[0]
    return run.confidence_of(0, len(run.text)) >= 0.85 and sum(character.isalpha() for character in run.text) >= 4


def judge_name(prose: Prose) -> Found | None:
    block = judge_block(prose)
    if block is None:
        return None
    if block.same_line:
        name = re.split(r",|\s[-–]\s", block.title.text, maxsplit=1)[0]
        return Found(_bare_name(name), (Piece(block.title.runs[0], 0, len(name)),), 0.88)
    if block.name is None:
        return None
    return Found(_bare_name(block.name.text), block.name.pieces(), 0.9)


def _bare_name(text: str) -> str:
    return re.sub(r"^\W*(?:(?:/?s/|hon\.|(?:the )?honorable\b)\s*)+", "", unwrapped(text), flags=re.IGNORECASE).strip(
        " ,_/"
    )


def judge_title(prose: Prose) -> Found | None:
    block = judge_block(prose)
    if block is None:
        return None
    text = block.title.text
    if block.same_line:
        text = re.split(r",|\s[-–]\s", text, maxsplit=1)[1]
    return Found(unwrapped(text).strip(" ,_"), block.title.pieces(), 0.9)


def role_blocks(prose: Prose) -> list[tuple[str, Block]]:
    """The signature blocks of a subpoena, each with the role printed under it: clerk, attorney or judge.

    Only the lower part of the paper is looked at, down to its proof of service.
    """
    stop = prose.find(_AFTERWARDS)
    last = (
        prose.line_at(stop.start()) if stop is not None and stop.start() > 0.3 * len(prose.text) else len(prose.lines)
    )
    blocks: list[tuple[str, Block]] = []
    rows = {id(run) for line in prose.lines[last // 3 : last] for run in line.runs}
    for line in prose.single_runs():
        words = plain(line.text)
        match = _ROLE.search(words)
        if (
            id(line.runs[0]) not in rows
            or match is None
            or len(words.split()) > 9
            or _ROLE_NOT.search(words)
            or line.text.rstrip().endswith((".", ";"))
        ):
            continue
        role = _role(line.text, match[0])
        if role is None:
            continue
        above = _name_above(prose, line)
        own = re.split(r",|\s[-–]\s", line.text, maxsplit=1)
        same_line = above is None and len(own) == 2 and not _ROLE.search(plain(own[0]))
        blocks.append((role, Block(above, line, same_line, _pen_area(prose, above or line))))
    return blocks


def _role(words: str, word: str) -> str | None:
    """Clerk, attorney or judge, as the title says; a judge only where the word can be no part of a name."""
    if "clerk" in word or word in ("attorney", "counsel"):
        return "clerk" if "clerk" in word else "attorney"
    return {"court_clerk": "clerk", "attorney": "attorney", "judge": "judge", "magistrate_judge": "judge"}.get(
        capacity_of(words) or ""
    )


def block_name(block: Block) -> str | None:
    """The name in a signature block, where one is printed."""
    if block.name is not None:
        return _bare_name(block.name.text)
    return _bare_name(re.split(r",|\s[-–]\s", block.title.text, maxsplit=1)[0]) if block.same_line else None


FINDERS: dict[str, Finder] = {
    "judge name": judge_name, "judge title": judge_title, "other signer": other_signer,
}  # fmt: skip
