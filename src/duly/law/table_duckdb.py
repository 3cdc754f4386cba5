"""Tables in DuckDB, the engine on one machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any

from duly.law.sql import Dialect
from duly.law.table_sql import quoted

if TYPE_CHECKING:
    import duckdb

TRIED = 100_000
"""Rows that are looked at to see whether deciding each different case once is worth it."""
WORTH = 3
"""Rows for each different case, at least, in those."""
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
        self.columns: Mapping[str, str] = {
            name: _KINDS.get(type.id, str(type)) for name, type in zip(relation.columns, relation.types, strict=True)
        }

    def rows(self, sql: str) -> Sequence[tuple[Any, ...]]:
        return list(self.relation_of(sql).fetchall())

    def relation_of(self, sql: str) -> Any:
        return self.relation.query(self.view, sql)

    def different(self, names: Sequence[str]) -> DuckDBSource | None:
        """The different cases as far as these facts tell rows apart, kept in a temporary table of the connection; None
        where the first rows hold too many of them for that to be worth it."""
        listed = ", ".join(quoted(name, self.dialect) for name in names) or "1"
        first = f"SELECT {listed} FROM ({self.table}) LIMIT {TRIED}"
        [[rows, cases]] = self.rows(
            f"SELECT (SELECT COUNT(*) FROM ({first})), (SELECT COUNT(*) FROM (SELECT DISTINCT * FROM ({first})))"
        )
        if not names or rows < WORTH * cases:
            return None
        kept = f"{self.view}_different"
        self.relation_of(f"CREATE TEMP TABLE {kept} AS SELECT DISTINCT {listed} FROM ({self.table})")
        found = DuckDBSource(self.relation)
        found.table = f"SELECT * FROM {kept}"
        found.columns = {name: self.columns[name] for name in names}
        return found
