"""The machine-readable twin of a letter (`duly.letter/1`): what the page says, typed, with the record it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from duly.letters.content import Block, LetterContent
from duly.letters.wording import day, shown

SCHEMA = "duly.letter/1"


def twin_of_content(content: LetterContent) -> dict[str, Any]:
    """Everything that the letter says, in the order in which it says it, as JSON values.

    Dates are ISO strings; what no font can show is spelled as on the page, so that page and twin say the same.
    """
    body = {
        "schema": SCHEMA,
        "template": content.template,
        "language": content.language,
        "status": content.status,
        "date": content.on.isoformat(),
        "date_shown": day(content.on, content.language),
        "title": content.title,
        "matter": content.matter_number,
        "from": asdict(content.office),
        "to": None if content.to is None else asdict(content.to),
        "reference": [
            {"label": line.label, "text": line.text, "name": line.name, "value": line.value}
            for line in content.reference
        ],
        "salutation": content.salutation,
        "blocks": [block_as_data(block) for block in content.blocks],
        "closing": content.closing,
        "signatures": [asdict(signature) for signature in content.signatures],
        "copies": list(content.copies),
        "footnote": content.footnote,
    }
    as_printed: dict[str, Any] = printed(body)
    return {**as_printed, "record": as_json(content.record)}


def block_as_data(block: Block) -> dict[str, Any]:
    """A block as JSON values, with its kind by name."""
    return {"kind": type(block).__name__.lower(), **asdict(block)}


def as_json(value: Any) -> Any:
    """Dates as ISO strings, tuples as lists; everything else as it is."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    return value


def printed(value: Any) -> Any:
    """The same values as JSON, every text spelled as a letter can show it."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, Mapping):
        return {key: printed(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [printed(item) for item in value]
    return as_json(value)


def visible(twin: Mapping[str, Any]) -> list[str]:
    """Every text that the page shows, in reading order (running header and footer left out)."""
    said = [twin["from"]["name"], *twin["from"]["lines"], twin["date_shown"]]
    if twin["to"] is not None:
        said += [twin["to"]["delivery"], twin["to"]["name"], *twin["to"]["lines"]]
    said.append(twin["title"])
    for line in twin["reference"]:
        said += [line["label"], line["text"]]
    said.append(twin["salutation"])
    for block in twin["blocks"]:
        said += _block_text(block)
    said.append(twin["closing"])
    for signature in twin["signatures"]:
        said += [signature["name"], signature["title"], *signature["lines"], signature["role"]]
    said += twin["copies"]
    return [text for text in said if text]


def _block_text(block: Mapping[str, Any]) -> list[str]:
    kind = block["kind"]
    if kind == "items":
        return [text for item in block["items"] for text in _item_text(item)]
    if kind == "table":
        return [block["caption"], *block["headers"], *(cell for row in block["rows"] for cell in row)]
    if kind == "act":
        return list(_act_text(block))
    order = {
        "heading": ("text",),
        "paragraph": ("lead", "text"),
        "quotation": ("text", "cite"),
        "notice": ("title", "text"),
    }
    return [block[name] for name in order[kind]]


def _act_text(block: Mapping[str, Any]) -> Iterator[str]:
    yield from (block["label"], block["word"], block["meaning"], block["summary"])
    for line in block["lines"]:
        yield line["heading"]
        for source in line["sources"]:
            yield from _item_text(source)
    yield from block["notes"]


def _item_text(item: Mapping[str, Any]) -> list[str]:
    return [item["lead"], item["text"], item["quotation"], item["cite"]]
