"""Content as the layout reads it: every text safe to show and breakable, every choice of words for the frame made."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from duly.letters.content import LetterContent, Signature
from duly.letters.language import words
from duly.letters.twin import twin_of_content
from duly.letters.wording import breakable, day, tied


def payload(content: LetterContent) -> dict[str, Any]:
    """The JSON that `templates/letter.typ` reads, made from the twin so that page and twin cannot differ."""
    twin = twin_of_content(content)
    frame = words(content.language)["frame"]
    created = content.created.astimezone(UTC)
    body = {
        "office": twin["from"],
        "to": twin["to"],
        "date": twin["date_shown"],
        "heading": twin["title"],
        "reference": twin["reference"],
        "salutation": twin["salutation"],
        "blocks": _levelled(twin["blocks"]),
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
        "description": f"{frame['matter']} {twin['matter']}",
        "keywords": [twin["matter"], content.template, content.status],
        "status": content.status,
        "language": content.language,
        "region": words(content.language)["region"],
        "paper": "us-letter",
        "words": frame,
        "created": [created.year, created.month, created.day, created.hour, created.minute, created.second],
    }


def _levelled(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Headings that never skip a level under the letter's title (ISO 14289-1, 7.4.2); an act's heading is one too."""
    levelled, last = [], 1
    for block in blocks:
        if block["kind"] in ("heading", "act"):
            last = min(max(block.get("level", 3), 2), last + 1)
            block = {**block, "level": last}
        levelled.append(block)
    return levelled


def _signature(signature: Signature, language: str) -> dict[str, Any]:
    signed = (
        ""
        if signature.signed_on is None
        else f"{words(language)['frame']['signed']} {day(signature.signed_on, language)}"
    )
    titles = [signature.title] if signature.title else []
    return {
        "name": signature.name,
        "lines": [*titles, *signature.lines],
        "role": signature.role,
        "signed": signed,
    }


def _breakable(value: Any) -> Any:
    if isinstance(value, str):
        return breakable(tied(value))
    if isinstance(value, dict):
        return {
            key: item if key in ("kind", "outcome", "tone", "value") else _breakable(item)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_breakable(item) for item in value]
    return value
