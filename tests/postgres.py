"""A PostgreSQL of its own on a socket, thrown away afterwards; as a program it runs a command with the desk on it.

script/with-postgres COMMAND …
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote


class NotInstalledError(Exception):
    """There is no PostgreSQL server on this machine."""


def tool(name: str) -> str | None:
    """PostgreSQL's server tools, which Debian keeps off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    return shutil.which(name) or (str(found[-1]) if found else None)


@contextmanager
def running(connections: int = 300) -> Iterator[Path]:
    """The folder of the socket of a PostgreSQL started for this; user `duly`, database `postgres`."""
    initdb, pg_ctl = tool("initdb"), tool("pg_ctl")
    if initdb is None or pg_ctl is None:
        raise NotInstalledError("PostgreSQL is not installed (package postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="duly-postgres-"))
    as_user: list[str] = []
    if os.getuid() == 0:  # PostgreSQL refuses to run as root.
        as_user = ["runuser", "-u", "nobody", "--"]
        shutil.chown(folder, "nobody")

    def run(*command: str) -> None:
        subprocess.run([*as_user, *command], check=True, stdout=subprocess.DEVNULL, cwd=folder)

    data = str(folder / "data")
    run(initdb, "-D", data, "-A", "trust", "-U", "duly", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections={connections}"
    run(pg_ctl, "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield folder
    finally:
        run(pg_ctl, "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def address(socket: Path, name: str = "postgres") -> str:
    """What `DULY_DATABASE` says for a database there."""
    return f"postgresql://duly@{quote(str(socket), safe='')}/{name}"


def main(command: list[str]) -> int:
    with running() as socket:
        environment = {**os.environ, "DULY_DATABASE": address(socket)}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
