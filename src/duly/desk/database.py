"""The database by one setting: embedded SQLite where nothing is said, PostgreSQL by an address."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

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
    return _postgresql(url)


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    try:
        port = parts.port
    except ValueError as error:
        raise DatabaseAddressError(
            "The port in DULY_DATABASE is not a number.",
            remedy="Write it as postgresql://user:password@host:5432/name.",
        ) from error
    # A folder as host is a socket in it, and its letters' case counts: urlsplit's own `hostname` would lower them.
    host = parts.netloc.rpartition("@")[2]
    if port is not None:
        host = host.rpartition(":")[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(host).strip("[]"),
        "PORT": options.pop("port", "") or str(port or ""),
        # What else the address says (sslmode, sslrootcert, connect_timeout …) goes to libpq as it is.
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def to_url(settings: Mapping[str, Any]) -> str:
    """The address of a PostgreSQL database from Django's settings, as libpq and everything built on it reads it."""
    place = {"host": settings["HOST"], "port": settings["PORT"], **settings["OPTIONS"]}
    query = "&".join(f"{name}={quote(str(said), safe='')}" for name, said in place.items() if said)
    user = quote(settings["USER"], safe="")
    if settings["PASSWORD"]:
        user += f":{quote(settings['PASSWORD'], safe='')}"
    return (
        f"postgresql://{user}{'@' if user else ''}/{quote(str(settings['NAME']), safe='')}{'?' if query else ''}{query}"
    )
