"""Finds what stands at the head and at the foot of a court's paper: court, title, what is ordered, the judge and the pen."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from duly.evidence import Box
from duly.instruments.kind import FieldValue
from duly.intake.dating import find_dates, find_times
from duly.intake.folding import plain
from duly.intake.prose import Line, Prose, unwrapped
from duly.intake.regions import Piece

_COURT = re.compile(r"\bcourts?\b")
_COURT_GOES_ON = re.compile(r"^(?:for the|in and for|district of|state of|within and for|of the state|\w+ (?:judicial )?(?:district|circuit)\b|\w+ division|[a-z ]+ county\b)")
_COURT_BEGINS = re.compile(r"^(?:in the|state of|commonwealth of)\b")
_NO_COURT = re.compile(r"\bcourt (?:use|address|order|of record)\b|\bfor court\b|\bclerk of\b|\bin this court\b|\bthe court\b")
_TITLE = re.compile(r"\b(?:order|petition|motion|application|subpoena|writ|warrant|notice|judgment|decree|stipulation|complaint|citation|summons)\b")
_NOT_TITLE = re.compile(r"\b(?:the court|plaintiff|defendant|petitioner|respondent|before the)\b")
_PARTY = re.compile(r"^\W*(?:plaintiffs?|defendants?|petitioners?|respondents?|appellees?|movants?|in re|in the matter)\b")
_JUDGE = re.compile(
    r"\b(?:magistrate judge|district judge|district court judge|superior court judge|circuit (?:court )?judge|county (?:court )?judge|chief judge|senior judge|"
    r"presiding judge|judge of the [\w ]+|immigration judge|administrative law judge|judge|justice|magistrate|court commissioner)\b"
)
_ORDERED = r"\bIT\s+IS\s+(?:(?:HEREBY|THEREFORE|FURTHER|SO|,|ALSO)\s*)*ORDERED\b[,:]?(?:\s+ADJUDGED,?(?:\s+AND\s+DECREED)?)?[,:]?\s*(?:that\b[:,]?)?\s*"
_SOFT_ORDERED = r"\b(?:the\s+court\s+(?:hereby\s+)?orders|(?:is|are)\s+hereby\s+ordered|ORDERED)\b[:,]?\s*(?:that\b)?\s*"
_DATED = re.compile(r"^\W*(?:done and )?(?:dated?|signed|entered|so ordered|ordered)\b.*\b(?:day of|(?:19|20)\d\d|\d{1,2}/\d{1,2})|^\W*dated\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A value that was found by the shape of the paper: its pieces, how sure, and flags."""

    value: FieldValue | None
    pieces: tuple[Piece, ...]
    confidence: float
    flags: tuple[str, ...] = ()


Finder = Callable[[Prose], "Found | None"]


def court(prose: Prose) -> Found | None:
    """The court's name at the head of the paper, over as many lines as it takes."""
    runs = [line for line in prose.single_runs() if line.page == prose.lines[0].page][:26]
    for number, line in enumerate(runs):
        words = plain(line.text)
        if not _COURT.search(words) or "immigration court" in words or len(words.split()) > 14 or _NO_COURT.search(words):
            continue
        block = [line]
        above = _neighbour(runs, line, below=False)
        if above is not None and _COURT_BEGINS.match(plain(above.text)) and len(above.text) < 60:
            block.insert(0, above)
        while len(block) < 4 and (under := _neighbour(runs, block[-1], below=True)) is not None and _COURT_GOES_ON.match(plain(under.text)):
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
        and (0 < other.y0 - line.y0 and other.y0 - line.y1 < 1.6 * height if below else 0 < line.y0 - other.y0 and line.y0 - other.y1 < 1.6 * height)
    ]
    return min(near, key=lambda other: abs(other.y0 - line.y0), default=None)


def party(prose: Prose, *, first: bool) -> Found | None:
    """A party by the *v.* between them: what stands over it, or under it, in its column."""
    runs = [line for line in prose.single_runs() if line.page == prose.lines[0].page]
    for versus in runs[:40]:
        if not re.fullmatch(r"\W*(?:v|vs|versus|against)\W*", versus.text.strip(), re.IGNORECASE):
            continue
        column = [line for line in runs if line.x0 < versus.x0 + 220 and (line.y1 <= versus.y0 + 3 if first else line.y0 >= versus.y1 - 3)]
        column = [line for line in column if abs(line.y0 - versus.y0) < 70 and not _PARTY.match(plain(line.text)) and not _COURT.search(plain(line.text))]
        if not column:
            return None
        nearest = max(column, key=lambda line: line.y0) if first else min(column, key=lambda line: line.y0)
        block = [nearest]
        while (more := _neighbour(column, block[0] if first else block[-1], below=not first)) is not None and len(block) < 3:
            if abs(more.x0 - nearest.x0) > 6 or more in block:
                break
            block.insert(0 if first else len(block), more)
        value = unwrapped(" ".join(line.text for line in block)).strip(" ,;:§)(")
        return Found(value, tuple(piece for line in block for piece in line.pieces()), 0.8) if value else None
    return None


_COMMAND = r"\b(?:commanded|ordered|required|summon(?:ed)?|subpoenaed|produce)\b"
_PLACE_DATE_TIME = re.compile(
    r"\bat\s+(?P<place>(?!\d{1,2}[:.]\d\d)[^;:]{6,160}?),?\s+on\s+(?:or\s+before\s+)?(?:the\s+)?(?P<date>[^;:]{6,34}?\d{4})(?:\s*,?\s*at\s+(?P<time>\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?\s?m\.?|noon)?))?",
    re.IGNORECASE,
)
_DATE_TIME_PLACE = re.compile(
    r"\bon\s+(?:or\s+before\s+)?(?:the\s+)?(?P<date>[^;:]{6,34}?\d{4}),?\s*(?:at|by)\s+(?P<time>\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?\s?m\.?|noon)?)\s*,?\s*(?:at|in)\s+(?P<place>[^;:]{6,160}?\b\d{5}(?:-\d{4})?)",
    re.IGNORECASE,
)


def _commanded(prose: Prose) -> tuple[re.Match[str], int] | None:
    """The sentence that says where and when to comply, and where the searched text starts."""
    start = prose.find(_COMMAND)
    if start is None:
        return None
    text = prose.text[start.start() :].replace("\n", " ")
    for pattern in (_PLACE_DATE_TIME, _DATE_TIME_PLACE):
        for match in pattern.finditer(text):
            if find_dates(match["date"]):
                return match, start.start()
    return None


def commanded_place(prose: Prose) -> Found | None:
    found = _commanded(prose)
    if found is None:
        return None
    match, start = found
    return Found(unwrapped(match["place"]).strip(" ,"), prose.pieces(start + match.start("place"), start + match.end("place")), 0.85)


def commanded_date(prose: Prose) -> Found | None:
    found = _commanded(prose)
    if found is None:
        return None
    match, start = found
    read = find_dates(match["date"])[0]
    place = start + match.start("date")
    return Found(read.value, prose.pieces(place + read.start, place + read.end), 0.9 * read.certainty, read.flags)


def commanded_time(prose: Prose) -> Found | None:
    found = _commanded(prose)
    if found is None or not found[0]["time"]:
        return None
    match, start = found
    reads = find_times(match["time"])
    place = start + match.start("time")
    return Found(reads[0].value, prose.pieces(place + reads[0].start, place + reads[0].end), 0.9, reads[0].flags) if reads else None


def district(prose: Prose) -> Found | None:
    """The district as the federal forms print it under the court's name."""
    match = prose.find(r"\b(?:(?:Northern|Southern|Eastern|Western|Middle|Central)\s+)?District\s+of\s+[A-Z][a-z]+(?:[ \t]+[A-Z][a-z]+){0,2}")
    if match is None:
        return None
    return Found(unwrapped(match[0]), prose.pieces(match.start(), match.end()), 0.85)


def _lines_found(prose: Prose, first: int, last: int, confidence: float) -> Found:
    lines = prose.lines[first : last + 1]
    value = unwrapped(" ".join(line.text for line in lines)).strip(" ,:;_")
    return Found(value, tuple(piece for line in lines for piece in line.pieces()), confidence)


def title(prose: Prose) -> Found | None:
    """The paper's title: the first lines in capitals, or centred, that name what it is and stand after the parties."""
    after = 0
    for number, line in enumerate(prose.lines[:40]):
        if _PARTY.match(plain(line.text)) and len(line.text.split()) <= 3:
            after = number + 1
    for number in range(after, min(len(prose.lines), after + 18)):
        if _is_title(prose.lines[number]):
            last = number
            while last + 1 < len(prose.lines) and last - number < 2 and prose.lines[last + 1].gap < 1.0 and _is_capital(prose.lines[last + 1].text):
                last += 1
            first = number
            while first > after and prose.lines[first].gap < 1.0 and _is_capital(prose.lines[first - 1].text):
                first -= 1
            return _lines_found(prose, first, last, 0.9)
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


def ordered(prose: Prose) -> Found | None:
    """What follows *IT IS ORDERED*, with further numbered or *FURTHER ORDERED* paragraphs."""
    match = prose.find(_ORDERED) or prose.find(_SOFT_ORDERED)
    if match is None:
        return None
    last = number = prose.line_at(max(match.start(), match.end() - 1))
    while last + 1 < len(prose.lines) and not _ends_order(prose, number, last + 1):
        last += 1
    end = prose.start_of(last) + len(prose.lines[last].text)
    value = unwrapped(prose.text[match.end() : end])
    return Found(value, prose.pieces(match.end(), end), 0.8) if value else None


def _ends_order(prose: Prose, first: int, number: int) -> bool:
    line, before = prose.lines[number], prose.lines[number - 1]
    if _DATED.match(line.text) or re.match(r"by the court|so ordered", plain(line.text)):
        return True
    goes_on = re.match(r"\s*(?:\(?\d{1,2}[.)]|\(?[a-z][.)]\s|IT IS|ORDERED)", line.text)
    new_paragraph = line.gap > 0.75 or (line.x0 > before.x0 + 14 and before.text.rstrip().endswith((".", ";", ":")))
    return new_paragraph and not goes_on and line.page == before.page and not before.text.rstrip().endswith((":", "that"))


def comply_by(prose: Prose) -> Found | None:
    """The day by which an order wants compliance: a date after *on or before*, *no later than*, *by*."""
    start = prose.find(_ORDERED) or prose.find(_SOFT_ORDERED)
    begin = start.end() if start is not None else 0
    for match in re.finditer(r"\b(?:on\s+or\s+before|no\s+later\s+than|not\s+later\s+than|by(?:\s+no\s+later\s+than)?)\b", prose.text[begin:], re.IGNORECASE):
        place = begin + match.end()
        window = prose.text[place : place + 60].replace("\n", " ")
        dates = [read for read in find_dates(window) if read.start < 28]
        if dates:
            read = dates[0]
            return Found(read.value, prose.pieces(place + read.start, place + read.end), 0.93 * read.certainty, read.flags)
    return None


def dated(prose: Prose) -> Found | None:
    """The line that says when the paper was signed."""
    number = _dated_line(prose)
    return None if number is None else _lines_found(prose, number, number, 0.85)


def issued_on(prose: Prose) -> Found | None:
    """The date in the line that says when the paper was signed."""
    number = _dated_line(prose)
    if number is None:
        return None
    start = prose.start_of(number)
    text = " ".join(line.text for line in prose.lines[number : number + 2])
    dates = find_dates(text)
    if not dates:
        return None
    read = dates[0]
    return Found(read.value, prose.pieces(start + read.start, start + read.end), 0.93 * read.certainty, read.flags)


def _dated_line(prose: Prose) -> int | None:
    found = None
    for number, line in enumerate(prose.lines):
        if _DATED.match(line.text) and len(line.text) < 130:
            found = number
    return found


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
        if not _JUDGE.search(words) or len(words.split()) > 11 or line.text.rstrip().endswith((",", ";")) or _is_heading_line(prose, line):
            continue
        if line.text.rstrip().endswith(".") and len(words.split()) > 6:
            continue
        own = re.split(r",|\s[-–]\s", line.text, maxsplit=1)
        same_line = len(own) == 2 and not _JUDGE.search(plain(own[0])) and bool(own[0].strip(" _/"))
        above = None if same_line else _name_above(prose, line)
        return Block(above, line, same_line, _pen_area(prose, above if above is not None else line))
    return None


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
    """The space over a name, up to the words before it."""
    left, right = line.x0 - 12, max(line.runs[-1].box.x1 + 60, line.x0 + 210)
    ceiling = line.y0 - 62
    for before in prose.single_runs():
        in_the_way = before.page == line.page and before.y1 <= line.y0 + 1 and before.x0 < right and before.runs[-1].box.x1 > left
        if in_the_way and _is_surely_read(before) and not re.search(r"/?s/|^[_\W]+$", before.text, re.IGNORECASE):
            ceiling = max(ceiling, before.y1 + 1)
    return Box(left, ceiling, right, line.y0 - 0.5)


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
    return re.sub(r"^\W*(?:(?:/?s/|hon\.|(?:the )?honorable\b)\s*)+", "", unwrapped(text), flags=re.IGNORECASE).strip(" ,_/")


def judge_title(prose: Prose) -> Found | None:
    block = judge_block(prose)
    if block is None:
        return None
    text = block.title.text
    if block.same_line:
        text = re.split(r",|\s[-–]\s", text, maxsplit=1)[1]
    return Found(unwrapped(text).strip(" ,_"), block.title.pieces(), 0.9)


_ROLE = re.compile(r"\b(?:(?:deputy |court )?clerk|attorney|counsel|judge|magistrate|justice)\b")
_ROLE_NOT = re.compile(r"\b(?:without attorney|court use|assistant clerk of|name and address|state bar|you may|if you|clerk s office|courtroom|attorney for \W*name|attorney fees)\b")
_AFTERWARDS = r"\b(?:PROOF\s+OF\s+SERVICE|AFFIDAVIT\s+OF\s+SERVICE|RETURN\s+OF\s+SERVICE|CERTIFICATE\s+OF\s+SERVICE)\b"


def role_blocks(prose: Prose) -> list[tuple[str, Block]]:
    """The signature blocks of a subpoena, each with the role printed under it: clerk, attorney or judge.

    Only the lower part of the paper is looked at, down to its proof of service.
    """
    stop = prose.find(_AFTERWARDS)
    last = prose.line_at(stop.start()) if stop is not None and stop.start() > 0.3 * len(prose.text) else len(prose.lines)
    blocks: list[tuple[str, Block]] = []
    rows = {id(run) for line in prose.lines[last // 3 : last] for run in line.runs}
    for line in prose.single_runs():
        words = plain(line.text)
        match = _ROLE.search(words)
        if id(line.runs[0]) not in rows or match is None or len(words.split()) > 9 or _ROLE_NOT.search(words) or line.text.rstrip().endswith((".", ";")):
            continue
        role = "clerk" if "clerk" in match[0] else "attorney" if match[0] in ("attorney", "counsel") else "judge"
        above = _name_above(prose, line)
        own = re.split(r",|\s[-–]\s", line.text, maxsplit=1)
        same_line = above is None and len(own) == 2 and not _ROLE.search(plain(own[0]))
        blocks.append((role, Block(above, line, same_line, _pen_area(prose, above or line))))
    return blocks


def block_name(block: Block) -> str | None:
    """The name in a signature block, where one is printed."""
    if block.name is not None:
        return _bare_name(block.name.text)
    return _bare_name(re.split(r",|\s[-–]\s", block.title.text, maxsplit=1)[0]) if block.same_line else None


FINDERS: dict[str, Finder] = {
    "court": court, "district": district, "title": title, "ordered": ordered, "comply by": comply_by, "dated": dated,
    "issued on": issued_on, "commanded place": commanded_place, "commanded date": commanded_date, "commanded time": commanded_time,
    "party first": partial(party, first=True), "party second": partial(party, first=False), "judge name": judge_name, "judge title": judge_title,
}  # fmt: skip
