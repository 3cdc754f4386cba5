"""Fingerprints of tables: how many rows, and a digest over all of them in which the order of the rows plays no part.

Databases order text each in their own way, so the digests of the rows are added up. A row changed, missing, doubled or
made up changes the sum.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

_MODULUS = 1 << 256
_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a table holds: `rows`, and `sha256`, the sum of the rows' digests modulo 2**256, in hexadecimal."""

    rows: int
    sha256: str


class Adding:
    """A fingerprint while rows pass by."""

    def __init__(self) -> None:
        self._rows, self._sum = 0, 0

    def add(self, row: Sequence[Any]) -> None:
        text = json.dumps([_plain(value) for value in row], ensure_ascii=True, separators=(",", ":"), sort_keys=True)
        self._sum = (self._sum + int.from_bytes(hashlib.sha256(text.encode("ascii")).digest(), "big")) % _MODULUS
        self._rows += 1

    def done(self) -> Fingerprint:
        return Fingerprint(self._rows, f"{self._sum:064x}")


def of_rows(rows: Iterable[Sequence[Any]]) -> Fingerprint:
    """The fingerprint of these rows."""
    adding = Adding()
    for row in rows:
        adding.add(row)
    return adding.done()


def of_model(model: Any, using: str) -> Fingerprint:
    """The fingerprint of a table as Django reads it: the same on every kind of database."""
    names = [field.attname for field in model._meta.concrete_fields]
    rows = model._base_manager.using(using).order_by("pk").values_list(*names)
    return of_rows(rows.iterator(chunk_size=_AT_ONCE))


def of_database(connection: Any) -> dict[str, Fingerprint]:
    """The fingerprint of every table as it lies in the database, whatever the version of Duly that made it.

    Comparable only between databases of one kind.
    """
    found = {}
    for table in sorted(connection.introspection.table_names()):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = of_rows(iter(cursor.fetchone, None))
    return found


def different(one: Mapping[str, Fingerprint], other: Mapping[str, Fingerprint]) -> list[str]:
    """A sentence for each table in which the two are not the same."""
    said = []
    for table in sorted(one.keys() | other.keys()):
        here, there = one.get(table), other.get(table)
        if here is None or there is None:
            said.append(f"The table {table} is only in one of the two.")
        elif here.rows != there.rows:
            said.append(f"The table {table} has {here.rows:,} rows in the first and {there.rows:,} in the second.")
        elif here != there:
            said.append(f"The rows of the table {table} are not the same.")
    return said


def _plain(value: Any) -> Any:
    """JSON that is the same for the same value: moments in UTC, whole numbers without a point, bytes as hexadecimal."""
    if isinstance(value, datetime):
        moment = value if value.tzinfo is None else value.astimezone(UTC)
        return {"moment": moment.isoformat()}
    if isinstance(value, date | time):
        return {type(value).__name__: value.isoformat()}
    if isinstance(value, bytes | memoryview):
        return {"bytes": bytes(value).hex()}
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return {type(value).__name__: str(value)}
