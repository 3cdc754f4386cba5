"""An office moved from the embedded database to PostgreSQL: all of it, compared row by row, or nothing at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from duly.desk.database import from_url
from duly.desk.home import data_folder
from duly.desk.storage import append_only, ledger
from duly.desk.storage.fingerprints import Adding, Fingerprint, different, of_model
from duly.errors import DulyError

SOURCE, TARGET = "default", "target"
_AT_ONCE = 1000
_MOVED = "desk_ledgerentry_moved"
Progress = Callable[[str], None]


class CannotMoveError(DulyError):
    """The office was not moved; both databases are as they were."""

    code = "not-moved"


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved and compared: every table's rows, and the ledger's last hash, which is the same on both sides."""

    tables: dict[str, int]
    entries: int
    head: str


def move(address: str, progress: Progress = lambda _: None) -> Moved:
    """Move everything into the empty PostgreSQL database at `address`, and let the old one take no more entries.

    One transaction on either side: whatever goes wrong, the target is as empty as before and the office goes on where it
    was. Raises CannotMoveError.
    """
    source = connections[SOURCE]
    target = _connected(address)
    try:
        if source.vendor != "sqlite":
            raise CannotMoveError(
                "The desk is not on the embedded database.",
                remedy="Run this without DULY_DATABASE, or naming an SQLite file.",
            )
        if MigrationExecutor(source).migration_plan(MigrationExecutor(source).loader.graph.leaf_nodes()):
            raise CannotMoveError(
                "The office's database is of an earlier version of Duly.",
                remedy="Start the desk once; it is brought up to date.",
            )
        # The transaction is the lock: while it lasts nobody records anything in the office that is being moved.
        with transaction.atomic(using=SOURCE):
            progress("Verifying the ledger")
            before = _verified(SOURCE, "The ledger does not verify, so it is not moved.")
            with transaction.atomic(using=TARGET):
                _refuse_unless_empty(target)
                progress("Creating the tables")
                call_command("migrate", database=TARGET, interactive=False, verbosity=0)
                tables = _copied(progress)
                progress("Verifying the ledger in PostgreSQL")
                after = _verified(TARGET, "The ledger does not verify in PostgreSQL.")
                if (before.entries, before.head) != (after.entries, after.head):
                    raise CannotMoveError("The ledger in PostgreSQL is another than the one it was copied from.")
            _close_source(source)
        return Moved({name: found.rows for name, found in tables.items()}, after.entries, after.head)
    except DatabaseError as error:
        raise CannotMoveError(
            f"One of the databases refused: {str(error).strip().splitlines()[0]}",
            remedy="Nothing was moved. Correct what it names, then run the command again.",
        ) from error
    finally:
        target.close()


def _connected(address: str) -> Any:
    settings = from_url(address, data_folder())
    if not settings["ENGINE"].endswith("postgresql"):
        raise CannotMoveError(
            "An office can only be moved to PostgreSQL.",
            remedy="Write the address as postgresql://user:password@host/name.",
        )
    connections.settings[TARGET] = {**connections[SOURCE].settings_dict, "AUTOCOMMIT": True, **settings}
    target = connections[TARGET]
    try:
        target.ensure_connection()
    except DatabaseError as error:
        raise CannotMoveError(
            f"PostgreSQL does not answer at that address: {str(error).strip().splitlines()[0]}",
            remedy="Check host, name, user and password; the database must exist and be empty.",
        ) from error
    return target


def _refuse_unless_empty(target: Any) -> None:
    found = target.introspection.table_names()
    if found:
        raise CannotMoveError(
            f"The database is not empty: it has {len(found)} tables, {found[0]} among them.",
            remedy="Name a database that was just created; nothing is ever written over.",
        )


def _verified(using: str, sentence: str) -> Any:
    found = ledger.verify(using)
    if not found.ok:
        raise CannotMoveError(f"{sentence} {found}", remedy="Restore the last backup in which it holds.")
    return found


def _copied(progress: Progress) -> dict[str, Fingerprint]:
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    for model in models:
        # A new database has rows of Django's own (its list of tables); those of the office take their place.
        if model._meta.app_label != "desk":
            model._base_manager.using(TARGET).all().delete()
    copied = {}
    for model in models:
        progress(f"Copying {model._meta.db_table}")
        copied[model._meta.db_table] = _copy(model)
    with connections[TARGET].cursor() as cursor:
        for statement in connections[TARGET].ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    there = {}
    for model in models:
        progress(f"Comparing {model._meta.db_table}")
        there[model._meta.db_table] = of_model(model, TARGET)
    wrong = different(copied, there)
    if wrong:
        raise CannotMoveError(f"What arrived is not what was sent. {' '.join(wrong)}", remedy="Nothing was moved.")
    return copied


def _copy(model: Any) -> Fingerprint:
    names = [field.attname for field in model._meta.concrete_fields]
    rows = model._base_manager.using(SOURCE).order_by("pk").iterator(chunk_size=_AT_ONCE)
    adding = Adding()
    for some in _in_parts(rows):
        for row in some:
            adding.add([getattr(row, name) for name in names])
        try:
            model._base_manager.using(TARGET).bulk_create(some)
        except (ValueError, DatabaseError) as error:
            raise CannotMoveError(
                f"PostgreSQL does not take the rows {some[0].pk} to {some[-1].pk} of {model._meta.db_table}: "
                f"{str(error).strip().splitlines()[0]}",
                remedy="Nothing was moved.",
            ) from error
    return adding.done()


def _in_parts(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while some := list(islice(rows, _AT_ONCE)):
        yield some


def _close_source(source: Any) -> None:
    """An act recorded in the old database from now on would be lost: let it refuse, in words that say why."""
    with source.cursor() as cursor:
        cursor.execute(
            f"CREATE TRIGGER {_MOVED} BEFORE INSERT ON {append_only.TABLE} "
            "BEGIN SELECT RAISE(ABORT, 'this office was moved to PostgreSQL: set DULY_DATABASE'); END"
        )
