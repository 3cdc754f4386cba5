"""What tests of more than one room use: a real PostgreSQL, and no silent skipping where everything must run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from .postgres import NotInstalledError, running


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Under `script/test` a test that would skip itself fails: the script installs all that a test can need."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]  # pluggy gives the hook's result here
    if report.skipped and os.environ.get("DULY_TEST_EVERYTHING"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, though everything must run: {report.longrepr}"


@pytest.fixture(scope="session")
def postgres_socket() -> Iterator[Path]:
    """The folder of the socket of a PostgreSQL started for these tests; user `duly`, database `postgres`."""
    try:
        with running() as socket:
            yield socket
    except NotInstalledError as error:
        pytest.skip(str(error))
