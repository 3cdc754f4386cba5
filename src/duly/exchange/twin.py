"""Reading the data inside a PDF that Duly made, without OCR, and without believing it before the page agrees."""

from __future__ import annotations

import io
import json
from typing import Any

import pikepdf

from duly.exchange.keys import ExchangeError

LARGEST = 20_000_000
"""Bytes; a twin is a few kilobytes, and an attachment larger than this is no twin."""
_PREFIX = "duly."


def twin_of(pdf: bytes) -> dict[str, Any] | None:
    """The twin inside the PDF (`schema` begins with `duly.`), or None when there is none.

    Raises ExchangeError when the file cannot be opened, when it holds two twins, or one that is damaged: then nothing in
    it may be taken for what the page says.
    """
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            found = [twin for name, data in _attached(document) if (twin := _twin(name, data)) is not None]
    except pikepdf.PdfError as error:
        raise ExchangeError(f"The file cannot be opened as a PDF: {error}.") from error
    if len(found) > 1:
        raise ExchangeError(
            "The file holds two sets of data that both claim to say what the page says.",
            remedy="Go by the page, and ask the sender.",
        )
    return found[0] if found else None


def _attached(document: pikepdf.Pdf) -> list[tuple[str, bytes]]:
    files = []
    for name, attachment in document.attachments.items():
        if not (name.startswith("duly-") and name.endswith(".json")):
            continue
        stream = attachment.get_file()
        if stream.size > LARGEST:
            raise ExchangeError(f"The attachment {name} is too large to be a twin.")
        data = stream.read_bytes()
        if len(data) > LARGEST:
            raise ExchangeError(f"The attachment {name} is too large to be a twin.")
        files.append((name, data))
    return files


def _twin(name: str, data: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(data, object_pairs_hook=_without_repeats)
    except (ValueError, RecursionError) as error:
        raise ExchangeError(f"The attachment {name} is damaged: {error}.", remedy="Go by the page.") from error
    if not isinstance(value, dict) or not str(value.get("schema", "")).startswith(_PREFIX):
        return None
    return value


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Two readers may take different ones of two equal names, so there must not be two (RFC 8259, 4)."""
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise ValueError("a name occurs twice")
    return dict(pairs)
