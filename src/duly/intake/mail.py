"""A message as papers: who sent it and when, what it says, and each file that came with it. Nothing of it is opened here."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

from duly.intake.refusal import Refused

MOST_PARTS = 500
_HEADER = re.compile(rb"(?im)^(from|received|return-path|delivered-to|message-id|mime-version|date|subject):[ \t]*\S")
_SIGNED_ONLY = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
_OUTLOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of a message, as it was sent. `name` is what the sender called it: words, never a path."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """What a message says of itself. `sent_at` and `received_at` are as its headers have them, which anybody can write:
    they may tell when a paper came, and never that it was served. None where they do not say, or not with a zone."""

    sender: str
    to: str
    subject: str
    sent_at: datetime | None
    received_at: datetime | None
    body: str
    attachments: tuple[Attachment, ...]


def is_message(head: bytes, name: str) -> bool:
    """Whether a file is a message: by what it begins with, and for one without telling headers also by its name."""
    if head.startswith(_OUTLOOK):
        return name.lower().endswith(".msg")
    start = head.lstrip()[:4096]
    found = {match.group(1).lower() for match in _HEADER.finditer(start.split(b"\n\n")[0].split(b"\r\n\r\n")[0])}
    return len(found) >= (1 if name.lower().endswith(".eml") else 3)


def read_message(data: bytes) -> Message:
    """The message in these bytes (RFC 5322). Messages within it are unfolded. Raises Refused."""
    if data.startswith(_OUTLOOK):
        raise Refused(
            "This is a message in Outlook's own format.",
            remedy="Open it in Outlook and save it as .eml, or save its attachments.",
            code="not-a-document",
        )
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        parts = list(_leaves(message))
        return Message(
            sender=_words(message, "From"),
            to=_words(message, "To"),
            subject=_words(message, "Subject"),
            sent_at=_moment(_words(message, "Date")),
            # The topmost was written last, by the server that handed the message over.
            received_at=_moment(_words(message, "Received").rpartition(";")[2]),
            body=_body(parts),
            attachments=tuple(_attachments(parts)),
        )
    except (RecursionError, LookupError, ValueError, TypeError, AttributeError) as error:
        # The standard library's parser promises not to raise, and does for some broken headers.
        raise Refused(
            "The message is damaged and could not be taken apart.",
            remedy="Ask for it again, or save its attachments and put them in one by one.",
            code="damaged",
        ) from error


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    for count, part in enumerate(message.walk()):
        if count >= MOST_PARTS:
            raise Refused(
                f"The message has more than {MOST_PARTS} parts.",
                remedy="Ask for the papers in fewer messages.",
                code="too-many-pages",
            )
        if not part.is_multipart() and isinstance(part, EmailMessage):
            yield part


def _is_body(part: EmailMessage) -> bool:
    return part.get_content_maintype() == "text" and part.get_filename() is None and not part.is_attachment()


def _body(parts: list[EmailMessage]) -> str:
    """The words of the message: as plain text where it has some, otherwise what its HTML says."""
    texts = [part for part in parts if _is_body(part)]
    plain = [part for part in texts if part.get_content_subtype() == "plain"]
    said = [_text(part) for part in plain] or [_without_markup(_text(part)) for part in texts]
    return "\n\n".join(text.strip() for text in said if text.strip())


def _text(part: EmailMessage) -> str:
    raw = part.get_payload(decode=True)
    data = raw if isinstance(raw, bytes) else b""
    try:
        return data.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


def _without_markup(text: str) -> str:
    text = re.sub(r"(?is)<(script|style|head)\b.*?(</\1\s*>|\Z)", " ", text)
    text = re.sub(r"(?i)<(br|/p|/div|/tr|/li|/h\d)\b[^>]*>", "\n", text)
    lines = (" ".join(line.split()) for line in html.unescape(re.sub(r"<[^>]*>", " ", text)).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _attachments(parts: list[EmailMessage]) -> Iterator[Attachment]:
    for number, part in enumerate((one for one in parts if not _is_body(one)), start=1):
        if part.get_content_type() in _SIGNED_ONLY:
            continue
        raw = part.get_payload(decode=True)
        name = " ".join((part.get_filename() or "").replace("\\", "/").rpartition("/")[2].split())
        yield Attachment(name or f"attachment {number}", raw if isinstance(raw, bytes) else b"")


def _words(message: EmailMessage, header: str) -> str:
    return " ".join(str(message.get(header, "")).split())


def _moment(text: str) -> datetime | None:
    """The moment in a header. None where there is none, or without a zone: `-0000` says that the zone is not known."""
    try:
        found = parsedate_to_datetime(text.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo is not None else None
