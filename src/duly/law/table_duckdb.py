"""Tables in DuckDB, the engine on one machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any

from duly.law.sql import Dialect

if TYPE_CHECKING:
    import duckdb

_views = count()
_KINDS = {
    "boolean": "boolean", "varchar": "text", "enum": "text", "date": "date", "timestamp with time zone": "moment",
    "tinyint": "integer", "smallint": "integer", "integer": "integer", "bigint": "integer", "utinyint": "integer",
    "usmallint": "integer", "uinteger": "integer",
}  # fmt: skip


class DuckDBSource:
    """A relation, of whatever connection it belongs to."""

    dialect: Dialect = "duckdb"

    def __init__(self, relation: duckdb.DuckDBPyRelation) -> None:
        self.relation = relation
        # Results are lazy and find their source by its name, so no two sources may share one.
        self.view = f"duly_cases_{next(_views)}"
        self.table = f'SELECT * FROM "{self.view}"'

    @property
    def columns(self) -> Mapping[str, str]:
        return {
            name: _KINDS.get(type.id, str(type))
            for name, type in zip(self.relation.columns, self.relation.types, strict=True)
        }

    def rows(self, sql: str) -> Sequence[tuple[Any, ...]]:
        return list(self.relation_of(sql).fetchall())

    def relation_of(self, sql: str) -> Any:
        return self.relation.query(self.view, sql)
