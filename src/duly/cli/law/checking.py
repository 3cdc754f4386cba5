"""`duly law check | diff`: is the law sound as data, and what changed between two states of it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from duly import law
from duly.cli.answer_table import GLYPHS
from duly.cli.law.options import ActsOption, RulebooksOption, day
from duly.cli.output import Exit, JsonFlag, console, print_json, sentences_for_errors, working
from duly.clock import load_calendars
from duly.errors import DulyError
from duly.instruments import load_kinds
from duly.matters import plain

_SHOWN = ("error", "warning")


def check(
    folders: Annotated[list[Path] | None, typer.Argument(help="More rulebooks, beside the packaged ones.")] = None,
    cases: Annotated[bool, typer.Option(help="Name every case with what was expected and what came out.")] = False,
    notes: Annotated[bool, typer.Option(help="Also what is only worth knowing.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Load every rulebook, run every case, look for conflicts, gaps and rules that never apply; exit code 3 on an error."""
    with sentences_for_errors():
        library, calendars = law.load(folders or ()), load_calendars()
        with working("Checking") as say:
            say(f"{len(library.by_id)} rules and {len(library.cases)} cases")
            problems = law.check(library, calendars, {"instrument.kind": [*load_kinds()]})
            ran = law.case_results(library, calendars) if cases or as_json else ()
        errors = [problem for problem in problems if problem.severity == "error"]
        if as_json:
            print_json(_as_data(library, problems, ran))
        else:
            _show(library, problems, ran, notes=notes)
        if errors:
            raise typer.Exit(Exit.CHECK_FAILED)


def _as_data(library: law.Library, problems: Iterable[law.Problem], ran: Iterable[law.CaseResult]) -> dict[str, Any]:
    return {
        "schema": "duly.law-check/2",
        "rules": len(library.by_id),
        "jurisdictions": sorted(library.jurisdictions),
        "cases": [_case(each) for each in ran],
        "problems": [plain(each) for each in problems],
        "digest": library.digest,
    }


def _show(
    library: law.Library, problems: tuple[law.Problem, ...], ran: Iterable[law.CaseResult], *, notes: bool
) -> None:
    out = console()
    for result in ran:
        out.print(f"{'✓' if result.holds else '✗'} {result.case.name}", style="bold", markup=False)
        out.print(f"    {result.case.office} on {result.case.on.isoformat()}; {_where(result.case)}", markup=False)
        for answer in result.answers:
            out.print(f"    {answer.act}: expected {answer.expected}; came out {answer.found}", markup=False)
        if result.open_texture:
            out.print(f"    left open by the text: {result.open_texture}", markup=False)
    for problem in problems:
        if notes or problem.severity in _SHOWN:
            out.print(str(problem), markup=False)
    number = {level: sum(problem.severity == level for problem in problems) for level in ("error", "warning", "note")}
    out.print(
        f"{len(library.by_id)} rules of {len(library.jurisdictions)} jurisdictions; {len(library.cases)} cases run. "
        f"{_counted(number['error'], 'error')}, {_counted(number['warning'], 'warning')} for counsel to resolve, "
        f"{_counted(number['note'], 'note')}{'' if notes or not number['note'] else ' (--notes shows them)'}."
    )


def _case(result: law.CaseResult) -> dict[str, Any]:
    case = result.case
    return {
        "name": case.name,
        "ref": case.ref or None,
        "office": case.office,
        "on": case.on.isoformat(),
        "source": case.source or None,
        "where": _where(case),
        "holds": result.holds,
        "answers": [plain(each) for each in result.answers],
        "failures": [str(each) for each in result.failures],
        "left_open": result.open_texture or None,
    }


def _where(case: law.Case) -> str:
    """The file in the rulebooks and its line, not where the rulebooks lie on this machine."""
    return f"{case.file.rpartition('/rulebooks/')[2]}:{case.line}"


def _counted(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


SideArgument = Annotated[
    str, typer.Argument(help="2019-01-01, us/co/denver, us/co/denver@2019-01-01, or FOLDER::us/co@2019-01-01.")
]


def diff(
    before: SideArgument,
    after: SideArgument,
    office: Annotated[str, typer.Option(help="The jurisdiction, where the two sides name none.")] = "us",
    acts: ActsOption = [],  # noqa: B006 - typer copies it
    rulebooks: RulebooksOption = [],  # noqa: B006 - typer copies it
    as_json: JsonFlag = False,
) -> None:
    """For each act a case whose answer differs between two dates, versions or jurisdictions, or that none does."""
    with sentences_for_errors():
        one, other = (_side(text, office, rulebooks) for text in (before, after))
        found: list[law.Difference] = []
        with working("Comparing") as say:
            for act in acts or one.library.vocabulary.acts:
                say(act.replace("_", " "))
                found += law.diff(one, other, [act])
        if as_json:
            sides = [{"jurisdiction": side.jurisdiction, "on": side.on.isoformat(), "digest": side.library.digest} for side in (one, other)]  # fmt: skip
            print_json({"schema": "duly.law-diff/1", "before": sides[0], "after": sides[1], "acts": [_difference(each) for each in found]})  # fmt: skip
            return
        for each in found:
            _show_difference(one.library, each)
        differing = sum(each.same is False for each in found)
        unsettled = sum(each.same is None for each in found)
        last = f" {_counted(unsettled, 'act')} could not be settled." if unsettled else ""
        console().print(
            f"{_counted(differing, 'act')} with another answer; proved the same: "
            f"{sum(each.same is True for each in found)} of {len(found)}.{last}"
        )


def _side(text: str, office: str, rulebooks: list[Path]) -> law.LawAt:
    """One state of the law: [FOLDER::][jurisdiction][@date], or a date alone."""
    folder, marked, rest = text.rpartition("::")
    place, at, when = rest.partition("@")
    if not at and place[:1].isdigit():
        place, when = "", place
    if marked and not Path(folder).is_dir():
        raise DulyError(f"There is no folder {folder}.", remedy="Name a folder of rulebooks.", code="no-folder")
    library = law.load(rulebooks, packaged=Path(folder)) if marked else law.load(rulebooks)
    on = day(when or None)
    return law.LawAt(library, library.jurisdiction(place or office).id, on)


def _difference(each: law.Difference) -> dict[str, Any]:
    sides = {
        name: None
        if found is None
        else {"outcome": found.outcome, "cites": list(found.cites), "summary": found.summary}
        for name, found in (("before", each.before), ("after", each.after))
    }
    return {"act": each.act, "same": each.same, "example": plain(each.example), **sides, "note": each.note}


def _show_difference(library: law.Library, each: law.Difference) -> None:
    out = console()
    doing = library.vocabulary.acts[each.act].doing
    if each.same is True:
        out.print(f"= {doing}: proved the same in every case", style="dim", markup=False)
        return
    if each.before is None or each.after is None:
        out.print(f"? {doing}: not settled. {each.note}", markup=False)
        return
    out.print(f"≠ {doing}", style="bold", markup=False)
    out.print(f"    For example: {law.in_words(library, each.example or {})}.", markup=False)
    for label, found in (("before", each.before), ("after", each.after)):
        out.print(f"    {label}: {GLYPHS[found.outcome][0]} {found.outcome} ({'; '.join(found.cites)})", markup=False)
