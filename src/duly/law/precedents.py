"""Decided cases on point: whether each binds this office, what it settled, and whether it is still good."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from duly.law.determination import PrecedentOnPoint, Truth
from duly.law.library import Library
from duly.law.program import Program
from duly.law.rules import Precedent
from duly.law.scope import status_on


def precedents_on_point(
    library: Library,
    jurisdiction: str,
    program: Program,
    conditions: Mapping[str, Truth],
    settled: Collection[int],
    on: date,
) -> tuple[PrecedentOnPoint, ...]:
    """Cases whose pattern fits, or (of this office's own law) may fit: binding first, then persuasive, then those that
    are no longer good; the newest first within each."""
    found: list[tuple[tuple[int, int], PrecedentOnPoint]] = []
    chain = {place.id for place in library.chain(jurisdiction)}
    for index, each in enumerate(program.considered):
        held, rule = conditions[f"#{index}"], each.rule
        if not isinstance(rule, Precedent) or held is False or (held is None and rule.jurisdiction not in chain):
            continue
        status = status_on(rule, on)
        because = _because(library, jurisdiction, rule, each.binding, status)
        point = PrecedentOnPoint(
            rule=rule.id,
            name=rule.name,
            cite=rule.cite,
            holding=rule.holding,
            text=rule.text,
            binding=each.binding,
            settles=index in settled,
            status=status,
            because=because if held else f"{because}; whether it is on point depends on facts not known",
        )
        rank = 0 if each.binding else 1 if status == "good" else 2
        found.append(((rank, -rule.decided.toordinal()), point))
    return tuple(point for _, point in sorted(found, key=lambda pair: pair[0]))


def _because(library: Library, jurisdiction: str, rule: Precedent, binding: bool, status: str) -> str:
    by = f" by {rule.by}" if rule.by else ""
    if status == "questioned":
        return f"questioned{by}"
    if status != "good":
        return f"{status}{by}, and no longer relied on"
    if binding:
        return f"binds this office ({', '.join(_bound(library, jurisdiction, rule))})"
    if rule.binds == ("parties",):
        return "binds its parties; persuasive here"
    return "persuasive here; it binds elsewhere"


def _bound(library: Library, jurisdiction: str, rule: Precedent) -> list[str]:
    place = library.jurisdiction(jurisdiction)
    names = {part.id: part.name for part in library.chain(jurisdiction)}
    names |= {f"circuit {place.circuit}": f"Circuit {place.circuit}", f"district {place.district}": str(place.district)}
    return [names[bound] for bound in rule.binds if bound in names] or ["a party"]
