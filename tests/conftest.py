"""What tests of more than one room use: a real PostgreSQL, and no silent skipping where everything must run."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Under `script/test` a test that would skip itself fails: the script installs all that a test can need."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]  # pluggy gives the hook's result here
    if report.skipped and os.environ.get("DULY_TEST_EVERYTHING"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, though everything must run: {report.longrepr}"


def _tool(name: str) -> str | None:
    """PostgreSQL's server tools, which Debian keeps off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    return shutil.which(name) or (str(found[-1]) if found else None)


@pytest.fixture(scope="session")
def postgres_socket() -> Iterator[Path]:
    """The folder of the socket of a PostgreSQL started for these tests; user `duly`, database `postgres`."""
    initdb, pg_ctl = _tool("initdb"), _tool("pg_ctl")
    if initdb is None or pg_ctl is None:
        pytest.skip("PostgreSQL is not installed (package postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="duly-postgres-"))
    as_user: list[str] = []
    if os.getuid() == 0:  # PostgreSQL refuses to run as root.
        as_user = ["runuser", "-u", "nobody", "--"]
        shutil.chown(folder, "nobody")

    def run(*command: str) -> None:
        subprocess.run([*as_user, *command], check=True, stdout=subprocess.DEVNULL, cwd=folder)

    data = str(folder / "data")
    run(initdb, "-D", data, "-A", "trust", "-U", "duly", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=300"
    run(pg_ctl, "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield folder
    finally:
        run(pg_ctl, "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
