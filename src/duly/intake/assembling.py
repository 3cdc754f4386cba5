"""Puts a file's reading together: pages, papers, kinds, fields, warnings. Runs inside the separate process."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from duly.instruments.capacities import capacity_of
from duly.instruments.kind import Kind, Kinds, Value
from duly.intake.fields import read_fields
from duly.intake.limits import Limits
from duly.intake.pages import open_source
from duly.intake.papers import Paper, divide
from duly.intake.reading import Document, Reading
from duly.intake.recognition import Recogniser, Scored, candidates, certainty
from duly.intake.refusal import Refused
from duly.intake.sheet import Sheet
from duly.intake.sniffing import sniff
from duly.intake.warning import warnings_of

Progress = Callable[[int, int], None]


def read_file(
    data: bytes,
    name: str,
    *,
    recogniser: Recogniser,
    limits: Limits,
    today: date | None = None,
    progress: Progress | None = None,
) -> tuple[Reading, ...]:
    """Every paper in one file, in the order of its pages. Raises Refused.

    `progress` is called after each page with how many pages are done and how many there are.
    """
    if len(data) > limits.bytes:
        raise Refused(
            f"The file has {len(data) / 1e6:,.0f} megabytes; Duly reads up to {limits.bytes / 1e6:,.0f}.",
            remedy="Split it, or scan it at a lower resolution.",
            code="too-large",
        )
    sniffed = sniff(data, name)
    source = open_source(data, sniffed.media_type, limits)
    pages: list[tuple[Sheet, list[Scored]]] = []
    for sheet in source.sheets:
        pages.append((sheet, recogniser.score(sheet)))
        if progress is not None:
            progress(len(pages), source.pages)
    document = Document(
        hashlib.sha256(data).hexdigest(), name, sniffed.media_type, tuple(sheet.page for sheet, _ in pages)
    )
    notes = [*([sniffed.warning] if sniffed.warning else []), *source.notes]
    return _readings(document, pages, recogniser.kinds, notes, today)


def _readings(
    document: Document, pages: Sequence[tuple[Sheet, list[Scored]]], kinds: Kinds, notes: list[str], today: date | None
) -> tuple[Reading, ...]:
    division = divide(pages)
    hidden = [sheet.number for sheet, _ in pages if sheet.hidden]
    if hidden:
        notes.append(f"Page {_listed(hidden)} carries text that is not shown; only what can be seen was read.")
    notes += division.notes
    readings = [_reading(document, paper, kinds, today) for paper in division.papers]
    if not readings:
        readings = [_nothing(document, pages)]
    first = readings[0]
    readings[0] = replace(first, warnings=(*notes, *first.warnings))
    return tuple(readings)


def _listed(pages: Sequence[int]) -> str:
    return ", ".join(str(page) for page in pages)


def _nothing(document: Document, pages: Sequence[tuple[Sheet, list[Scored]]]) -> Reading:
    """A file without a paper in it: a picture without words, blank pages, a cover sheet alone."""
    best = max((scores for _, scores in pages), key=lambda scores: scores[0].first if scores else 0.0, default=[])
    words = sum(len(sheet.words) for sheet, _ in pages)
    warning = (
        "Not recognised: no words could be read on it. It may be a picture of something else, or too faint to read."
        if words == 0
        else "Not recognised: no instrument was found in the file."
    )
    return Reading(document, None, 0.0, {}, candidates(best, 2), (warning,), 1, max(1, len(document.pages)))


def _reading(document: Document, paper: Paper, kinds: Kinds, today: date | None) -> Reading:
    kind = paper.kind
    if kind is None:
        return Reading(
            document,
            None,
            0.0,
            {},
            candidates(paper.scores, 2),
            _unrecognised(paper),
            paper.first_page,
            paper.last_page,
        )
    fields = read_fields(kind, paper.sheets, document.sha256, today, frozenset(paper.added))
    kind, confidence, more = _settled(kind, kinds, fields, certainty(paper.scores))
    if kind is None:
        return Reading(
            document, None, confidence, {}, candidates(paper.scores, 2), tuple(more), paper.first_page, paper.last_page
        )
    warnings = (*more, *warnings_of(kind, fields, paper))
    return Reading(
        document, kind.id, confidence, fields, candidates(paper.scores), warnings, paper.first_page, paper.last_page
    )


def _unrecognised(paper: Paper) -> tuple[str, ...]:
    near = [item for item in paper.scores[:2] if item.first > 0.05]
    if not near:
        return ("The paper was not recognised; it resembles none of the kinds that Duly knows.",)
    sentences = ["The paper was not recognised."]
    for item in near:
        reasons = " ".join(item.because[:4])
        sentences.append(f"It resembles {item.kind.title} ({item.kind.edition}), but not enough. {reasons}")
    return tuple(sentences)


def _settled(
    kind: Kind, kinds: Kinds, fields: dict[str, Value], confidence: float
) -> tuple[Kind | None, float, list[str]]:
    """An order is an order only when it was signed: with its place for a judge's signature empty, it is a proposed order.

    Where it cannot be seen whether a judge signed, it stays an order of which that is not known; what a clerk signed is
    a clerk's order, and what an officer signed under a court's name is nothing that Duly knows.
    """
    if "court-order" not in (kind.root, kind.sister) or "proposed-order" not in kinds:
        return kind, confidence, []
    proposed = kinds["proposed-order"]
    signed, says = fields.get("signed"), fields.get("proposed")
    says_proposed = says is not None and says.value is True
    is_signed = signed is not None and signed.value is True and signed.evidence.confidence >= 0.7
    if (other := _other_signer(fields, judge=is_signed)) is not None:
        return _signed_by_another(kind, fields, confidence, other)
    if is_signed and not says_proposed:
        return kind, confidence, []
    if is_signed:
        note = "This paper calls itself a proposed order and seems to be signed. Look at the signature before relying on it."
        return proposed, min(confidence, 0.6), [note]
    if not says_proposed and not _is_blank(signed) and not _is_blank(fields.get("other_signed")):
        note = "It cannot be seen whether a judge signed this order. Look at the signature and its title before relying on it."
        return kind, min(confidence, 0.7), [note]
    return proposed, confidence if says_proposed else min(confidence, 0.9), []


def _is_blank(signature: Value | None) -> bool:
    """Whether the place for a signature was found and is empty."""
    return signature is not None and signature.value is False


def _signed_by_another(
    kind: Kind, fields: dict[str, Value], confidence: float, other: str
) -> tuple[Kind | None, float, list[str]]:
    """An order that somebody else than a judge signed: a court's when its clerk did."""
    note = f"This order is signed, but not by a judge: “{other}”. Duly does not take it for a judge's order."
    if capacity_of(other) != "court_clerk":
        return None, 0.0, [f"{note} Ask the court whether it entered it."]
    pen, title = fields["other_signed"], fields["other_signer"]
    if pen.value is True and title.value is not None:
        fields["signed"] = replace(pen, name="signed")
        fields["judge_title"] = replace(title, name="judge_title")
        fields["judge_name"] = replace(fields["judge_name"], value=None)
    return kind, min(confidence, 0.9), [f"{note} Ask the court whether a judge entered it."]


def _other_signer(fields: dict[str, Value], *, judge: bool) -> str | None:
    """The clerk or officer who signed where a judge would have; None when a judge did, or nobody."""
    title, name, pen = fields.get("judge_title"), fields.get("other_signer"), fields.get("other_signed")
    if judge and title is not None and title.value is not None:
        words = str(title.value)
        return words if capacity_of(words) in ("court_clerk", "other_officer", "attorney") else None
    if judge or name is None or name.value is None or pen is None or pen.value is not True:
        return None
    return str(name.value)
