"""An IMAP mailbox: each message is received with its attachments, and only then marked or moved."""

from __future__ import annotations

import hashlib
import imaplib
import logging
import re
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from duly.desk.accounts.models import Office
from duly.desk.inbox.messages import MOST_BYTES, receive_message
from duly.desk.inbox.models import InboxItem
from duly.desk.inbox.receiving import receive
from duly.errors import DulyError, Place
from duly.intake import Refused, read_message
from duly.matters import MACHINE

SECONDS = 30
_PORTS = {"imaps": 993, "imap+starttls": 143, "imap": 143}
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
log = logging.getLogger("duly.desk.inbox")


class MailboxError(DulyError):
    """The mailbox cannot be used, or its address cannot be read. The sentence never repeats the address."""

    code = "mailbox"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where an office's papers come by mail. `done` is the folder to move read messages to; without it they are marked
    as seen. `authority` is a file of certificates to trust beside the system's own."""

    office: str
    scheme: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    done: str = ""
    authority: str = ""


def from_url(url: str) -> Mailbox:
    """`imaps://user:password@host[:port]/FOLDER?office=ID[&done=FOLDER][&ca=FILE]`. Raises MailboxError."""
    parts = urlsplit(url)
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    plain = parts.scheme == "imap" and parts.hostname not in _LOOPBACK
    if parts.scheme not in _PORTS or not parts.hostname or not asked.get("office") or plain:
        raise MailboxError(
            "The address of a mailbox cannot be used.",
            place=Place(field="DULY_IMAP"),
            remedy="Write imaps://user:password@host/INBOX?office=ID; without TLS only a mailbox on this machine.",
        )
    return Mailbox(
        asked["office"], parts.scheme, parts.hostname, parts.port or _PORTS[parts.scheme],
        unquote(parts.username or ""), unquote(parts.password or ""), unquote(parts.path.lstrip("/")) or "INBOX",
        asked.get("done", ""), asked.get("ca", ""),
    )  # fmt: skip


def fetch(mailbox: Mailbox, office: Office) -> int:
    """Receive every message that waits there. Returns how many were new. Raises MailboxError.

    A message is marked or moved when it is on the disk and in the ledger; one received before a crash is only marked.
    """
    try:
        with _connect(mailbox) as server:
            server.login(mailbox.user, mailbox.password)
            _ok(server.select(_quoted(mailbox.folder)))
            waiting = _ok(server.uid("SEARCH", "UNDELETED" if mailbox.done else "UNSEEN"))
            uids = waiting[0].split() if waiting and isinstance(waiting[0], bytes) else []
            return sum(_take(server, uid.decode("ascii"), mailbox, office) for uid in uids)
    except (imaplib.IMAP4.error, OSError) as error:
        raise MailboxError(
            f"The mailbox of {office.name} could not be read ({type(error).__name__}).",
            remedy="Check host, password and certificate; messages stay where they are until it can be.",
        ) from error


def _connect(mailbox: Mailbox) -> imaplib.IMAP4:
    if mailbox.scheme == "imap":
        return imaplib.IMAP4(mailbox.host, mailbox.port, timeout=SECONDS)
    trusted = ssl.create_default_context(cafile=mailbox.authority or None)
    if mailbox.scheme == "imaps":
        return imaplib.IMAP4_SSL(mailbox.host, mailbox.port, ssl_context=trusted, timeout=SECONDS)
    server = imaplib.IMAP4(mailbox.host, mailbox.port, timeout=SECONDS)
    server.starttls(ssl_context=trusted)
    return server


def _take(server: imaplib.IMAP4, uid: str, mailbox: Mailbox, office: Office) -> int:
    size = _size(_ok(server.uid("FETCH", uid, "(RFC822.SIZE)")))
    if size is None:
        return 0  # another program took it meanwhile
    if size > MOST_BYTES:
        log.error("a message of %d megabytes stays in the mailbox: it is too large", size // 1024**2)
        return 0
    answer = _ok(server.uid("FETCH", uid, "(INTERNALDATE BODY.PEEK[])"))
    parts = [part for part in answer if isinstance(part, tuple)]
    if not parts:
        return 0
    data = parts[0][1]
    said = b" ".join(piece for part in answer for piece in (part if isinstance(part, tuple) else (part,))[:1] if piece)
    received_at = _arrived(said, office)
    new = _record(data, received_at, office)
    # From here on it is durable; whatever fails now is repeated at the next look without receiving it again.
    if mailbox.done:
        _ok(server.uid("COPY", uid, _quoted(mailbox.done)))
        _ok(server.uid("STORE", uid, "+FLAGS", r"(\Seen \Deleted)"))
        if "UIDPLUS" in server.capabilities:  # a plain EXPUNGE would take what others have marked, too
            _ok(server.uid("EXPUNGE", uid))
    else:
        _ok(server.uid("STORE", uid, "+FLAGS", r"(\Seen)"))
    return int(new)


def _record(data: bytes, received_at: datetime, office: Office) -> bool:
    digest = hashlib.sha256(data).hexdigest()
    if InboxItem.objects.filter(office=office, paper=digest, way="e-mail", received_at=received_at).exists():
        return False
    at = office.now()
    try:
        message = read_message(data)
        name = f"{message.subject[:200] or 'message'}.eml"
        receive_message(office, MACHINE, data, message, name, at=at, received_at=received_at, way="e-mail")
    except Refused:
        receive(office, MACHINE, [data], "message.eml", at=at, received_at=received_at, way="e-mail")
    return True


def _arrived(answer: bytes, office: Office) -> datetime:
    """When the office's own mail server got it, which the sender cannot write; else now."""
    found = re.search(rb'INTERNALDATE "([^"]+)"', answer)
    if found is None:
        return office.now()
    text = found.group(1).decode("ascii", "replace").strip()
    try:
        return datetime.strptime(text, "%d-%b-%Y %H:%M:%S %z").astimezone(office.zone)
    except ValueError:
        return office.now()


def _size(answer: Sequence[Any]) -> int | None:
    for part in answer:
        head = part[0] if isinstance(part, tuple) else part
        if head and (found := re.search(rb"RFC822\.SIZE (\d+)", head)):
            return int(found.group(1))
    return None


def _ok(answer: tuple[str, Sequence[Any]]) -> Sequence[Any]:
    """What the server answered. Raises imaplib's own error for a refusal."""
    kind, data = answer
    if kind != "OK":
        raise imaplib.IMAP4.error(kind)
    return data


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
