"""Content as the layout reads it: every text safe to show and breakable, every choice of words for the frame made."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from duly.letters.content import LetterContent, Signature
from duly.letters.twin import twin_of_content
from duly.letters.wording import Language, breakable, day

_FRAME: dict[Language, dict[str, str]] = {
    "en": {
        "draft-band": "DRAFT · takes no position · not approved · not sent",
        "matter": "Matter",
        "page": "Page",
        "of": "of",
        "copies": "Copies:",
        "signed": "Signed on",
        "attached": "What this letter says, as data (duly.letter/1)",
    },
    "es": {
        "draft-band": "BORRADOR · no toma posición · no aprobado · no enviado",
        "matter": "Asunto",
        "page": "Página",
        "of": "de",
        "copies": "Copias:",
        "signed": "Firmado el",
        "attached": "Lo que dice esta carta, como datos (duly.letter/1)",
    },
}


def payload(content: LetterContent) -> dict[str, Any]:
    """The JSON that `templates/letter.typ` reads, made from the twin so that page and twin cannot differ."""
    twin = twin_of_content(content)
    words = _FRAME[content.language]
    created = content.created.astimezone(UTC)
    body = {
        "office": twin["from"],
        "to": twin["to"],
        "date": twin["date_shown"],
        "heading": twin["title"],
        "reference": twin["reference"],
        "salutation": twin["salutation"],
        "blocks": twin["blocks"],
        "closing": twin["closing"],
        "copies": twin["copies"],
        "footnote": twin["footnote"],
        "matter_number": twin["matter"],
        "signatures": [_signature(signature, content.language) for signature in content.signatures],
    }
    broken: dict[str, Any] = _breakable(body)
    return {
        **broken,
        "title": twin["title"],
        "description": f"{words['matter']} {twin['matter']}",
        "keywords": [twin["matter"], content.template, content.status],
        "status": content.status,
        "language": content.language,
        "region": "US",
        "paper": "us-letter",
        "words": words,
        "created": [created.year, created.month, created.day, created.hour, created.minute, created.second],
    }


def _signature(signature: Signature, language: Language) -> dict[str, Any]:
    signed = "" if signature.signed_on is None else f"{_FRAME[language]['signed']} {day(signature.signed_on, language)}"
    titles = [signature.title] if signature.title else []
    return {
        "name": signature.name,
        "lines": [*titles, *signature.lines],
        "role": signature.role,
        "signed": signed,
    }


def _breakable(value: Any) -> Any:
    if isinstance(value, str):
        return breakable(value)
    if isinstance(value, dict):
        return {
            key: item if key in ("kind", "outcome", "tone", "value") else _breakable(item)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_breakable(item) for item in value]
    return value
