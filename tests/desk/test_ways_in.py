"""Messages, a watched folder, a mailbox and the API lead through one door; the malware check stands before reading."""

from __future__ import annotations

import imaplib
import os
import socketserver
import struct
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from duly.desk.administration.integrity import damaged_originals
from duly.desk.inbox import mailbox, malware
from duly.desk.inbox.folder import WatchedFolder
from duly.desk.inbox.messages import as_page
from duly.desk.inbox.models import InboxItem, Progress
from duly.desk.inbox.receiving import receive, settle_refused, told
from duly.desk.storage import ledger, originals
from duly.intake import Refused, Worker, read_message

from .conftest import SUBPOENA

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def message(*attachments: tuple[str, bytes], body: str = "Please see the attached subpoena.") -> bytes:
    made = EmailMessage()
    made["Received"] = "from mail.example by mx.example; Mon, 13 Jan 2020 09:41:07 -0700"
    made["From"] = "Agent Inventado <agent@agency.example>"
    made["To"] = "records@office.example"
    made["Subject"] = "Subpoena 4711"
    made["Date"] = "Mon, 13 Jan 2020 09:40:00 -0700"
    made.set_content(body)
    for name, content in attachments:
        made.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return made.as_bytes()


def upload(client, name: str, data: bytes):
    return client.post("/inbox/upload/", {"papers": [SimpleUploadedFile(name, data)], "way": "e-mail"})


# Messages


def test_a_message_is_kept_whole_and_each_paper_of_it_received_by_itself(visit, office) -> None:
    data = message(("one.pdf", SUBPOENA.read_bytes()), ("two.pdf", b"%PDF-second"))
    upload(visit("clerk"), "subpoena.eml", data)
    brought, one, two = InboxItem.objects.order_by("id")
    assert (brought.state, originals.read(brought.paper)) == ("set aside", data)
    assert (one.file_name, originals.read(one.paper)) == ("one.pdf", SUBPOENA.read_bytes())
    assert two.state == "waiting"


def test_what_the_headers_say_is_kept_as_such_and_is_neither_receipt_nor_service(visit, office) -> None:
    upload(visit("clerk"), "subpoena.eml", message(("one.pdf", SUBPOENA.read_bytes())))
    item = InboxItem.objects.order_by("id")[1]
    said = told(item)
    assert said.sender == "Agent Inventado <agent@agency.example>"
    assert "January 13, 2020" in said.told or "Jan" in said.told
    assert "says nothing of service" in said.told
    assert item.received_at.astimezone(office.zone).date() == office.today()
    assert "says nothing of service" in visit("clerk").get(f"/inbox/{item.pk}/").content.decode()


def test_a_message_without_attachments_is_itself_the_paper(visit, office) -> None:
    words = "Under the Colorado Open Records Act I ask for the booking log of January 3."
    upload(visit("clerk"), "request.eml", message(body=words))
    item = InboxItem.objects.get(state="waiting")
    with Worker() as worker:
        found = worker.read(originals.read(item.paper), item.file_name)
    text = " ".join(word.text for word in found[0].document.pages[0].words)
    assert words in text
    assert "agent@agency.example" in text


@pytest.mark.parametrize("evil", ['#read("/etc/passwd")', '#import "x"', "$ x $ *bold* \\ @ref <label>"])
def test_words_of_a_message_are_never_markup(evil) -> None:
    page = as_page(read_message(message(body=evil)))
    with Worker() as worker:
        words = " ".join(word.text for word in worker.read(page, "page.pdf")[0].document.pages[0].words)
    assert evil.split()[0] in words


def test_the_same_message_uploaded_as_a_paper_that_is_no_message_stays_one_paper(visit, office) -> None:
    upload(visit("clerk"), "plain.pdf", SUBPOENA.read_bytes())
    assert InboxItem.objects.count() == 1


# A watched folder


@pytest.fixture
def folder(office, tmp_path) -> WatchedFolder:
    path = tmp_path / "scans"
    path.mkdir()
    return WatchedFolder(office, path)


def test_a_file_is_taken_only_once_it_has_stopped_growing(folder) -> None:
    scan = folder.path / "scan.pdf"
    scan.write_bytes(b"%PDF-half")
    assert folder.look() == 0
    scan.write_bytes(b"%PDF-half and more")
    assert folder.look() == 0
    assert folder.look() == 1
    assert not scan.exists()
    item = InboxItem.objects.get()
    assert (item.way, item.file_name, originals.read(item.paper)) == (
        "watched folder",
        "scan.pdf",
        b"%PDF-half and more",
    )


def test_what_was_read_goes_to_done_and_what_was_refused_lies_with_its_sentence(folder) -> None:
    for name in ("good.pdf", "bad.pdf"):
        (folder.path / name).write_bytes(name.encode())
    folder.look()
    folder.look()
    InboxItem.objects.filter(file_name="good.pdf").update(state="read")
    settle_refused(InboxItem.objects.get(file_name="bad.pdf"), Refused("It is damaged.", code="damaged"))
    folder.look()
    assert (folder.path / "done" / "good.pdf").read_bytes() == b"good.pdf"
    assert (folder.path / "refused" / "bad.pdf").read_bytes() == b"bad.pdf"
    assert "It is damaged." in (folder.path / "refused" / "bad.pdf.txt").read_text()
    assert not list((folder.path / ".taken").iterdir())


def test_a_restart_at_any_step_neither_loses_nor_doubles_a_file(folder, office, monkeypatch) -> None:
    (folder.path / "scan.pdf").write_bytes(b"%PDF-x")
    folder.look()
    with monkeypatch.context() as patch:
        patch.setattr("duly.desk.inbox.folder.take_in", lambda *_a, **_k: (_ for _ in ()).throw(OSError("power cut")))
        assert folder.look() == 0
    assert InboxItem.objects.count() == 0
    assert WatchedFolder(office, folder.path).look() == 1
    assert WatchedFolder(office, folder.path).look() == 0
    assert InboxItem.objects.count() == 1


def test_the_same_bytes_put_there_again_are_a_receipt_of_their_own(folder) -> None:
    for _ in range(2):
        (folder.path / "scan.pdf").write_bytes(b"%PDF-x")
        folder.look()
        folder.look()
        InboxItem.objects.update(state="read")
        folder.look()
    assert InboxItem.objects.count() == 2
    assert len(list((folder.path / "done").iterdir())) == 2


def test_links_hidden_and_unfinished_files_are_left_alone(folder, tmp_path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("not for the desk")
    (folder.path / "link.pdf").symlink_to(secret)
    (folder.path / ".hidden").write_text("x")
    (folder.path / "scan.pdf.part").write_text("x")
    for _ in range(3):
        assert folder.look() == 0
    assert InboxItem.objects.count() == 0


# A mailbox


@contextmanager
def imap_server():
    """A real IMAP server with one empty mailbox, on a port of its own."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [
        str(Path(sys.executable).with_name("pymap")),
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-tls",
        "dict",
        "--demo-data",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 30
        while True:
            try:
                imaplib.IMAP4("127.0.0.1", port).logout()
                break
            except OSError:
                assert process.poll() is None and time.monotonic() < until, "the IMAP server did not start"
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def test_mail_is_received_once_and_marked_only_when_it_is_recorded(office, monkeypatch) -> None:
    pytest.importorskip("pymap")
    with imap_server() as port:
        with imaplib.IMAP4("127.0.0.1", port) as mine:
            mine.login("demouser", "demopass")
            mine.create("Papers")
            data = message(("one.pdf", SUBPOENA.read_bytes()))
            mine.append("Papers", "", imaplib.Time2Internaldate(1578933667), data)
        box = mailbox.from_url(f"imap://demouser:demopass@127.0.0.1:{port}/Papers?office={office.id}")
        with monkeypatch.context() as patch:
            patch.setattr(mailbox, "receive_message", lambda *_a, **_k: (_ for _ in ()).throw(OSError("disk full")))
            with pytest.raises(mailbox.MailboxError):
                mailbox.fetch(box, office)
        assert InboxItem.objects.count() == 0
        assert mailbox.fetch(box, office) == 1
        assert mailbox.fetch(box, office) == 0
    brought, paper = InboxItem.objects.order_by("id")
    assert (brought.state, paper.state, paper.way) == ("set aside", "waiting", "e-mail")
    assert originals.read(paper.paper) == SUBPOENA.read_bytes()
    assert paper.received_at.timestamp() == 1578933667


@pytest.mark.parametrize(
    "url", ["imap://u:geheim@mail.example/INBOX?office=denver", "imaps://u:geheim@mail.example/INBOX", "pop://geheim"]
)
def test_a_mailbox_without_tls_or_office_is_refused_and_its_password_not_repeated(url) -> None:
    with pytest.raises(mailbox.MailboxError) as raised:
        mailbox.from_url(url)
    assert "geheim" not in str(raised.value)
    assert "geheim" not in repr(mailbox.from_url("imaps://u:geheim@mail.example/?office=denver"))


# The API


def test_a_program_that_repeats_a_request_is_received_once_unless_it_says_served_again(visit, office) -> None:
    client = visit("clerk")

    def put(query: str = ""):
        return client.post(
            f"/api/v1/papers{query}", {"file": SimpleUploadedFile("a.pdf", SUBPOENA.read_bytes())}
        ).json()

    first, same, again = put(), put(), put("?again=true")
    assert (first["repeated"], same["repeated"], again["repeated"]) == (False, True, False)
    assert same["id"] == first["id"] != again["id"]


# Malware


class Clamd(socketserver.StreamRequestHandler):
    """Speaks clamd's INSTREAM: lengths before parts, a zero length at the end, an answer that ends in a zero byte."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        data = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            data += self.rfile.read(length)
        answer = self.server.answer or (b"Eicar-Test-Signature FOUND" if EICAR in data else b"OK")
        self.wfile.write(b"stream: " + answer + b"\0")


@pytest.fixture
def clamd(monkeypatch):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        server.answer = b""
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("DULY_CLAMD", f"tcp://127.0.0.1:{server.server_address[1]}")
        yield server
        server.shutdown()


@pytest.fixture
def waiting(office, actor):
    def put(data: bytes) -> InboxItem:
        at = datetime(2020, 1, 13, 9, 46, tzinfo=office.zone)
        return receive(office, actor("clerk"), [data], "paper.pdf", at=at, received_at=at, way="upload")

    return put


def test_a_clean_paper_passes(clamd, waiting) -> None:
    assert malware.cleared(waiting(SUBPOENA.read_bytes())) is True


def test_an_infected_paper_is_recorded_encrypted_aside_and_handed_to_nobody(clamd, waiting, visit, data_folder) -> None:
    item = waiting(b"%PDF-1.4 " + EICAR)
    assert malware.cleared(item) is False
    item.refresh_from_db()
    assert (item.state, item.reason) == ("refused", "infected")
    assert "Eicar-Test-Signature" in item.message
    assert [entry.type for entry in ledger.STORE.entries()] == ["paper-received", "paper-refused"]
    assert not [file for file in data_folder.rglob("*") if file.is_file() and EICAR in file.read_bytes()]
    assert malware.in_quarantine(item.paper).endswith(EICAR)
    assert damaged_originals() == []
    answer = visit("clerk").get(f"/inbox/{item.pk}/original/")
    assert answer.status_code == 302
    assert "infected" in visit("clerk").get(f"/inbox/{item.pk}/").content.decode()


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR", b"", b"OK but not quite"])
def test_anything_but_clean_lets_the_paper_wait_and_says_so(clamd, waiting, answer, visit) -> None:
    clamd.answer = answer or b" "
    item = waiting(b"%PDF-1.4")
    assert malware.cleared(item) is False
    item.refresh_from_db()
    assert item.state == "waiting"
    assert "malware check unreachable" in Progress.objects.get(item=item).words
    assert visit("clerk").get(f"/inbox/{item.pk}/original/").status_code == 302


def test_a_scanner_that_is_not_there_lets_the_paper_wait_until_it_is(clamd, waiting, monkeypatch) -> None:
    item, address = waiting(b"%PDF-1.4"), os.environ["DULY_CLAMD"]
    monkeypatch.setenv("DULY_CLAMD", "unix:/nowhere/clamd.ctl")
    assert malware.cleared(item) is False
    monkeypatch.setenv("DULY_CLAMD", address)
    Progress.objects.filter(item=item).update(changed=datetime(2020, 1, 1, tzinfo=item.office.zone))
    assert malware.cleared(item) is True


def test_without_a_scanner_papers_pass_and_nothing_is_claimed(waiting, monkeypatch) -> None:
    monkeypatch.delenv("DULY_CLAMD", raising=False)
    assert malware.cleared(waiting(b"%PDF-1.4")) is True
