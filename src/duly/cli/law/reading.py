"""`duly law list | show | facts | ask`: read the law, and ask what it says of an act without a matter."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from duly import law
from duly.cli.answer_table import GLYPHS
from duly.cli.facts import FactOption, facts_from, of_the_form
from duly.cli.law.options import OfficeKindOption, OfficeOption, OnOption, RulebooksOption, day
from duly.cli.output import Exit, JsonFlag, console, print_json, sentences_for_errors
from duly.matters import office_for, plain
from duly.proofcheck import ProofError, check_proof


def list_rules(
    office: OfficeOption = "us",
    kind: Annotated[str | None, typer.Option(help="duty, defect, period, ground, notice, consequence …")] = None,
    act: Annotated[str | None, typer.Option(help="Only rules about this act.")] = None,
    on: OnOption = None,
    as_json: JsonFlag = False,
) -> None:
    """The rules that bind an office there, in force on a date."""
    with sentences_for_errors():
        found = law.load().rules(office, kind=kind, act=act, on=day(on))
        if as_json:
            print_json({"schema": "duly.rules/1", "rules": [_rule(rule) for rule in found]})
            return
        for rule in found:
            console().print(f"{rule.id}\n    {rule.kind}: {rule.title} ({rule.cite})", markup=False)


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


def ask(
    act: Annotated[str, typer.Argument(help="For example produce_records.")],
    office: OfficeOption,
    on: OnOption = None,
    fact: FactOption = [],  # noqa: B006 - typer copies it
    kind: Annotated[str | None, typer.Option(help="The kind of paper, such as ice-i-247a.")] = None,
    office_kind: OfficeKindOption = None,
    rulebooks: RulebooksOption = [],  # noqa: B006 - typer copies it
    proof_file: Annotated[
        Path | None, typer.Option("--proof", metavar="FILE", help="Also write the proof, as JSON that proves itself.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """What the law says of one act on the facts given, with proof and the questions still open."""
    with sentences_for_errors():
        library = law.load(rulebooks)
        stated = facts_from(fact, library.vocabulary)
        known = {**office_for(library, office, office_kind).facts(), **of_the_form(kind), **stated}
        found = law.determine(library, office, act, known, day(on))
        if proof_file is not None:
            text = json.dumps(law.export_proof(library, found), ensure_ascii=False, indent=2)
            proof_file.write_text(text + "\n", "utf-8")
        if as_json:
            print_json({"schema": "duly.determination/1", **plain(found), "cites": list(found.cites)})
        else:
            _show(library, found)


def proof(
    files: Annotated[list[Path], typer.Argument(help="Files that `duly law ask --proof` or the desk wrote.")],
    rulebooks: RulebooksOption = [],  # noqa: B006 - typer copies it
    as_json: JsonFlag = False,
) -> None:
    """Derive every step of exported proofs again, without the engine, then hold them against the rulebooks here; exit code 3 names the first that does not hold."""
    with sentences_for_errors():
        library = law.load(rulebooks)
        checked = [_checked(file, library) for file in files]
    if as_json:
        print_json({"schema": "duly.proof-check/1", "files": checked})
    else:
        for each in checked:
            said = f"every step holds; {_LAW_SAID[each['law']]}" if each["problem"] is None else each["problem"]
            console().print(f"{each['file']}: {said}", markup=False)
            for difference in each["differences"] if each["problem"] is None else ():
                console().print(f"  ! {difference}", markup=False)
    if any(each["problem"] is not None for each in checked):
        raise typer.Exit(Exit.CHECK_FAILED)


_LAW_SAID = {
    "same": "the rulebooks here say the same.",
    "other": "it names other rulebooks than those here, which say the same.",
    "differs": "but it names other rulebooks than those here, which say otherwise. Check it with --rulebooks, or with the release that wrote it.",
}


def _checked(file: Path, library: law.Library) -> dict[str, Any]:
    """One file: what is wrong with it, and whether the rulebooks here say the same (`law`: same, other, differs)."""
    found: dict[str, Any] = {"file": str(file), "problem": None, "law": None, "differences": []}
    try:
        content = file.read_bytes()
        check_proof(content)
        confirmed = law.confirm_proof(library, json.loads(content))
    except ProofError as error:
        return found | {"problem": str(error)}
    except OSError as error:
        return found | {"problem": f"The file cannot be read: {error.strerror}."}
    found["differences"] = list(confirmed.differences)
    if confirmed.same_law and confirmed.differences:
        return found | {
            "problem": f"It is not what the rulebooks say that it names: {confirmed.differences[0]}",
            "law": "differs",
        }
    return found | {"law": "same" if confirmed.same_law else "differs" if confirmed.differences else "other"}


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
