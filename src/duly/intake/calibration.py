"""How sure a field may be shown to be: never surer than fields read the same way have turned out to be."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

from duly.instruments.kind import FieldSpec, Value

_TABLE = Path(__file__).parent / "calibration.toml"


@cache
def _bins() -> dict[tuple[str, str], tuple[tuple[float, float], ...]]:
    """Method and type → where each bin begins and what share in it was right, the surest first."""
    bins: dict[tuple[str, str], tuple[tuple[float, float], ...]] = {}
    for method, entries in tomllib.loads(_TABLE.read_text(encoding="utf-8")).items():
        for entry in entries:
            measured = sorted(((item["from"], item["right"]) for item in entry["bins"]), reverse=True)
            for name in entry["types"]:
                bins[method, name] = tuple(measured)
    return bins


def measured(method: str, type_: str, confidence: float) -> float:
    """The reader's confidence, lowered to the share of fields of that type and method that were right at it."""
    for begins, right in _bins().get((method, type_), ()):
        if confidence >= begins:
            return min(confidence, right)
    return confidence


def calibrated(spec: FieldSpec, value: Value) -> Value:
    """The value as sure as measurement allows; what was not found stays as it is."""
    if value.value is None:
        return value
    evidence = value.evidence
    confidence = round(measured(evidence.method, spec.type, evidence.confidence), 3)
    return (
        value
        if confidence == evidence.confidence
        else replace(value, evidence=replace(evidence, confidence=confidence))
    )
