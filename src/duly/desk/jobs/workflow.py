"""The durable workflow around the steps: DBOS, on SQLite in the data folder or on the desk's PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dbos import DBOS, SetWorkflowID
from django.conf import settings
from django.db import close_old_connections

from duly.desk.inbox.models import InboxItem
from duly.desk.jobs import reading
from duly.intake import Worker

QUEUE = "reading"
_worker = Worker()


@DBOS.workflow(name="read-paper")  # type: ignore[untyped-decorator]
def read_paper(item: int) -> bool:
    """Read one inbox item. True when it was read, False when it was refused."""
    return bool(read_step(item))


@DBOS.step(name="read", retries_allowed=True, max_attempts=3)  # type: ignore[untyped-decorator]
def read_step(item: int) -> bool:
    """The reading itself: repeated as a whole after a crash, for it leaves nothing half done."""
    try:
        found = InboxItem.objects.select_related("office").get(pk=item)
        return found.state == "read" or (found.state == "waiting" and reading.read(found, _worker))
    finally:
        close_old_connections()


def start(item: int) -> None:
    """Start the workflow of one item, once: its number is the workflow's."""
    with SetWorkflowID(f"read-{item}"):
        DBOS.enqueue_workflow(QUEUE, read_paper, item)


@contextmanager
def running(home: Path) -> Iterator[None]:
    """DBOS launched on its own database beside the desk's, with interrupted workflows resumed."""
    DBOS(
        config={
            "name": "duly",
            "system_database_url": _database(home),
            "log_level": "WARNING",
            "enable_otlp": False,
            # One version for ever: a workflow begun before an upgrade is resumed after it.
            "application_version": "duly",
            "executor_id": "desk",
        }
    )
    DBOS.launch()
    DBOS.register_queue(QUEUE, worker_concurrency=1, polling_interval_sec=0.1)
    _worker.start()
    try:
        yield
    finally:
        DBOS.destroy(workflow_completion_timeout_sec=5)
        _worker.close()


def _database(home: Path) -> str:
    address = os.environ.get("DULY_DATABASE", "")
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return address.replace("postgres://", "postgresql://", 1)
    return f"sqlite:///{home / 'jobs.sqlite3'}"
