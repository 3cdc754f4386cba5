"""An assessment as the documented JSON that `duly answer --json` and the API give (schema `duly.answer/1`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from duly.evidence import Evidence, Fact
from duly.instruments import Value
from duly.law import Determination, Finding
from duly.matters.instrument import Instrument

if TYPE_CHECKING:
    from duly.matters.assessment import Assessment, CountedDue

SCHEMA = "duly.answer/1"


def answer_json(papers: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The whole answer: `{"schema": "duly.answer/1", "papers": […]}`."""
    return {"schema": SCHEMA, "papers": [dict(paper) for paper in papers]}


def paper_json(assessment: Assessment) -> dict[str, Any]:
    """One paper's entry. Dates and moments are ISO 8601; boxes are points from the page's top left corner."""
    return {
        **_instrument(assessment.instrument),
        "office": {
            "id": assessment.office.id,
            "name": assessment.office.name,
            "jurisdiction": assessment.office.jurisdiction,
            "kind": assessment.office.kind,
        },
        "on": assessment.on.isoformat(),
        "facts": {name: _fact(fact) for name, fact in sorted(assessment.facts.items())},
        "set_aside": [{**_fact(entry.fact), "because": entry.because} for entry in assessment.set_aside],
        "defects": [
            {"id": found.rule, "status": found.status, "cite": found.cite, "item": found.item, "effect": found.effect}
            for found in assessment.defects
        ],
        "deadlines": [_deadline(entry) for entry in assessment.deadlines],
        "determinations": [_determination(assessment, found) for found in assessment.determinations],
        "grounds": [
            _finding(found) | {"acts": list(found.acts), "position": found.position, "by": found.by}
            for found in assessment.grounds
        ],
        "consequences": [
            _finding(found) | {"acts": list(found.acts), "of": found.of, "who": found.who}
            for found in assessment.consequences
        ],
        "notices": [
            _finding(found)
            | {
                "acts": list(found.acts),
                "who": found.who,
                "must_tell": found.must_tell,
                "what": found.what,
                "by": found.by,
            }
            for found in assessment.notices
        ],
        "letter": None,
        "warnings": list(assessment.warnings),
        "rulebooks": assessment.rulebooks,
    }


def plain(value: Any) -> Any:
    """Dataclasses, tuples, mappings, dates and moments as plain JSON, for reading by other programs."""
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (tuple, list, frozenset)):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    return value


def _instrument(instrument: Instrument) -> dict[str, Any]:
    return {
        "file": instrument.name,
        "sha256": instrument.document,
        "pages": list(instrument.pages),
        "kind": instrument.kind,
        "confidence": round(float(instrument.confidence), 4),
        "fields": {name: _value(value) for name, value in instrument.fields.items()},
        "accompanying": [_instrument(paper) for paper in instrument.accompanying],
    }


def _value(value: Value) -> dict[str, Any]:
    return {"value": plain(value.value), **_evidence(value.evidence), "flags": list(value.flags)}


def _evidence(evidence: Evidence) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "page": evidence.page,
        "box": None if evidence.box is None else evidence.box.as_list(),
        "words": evidence.words,
        "method": evidence.method,
        "confidence": round(float(evidence.confidence), 4),
    }
    if evidence.note:
        shown["note"] = evidence.note
    if evidence.confirmed_by is not None:
        shown["confirmed_by"] = evidence.confirmed_by
    if evidence.confirmed_at is not None:
        shown["confirmed_at"] = evidence.confirmed_at.isoformat()
    return shown


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "name": fact.name,
        "value": plain(fact.value),
        **_evidence(fact.evidence),
        "document": fact.evidence.document,
    }


def _deadline(entry: CountedDue) -> dict[str, Any]:
    deadline = entry.deadline
    due = deadline.due
    return {
        "id": deadline.id,
        "what": deadline.what,
        "for": entry.purpose,
        "due": None if due is None else due.isoformat(),
        "hour_counted": isinstance(due, datetime),
        "zone": deadline.zone,
        "cite": deadline.cite,
        "steps": [step.text for step in deadline.steps],
        "warnings": list(deadline.warnings),
        "missing": list(deadline.missing),
    }


def _determination(assessment: Assessment, found: Determination) -> dict[str, Any]:
    return {
        "act": found.act,
        "outcome": found.outcome,
        "possible": list(found.possible),
        "decisive": [list(names) for names in found.decisive],
        "cites": list(found.cites),
        "summary": found.summary,
        "asked": assessment.asks_for(found.act),
        "moot": assessment.moot.get(found.act),
        "proof": {
            "on": found.on.isoformat(),
            "office": found.office,
            "applied": plain(found.applied),
            "considered": plain(found.considered),
            "precedents": plain(found.precedents),
            "assumptions": plain(found.assumptions),
            "facts": {name: _fact(fact) for name, fact in sorted(found.facts.items())},
        },
    }


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "id": found.rule,
        "cite": found.cite,
        "statement": found.statement,
        "text": found.text,
        "truth": found.truth,
        "unknown": list(found.unknown),
    }
