"""The durable workflow around the steps: DBOS, on SQLite in the data folder or on the desk's PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dbos import DBOS, SetWorkflowID
from django.db import close_old_connections, connection

from duly.desk.database import to_url
from duly.desk.inbox.models import InboxItem
from duly.desk.jobs import reading, seats
from duly.intake import Worker

QUEUE = "reading"
TAKE_OVER_EVERY_SECONDS = 3.0
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
    """DBOS launched on its own database beside the desk's, with interrupted workflows resumed: this process's own from
    before it ended, and those of other processes that are no more."""
    with seats.taken(home) as seat:
        DBOS(
            config={
                "name": "duly",
                "system_database_url": _database(home),
                "log_level": "WARNING",
                "enable_otlp": False,
                # One version for ever: a workflow begun before an upgrade is resumed after it.
                "application_version": "duly",
                "executor_id": seats.name(seat),
            }
        )
        DBOS.launch()
        DBOS.register_queue(QUEUE, worker_concurrency=1, polling_interval_sec=0.1)
        _worker.start()
        stop = threading.Event()
        heir = threading.Thread(target=_take_over, args=(home, seat, stop), daemon=True)
        heir.start()
        try:
            yield
        finally:
            stop.set()
            heir.join()
            DBOS.destroy(workflow_completion_timeout_sec=5)
            _worker.close()


def _take_over(home: Path, own: int, stop: threading.Event) -> None:
    """Put what other processes left unfinished back into the queue, as long as this one lives."""
    while not stop.wait(TAKE_OVER_EVERY_SECONDS):
        with seats.left_empty(home, own) as empty:
            if empty:
                DBOS._recover_pending_workflows([seats.name(seat) for seat in empty])


def _database(home: Path) -> str:
    if connection.vendor == "postgresql":
        return to_url(connection.settings_dict)
    return f"sqlite:///{home / 'jobs.sqlite3'}"
