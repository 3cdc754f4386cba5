"""`duly answer`: paper in; kind, fields, deadlines, determinations and a draft letter out."""

from __future__ import annotations

import hashlib
import itertools
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from duly import intake, law, ledger, letters, matters
from duly.cli.answer_table import show_answers
from duly.cli.facts import FactOption, facts_from
from duly.cli.output import Exit, JsonFlag, messages, print_json, sentences_for_errors
from duly.clock import Calendars, load_calendars, local_moment
from duly.errors import DulyError
from duly.evidence import Fact
from duly.instruments import Kinds, load_kinds

FILES = typer.Argument(metavar="PATH…", help="PDF, TIFF, PNG or JPEG files, or folders of them.", exists=True)


LONGEST_NAME = 200
"""Bytes of a letter's file name that every file system takes."""


UNDATED = "today; no earlier date is known"
UNDATED_REMEDY = "Give --served or --on if the paper is older."


@dataclass(frozen=True, slots=True)
class Desk:
    """What every paper of one run is answered with."""

    library: law.Library
    calendars: Calendars
    kinds: Kinds
    office: matters.Office
    stated: Mapping[str, Fact]
    on: date | None
    now: datetime

    def today(self) -> date:
        return self.now.astimezone(ZoneInfo(self.office.zone)).date()


@dataclass(frozen=True, slots=True)
class Answered:
    """One instrument with its assessment and, where an answer can be drafted, its letter."""

    assessment: matters.Assessment
    dated_because: str
    letter: letters.Letter | None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that could not be read, with its sentence; the original stays where it is."""

    path: Path
    error: DulyError


def answer(
    paths: Annotated[list[Path], FILES],
    office: Annotated[str, typer.Option(help="The office's jurisdiction, such as us/co/denver.")],
    on: Annotated[str | None, typer.Option(metavar="DATE", help="The law as it stood on this date.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where letters go (default: ./answers).")] = None,
    office_kind: Annotated[str | None, typer.Option(help="sheriff, employer, hospital … if not the profile's.")] = None,
    served: Annotated[str | None, typer.Option(metavar="DATE", help="When the papers were served.")] = None,
    received: Annotated[
        str | None, typer.Option(metavar="MOMENT", help="When the office got them, such as 2026-07-02T16:45.")
    ] = None,
    served_by: Annotated[str | None, typer.Option(help="hand, mail, electronic, fax …")] = None,
    fact: FactOption = [],  # noqa: B006 - typer copies it
    rulebooks: Annotated[list[Path], typer.Option(help="Folders with the office's own rulebooks.")] = [],  # noqa: B006
    as_json: JsonFlag = False,
) -> None:
    """Read papers, say what the law says of them in this office, and draft the answers."""
    with sentences_for_errors():
        library = law.load(rulebooks)
        stated = [*fact]
        if served is not None:
            stated.append(f"instrument.served_on={served}")
        if received is not None:
            stated.append(f"instrument.received_at={_moment(received, library.jurisdiction(office).time_zone)}")
        if served_by is not None:
            stated.append(f"service.manner={served_by}")
        desk = Desk(
            library=library,
            calendars=load_calendars(),
            kinds=load_kinds(),
            office=matters.office_for(library, office, office_kind),
            stated=facts_from(stated, library.vocabulary),
            on=_date(on),
            now=datetime.now(UTC),
        )
        folder = out if out is not None else Path("answers")
        results = list(_each_file(desk, list(_files(paths))))
        papers = _keep(desk, folder, results)
        if as_json:
            print_json(matters.answer_json(papers))
        else:
            show_answers(desk.office, [found for found in results if isinstance(found, list)], papers, folder)
        refused = [found for found in results if isinstance(found, Refusal)]
        for refusal in refused:
            messages().print(f"Refused: {readable_name(refusal.path)}: {refusal.error}", style="bold", markup=False)
        if refused:
            raise typer.Exit(Exit.REFUSED)


def _date(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DulyError(f"{text!r} is not a date.", remedy="Write it as 2020-01-16.", code="bad-date") from error


def _moment(text: str, zone: str) -> str:
    """A moment without an offset is meant in the office's zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise DulyError(f"{text!r} is no moment.", remedy="Write 2026-07-02T16:45.", code="bad-moment") from error
    return (moment if moment.tzinfo else local_moment(moment.date(), moment.time(), zone)).isoformat()


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            inside = sorted(found for found in path.iterdir() if found.is_file())
            hidden = [readable_name(found) for found in inside if found.name.startswith(".")]
            if hidden:
                names = ", ".join(hidden)
                messages().print(f"Not read, because their names begin with a dot: {names}", markup=False)
            yield from (found for found in inside if not found.name.startswith("."))
        else:
            yield path


def _each_file(desk: Desk, files: Sequence[Path]) -> Iterator[list[Answered] | Refusal]:
    """Reads and answers each file in turn, with a progress line for people (standard error, only on a terminal)."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[stage]}"), TimeElapsedColumn())
    with Progress(*columns, console=messages(), transient=True, disable=not messages().is_terminal) as progress:
        task = progress.add_task("Reading", total=len(files), stage="")
        for path in files:
            progress.update(task, description=escape(readable_name(path)), stage="opening")

            def page(done: int, of: int) -> None:
                progress.update(task, stage=f"page {done} of {of}")

            try:
                yield answer_file(desk, path.read_bytes(), readable_name(path), page)
            except DulyError as error:
                yield Refusal(path, error)
            progress.advance(task)


def readable_name(path: Path) -> str:
    """The file's name as it can be shown and stored: bytes that are no UTF-8 and control characters become `\ufffd`."""
    name = os.fsencode(path.name).decode("utf-8", "replace")
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in name)


def answer_file(desk: Desk, data: bytes, name: str, progress: intake.Progress | None = None) -> list[Answered]:
    """Every instrument in one file, answered. Raises DulyError where the file cannot be read."""
    readings = intake.read(data, name, kinds=desk.kinds, progress=progress, today=desk.today())
    return [answer_instrument(desk, found) for found in matters.instruments_from(readings, desk.kinds)]


def answer_instrument(desk: Desk, instrument: matters.Instrument) -> Answered:
    on, because = _date_that_matters(desk, instrument)
    assessment = matters.assess(
        desk.library, desk.calendars, desk.office, instrument, on, desk.stated, kinds=desk.kinds
    )
    if instrument.kind is None:
        return Answered(assessment, because, None)
    undated: tuple[str, ...] = ()
    if because == UNDATED:
        undated = (
            f"No date of service or of issue is known, so the law of today ({on}) was applied. {UNDATED_REMEDY}",
        )
    try:
        content = letters.draft(assessment, desk.office, on=on, matter_number="draft")
        return Answered(assessment, because, letters.compose(content), undated)
    except DulyError as error:
        return Answered(assessment, because, None, (*undated, f"No letter was drafted: {error}"))


def _date_that_matters(desk: Desk, instrument: matters.Instrument) -> tuple[date, str]:
    """The day whose law governs: as asked, else the day of service, else the date on the paper, else today.

    Law changes: a paper served in January 2020 is answered under the law of January 2020.
    """
    if desk.on is not None:
        return desk.on, "as asked with --on"
    known = {**instrument.facts(desk.kinds), **desk.stated}
    for name, because in (
        ("instrument.served_on", "the day of service"),
        ("instrument.received_at", "the day of receipt"),
        ("instrument.issued_on", "the date on the paper; the day of service is not on it"),
    ):
        value = known[name].value if name in known else None
        if isinstance(value, datetime):
            value = value.astimezone(ZoneInfo(desk.office.zone)).date()
        if isinstance(value, date) and value <= desk.today():
            return value, because
    return desk.today(), UNDATED


def _keep(desk: Desk, folder: Path, results: Sequence[list[Answered] | Refusal]) -> list[dict[str, Any]]:
    """Writes the letters and the run's own ledger; returns one JSON entry a paper, refused ones too."""
    folder.mkdir(parents=True, exist_ok=True)
    store = ledger.FileStore(folder / "ledger.jsonl")
    papers: list[dict[str, Any]] = []
    taken: set[str] = set()
    for result in results:
        if isinstance(result, Refusal):
            papers.append(_refused(result))
            _enter(desk, store, "paper.refused", {"sha256": papers[-1]["sha256"], "code": result.error.code})
            continue
        for number, answered in enumerate(result, 1):
            papers.append(_paper(folder, answered, number if len(result) > 1 else None, taken))
            _enter(desk, store, "paper.answered", _digest_of(papers[-1], answered))
    return papers


def _paper(folder: Path, answered: Answered, number: int | None, taken: set[str]) -> dict[str, Any]:
    entry = answered.assessment.as_json()
    entry["dated_because"] = answered.dated_because
    entry["warnings"] = [*entry["warnings"], *answered.warnings]
    if answered.letter is not None:
        path = folder / _letter_name(answered.assessment.instrument, number, taken)
        path.write_bytes(answered.letter.pdf)
        entry["letter"] = str(path)
    return entry


def _letter_name(instrument: matters.Instrument, number: int | None, taken: set[str]) -> str:
    """Named after the paper; with the paper's digest where that would be too long or is taken by another paper."""
    stem = re.sub(r"[/\\\ufffd]", "_", Path(instrument.name).stem) or instrument.document[:12]
    part = "" if number is None else f".{number}"
    name = f"{stem}{part}.letter.pdf"
    if name.casefold() in taken or len(os.fsencode(name)) > LONGEST_NAME:
        name = f"{stem[:40]}-{instrument.document[:12]}{part}.letter.pdf"
    for copy in itertools.count(2):
        if name.casefold() not in taken:
            break
        name = f"{stem[:40]}-{instrument.document[:12]}{part}-{copy}.letter.pdf"
    taken.add(name.casefold())
    return name


def _refused(refusal: Refusal) -> dict[str, Any]:
    sha256 = hashlib.sha256(refusal.path.read_bytes()).hexdigest() if refusal.path.is_file() else None
    return {
        "file": readable_name(refusal.path), "sha256": sha256, "kind": None, "confidence": 0.0, "fields": {}, "defects": [],
        "deadlines": [], "determinations": [], "letter": None,
        "refused": {"code": refusal.error.code, "message": str(refusal.error)}, "warnings": [str(refusal.error)],
    }  # fmt: skip


def _digest_of(paper: Mapping[str, Any], answered: Answered) -> dict[str, Any]:
    """What the ledger keeps of a run: digests, kind and outcomes, nothing that names a person."""
    return {
        "sha256": paper["sha256"],
        "kind": paper["kind"],
        "on": paper["on"],
        "outcomes": {found["act"]: found["outcome"] for found in paper["determinations"]},
        "rulebooks": paper["rulebooks"],
        "letter": None if answered.letter is None else answered.letter.sha256,
    }


def _enter(desk: Desk, store: ledger.FileStore, type: str, payload: Mapping[str, Any]) -> None:
    ledger.append(store, type=type, actor="duly answer", at=desk.now, payload={"office": desk.office.id, **payload})
