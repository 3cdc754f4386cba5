"""The ways in beside the screen: watched folders and mailboxes as the settings name them, looked at again and again."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path

from duly.desk.accounts.models import Office
from duly.desk.inbox import mailbox
from duly.desk.inbox.folder import WatchedFolder
from duly.errors import DulyError, Place

FOLDER_EVERY_SECONDS = 2.0
MAILBOX_EVERY_SECONDS = 30.0
log = logging.getLogger("duly.desk.inbox")


def watched_folders() -> list[WatchedFolder]:
    """The folders of `DULY_WATCH` (`office=/folder`, separated as in PATH). Raises DulyError for one that is not there."""
    found = []
    for setting in filter(None, os.environ.get("DULY_WATCH", "").split(os.pathsep)):
        office, _, folder = setting.partition("=")
        path = Path(folder)
        if not folder or not path.is_absolute() or not path.is_dir():
            raise DulyError(
                f"The watched folder of {office or 'an office'} is not there.",
                place=Place(field="DULY_WATCH"),
                remedy="Write office=/folder, with the whole path of a folder that exists.",
                code="bad-setting",
            )
        found.append(WatchedFolder(_office(office, "DULY_WATCH"), path))
    return found


def mailboxes() -> list[tuple[mailbox.Mailbox, Office]]:
    """The mailboxes of `DULY_IMAP`, separated by spaces, each with its office. Raises DulyError."""
    found = [mailbox.from_url(url) for url in os.environ.get("DULY_IMAP", "").split()]
    return [(one, _office(one.office, "DULY_IMAP")) for one in found]


def watch(stop: threading.Event) -> None:
    """Look at every folder and mailbox until told to stop. What fails at one look is tried again at the next."""
    threads = [
        threading.Thread(target=_again_and_again, args=(stop, look, seconds), daemon=True)
        for look, seconds in ((_Folders().look, FOLDER_EVERY_SECONDS), (_fetch_all, MAILBOX_EVERY_SECONDS))
    ]
    for thread in threads:
        thread.start()


class _Folders:
    """The folders with what was seen in them at the last look."""

    def __init__(self) -> None:
        self._found: list[WatchedFolder] | None = None

    def look(self) -> None:
        if self._found is None:
            self._found = watched_folders()
        for one in self._found:
            one.look()


def _fetch_all() -> None:
    for one, office in mailboxes():
        mailbox.fetch(one, office)


def _again_and_again(stop: threading.Event, look: Callable[[], None], seconds: float) -> None:
    from django.db import DatabaseError, close_old_connections

    while True:
        try:
            look()
        except (DulyError, DatabaseError, OSError) as error:
            code = error.code if isinstance(error, DulyError) else type(error).__name__
            log.error("a way in could not be looked at: %s", code)
        close_old_connections()
        if stop.wait(seconds):
            return


def _office(name: str, setting: str) -> Office:
    found = Office.objects.filter(pk=name).first()
    if found is None:
        raise DulyError(
            f"This desk has no office {name!r}.", place=Place(field=setting), remedy="Add it first.", code="bad-setting"
        )
    return found
