"""Files and messages through the one door: a message is kept whole, and each paper in it is received by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain

import typst
from django.db import transaction

from duly.desk.accounts.models import Office
from duly.desk.inbox.models import InboxItem, Progress
from duly.desk.inbox.receiving import receive
from duly.desk.storage import ledger
from duly.desk.storage.projections import project_paper
from duly.desk.words.dates import when
from duly.intake import Message, Refused, is_message, read_message
from duly.matters import MACHINE, Actor
from duly.matters.commands import set_aside_paper
from duly.matters.events import Way

MOST_BYTES = 150 * 1024 * 1024
# Beside attachments, a few words are a cover note and stay with the receipts; more may be a paper itself.
COVER_NOTE = 400
_PAGE = b"""#set page(paper: "us-letter", margin: 25mm)
#set text(size: 11pt)
#for line in sys.inputs.head.split("\\n") [*#line* #linebreak()]
#line(length: 100%)
#for line in sys.inputs.body.split("\\n") [#line #linebreak()]
"""


def take_in(
    office: Office, actor: Actor, chunks: Iterable[bytes], name: str, *, at: datetime, received_at: datetime, way: Way
) -> list[InboxItem]:
    """Receive one file. Of a message, each paper that came with it; a message that cannot be taken apart as it is.

    When this returns, all of it survives a power cut; before, none of it is recorded.
    """
    stream = iter(chunks)
    first = next(stream, b"")
    whole: Iterator[bytes] = chain([first], stream)
    if not is_message(first, name):
        return [receive(office, actor, whole, name, at=at, received_at=received_at, way=way)]
    data = b"".join(_at_most(whole))
    try:
        message = read_message(data)
    except Refused:
        return [receive(office, actor, [data], name, at=at, received_at=received_at, way=way)]
    return receive_message(office, actor, data, message, name, at=at, received_at=received_at, way=way)


def receive_message(
    office: Office,
    actor: Actor,
    data: bytes,
    message: Message,
    name: str,
    *,
    at: datetime,
    received_at: datetime,
    way: Way,
) -> list[InboxItem]:
    """The message itself, set aside as what brought the papers, and each paper of it. All or nothing is recorded."""
    papers = [(one.name, one.data) for one in message.attachments]
    body = message.body
    if body and (not papers or len(body) > COVER_NOTE):
        papers.append((f"{message.subject or 'Message'} (text of the message).pdf", as_page(message)))
    said = told(message, office)
    sender = message.sender or None
    with transaction.atomic():
        brought = receive(
            office, actor, [data], name, at=at, received_at=received_at, way=way, sender=sender, told=said
        )
        items = [
            receive(office, actor, [content], title, at=at, received_at=received_at, way=way, sender=sender, told=said)
            for title, content in papers
        ]
        if items:
            _set_aside(brought, at, len(items))
    return items or [brought]


def told(message: Message, office: Office) -> str:
    """What the message says of itself, in the office's zone. Headers can be written by anybody, and it says so."""
    lines = []
    if message.subject:
        lines.append(f"Subject: {message.subject[:300]}.")
    if message.sent_at is not None:
        lines.append(f"Its header says that it was sent {_when(message.sent_at, office)}.")
    if message.received_at is not None:
        lines.append(f"A mail server noted it {_when(message.received_at, office)}.")
    lines.append("That a message came says nothing of service.")
    if message.attachments and 0 < len(message.body) <= COVER_NOTE:
        lines.append(f"It says: “{' '.join(message.body.split())}”")
    return " ".join(lines)


def as_page(message: Message) -> bytes:
    """The words of a message as a PDF to be read and shown like any paper; its words are data, never markup."""
    head = "\n".join(
        f"{label}: {words}"
        for label, words in (("From", message.sender), ("To", message.to), ("Subject", message.subject))
        if words
    )
    inputs = {"head": _printable(head), "body": _printable(message.body[:200_000])}
    made = typst.compile(_PAGE, format="pdf", sys_inputs=inputs)
    assert isinstance(made, bytes)
    return made


def _printable(text: str) -> str:
    return re.sub(r"[^\S\n]+", " ", re.sub(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", "", text))


def _when(moment: datetime, office: Office) -> str:
    return when(moment.astimezone(office.zone))


def _at_most(chunks: Iterator[bytes]) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > MOST_BYTES:
            raise Refused(
                f"The message is larger than {MOST_BYTES // 1024**2} megabytes.",
                remedy="Save its attachments and put them in one by one.",
                code="too-large",
            )
        yield chunk


def _set_aside(brought: InboxItem, at: datetime, papers: int) -> None:
    reason = f"A message that brought {papers} paper{'s' if papers > 1 else ''}; each is in the inbox by itself."
    events = set_aside_paper(MACHINE, at, paper=brought.paper, reason=reason)
    entry = ledger.append(events, office=brought.office_id, expected={})[0]
    project_paper(entry.sequence, brought.office_id, events[0])
    InboxItem.objects.filter(pk=brought.pk).update(state="set aside", message=reason)
    Progress.objects.filter(item=brought).delete()
