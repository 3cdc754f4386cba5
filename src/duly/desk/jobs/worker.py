"""The jobs' own process: `python -m duly.desk.jobs.worker`. It ends when whoever started it ends.

An upload is durable as soon as its receipt is in the ledger. This process looks for receipts that nobody has read and
starts one durable workflow for each, under the receipt's own number: started twice it runs once, and after a crash it
goes on where it stopped.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from duly.desk.operations import set_up
from duly.errors import DulyError

LOOK_EVERY_SECONDS = 0.25
LAW_EVERY_SECONDS = 5.0
CLOCK_EVERY_SECONDS = 20.0
QUEUE = "reading"
log = logging.getLogger("duly.desk.jobs")


def main() -> int:
    """Work until standard input closes or the process is told to stop."""
    home = set_up()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    threading.Thread(target=_until_closed, args=(stop,), daemon=True).start()
    work(home, stop)
    return 0


def work(home: Path, stop: threading.Event) -> None:
    """Start the workflows of everything that waits, until told to stop."""
    from django.db import close_old_connections

    from duly.desk.inbox.doors import watch
    from duly.desk.inbox.malware import cleared
    from duly.desk.inbox.models import InboxItem
    from duly.desk.jobs.workflow import running, start

    # In a thread of its own: many open matters take their time, and no paper is to wait for that.
    threading.Thread(target=_watch_the_law, args=(stop,), daemon=True).start()
    threading.Thread(target=_watch_the_clock, args=(stop,), daemon=True).start()
    watch(stop)
    with running(home):
        started: set[int] = set()
        while not stop.wait(LOOK_EVERY_SECONDS):
            fresh = InboxItem.objects.filter(state="waiting").exclude(pk__in=started).select_related("office")
            for item in fresh.order_by("id"):
                if cleared(item):
                    started.add(item.pk)
                    start(item.pk)
            close_old_connections()


def _watch_the_law(stop: threading.Event) -> None:
    """Hold open matters against the law of today whenever it is another than before."""
    from django.db import DatabaseError, close_old_connections

    from duly.desk.storage.law_changes import catch_up_everywhere

    while not stop.wait(LAW_EVERY_SECONDS):
        try:
            catch_up_everywhere()
        except DatabaseError as error:
            log.error("open matters were not held against the law of today: %s", type(error).__name__)
        close_old_connections()


def _watch_the_clock(stop: threading.Event) -> None:
    """Give the reminders that have come, and hand over those that go by mail."""
    from django.db import DatabaseError, close_old_connections

    from duly.desk.reminders.giving import give_everywhere
    from duly.desk.reminders.mail import send_waiting

    while True:
        try:
            give_everywhere()
            send_waiting()
        except (DatabaseError, DulyError) as error:
            log.error("reminders were not given: %s", type(error).__name__)
        close_old_connections()
        if stop.wait(CLOCK_EVERY_SECONDS):
            return


def _until_closed(stop: threading.Event, stream: Any = None) -> None:
    """The parent holds the other end of standard input: when it goes, however it goes, this process goes too."""
    while os.read((stream or sys.stdin).fileno(), 4096):
        pass
    stop.set()


if __name__ == "__main__":
    sys.exit(main())
