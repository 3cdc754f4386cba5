"""`duly law`: check the rulebooks, read a rule, ask what the law says of an act without a matter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from duly import law
from duly.cli.answer_table import GLYPHS
from duly.cli.facts import FactOption, facts_from
from duly.cli.output import Exit, JsonFlag, console, print_json, sentences_for_errors
from duly.clock import load_calendars
from duly.errors import DulyError
from duly.matters import office_for, plain

app = typer.Typer(help="The law as data: check it, read it, ask it.", no_args_is_help=True)

OfficeOption = Annotated[str, typer.Option(help="A jurisdiction such as us/co/denver.")]
OnOption = Annotated[
    str | None, typer.Option(metavar="DATE", help="The law as it stood on this date (default: today).")
]
RulebooksOption = Annotated[list[Path], typer.Option(help="Folders with the office's own rulebooks.")]


def _on(text: str | None) -> date:
    try:
        return datetime.now(UTC).date() if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise DulyError(f"{text!r} is not a date.", remedy="Write it as 2020-01-16.", code="bad-date") from error


@app.command()
def check(
    folders: Annotated[list[Path] | None, typer.Argument(help="More rulebooks, beside the packaged ones.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Load every rulebook and run every case in it; exit code 3 when one does not come out as it says."""
    with sentences_for_errors():
        library = law.load(folders or ())
        calendars = load_calendars()
        failures = [failure for case in library.cases for failure in law.run_case(library, case, calendars)]
        if as_json:
            print_json(
                {
                    "schema": "duly.law-check/1",
                    "rules": len(library.by_id),
                    "jurisdictions": sorted(library.jurisdictions),
                    "cases": len(library.cases),
                    "failures": [str(failure) for failure in failures],
                    "digest": library.digest,
                }
            )
        else:
            for failure in failures:
                console().print(str(failure), markup=False)
            console().print(
                f"{len(library.by_id)} rules of {len(library.jurisdictions)} jurisdictions loaded; "
                f"{len(library.cases)} cases run, {len(failures)} not as expected."
            )
        if failures:
            raise typer.Exit(Exit.CHECK_FAILED)


@app.command("list")
def list_rules(
    office: OfficeOption = "us",
    kind: Annotated[str | None, typer.Option(help="duty, defect, period, ground, notice, consequence …")] = None,
    act: Annotated[str | None, typer.Option(help="Only rules about this act.")] = None,
    on: OnOption = None,
    as_json: JsonFlag = False,
) -> None:
    """The rules that bind an office there, in force on a date."""
    with sentences_for_errors():
        found = law.load().rules(office, kind=kind, act=act, on=_on(on))
        if as_json:
            print_json({"schema": "duly.rules/1", "rules": [_rule(rule) for rule in found]})
            return
        for rule in found:
            console().print(f"{rule.id}\n    {rule.kind}: {rule.title} ({rule.cite})", markup=False)


@app.command()
def show(id: Annotated[str, typer.Argument(help="A rule's id.")], as_json: JsonFlag = False) -> None:
    """One rule: the words that it encodes, its source, its dates and its conditions."""
    with sentences_for_errors():
        rule = law.load().rule(id)
        if as_json:
            print_json({"schema": "duly.rule/1", **_rule(rule)})
            return
        out = console()
        out.print(f"{rule.title} ({rule.cite})", style="bold", markup=False)
        out.print(f"“{rule.text}”", markup=False)
        for label, text in (("when", rule.when_sql), ("unless", rule.unless_sql), ("note", rule.note)):
            if text:
                out.print(f"  {label}: {text}", markup=False)
        start, end = rule.in_force
        out.print(f"  in force: {start or 'always'} to {end or 'now'}; {rule.file}:{rule.line}", markup=False)


@app.command()
def facts(as_json: JsonFlag = False) -> None:
    """Every fact that a rule may name, with the question that asks for it."""
    with sentences_for_errors():
        known = law.load().vocabulary.facts.values()
        if as_json:
            print_json({"schema": "duly.vocabulary/1", "facts": [plain(fact) for fact in known]})
            return
        for fact in known:
            choices = f" ({', '.join(fact.choices)})" if fact.choices else ""
            console().print(f"{fact.name}: {fact.kind}{choices}. {fact.ask}", markup=False)


@app.command()
def ask(
    act: Annotated[str, typer.Argument(help="For example produce_records.")],
    office: OfficeOption,
    on: OnOption = None,
    fact: FactOption = [],  # noqa: B006 - typer copies it
    office_kind: Annotated[str | None, typer.Option(help="If not the profile's.")] = None,
    rulebooks: RulebooksOption = [],  # noqa: B006 - typer copies it
    as_json: JsonFlag = False,
) -> None:
    """What the law says of one act on the facts given, with proof and the questions still open."""
    with sentences_for_errors():
        library = law.load(rulebooks)
        known = {**office_for(library, office, office_kind).facts(), **facts_from(fact, library.vocabulary)}
        found = law.determine(library, office, act, known, _on(on))
        if as_json:
            print_json({"schema": "duly.determination/1", **plain(found), "cites": list(found.cites)})
        else:
            _show(library, found)


def _rule(rule: law.Rule) -> dict[str, Any]:
    names = ("id", "kind", "title", "cite", "text", "jurisdiction", "layer", "in_force", "overrides", "note", "source")
    shown: dict[str, Any] = {name: plain(getattr(rule, name)) for name in names}
    return {**shown, "when": rule.when_sql, "unless": rule.unless_sql, "file": rule.file, "line": rule.line}


def _show(library: law.Library, found: law.Determination) -> None:
    out = console()
    glyph, colour = GLYPHS[found.outcome]
    out.print(f"[bold {colour}]{glyph} {found.outcome.capitalize()}[/bold {colour}] on {found.on.isoformat()}")
    out.print(escape(found.summary))
    _rules(found.applied, "Rules that carry the answer")
    _rules([rule for rule in found.considered if rule.role != "not apply"], "Considered, and why they do not carry it")
    for precedent in found.precedents:
        bound = "binding here" if precedent.binding else "persuasive only"
        out.print(
            f"  {precedent.name}, {precedent.cite}: {precedent.holding}; {bound}. {precedent.because}", markup=False
        )
    for names in found.decisive:
        questions = " and ".join(
            library.vocabulary.facts[name].ask for name in names if name in library.vocabulary.facts
        )
        out.print(f"  Would settle it: {questions} ({', '.join(names)})", markup=False)


def _rules(rules: Sequence[law.Applied], heading: str) -> None:
    if not rules:
        return
    out = console()
    out.print(f"{heading}:", style="bold")
    for rule in rules:
        out.print(f"  {rule.direction or rule.kind}: {rule.title} ({rule.cite}); {rule.because}", markup=False)
        if rule.text:
            out.print(f"    “{rule.text}”", markup=False, style="italic")
