"""How `duly answer` shows its results to a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from duly import law, matters
from duly.cli.output import console
from duly.clock import due_words

if TYPE_CHECKING:
    from duly.cli.answer import Answered

GLYPHS: Mapping[law.Outcome, tuple[str, str]] = {
    "required": ("●", "blue"),
    "demanded": ("◐", "cyan"),
    "requested": ("○", "cyan"),
    "permitted": ("○", "green"),
    "forbidden": ("⊘", "red"),
    "contested": ("⇄", "magenta"),
    "unregulated": ("–", "bright_black"),
    "undetermined": ("?", "yellow"),
}
"""Never colour alone: glyph, word and colour say the same."""


def show_answers(
    office: matters.Office, results: Sequence[Iterable[Answered]], papers: Sequence[Mapping[str, Any]], folder: Path
) -> None:
    out = console()
    letters = {(paper["sha256"], tuple(paper["pages"])): paper["letter"] for paper in papers if paper.get("pages")}
    for answered in (one for result in results for one in result):
        instrument = answered.assessment.instrument
        _show(out, answered, letters.get((instrument.document, instrument.pages)))
    out.print(f"\n[bold]{escape(office.name)}[/bold] · letters and this run's ledger are in {folder}", highlight=False)
    out.print("This is the law as the rulebooks give it, with its sources; it is not legal advice.", style="dim")


def _show(out: Console, answered: Answered, letter: str | None) -> None:
    assessment = answered.assessment
    title = assessment.kind.title if assessment.kind else "Not recognised"
    out.print(f"\n[bold]{escape(assessment.instrument.name)}[/bold] · {escape(title)}")
    out.print(f"Law as of {assessment.on.isoformat()} ({answered.dated_because})", style="dim")
    for warning in (*assessment.warnings, *answered.warnings):
        out.print(f"! {warning}", markup=False)
    for entry in assessment.deadlines:
        due = "not known yet" if entry.deadline.due is None else due_words(entry.deadline.due)
        out.print(f"  Due {due}: {entry.deadline.what} ({entry.deadline.cite})", markup=False)
    _outcomes(out, answered)
    if letter is not None:
        out.print(f"  Draft letter: {letter}", markup=False)


def _outcomes(out: Console, answered: Answered) -> None:
    """One line an act; those on which no rule speaks share the last line, so that nothing is dropped or drowned."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    silent: list[str] = []
    for found in answered.assessment.determinations:
        label = found.act.replace("_", " ")
        if found.outcome == "unregulated":
            silent.append(label)
            continue
        glyph, colour = GLYPHS[found.outcome]
        gone = answered.assessment.moot.get(found.act)
        sentence = found.summary if gone is None else f"{found.summary} {gone}"
        table.add_row(f"  [{colour}]{glyph} {found.outcome.capitalize()}[/{colour}]", label, escape(sentence))
    if table.row_count:
        out.print(table)
    if silent:
        out.print(f"  – No rule here speaks about: {', '.join(silent)}.", markup=False)
