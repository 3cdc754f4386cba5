"""Whose paper it is by its head: a court's caption, or an agency's letterhead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from duly.intake.folding import fold, plain
from duly.intake.sheet import Run, Sheet

_COURT = re.compile(
    r"\b(?:united states district court|district court|superior court|circuit court|county court|court of (?:appeals?|common pleas|claims)|"
    r"supreme court|court of the state|municipal court|probate court|family court|justice court|bankruptcy court|chancery court|"
    r"(?:civil|criminal) court|judicial district|court of|district courts|in the court)\b"
)
# Words of a sentence about a court. A caption has none of them, whatever its letters.
_SENTENCE = re.compile(
    r"\b(?:may|shall|will|must|can|is|are|be|by|you|your|this|that|which|failure|pursuant|issued|comply|compliance|application|"
    r"apply|enforce\w*|under|refusal|contempt|decision|appropriate|any|clerk|immigration|send|attention|attn|filed)\b"
)
_SMALL = frozenset(
    {"of", "the", "for", "in", "and", "within", "at", "county", "state", "district", "division", "to", "a", "v", "vs"}
)
_AGENCY = re.compile(
    r"\b(?:department of homeland security|immigration and customs enforcement|customs and border protection|"
    r"citizenship and immigration services|immigration and naturalization service|homeland security investigations|"
    r"enforcement and removal operations|executive office for immigration review|immigration court|"
    r"department of (?:justice|health and human services|labor|education|the treasury|treasury|state|defense|veterans affairs|"
    r"housing and urban development|transportation|commerce|agriculture|energy|the interior)|"
    r"drug enforcement administration|federal bureau of investigation|bureau of alcohol tobacco firearms and explosives|"
    r"marshals service|secret service|postal inspection service|internal revenue service|(?:office of (?:the )?)?inspector general|"
    r"equal employment opportunity commission|national labor relations board|securities and exchange commission|"
    r"federal trade commission|social security administration|environmental protection agency|consumer financial protection bureau|"
    r"federal communications commission|occupational safety and health administration|office of the attorney general|"
    r"office for civil rights|attorney general s office)\b"
)
_ABBREVIATED = re.compile(
    r"\W*(?:U\.?S\.?\s+)?(?:DHS|ICE|CBP|USCIS|HSI|ERO|DEA|FBI|ATF|IRS|EEOC|NLRB|SEC|FTC|HHS|OIG)\b\W*"
)
_COUNSEL = re.compile(r"\b(?:attorneys?|counsel)\b", re.IGNORECASE)
# Laws under which an agency commands by itself.
_AGENCY_POWER = re.compile(
    r"\b(?:issued|authority|pursuant|under|section|§)\b[^;]{0,90}?(?:"
    r"235\s*\(\s*d\s*\)|1225\s*\(\s*d\s*\)|287\.4|§*\s*1509\b|21\s+u\.?\s?s\.?\s?c\.?\s*§*\s*876|18\s+u\.?\s?s\.?\s?c\.?\s*§*\s*3486|"
    r"29\s+u\.?\s?s\.?\s?c\.?\s*§*\s*161|26\s+u\.?\s?s\.?\s?c\.?\s*§*\s*7602|5\s+u\.?\s?s\.?\s?c\.?\s*app)",
    re.IGNORECASE | re.DOTALL,
)


def captions(sheet: Sheet) -> tuple[str, ...]:
    """The lines in the upper part of a page that name a court by themselves, as a caption does, each in plain words."""
    return tuple(plain(run.text) for run in court_lines(sheet))


def caption_blocks(sheet: Sheet) -> tuple[str, ...]:
    """The captions, each with the lines right over and under it in its column: the county and the state stand there."""
    top = [run for run in sheet.runs if run.box.y1 < 0.5 * sheet.height]
    blocks = []
    for court in court_lines(sheet):
        block = [court]
        while len(block) < 5 and (above := _next_to(block[0], top, below=False)) is not None:
            block.insert(0, above)
        while len(block) < 7 and (under := _next_to(block[-1], top, below=True)) is not None:
            block.append(under)
        blocks.append(" ".join(plain(run.text) for run in block))
    return tuple(blocks)


def _next_to(run: Run, runs: Sequence[Run], *, below: bool) -> Run | None:
    """The titled line right under a run, or over it, in the same column."""
    near = [
        other
        for other in runs
        if 0 < (other.middle - run.middle if below else run.middle - other.middle) < 2.2 * run.height
        and other.box.x0 < run.box.x1
        and other.box.x1 > run.box.x0
    ]
    if len(near) != 1:
        return None
    words = plain(near[0].text)
    return near[0] if len(words.split()) <= 10 and not _SENTENCE.search(words) and _is_titled(near[0].text) else None


def court_lines(sheet: Sheet) -> list[Run]:
    top = [run for run in sheet.runs if run.box.y1 < 0.45 * sheet.height]
    fuzzy = sheet.page.method == "ocr"
    return [run for run in top if is_caption(run.text, fuzzy=fuzzy) and not _runs_on(run, sheet.runs)]


def is_caption(line: str, *, fuzzy: bool = False) -> bool:
    """Whether a line names a court and says nothing about it."""
    words = plain(line)
    if len(words.split()) > 18 or _SENTENCE.search(words):
        return False
    if not _COURT.search(words):
        return fuzzy and _is_misread_court(line)
    return _is_titled(line)


def _is_titled(line: str) -> bool:
    """Whether every word that matters has a capital, as in titles and names."""
    words = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 1]
    return (
        bool(words)
        and all(word[:1].isupper() or word.casefold() in _SMALL for word in words)
        and any(word.isupper() or (word[:1].isupper() and word.casefold() not in ("the", "in")) for word in words[:3])
    )


def _is_misread_court(line: str) -> bool:
    wanted, folded = fold("united states district court"), fold(line)
    return 0.7 * len(wanted) <= len(folded) <= 1.8 * len(wanted) and fuzz.partial_ratio(wanted, folded) >= 84


def _runs_on(run: Run, runs: Sequence[Run]) -> bool:
    """Whether a line goes on the sentence of the line above it: a court named in a paragraph, at the start of a line."""
    for above in runs:
        near = -2 <= run.box.y0 - above.box.y1 < 0.9 * run.height and abs(above.box.x0 - run.box.x0) < 3
        if above is not run and near and len(above.text) >= 40 and not _is_titled(above.text):
            return not above.text.rstrip().endswith((":", "."))
    return False


def agency_heading(sheet: Sheet) -> str | None:
    """The agency whose letterhead a page bears. An agency under a court's caption is a party, and one in the block of
    the attorneys over it is counsel's address."""
    courts = court_lines(sheet)
    ceiling = min((run.box.y0 for run in courts), default=0.4 * sheet.height)
    over = [run for run in sheet.runs if run.box.y1 <= ceiling + 1 and run.box.y1 < 0.4 * sheet.height]
    counsel = bool(courts) and any(_COUNSEL.search(run.text) for run in over)
    for place, run in enumerate(over):
        if not _names_agency(run.text):
            continue
        centred = abs(run.box.x0 + run.box.x1 - sheet.width) < 0.12 * sheet.width and run.box.x0 > 0.14 * sheet.width
        if centred or (place < 4 and not counsel):
            return run.text
    return None


def _names_agency(line: str) -> bool:
    words = plain(line)
    if _ABBREVIATED.fullmatch(line):
        return True
    return len(words.split()) <= 14 and _AGENCY.search(words) is not None and _is_agency_title(line, words)


def _is_agency_title(line: str, words: str) -> bool:
    # A party's name in a caption ends in a comma, and one who is written to stands behind a "To".
    return (
        _is_titled(line)
        and not line.rstrip().endswith(",")
        and not re.match(r"(?:to|from|attn|attention|v|vs)\b", words)
    )


def rests_on_agency_power(text: str) -> bool:
    """Whether the paper says that it is issued under a law by which an agency commands without a court."""
    return _AGENCY_POWER.search(text) is not None
