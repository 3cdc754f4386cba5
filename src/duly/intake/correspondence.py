"""Finds what stands in a letter: its date, whom it is to, who signs it, what it asks, and the day that it sets."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from duly.evidence import Box
from duly.intake.dating import DateRead, TimeRead, find_dates, find_times
from duly.intake.finding import Finder, Found
from duly.intake.folding import plain
from duly.intake.prose import Line, Prose, unwrapped
from duly.intake.signers import Block

_SALUTATION = re.compile(
    r"^\s*(?:dear\b|to whom it may concern|re\s*:|subject\s*:|attention\s*:|good (?:morning|afternoon)|via\b|notice of inspection\b|hello\b|hi\b)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^\W*(?:sincerely|respectfully(?: submitted)?|very truly yours|yours truly|best regards|regards|kind regards|thank you|cordially|by)\b[\s,.:]*$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:please|could you|would you|can you|(?:am|are) writing to|need to know|looking for|we (?:request|ask|would appreciate)|i (?:request|ask|am requesting|would like)|requesting|kindly)\b",
    re.IGNORECASE,
)
_WHOM = re.compile(
    r"\b(?:about|regarding|concerning|with (?:regard|respect|reference) to|in (?:regard|reference) to|as to|for|of|named|on|re:|subject:|inmate|individual|subject)\s+(?:an?\s+|the\s+|mr\.?\s+|ms\.?\s+|mrs\.?\s+|inmate\s+|individual\s+|person\s+|named\s+)*((?:(?:[A-ZÁÉÍÓÚÑ]\.|[A-ZÁÉÍÓÚÑ][\w’'áéíóúñü-]+,?)\s+){1,4}[A-ZÁÉÍÓÚÑ][\w’'áéíóúñü-]+)",
    re.MULTILINE,
)
_STATE_ZIP = re.compile(r"\b[A-Z]{2}\.?\s+\d{5}(?:-\d{4})?\b")


def letter_date(prose: Prose) -> Found | None:
    """The first line near the head that is a date and little else."""
    for number, line in enumerate(prose.lines[:25]):
        text = re.sub(r"^\s*dated?\s*:?\s*", "", line.text, flags=re.IGNORECASE)
        reads = find_dates(text)
        if reads and reads[0].end - reads[0].start >= 0.7 * len(text.strip()):
            start = prose.start_of(number) + len(line.text) - len(text)
            return Found(
                reads[0].value,
                prose.pieces(start + reads[0].start, start + reads[0].end),
                0.95 * reads[0].certainty,
                reads[0].flags,
            )
    return None


def _addressee(prose: Prose) -> list[Line]:
    """The lines of the address block: after the date or *TO:*, up to the salutation."""
    start = None
    for number, line in enumerate(prose.lines[:30]):
        if re.match(r"\s*to\s*:", line.text, re.IGNORECASE):
            start = number
            break
        reads = find_dates(line.text)
        if reads and reads[0].end - reads[0].start >= 0.6 * len(line.text.strip()):
            start = number + 1
    if start is None:
        return []
    block: list[Line] = []
    for line in prose.lines[start : start + 8]:
        if _SALUTATION.match(line.text) or len(line.text) > 75 or re.match(r"\s*from\s*:", line.text, re.IGNORECASE):
            break
        if block and line.gap > 1.4 and _STATE_ZIP.search(block[-1].text):
            break
        block.append(line)
    return block


def addressee_name(prose: Prose) -> Found | None:
    block = _addressee(prose)
    if not block:
        return None
    name = re.sub(r"^\s*to\s*:\s*", "", block[0].text, flags=re.IGNORECASE)
    name = name if name else (block[1].text if len(block) > 1 else "")
    return Found(unwrapped(name).strip(" ,"), block[0].pieces(), 0.9) if name.strip() else None


def addressee_address(prose: Prose) -> Found | None:
    block = _addressee(prose)
    if len(block) < 2:
        return None
    return Found(
        "\n".join(unwrapped(line.text) for line in block[1:]),
        tuple(piece for line in block[1:] for piece in line.pieces()),
        0.9,
    )


def closing_block(prose: Prose) -> Block | None:
    """Who signs a letter or a petition: the name under the closing words, the title under it, the space between."""
    anchor = None
    for number, line in enumerate(prose.lines):
        if _CLOSING.match(line.text) and number > 2:
            anchor = number
    if anchor is None:
        return None
    below = [line for line in prose.lines[anchor + 1 : anchor + 8] if line.page >= prose.lines[anchor].page]
    names = [line for line in below if _could_be_name(line.text)]
    if not names:
        return None
    name = names[0]
    rest = below[below.index(name) + 1 :]
    title = rest[0] if rest and rest[0].gap < 1.2 else name
    top = prose.lines[anchor].y1 + 1 if prose.lines[anchor].page == name.page else name.y0 - 60
    return Block(name, title, title is name, Box(name.x0 - 12, max(top, name.y0 - 75), name.x0 + 220, name.y0 - 0.5))


def _could_be_name(text: str) -> bool:
    words = plain(text).split()
    if (
        re.match(r"\s*/?s/|\s*(?:digitally|electronically)?\s*signed by\b", text, re.IGNORECASE)
        or not 1 < len(words) <= 8
        or any(character.isdigit() for character in text)
    ):
        return False
    capital = [word for word in re.findall(r"[^\W\d_]+", text) if word[0].isupper()]
    return len(capital) >= 2 and len(capital) >= 0.6 * len(words)


def signer_name(prose: Prose) -> Found | None:
    block = closing_block(prose)
    if block is None or block.name is None:
        return None
    name = block.name.text.split(",")[0] if block.same_line else block.name.text
    return Found(unwrapped(name).strip(" ,"), block.name.pieces(), 0.88)


def signer_title(prose: Prose) -> Found | None:
    block = closing_block(prose)
    if block is None:
        return None
    if block.same_line:
        _, comma, title = block.title.text.partition(",")
        return Found(unwrapped(title), block.title.pieces(), 0.8) if comma and title.strip() else None
    return Found(unwrapped(block.title.text).strip(" ,"), block.title.pieces(), 0.85)


def business_days(prose: Prose) -> Found | None:
    match = prose.find(
        r"\b((?:\w+\s*\(\s*\d{1,2}\s*\)|\d{1,2}|three|two|five|seven|ten))\s+(?:business|working)\s+days?\b"
    )
    return None if match is None else Found(unwrapped(match[1]), prose.pieces(match.start(1), match.end(1)), 0.93)


def _meeting(prose: Prose) -> tuple[int, str] | None:
    """The sentence that sets the day of an inspection, and where it starts."""
    match = prose.find(
        r"\b(?:scheduled|take\s+place|will\s+be\s+(?:conducted|held)|appear|inspection\s+(?:date|on|will)|present\s+(?:the|your))\b[^.]{0,60}?(?=(?:January|February|March|April|May|June|July|August|September|October|November|December|\d{1,2}/\d{1,2}/))"
    )
    if match is None:
        return None
    return match.start(), prose.text[match.start() : match.start() + 320].replace("\n", " ")


def _in_the_meeting(prose: Prose, read: Callable[[str], Sequence[DateRead] | Sequence[TimeRead]]) -> Found | None:
    """The first day, or the first time, in the sentence that sets the day of an inspection."""
    found = _meeting(prose)
    if found is None:
        return None
    start, text = found
    reads = read(text)
    if not reads:
        return None
    first = reads[0]
    return Found(first.value, prose.pieces(start + first.start, start + first.end), 0.93 * first.certainty, first.flags)


def inspection_date(prose: Prose) -> Found | None:
    return _in_the_meeting(prose, find_dates)


def inspection_time(prose: Prose) -> Found | None:
    return _in_the_meeting(prose, find_times)


def inspection_place(prose: Prose) -> Found | None:
    found = _meeting(prose)
    if found is None:
        return None
    start, text = found
    match = re.search(
        r"(?:a\.?m\.?|p\.?m\.?|noon|\d{4})\s*,?\s+(?:at|in)\s+(?!\d{1,2}:\d\d)(.+?\b\d{5}(?:-\d{4})?|.+?)(?=\.\s|\.$|;|$)",
        text,
        re.IGNORECASE,
    )
    return (
        None
        if match is None
        else Found(unwrapped(match[1]), prose.pieces(start + match.start(1), start + match.end(1)), 0.85)
    )


_MARKED = re.compile(r"^\s*(?:\(?\d{1,2}\s?[.,)]|\(?[a-z][.)]\s|[•▪◦●·*\-–]\s)")


def following_list(prose: Prose) -> Found | None:
    """The items of a list that a line ending in a colon leads up to."""
    for number in range(len(prose.lines) - 1):
        # The words of leading up may stand some lines before the colon, with the place and the day between.
        before = " ".join(above.text for above in prose.lines[max(0, number - 3) : number + 1])
        leads = re.search(
            r"\b(?:following|records|documents|produced?|ready|items|described|below)\b(?:[^:]|:\d)*:\s*$",
            before,
            re.IGNORECASE,
        )
        if not leads or not _MARKED.match(prose.lines[number + 1].text):
            continue
        items: list[str] = []
        used: list[Line] = []
        left = prose.lines[number + 1].x0
        for item in prose.lines[number + 1 :]:
            marked = _MARKED.match(item.text)
            if not marked and (item.x0 < left - 3 or (item.gap > 0.55 and item.x0 < left + 4)):
                break
            if marked:
                items.append(item.text[marked.end() :].strip())
            else:
                items[-1] = f"{items[-1]} {item.text.strip()}"
            used.append(item)
        values = tuple(unwrapped(item).strip(" ;") for item in items if item.strip(" ;"))
        return Found(values, tuple(piece for item in used for piece in item.pieces()), 0.88)
    return None


def following_text(prose: Prose) -> Found | None:
    """The same list as running text, with its markers."""
    found = following_list(prose)
    if found is None:
        return None
    return Found(unwrapped(" ".join(piece.text for piece in found.pieces)), found.pieces, found.confidence)


# What stands after the words of asking and the person's name is what is asked.
_OBJECT = re.compile(
    r"(?:please|could you|would you|can you|kindly|we request|i request|(?:am|are) writing to)\s+(?:please\s+)?(?:let (?:us|me) know|tell (?:us|me)|send(?: us| me)?|provide(?: us| me)?(?: with)?|"
    r"ask|request|confirm|advise(?: us)?(?: of)?|give (?:us|me)|forward|share)\s*,?\s*(?:(?:about|regarding|concerning|for|with (?:regard|respect|reference) to)\s+[^,]{3,60},\s*)?([^?.]+(?:(?:\.(?=\w)|(?<=\b[A-Z])\.)[^?.]*)*)",
    re.IGNORECASE,
)


def requested(prose: Prose) -> Found | None:
    """The sentences that ask for something."""
    start = next((number + 1 for number, line in enumerate(prose.lines) if _SALUTATION.match(line.text)), 0)
    start = min(start, len(prose.lines) - 1)
    end = next(
        (number for number, line in enumerate(prose.lines) if number >= start and _CLOSING.match(line.text)),
        len(prose.lines),
    )
    body_start = prose.start_of(start)
    body = prose.text[body_start : prose.start_of(end) if end < len(prose.lines) else None]
    sentences = [
        match
        for match in re.finditer(r"[^.?!]+(?:(?<=\b[A-Z])\.[^.?!]*|[.?!](?=\S)[^.?!]*)*[.?!]*", body)
        if _ASKS.search(match[0])
    ]
    if not sentences:
        return None
    value = unwrapped(" ".join(match[0] for match in sentences))
    object_of = _OBJECT.search(value)
    if object_of is not None and len(object_of[1].split()) > 2:
        value = object_of[1].strip(" ,.?")
    return Found(value, prose.pieces(body_start + sentences[0].start(), body_start + sentences[-1].end()), 0.7)


def person_named(prose: Prose) -> Found | None:
    """The person whom a letter is about: capitalised words after *about*, *regarding* and the like."""
    start = next((number for number, line in enumerate(prose.lines) if _SALUTATION.match(line.text)), 0)
    for match in _WHOM.finditer(prose.text, prose.start_of(start) if prose.lines else 0):
        name = unwrapped(match[1]).strip(" ,")
        if not re.search(
            r"\b(?:Department|Office|Sheriff|County|City|Immigration|Enforcement|United|States|Police|Records|Court|Act|January|February|March|April|May|June|July|August|September|October|November|December)\b",
            name,
        ):
            return Found(name, prose.pieces(match.start(1), match.end(1)), 0.75)
    return None


FINDERS: dict[str, Finder] = {
    "letter date": letter_date, "addressee name": addressee_name, "addressee address": addressee_address, "signer name": signer_name,
    "signer title": signer_title, "business days": business_days, "inspection date": inspection_date, "inspection time": inspection_time,
    "inspection place": inspection_place, "following list": following_list, "following text": following_text, "requested": requested, "person named": person_named,
}  # fmt: skip
