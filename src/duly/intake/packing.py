"""Carries readings and refusals between the reading process and the desk as JSON.

Never pickle: what comes back was made next to a hostile file, and must not be able to run anything.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from duly.errors import Place
from duly.evidence import Box, Evidence
from duly.instruments.kind import FieldValue, Value
from duly.intake.reading import Candidate, Document, Page, Reading, Word
from duly.intake.refusal import Refused


def pack_readings(readings: Sequence[Reading]) -> bytes:
    document = readings[0].document
    return json.dumps(
        {"document": _pack_document(document), "readings": [_pack_reading(reading) for reading in readings]}
    ).encode()


def unpack_readings(data: bytes) -> tuple[Reading, ...]:
    raw = json.loads(data)
    document = _unpack_document(raw["document"])
    return tuple(_unpack_reading(item, document) for item in raw["readings"])


def pack_refusal(error: Refused) -> bytes:
    place = error.place
    return json.dumps(
        {
            "message": error.message, "remedy": error.remedy, "code": error.code,
            "place": None if place is None else [place.file, place.line, place.page, place.field],
        }
    ).encode()  # fmt: skip


def unpack_refusal(data: bytes) -> Refused:
    raw = json.loads(data)
    place = None if raw["place"] is None else Place(*raw["place"])
    return Refused(raw["message"], remedy=raw["remedy"], code=raw["code"], place=place)


def _pack_document(document: Document) -> dict[str, Any]:
    return {
        "sha256": document.sha256, "name": document.name, "media_type": document.media_type,
        "pages": [
            {
                "number": page.number, "width": page.width, "height": page.height, "method": page.method, "rotation": page.rotation,
                "skew": page.skew,
                "words": [[word.text, *word.box.as_list(), round(word.confidence, 3)] for word in page.words],
            }
            for page in document.pages
        ],
    }  # fmt: skip


def _unpack_document(raw: dict[str, Any]) -> Document:
    pages = tuple(
        Page(
            page["number"], page["width"], page["height"],
            tuple(Word(text, Box(x0, y0, x1, y1), confidence) for text, x0, y0, x1, y1, confidence in page["words"]),
            page["method"], page["rotation"], page["skew"],
        )
        for page in raw["pages"]
    )  # fmt: skip
    return Document(raw["sha256"], raw["name"], raw["media_type"], pages)


def _pack_reading(reading: Reading) -> dict[str, Any]:
    return {
        "kind": reading.kind, "confidence": reading.confidence, "warnings": list(reading.warnings),
        "first_page": reading.first_page, "last_page": reading.last_page,
        "candidates": [[item.kind, item.score, list(item.because)] for item in reading.candidates],
        "fields": [_pack_value(value) for value in reading.fields.values()],
    }  # fmt: skip


def _unpack_reading(raw: dict[str, Any], document: Document) -> Reading:
    values = [_unpack_value(item) for item in raw["fields"]]
    return Reading(
        document, raw["kind"], raw["confidence"], {value.name: value for value in values},
        tuple(Candidate(kind, score, tuple(because)) for kind, score, because in raw["candidates"]),
        tuple(raw["warnings"]), raw["first_page"], raw["last_page"],
    )  # fmt: skip


def _pack_value(value: Value) -> dict[str, Any]:
    evidence = value.evidence
    return {
        "name": value.name, "value": _pack_field(value.value), "flags": list(value.flags),
        "evidence": {
            "method": evidence.method, "document": evidence.document, "page": evidence.page,
            "box": None if evidence.box is None else evidence.box.as_list(), "words": evidence.words,
            "confidence": round(evidence.confidence, 4), "note": evidence.note,
        },
    }  # fmt: skip


def _unpack_value(raw: dict[str, Any]) -> Value:
    evidence = dict(raw["evidence"])
    box = evidence.pop("box")
    return Value(
        raw["name"],
        _unpack_field(raw["value"]),
        Evidence(**evidence, box=None if box is None else Box(*box)),
        tuple(raw["flags"]),
    )


def _pack_field(value: FieldValue | None) -> Any:
    """JSON's own types as they are; dates, moments, times and lists under their name."""
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, time):
        return {"time": value.isoformat()}
    if isinstance(value, tuple):
        return {"list": list(value)}
    return value


def _unpack_field(raw: Any) -> FieldValue | None:
    if not isinstance(raw, dict):
        return raw  # type: ignore[no-any-return]  # str, bool, int or None, as packed above
    if "moment" in raw:
        return datetime.fromisoformat(raw["moment"])
    if "date" in raw:
        return date.fromisoformat(raw["date"])
    if "time" in raw:
        return time.fromisoformat(raw["time"])
    return tuple(raw["list"])
