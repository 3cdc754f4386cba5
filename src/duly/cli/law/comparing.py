"""`duly law compare`: one kind of paper and one act, in every place that has a rulebook, side by side."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.table import Table

from duly import law
from duly.cli.answer_table import GLYPHS
from duly.cli.facts import FactOption, facts_from, of_the_form
from duly.cli.law.options import OfficeKindOption, OnOption, RulebooksOption, day
from duly.cli.output import JsonFlag, console, print_json, sentences_for_errors
from duly.evidence import Evidence, Fact


def compare(
    act: Annotated[str, typer.Argument(help="For example hold_past_release.")],
    kind: Annotated[str | None, typer.Option(help="The kind of paper, such as ice-i-247a.")] = None,
    office_kind: OfficeKindOption = None,
    place: Annotated[list[str], typer.Option(help="Only there; may be given many times.")] = [],  # noqa: B006 - typer copies it
    fact: FactOption = [],  # noqa: B006 - typer copies it
    on: OnOption = None,
    rulebooks: RulebooksOption = [],  # noqa: B006 - typer copies it
    as_json: JsonFlag = False,
) -> None:
    """One act on the same facts in every place that has a rulebook, as of a date."""
    with sentences_for_errors():
        library, when = law.load(rulebooks), day(on)
        known = {**of_the_form(kind), **_of_the_office(office_kind), **facts_from(fact, library.vocabulary)}
        places = [library.jurisdiction(each).id for each in place or sorted(library.jurisdictions)]
        found = law.compare(act, known, [law.LawAt(library, each, when) for each in places])
        if as_json:
            print_json(
                {
                    "schema": "duly.law-compare/1",
                    "act": act,
                    "kind": kind,
                    "on": when.isoformat(),
                    "places": [_as_data(library, each) for each in found],
                }
            )
        else:
            _show(library, found)


def _of_the_office(kind: str | None) -> dict[str, Fact]:
    """The same kind of office everywhere, or, where none is said, a question everywhere."""
    if kind is None:
        return {}
    return {"office.kind": Fact("office.kind", kind, Evidence("person", note="Stated on the command line."))}


def _as_data(library: law.Library, found: law.Determination) -> dict[str, Any]:
    return {
        "place": found.office,
        "name": library.jurisdiction(found.office).name,
        "outcome": found.outcome,
        "possible": list(found.possible),
        "decisive": [list(names) for names in found.decisive],
        "cites": list(found.cites),
        "own_law": _has_own_law(library, found),
        "summary": found.summary,
    }


def _has_own_law(library: law.Library, found: law.Determination) -> bool:
    """Whether a rule below the federal layer was so much as considered: otherwise only federal law speaks there."""
    return any(each.layer != "federal" for each in (*found.applied, *found.considered))


def _show(library: law.Library, found: tuple[law.Determination, ...]) -> None:
    table = Table(box=None, pad_edge=False)
    for heading in ("place", "outcome", "by what"):
        table.add_column(heading, overflow="fold")
    for each in found:
        glyph, colour = GLYPHS[each.outcome]
        said = f"{glyph} {each.outcome}"
        if each.outcome == "undetermined":
            said += ": " + " or ".join(each.possible)
        by = "; ".join(each.cites) if each.cites else each.summary
        if not _has_own_law(library, each) and each.office != "us":
            by += " (no rule of its own here; federal law alone)"
        table.add_row(f"{library.jurisdiction(each.office).name} ({each.office})", f"[{colour}]{said}[/{colour}]", by)
    console().print(table)
