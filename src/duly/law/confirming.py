"""Whether an exported proof says what the rulebooks here say: the same question is asked of them again, and compared.

`duly.proofcheck` derives a proof from the rules that the file itself states. That those are the law's rules, all of them and
in their words, only somebody who has the rulebooks can tell. What the facts were neither can: for that the ledger stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from duly.errors import DulyError
from duly.evidence import Evidence, Fact, FactValue
from duly.law.determine import determine
from duly.law.export import export_proof
from duly.law.library import Library

_NOT_COMPARED = ("law", "facts", "sha256")


@dataclass(frozen=True, slots=True)
class Confirmation:
    """`same_law`: the proof names the rulebooks that are here. `differences`: what these say otherwise, in sentences."""

    same_law: bool
    differences: tuple[str, ...]


def confirm_proof(library: Library, proof: Mapping[str, Any]) -> Confirmation:
    """Ask these rulebooks what the proof was asked, on the facts that it states. The proof must have been checked before."""
    same_law = proof["law"] == library.digest
    try:
        facts = {name: _fact(library, name, stated) for name, stated in proof["facts"].items()}
        found = determine(
            library, proof["office"]["jurisdiction"], proof["act"], facts, date.fromisoformat(proof["on"])
        )
        here = export_proof(library, found)
    except DulyError as error:
        return Confirmation(same_law, (str(error),))
    return Confirmation(same_law, tuple(_differences(proof, here)))


def _fact(library: Library, name: str, stated: Mapping[str, Any]) -> Fact:
    entry = library.vocabulary.facts.get(name)
    value: FactValue = stated["value"]
    try:
        if entry is not None and entry.kind == "date":
            value = date.fromisoformat(str(value))
        elif entry is not None and entry.kind == "moment":
            value = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise DulyError(f"{value!r} is no {entry.kind if entry else 'value'} for {name}.", code="bad-value") from error
    return Fact(name, value, Evidence(method="derived", confidence=1.0))


def _differences(proof: Mapping[str, Any], here: Mapping[str, Any]) -> Iterator[str]:
    yield from _rules(proof["rules"], here["rules"])
    for key in sorted({*proof, *here} - {*_NOT_COMPARED, "rules"}):
        if key not in here:
            yield f"`{key}` is nothing that Duly writes."
        elif proof.get(key) != here[key]:
            yield f"`{key}` is {_short(proof.get(key))}; by the law here it is {_short(here[key])}."


def _rules(stated: list[dict[str, Any]], here: list[dict[str, Any]]) -> Iterator[str]:
    mine, theirs = {rule["id"]: rule for rule in here}, {rule["id"]: rule for rule in stated}
    for id in mine:
        if id not in theirs:
            yield f"The rule {id} is left out."
    for id, rule in theirs.items():
        if id not in mine:
            yield f"The rule {id} is no rule that the law here considers."
            continue
        for key in sorted({*rule, *mine[id]}):
            if rule.get(key) != mine[id].get(key):
                yield f"`{key}` of the rule {id} is {_short(rule.get(key))}; in the law here it is {_short(mine[id].get(key))}."
                break
    if list(theirs) != list(mine) and set(theirs) == set(mine):
        yield "The rules stand in another order."


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 120 else f"{text[:117]}…"
