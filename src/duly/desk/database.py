"""The database by one setting: embedded SQLite where nothing is said, PostgreSQL by an address."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from duly.errors import DulyError


class DatabaseAddressError(DulyError):
    """`DULY_DATABASE` names no database that the desk can use."""

    code = "database-address"


# WAL lets readers go on while one writes; FULL makes an acknowledged act survive a power cut.
SQLITE_START = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"


def from_url(url: str, home: Path) -> dict[str, Any]:
    """Django's settings for the database at `url`: PostgreSQL, an SQLite file, or the one in the data folder for no `url`."""
    parts = urlsplit(url)
    if not url or (parts.scheme == "sqlite" and parts.path.strip("/")):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) if url else str(home / "desk.sqlite3"),
            "OPTIONS": {"init_command": SQLITE_START, "transaction_mode": "IMMEDIATE", "timeout": 30},
        }
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise DatabaseAddressError(
            "DULY_DATABASE does not name a database that the desk can use.",
            remedy="Write it as postgresql://user:password@host:5432/name, or leave it out for the embedded database.",
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
