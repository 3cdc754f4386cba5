"""Tables behind Ibis: past one machine the same SQL runs where the rows lie, on Spark or PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from duly.errors import DulyError
from duly.law.sql import Dialect

_DIALECTS: Mapping[str, Dialect] = {"duckdb": "duckdb", "postgres": "postgres", "pyspark": "spark"}


class IbisSource:
    """An Ibis table expression; everything is asked of its own engine, and only counts and patterns are fetched."""

    def __init__(self, table: Any) -> None:
        self.backend = table.get_backend()
        name = self.backend.name
        if name not in _DIALECTS:
            raise DulyError(f"Tables in {name} cannot be decided.", remedy=f"Use one of {', '.join(_DIALECTS)}.")
        self.dialect: Dialect = _DIALECTS[name]
        self.expression = table
        self.table = str(self.backend.compile(table))

    @property
    def columns(self) -> Mapping[str, str]:
        return {name: _kind(type) for name, type in self.expression.schema().items()}

    def rows(self, sql: str) -> Sequence[tuple[Any, ...]]:
        # Asked of the engine's own connection: Ibis would first want to know the types of every such query.
        if self.dialect == "spark":
            return [tuple(row) for row in self.backend._session.sql(sql).collect()]
        if self.dialect == "postgres":
            with self.backend.con.cursor() as cursor:
                return list(cursor.execute(sql).fetchall())
        return list(self.backend.con.sql(sql).fetchall())

    def different(self, names: Sequence[str]) -> None:
        """Rows are decided where they lie: PostgreSQL has no quick join over columns that may be NULL."""

    def table_of(self, sql: str, added: Sequence[str]) -> Any:
        """The result as a table: the source's columns and the `added` ones, which are text."""
        import ibis

        types = dict(self.expression.schema().items()) | dict.fromkeys(added, "string")
        return self.backend.sql(sql, schema=ibis.schema(types))


def _kind(type: Any) -> str:
    if type.is_boolean():
        return "boolean"
    if type.is_string():
        return "text"
    if type.is_integer():
        return "integer"
    if type.is_date():
        return "date"
    # Spark's timestamps are instants, though Ibis shows no zone for those of its NTZ type.
    return "moment" if type.is_timestamp() and type.timezone is not None else str(type)
