"""A determination as one file that proves itself: rule texts, facts, every step, and a hash over all of it.

`duly.proofcheck` reads it with nothing of this engine. Its form is `duly.proof/1`; docs/proofs.md says what it holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from duly.evidence import Evidence, Fact
from duly.law.condition import Defined, Expression, walk
from duly.law.determination import Applied, Condition, Determination
from duly.law.library import Library
from duly.law.program import Considered, Program
from duly.law.rules import Define, Duty, Precedent
from duly.law.scope import program_for, status_on
from duly.law.sql import to_sql

SCHEMA = "duly.proof/1"


def export_proof(library: Library, determination: Determination) -> dict[str, Any]:
    """The determination as data for JSON, with everything that it rests on.

    `library` is the one that determined it. The last key, `sha256`, is the hash of the rest in canonical form (keys
    sorted, no spaces, UTF-8), so that one changed character shows.
    """
    program = program_for(library, determination.office, determination.act, determination.on)
    entries = {entry.rule: entry for entry in (*determination.applied, *determination.considered)}
    facts = {name: determination.facts[name] for entry in entries.values() for name in _facts_of(entry)}
    chain = library.chain(determination.office)
    proof: dict[str, Any] = {
        "schema": SCHEMA,
        "law": library.digest,
        "act": determination.act,
        "doing": library.vocabulary.acts[determination.act].doing,
        "on": determination.on.isoformat(),
        "office": {
            "jurisdiction": determination.office,
            "chain": [place.id for place in chain],
            "circuit": chain[0].circuit,
            "district": chain[0].district,
        },
        "words": {name: _word(library, name) for name in sorted(program.reads)},
        "facts": {name: _fact(fact) for name, fact in sorted(facts.items())},
        "definitions": _definitions(library, program),
        "rules": [_rule(each, entries[each.rule.id], determination.on) for each in program.considered],
        "applied": [entry.rule for entry in determination.applied],
        "outcome": determination.outcome,
        "possible": list(determination.possible),
        "decisive": [list(names) for names in determination.decisive],
        "precedents": [
            {"rule": point.rule, "binding": point.binding, "settles": point.settles, "status": point.status, "because": point.because}
            for point in determination.precedents
        ],
        "assumptions": [{"fact": fact.name, "value": _plain(fact.value), "note": fact.evidence.note} for fact in determination.assumptions],
        "summary": determination.summary,
    }  # fmt: skip
    proof["sha256"] = hashlib.sha256(canonical(proof)).hexdigest()
    return proof


def canonical(proof: dict[str, Any]) -> bytes:
    """The bytes that are hashed."""
    return json.dumps(proof, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _facts_of(entry: Applied) -> Iterator[str]:
    for condition in (entry.when, entry.unless, entry.ordered):
        if condition is not None:
            yield from _facts_in(condition)


def _facts_in(condition: Condition) -> Iterator[str]:
    yield from condition.facts
    for part in condition.parts:
        yield from _facts_in(part)


def _plain(value: object) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _word(library: Library, name: str) -> dict[str, Any]:
    entry = library.vocabulary.facts[name]
    word: dict[str, Any] = {"type": entry.kind, "ask": entry.ask, "cost": entry.cost}
    if entry.kind == "choice":
        word |= {"choices": list(entry.choices), "open": entry.open}
    for key, bound in (("minimum", entry.minimum), ("maximum", entry.maximum)):
        if bound is not None:
            word[key] = _plain(bound)
    return word


def _fact(fact: Fact) -> dict[str, Any]:
    return {"value": _plain(fact.value), "evidence": _evidence(fact.evidence)}


def _evidence(evidence: Evidence) -> dict[str, Any]:
    found: dict[str, Any] = {"method": evidence.method, "confidence": evidence.confidence}
    for key in ("document", "page", "words", "note", "confirmed_by"):
        if value := getattr(evidence, key):
            found[key] = value
    if evidence.box is not None:
        found["box"] = evidence.box.as_list()
    if evidence.confirmed_at is not None:
        found["confirmed_at"] = evidence.confirmed_at.isoformat()
    return found


def _definitions(library: Library, program: Program) -> dict[str, Any]:
    """Each definition used, with the definitions of its own words."""
    found: dict[str, Any] = {}
    for step in program.conditions:
        for node in walk(step.expression):
            if isinstance(node, Defined) and node.rule not in found:
                rule = library.rule(node.rule)
                assert isinstance(rule, Define)
                found[node.rule] = {
                    "name": node.name,
                    "as": to_sql(node.meaning),
                    "cite": rule.cite,
                    "text": rule.text,
                    "definitions": _used(node.meaning),
                }
    return dict(sorted(found.items()))


def _used(*nodes: Expression) -> dict[str, str]:
    """Which definition each derived word has in these conditions, not looking into the definitions themselves."""
    found: dict[str, str] = {}
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Defined):
            found[node.name] = node.rule
        else:
            from duly.law.condition import children

            waiting += children(node)
    return dict(sorted(found.items()))


def _rule(each: Considered, entry: Applied, on: date) -> dict[str, Any]:
    rule = each.rule
    conditions = [each.when, each.unless, *([each.ordered] if each.ordered is not None else [])]
    data: dict[str, Any] = {
        "id": rule.id,
        "kind": rule.kind,
        "title": rule.title,
        "cite": rule.cite,
        "text": rule.text,
        "source": rule.source,
        "layer": rule.layer,
        "jurisdiction": rule.jurisdiction,
        "in_force": [_plain(day) for day in rule.in_force],
        "overrides": list(rule.overrides),
        "acts": list(getattr(rule, "acts", ())),
        "when": to_sql(each.when),
        "unless": to_sql(each.unless),
        "definitions": _used(*conditions),
        "role": entry.role,
        "direction": entry.direction,
        "because": entry.because,
        "proof": {
            "when": _condition(entry.when),
            "unless": _condition(entry.unless),
            "ordered": _condition(entry.ordered),
        },
    }
    if isinstance(rule, Duty):
        data |= {"modality": rule.modality, "force": rule.force, "notwithstanding": rule.notwithstanding}
        data["ordered_when"] = to_sql(each.ordered) if each.ordered is not None else None
    if isinstance(rule, Precedent):
        data |= {
            "name": rule.name,
            "court": rule.court,
            "decided": rule.decided.isoformat(),
            "holding": rule.holding,
            "binds": list(rule.binds),
            "parties": list(rule.parties),
            "settles": list(rule.settles),
            "status": status_on(rule, on),
        }
    return data


def _condition(condition: Condition | None) -> dict[str, Any] | None:
    if condition is None:
        return None
    return {
        "english": condition.english,
        "sql": condition.sql,
        "truth": condition.truth,
        "facts": list(condition.facts),
        "unknown": list(condition.unknown),
        "parts": [_condition(part) for part in condition.parts],
    }
