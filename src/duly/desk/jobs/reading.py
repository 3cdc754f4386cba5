"""The steps of reading one inbox item. Each can be repeated without harm; the durable workflow only orders them."""

from __future__ import annotations

import logging

from django.utils import timezone

from duly.desk.inbox.models import InboxItem, Progress
from duly.desk.inbox.receiving import settle_read, settle_refused
from duly.desk.shelf import kinds
from duly.desk.storage import originals
from duly.desk.storage.originals import OriginalMissingError
from duly.desk.verify.rendering import NoPictureError, picture
from duly.intake import Refused, Worker

log = logging.getLogger("duly.desk.jobs")
PICTURES_AHEAD = 12


def read(item: InboxItem, worker: Worker) -> bool:
    """Read the original in the worker's own process. True when it was read, False when it was refused."""
    note(item, "checking")
    try:
        data = originals.read(item.paper)
        note(item, "reading")
        readings = worker.read(
            data,
            item.file_name,
            kinds=kinds(),
            progress=lambda done, of: note(item, "reading" if done < of else "recognising", done, of),
            today=item.office.today(),
        )
    except Refused as refusal:
        settle_refused(item, refusal)
        return False
    except OriginalMissingError as missing:
        settle_refused(item, Refused(missing.message, remedy=missing.remedy, code="damaged"))
        return False
    settle_read(item, readings)
    # The person can go on already; a page that is not drawn yet when it is opened is drawn then.
    draw(item.paper, max((reading.last_page for reading in readings), default=0))
    return True


def draw(paper: str, pages: int) -> None:
    """Draw the first pages ahead of the person who will look at them; a page that cannot be drawn is drawn by nobody."""
    for number in range(1, min(pages, PICTURES_AHEAD) + 1):
        try:
            picture(paper, number)
        except NoPictureError as error:
            log.warning("page %d of a paper could not be drawn: %s", number, error.code)


def note(item: InboxItem, stage: str, page: int = 0, pages: int = 0) -> None:
    """Say how far the reading has come, for the person who waits."""
    Progress.objects.update_or_create(
        item=item, defaults={"stage": stage, "page": page, "pages": pages, "changed": timezone.now()}
    )
