"""Reads the sealed part of an entry, while its key exists."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from duly.ledger.entry import SEALED, Entry
from duly.ledger.sealing import KeyStore, about, has_sealed, open_envelope


def open_sealed(entry: Entry, keys: KeyStore) -> Mapping[str, Any] | None:
    """The sealed content of an entry: None when its key has been destroyed, empty when nothing is sealed.

    Raises `LedgerError` if the sealed part was changed, or its key never was in this store.
    """
    opened = open_with_salt(entry, keys)
    if opened is None:
        return None
    content: Mapping[str, Any] = opened.get("content", {})
    return content


def open_with_salt(entry: Entry, keys: KeyStore) -> Mapping[str, Any] | None:
    """The sealed content with its salt, as it must be shown to prove it against the chain's commitment."""
    if not has_sealed(entry):
        return {}
    envelope = entry.payload[SEALED]
    secret = keys.secret(str(envelope.get("key")))
    if secret is None:
        return None
    opened: Mapping[str, Any] = json.loads(open_envelope(envelope, secret, about(entry)))
    return opened
