"""What the twin carries beside the words: for the office everything, for others only what they may know.

A letter that declines to tell something must not tell it in its attachment. What leaves the office therefore holds
facts about the paper itself, the position and its sources, and nothing about the person named or the office's inquiry.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from duly.evidence import Fact
from duly.law.determination import Applied, Determination
from duly.letters.brief import Brief
from duly.letters.sections import relied_on
from duly.matters.answer import plain
from duly.matters.assessment import CountedDue

_REFERENCE_ROLES = {"number": "number", "file": "file_number", "person": "person_named"}
_ABOUT_THE_PAPER = ("instrument.", "service.", "demand.")


def record(brief: Brief, audience: str, reference: Sequence[str]) -> dict[str, Any]:
    """The record for one audience, as JSON values. Of names and numbers it holds those that the letter's `reference` shows."""
    said: dict[str, Any] = {"audience": audience, "instrument": _instrument(brief, reference)}
    if audience == "employees":
        return said
    if brief.stance is not None:
        said["position"] = _position(brief)
    if brief.order is not None:
        said["order"] = plain(brief.order)
    said["relied_on"] = list(relied_on(brief))
    if audience == "person named":
        return said
    said["facts"] = [fact_as_data(fact) for fact in _facts(brief, audience)]
    said["enclosures"] = plain(brief.enclosures)
    said["withheld"] = plain(brief.withheld)
    if audience == "office":
        said |= _for_the_office(brief)
    return said


def _instrument(brief: Brief, reference: Sequence[str]) -> dict[str, Any]:
    paper, kind = brief.assessment.instrument, brief.assessment.kind
    said = {
        "kind": paper.kind,
        "title": None if kind is None else kind.title,
        "family": None if kind is None else kind.family,
        "sha256": paper.document,
        "pages": list(paper.pages),
    }
    said |= {role: brief.field(role) for name, role in _REFERENCE_ROLES.items() if name in reference}
    return said


def _position(brief: Brief) -> dict[str, Any]:
    if brief.stance is None:
        return {}
    chosen = {name for choice in brief.stance.choices for name in choice.grounds}
    grounds = [ground for ground in brief.assessment.grounds if ground.rule in chosen]
    return {
        "approved": brief.stance.approved,
        "overall": brief.stance.overall,
        "choices": [{"act": choice.act, "choice": choice.choice} for choice in brief.stance.choices],
        "grounds": [{"rule": ground.rule, "cite": ground.cite, "text": ground.text} for ground in grounds],
    }


def _facts(brief: Brief, audience: str) -> list[Fact]:
    facts = [fact for _, fact in sorted(brief.assessment.facts.items())]
    if audience == "office":
        return facts
    return [fact for fact in facts if fact.name.startswith(_ABOUT_THE_PAPER)]


def fact_as_data(fact: Fact) -> dict[str, Any]:
    """A fact with its evidence; who confirmed it stays inside the office."""
    evidence = fact.evidence
    return {
        "name": fact.name,
        "value": plain(fact.value),
        "method": evidence.method,
        "document": evidence.document,
        "page": evidence.page,
        "box": None if evidence.box is None else evidence.box.as_list(),
        "words": evidence.words,
        "confidence": round(float(evidence.confidence), 4),
    }


def _for_the_office(brief: Brief) -> dict[str, Any]:
    assessment = brief.assessment
    return {
        "assessment": assessment.digest,
        "rulebooks": assessment.rulebooks,
        "law_on": assessment.on.isoformat(),
        "determinations": [_determination(found, assessment.moot) for found in assessment.determinations],
        "defects": [
            {"rule": one.rule, "item": one.item, "status": one.status, "cite": one.cite} for one in assessment.defects
        ],
        "deadlines": [_deadline(counted) for counted in assessment.deadlines],
        "warnings": list(assessment.warnings),
    }


def _determination(found: Determination, moot: Mapping[str, str]) -> dict[str, Any]:
    return {
        "act": found.act,
        "outcome": found.outcome,
        "possible": list(found.possible),
        "decisive": [list(names) for names in found.decisive],
        "summary": found.summary,
        "cites": list(found.cites),
        "moot": moot.get(found.act),
        "applied": [_rule(rule) for rule in found.applied],
        "precedents": [
            {
                "name": case.name,
                "cite": case.cite,
                "holding": case.holding,
                "binding": case.binding,
                "status": case.status,
            }
            for case in found.precedents
        ],
    }


def _rule(rule: Applied) -> dict[str, Any]:
    return {
        "rule": rule.rule,
        "cite": rule.cite,
        "text": rule.text,
        "role": rule.role,
        "direction": rule.direction,
        "force": rule.force,
        "jurisdiction": rule.jurisdiction,
        "layer": rule.layer,
    }


def _deadline(counted: CountedDue) -> dict[str, Any]:
    deadline = counted.deadline
    return {
        "id": deadline.id,
        "what": deadline.what,
        "for": counted.purpose,
        "due": None if deadline.due is None else deadline.due.isoformat(),
        "zone": deadline.zone,
        "cite": deadline.cite,
        "steps": [step.text for step in deadline.steps],
        "missing": list(deadline.missing),
    }
