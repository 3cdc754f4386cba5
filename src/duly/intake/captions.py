"""Finds what stands at the head of a court's paper: the court, the parties, the title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from duly.intake.finding import Finder, Found, lines_found
from duly.intake.folding import plain
from duly.intake.prose import Line, Prose, unwrapped

_COURT = re.compile(r"\bcourts?\b")
_COURT_GOES_ON = re.compile(
    r"^(?:for the|in and for|district of|state of|within and for|of the state|\w+ (?:judicial )?(?:district|circuit)\b|\w+ division|[a-z ]+ county\b)"
)
_COURT_BEGINS = re.compile(r"^(?:in the|state of|commonwealth of)\b")
_NO_COURT = re.compile(
    r"\bcourt (?:use|address|order|of record)\b|\bfor court\b|\bclerk of\b|\bin this court\b|\bthe court\b"
)
_TITLE = re.compile(
    r"\b(?:order|petition|motion|application|subpoena|writ|warrant|notice|judgment|decree|stipulation|complaint|citation|summons)\b"
)
_NOT_TITLE = re.compile(r"\b(?:the court|plaintiff|defendant|petitioner|respondent|before the)\b")
_PARTY = re.compile(
    r"^\W*(?:plaintiffs?|defendants?|petitioners?|respondents?|appellees?|movants?|in re|in the matter)\b"
)


_ROLE_BEHIND = re.compile(r",?\s+(?:plaintiff|defendant|petitioner|respondent)(?:s|\(s\))?\W*$", re.IGNORECASE)
_NUMBERED = re.compile(r"\b(?:case|index|cause|docket|action|court file)\s+(?:no|number)\b|^no \d")


def names_a_paper(text: str) -> bool:
    """Whether words in capitals are a paper's title, and no party."""
    return _is_capital(text) and _TITLE.search(plain(text)) is not None


def court(prose: Prose) -> Found | None:
    """The court's name at the head of the paper, over as many lines as it takes."""
    runs = [line for line in prose.single_runs() if line.page == prose.lines[0].page][:26]
    for _number, line in enumerate(runs):
        words = plain(line.text)
        if (
            not _COURT.search(words)
            or "immigration court" in words
            or len(words.split()) > 14
            or _NO_COURT.search(words)
        ):
            continue
        block = [line]
        above = _neighbour(runs, line, below=False)
        if above is not None and _COURT_BEGINS.match(plain(above.text)) and len(above.text) < 60:
            block.insert(0, above)
        while (
            len(block) < 4
            and (under := _neighbour(runs, block[-1], below=True)) is not None
            and _COURT_GOES_ON.match(plain(under.text))
        ):
            block.append(under)
        value = unwrapped(" ".join(part.text for part in block)).strip(" ,:;_")
        value = re.sub(r"^IN THE ", "", value, flags=re.IGNORECASE)
        return Found(value, tuple(piece for part in block for piece in part.pieces()), 0.93)
    return None


def _neighbour(runs: Sequence[Line], line: Line, *, below: bool) -> Line | None:
    """The run next above or below in the same column."""
    height = line.y1 - line.y0
    near = [
        other
        for other in runs
        if other is not line
        and other.x0 < line.runs[-1].box.x1
        and other.runs[-1].box.x1 > line.x0
        and (
            other.y0 - line.y0 > 0 and other.y0 - line.y1 < 1.6 * height
            if below
            else line.y0 - other.y0 > 0 and line.y0 - other.y1 < 1.6 * height
        )
    ]
    return min(near, key=lambda other: abs(other.y0 - line.y0), default=None)


def party(prose: Prose, *, first: bool) -> Found | None:
    """A party by the *v.* between them: what stands over it, or under it, in its column."""
    runs = [line for line in prose.single_runs() if line.page == prose.lines[0].page]
    for versus in runs[:40]:
        if not re.fullmatch(r"\W*(?:v|vs|versus|against)\W*", versus.text.strip(), re.IGNORECASE):
            continue
        column = [
            line
            for line in runs
            if line.x0 < versus.x0 + 140 and (line.y1 <= versus.y0 + 3 if first else line.y0 >= versus.y1 - 3)
        ]
        column = [
            line
            for line in column
            if abs(line.y0 - versus.y0) < 70
            and not _PARTY.match(plain(line.text))
            and not _COURT.search(plain(line.text))
            and not _NUMBERED.search(plain(line.text))
            and not _TITLE.search(plain(line.text))
        ]
        if not column:
            return None
        nearest = max(column, key=lambda line: line.y0) if first else min(column, key=lambda line: line.y0)
        block = [nearest]
        while (more := _neighbour(column, block[0] if first else block[-1], below=not first)) is not None and len(
            block
        ) < 3:
            if abs(more.x0 - nearest.x0) > 6 or more in block:
                break
            block.insert(0 if first else len(block), more)
        value = unwrapped(" ".join(line.text for line in block)).strip(" ,;:§)(")
        value = _ROLE_BEHIND.sub("", value)
        return Found(value, tuple(piece for line in block for piece in line.pieces()), 0.8) if value else None
    return None


_DOCKET = re.compile(
    r"\b(?:case|action|cause|docket|index|matter|file|criminal|civil|misc(?:\.|ellaneous)?)\s+(?:no|number|nos)\b[.:#\s]{0,5}"
    r"((?:[A-Z]{1,5}[- ])?\d[\w:./()-]*(?:[ ](?:[A-Z]{1,4}[ -])?\d[\w./-]*)*)",
    re.IGNORECASE,
)


def docket(prose: Prose) -> Found | None:
    """The case number by the words before it, whatever stands before them (`Misc. Case No. 20-mc-00019`)."""
    first = [number for number, line in enumerate(prose.lines) if line.page == prose.lines[0].page][:40]
    end = prose.start_of(first[-1]) + len(prose.lines[first[-1]].text)
    match = _DOCKET.search(prose.text[:end])
    if match is None:
        return None
    return Found(match[1].strip(" .,:"), prose.pieces(match.start(1), match.end(1)), 0.88)


def district(prose: Prose) -> Found | None:
    """The district as the federal forms print it under the court's name."""
    match = prose.find(
        r"\b(?:(?:Northern|Southern|Eastern|Western|Middle|Central)\s+)?District\s+of\s+[A-Z][a-z]+(?:[ \t]+[A-Z][a-z]+){0,2}"
    )
    if match is None:
        return None
    return Found(unwrapped(match[0]), prose.pieces(match.start(), match.end()), 0.85)


def title(prose: Prose) -> Found | None:
    """The paper's title: the first lines in capitals, or centred, that name what it is and stand after the parties."""
    after = 0
    for number, line in enumerate(prose.lines[:40]):
        if _PARTY.match(plain(line.text)) and len(line.text.split()) <= 3:
            after = number + 1
    for number in range(after, min(len(prose.lines), after + 18)):
        if _is_title(prose.lines[number]):
            last = number
            while (
                last + 1 < len(prose.lines)
                and last - number < 2
                and prose.lines[last + 1].gap < 1.0
                and _is_capital(prose.lines[last + 1].text)
            ):
                last += 1
            first = number
            while first > after and prose.lines[first].gap < 1.0 and _is_capital(prose.lines[first - 1].text):
                first -= 1
            return lines_found(prose, first, last, 0.9)
    return None


def _is_title(line: Line) -> bool:
    words = plain(line.text)
    if not _TITLE.search(words) or len(words.split()) > 18 or _PARTY.match(words):
        return False
    return _is_capital(line.text) or (_is_headline(line.text) and not _NOT_TITLE.search(words))


def _is_capital(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return len(letters) >= 4 and sum(character.isupper() for character in letters) > 0.8 * len(letters)


def _is_headline(text: str) -> bool:
    words = [word for word in re.findall(r"[A-Za-z]+", text) if len(word) > 3]
    return bool(words) and all(word[0].isupper() for word in words) and not text.rstrip().endswith((".", ",", ";"))


FINDERS: dict[str, Finder] = {
    "court": court, "district": district, "docket": docket, "title": title,
    "party first": partial(party, first=True), "party second": partial(party, first=False),
}  # fmt: skip
