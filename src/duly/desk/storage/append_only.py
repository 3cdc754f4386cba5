"""The database itself refuses to change, remove or empty entries of the ledger, whoever asks, past the desk too.

Whoever owns the database can take these triggers away; that the chain no longer holds then shows in `ledger.verify`.
They are put back after every migration, for SQLite drops a table's triggers when it makes the table anew.
"""

from __future__ import annotations

from typing import Any

TABLE = "desk_ledgerentry"
_SAID = "the ledger is append-only"
_NAMES = (f"{TABLE}_no_update", f"{TABLE}_no_delete")
_NO_TRUNCATE = f"{TABLE}_no_truncate"
_FUNCTION = f"{TABLE}_refuse"


def install(connection: Any) -> None:
    """Put the triggers in place, where they are not there already."""
    if is_installed(connection) or TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{_SAID}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
        for name, event in zip(_NAMES, ("UPDATE", "DELETE"), strict=True):
            cursor.execute(_trigger(connection.vendor, name, event, "ROW"))
        if connection.vendor == "postgresql":
            cursor.execute(_trigger(connection.vendor, _NO_TRUNCATE, "TRUNCATE", "STATEMENT"))


def _trigger(vendor: str, name: str, event: str, each: str) -> str:
    if vendor == "postgresql":
        head = f"CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {TABLE} FOR EACH {each}"
        return f"{head} EXECUTE FUNCTION {_FUNCTION}()"
    return f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{_SAID}'); END"


def remove(connection: Any) -> None:
    """Take the triggers away: for tests, which empty their database and play whoever tampers with it."""
    with connection.cursor() as cursor:
        for name in _wanted(connection.vendor):
            on = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def is_installed(connection: Any) -> bool:
    """Whether the database refuses as it should."""
    if connection.vendor == "postgresql":
        # A trigger that is there and switched off ('D') refuses nothing.
        query = "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgenabled <> 'D'"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    with connection.cursor() as cursor:
        cursor.execute(query, [TABLE])
        return set(_wanted(connection.vendor)) <= {row[0] for row in cursor.fetchall()}


def _wanted(vendor: str) -> tuple[str, ...]:
    return (*_NAMES, _NO_TRUNCATE) if vendor == "postgresql" else _NAMES
