"""Backup and restore: database, originals, keys and secrets in one folder, and a restore that proves itself.

The database is copied first and the files after it: an original and a key are on the disk before the entry that needs
them, so that everything that the copied ledger names is among the files copied later.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connection, connections, transaction

from duly.desk.administration.integrity import damaged_originals
from duly.desk.database import to_url
from duly.desk.storage import ledger
from duly.desk.storage.backup_files import FOLDERS, MANIFEST, BackupError, files, originals_in, sha256
from duly.desk.storage.fingerprints import Fingerprint, different, of_database

SCHEMA = "duly.backup/1"
FILES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
_COPY = "copy"


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds, or what was restored and found to be the same."""

    entries: int
    head: str
    tables: dict[str, int]
    originals: int


def back_up(home: Path, out: Path) -> Backup:
    """Write a backup of the desk into the new folder `out`, while the desk goes on. Raises BackupError."""
    if out.exists():
        raise BackupError(
            f"{out} is there already.", remedy="Name a folder that is not there yet; none is written over."
        )
    out.mkdir(mode=0o700, parents=True)
    file = out / FILES[connection.vendor]
    with _dumped(file) as using:
        tables = of_database(connections[using])
        found = ledger.verify(using)
    if not found.ok:
        raise BackupError(
            f"The ledger does not verify. {found}", remedy="Keep the earlier backups; this one is not sound."
        )
    for name in FOLDERS:
        if (home / name).is_dir():
            shutil.copytree(home / name, out / name, ignore=shutil.ignore_patterns(".*", "coming-*"))
    made = Backup(found.entries, found.head, {name: one.rows for name, one in tables.items()}, len(originals_in(out)))
    manifest = {
        "schema": SCHEMA,
        "made_at": datetime.now(UTC).isoformat(),
        "database": connection.vendor,
        "entries": made.entries,
        "head": made.head,
        "tables": {name: asdict(one) for name, one in tables.items()},
        "originals": made.originals,
        "files": {str(one.relative_to(out)): sha256(one) for one in files(out)},
    }
    (out / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    return made


@contextmanager
def _dumped(file: Path) -> Iterator[str]:
    """The database copied into `file` as it was at one moment; the alias by which just that can be read."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_export_snapshot()")
            # The jobs' own schema stays out: what waits to be read is found in the desk's tables.
            options = ("--format=custom", "--no-owner", "--exclude-schema=dbos", f"--snapshot={cursor.fetchone()[0]}")
            _run("pg_dump", *options, f"--file={file}")
            yield "default"
        return
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as source, closing(sqlite3.connect(file)) as copy:
        source.backup(copy)
    connections.settings[_COPY] = {**connection.settings_dict, "NAME": str(file), "OPTIONS": {}}
    try:
        yield _COPY
    finally:
        connections[_COPY].close()
        del connections[_COPY]
        del connections.settings[_COPY]
        file.chmod(0o600)


def put_back(backup: Path, manifest: dict[str, Any]) -> Backup:
    """Put the database back where DULY_DATABASE says and prove that all is as it was. Raises BackupError."""
    if connection.vendor != manifest["database"]:
        raise BackupError(
            f"The backup is of {manifest['database']}, and the desk is on {connection.vendor}.",
            remedy="Set DULY_DATABASE to a new database of that kind; migrate-database moves it afterwards.",
        )
    if connection.introspection.table_names():
        raise BackupError(
            "The database is not empty.", remedy="Name one that was just created; nothing is written over."
        )
    file = backup / FILES[connection.vendor]
    connection.close()
    if connection.vendor == "postgresql":
        _run("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", str(file), to="--dbname")
    else:
        with (
            closing(sqlite3.connect(file)) as source,
            closing(sqlite3.connect(connection.settings_dict["NAME"])) as target,
        ):
            source.backup(target)
    wrong = different({name: Fingerprint(**one) for name, one in manifest["tables"].items()}, of_database(connection))
    found = ledger.verify()
    if not found.ok or (found.entries, found.head) != (manifest["entries"], manifest["head"]):
        wrong.append(f"The ledger is not the one of the backup. {found}")
    wrong += damaged_originals()
    if wrong:
        raise BackupError(f"What was restored is not what was backed up. {' '.join(wrong)}", remedy="Do not use it.")
    tables = {name: one["rows"] for name, one in manifest["tables"].items()}
    return Backup(found.entries, found.head, tables, manifest["originals"])


def _run(tool: str, *options: str, to: str = "--dbname") -> None:
    """PostgreSQL's own tool on the desk's database; the password goes by the environment, where others do not see it."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{tool}"), key=lambda path: int(path.parts[-3]))
    program = shutil.which(tool) or (str(found[-1]) if found else None)
    if program is None:
        raise BackupError(f"{tool} is not on this machine.", remedy="Install PostgreSQL's client programs.")
    said = connection.settings_dict
    address = to_url({**said, "PASSWORD": ""})
    environment = {**os.environ, **({"PGPASSWORD": said["PASSWORD"]} if said["PASSWORD"] else {})}
    done = subprocess.run(
        [program, f"{to}={address}", *options], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise BackupError(
            f"{tool} failed: {done.stderr.strip()[-500:]}", remedy="Correct what it names, then try again."
        )
