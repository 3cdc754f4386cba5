"""A desk under traffic whose processes are killed one after the other: part of bench/desk_races.py."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

if TYPE_CHECKING:
    from bench.desk_races import Found

# The server gives up, on purpose, when a process for pages dies within 5.5 s of its start, again.
LIVES_AT_LEAST = 6.0
NOT_THERE = (URLError, OSError, TimeoutError)


@dataclass
class Acknowledged:
    """What the desk said that it had recorded."""

    notes: list[str] = field(default_factory=list)
    papers: list[bytes] = field(default_factory=list)
    letters: set[str] = field(default_factory=set)
    failed: int = 0


class Browser:
    """Somebody at the desk over HTTP. Whatever goes wrong on the way counts as not acknowledged."""

    def __init__(self, address: str, sign_in: str, password: str) -> None:
        self.address, self.cookies = address, CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies))
        self.get("/sign-in/")
        self.post("/sign-in/", {"sign_in": sign_in, "password": password, "username": sign_in})

    def get(self, path: str) -> str:
        with self.opener.open(f"{self.address}{path}", timeout=60) as answer:
            return str(answer.read().decode())

    def post(self, path: str, said: dict[str, str], file: bytes | None = None) -> str:
        token = next((one.value for one in self.cookies if one.name == "duly_csrf"), "") or ""
        said = {**said, "csrfmiddlewaretoken": token}
        data, kind = urlencode(said).encode(), "application/x-www-form-urlencoded"
        if file is not None:
            mark = uuid.uuid4().hex
            parts = [
                f'--{mark}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode()
                for n, v in said.items()
            ]
            parts.append(
                f'--{mark}\r\nContent-Disposition: form-data; name="papers"; filename="paper.pdf"\r\n\r\n'.encode()
                + file
            )
            data, kind = b"".join(parts) + f"\r\n--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"
        request = Request(f"{self.address}{path}", data, {"Content-Type": kind, "Referer": self.address})
        with self.opener.open(request, timeout=60) as answer:
            return str(answer.read().decode())


def kills(home: Path, matters: list[str], seconds: float, port: int) -> Found:
    """Notes, papers and letters over HTTP for so many seconds, while processes for pages and for jobs are killed."""
    from bench.desk_races import PAPER, PASSWORD, Found

    environment = {**os.environ, "DULY_HOME": str(home), "DULY_WORKERS": "2", "DULY_JOBS": "2"}
    program = f"from duly.desk import serve; serve(port={port})"
    desk = subprocess.Popen([sys.executable, "-c", program], env=environment, stderr=subprocess.DEVNULL)
    address, said, stop = f"http://127.0.0.1:{port}", Acknowledged(), threading.Event()
    try:
        _until_it_answers(address)
        work = (
            lambda: _write(Browser(address, "clerk", PASSWORD), matters[-1], said, stop),
            lambda: _send_in(Browser(address, "clerk", PASSWORD), PAPER.read_bytes(), said, stop),
            lambda: _make_letters(Browser(address, "counsel", PASSWORD), matters, said, stop),
        )
        threads = [threading.Thread(target=_again_and_again, args=(one, said, stop)) for one in work]
        for thread in threads:
            thread.start()
        killed = _kill(desk.pid, seconds)
        stop.set()
        for thread in threads:
            thread.join()
        waiting = _until_all_is_read(180)
    finally:
        desk.terminate()
        desk.wait(30)
    return _compare(said, matters, killed, waiting, Found())


def _again_and_again(work: object, said: Acknowledged, stop: threading.Event) -> None:
    """Sign in and work; whoever loses the connection begins again, as people do."""
    while not stop.is_set():
        try:
            work()  # type: ignore[operator]
        except NOT_THERE:
            said.failed += 1
            time.sleep(0.2)


def _write(browser: Browser, matter: str, said: Acknowledged, stop: threading.Event) -> None:
    while not stop.is_set():
        text = uuid.uuid4().hex
        if "Noted." in browser.post(f"/matters/{matter}/note/", {"text": text}):
            said.notes.append(text)


def _send_in(browser: Browser, paper: bytes, said: Acknowledged, stop: threading.Event) -> None:
    while not stop.is_set():
        data = paper + b"\n%% " + uuid.uuid4().hex.encode() + b"\n"
        if "1 paper received." in browser.post("/inbox/upload/", {"way": "upload"}, data):
            said.papers.append(data)
        stop.wait(1.0)


def _make_letters(browser: Browser, matters: list[str], said: Acknowledged, stop: threading.Event) -> None:
    """Every letter is asked for again and again, and recorded as sent again and again: once each must be enough."""
    while not stop.is_set():
        for matter in matters:
            if "The letter is made." in browser.post(f"/matters/{matter}/letter/", {}):
                said.letters.add(matter)
            page = browser.get(f"/matters/{matter}/")
            for letter in set(re.findall(rf"/matters/{matter}/letter/(\w+)/sent/", page)):
                sent = {"sure": "yes", "way": "mail", "recipient": "Invented Agency", "sent_at": "2020-01-14T12:00"}
                browser.post(f"/matters/{matter}/letter/{letter}/sent/", sent)
            if stop.wait(0.5):
                return


def _kill(desk: int, seconds: float) -> Counter[str]:
    """SIGKILL for one process of the desk after the other, at random moments. How many of each sort were killed."""
    killed: Counter[str] = Counter()
    until, chance = time.monotonic() + seconds, random.Random()
    seen: dict[int, float] = {}
    while time.monotonic() < until:
        time.sleep(chance.uniform(0.5, 3.0))
        children = [(pid, line) for pid, line in _children(desk) if "resource_tracker" not in line]
        for pid, _ in children:
            seen.setdefault(pid, time.monotonic())
        children = [(pid, line) for pid, line in children if time.monotonic() - seen[pid] > LIVES_AT_LEAST]
        if not children:
            continue
        pid, line = chance.choice(children)
        os.kill(pid, signal.SIGKILL)
        killed["jobs" if "jobs.worker" in line else "pages"] += 1
    return killed


def _children(parent: int) -> list[tuple[int, str]]:
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdecimal():
            continue
        try:
            if int((folder / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                found.append((int(folder.name), (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()))
        except OSError:  # it ended while we looked
            continue
    return found


def _until_it_answers(address: str) -> None:
    until = time.monotonic() + 120
    while True:
        try:
            with build_opener().open(f"{address}/health/", timeout=10):
                return
        except NOT_THERE:
            if time.monotonic() > until:
                raise
            time.sleep(0.3)


def _until_all_is_read(seconds: float) -> int:
    """Waits until no paper waits any more; how many still do."""
    from duly.desk.models import InboxItem

    until = time.monotonic() + seconds
    while (waiting := InboxItem.objects.filter(state="waiting").count()) and time.monotonic() < until:
        time.sleep(0.5)
    return waiting


def _compare(said: Acknowledged, matters: list[str], killed: Counter[str], waiting: int, found: Found) -> Found:
    import hashlib

    from bench.desk_races import entries, notes_on

    from duly.desk.models import InboxItem, StoredReading
    from duly.desk.storage import originals

    kept = Counter(notes_on(matters[-1]))
    found.hold(all(kept[text] == 1 for text in said.notes), "kill: an acknowledged note is not there, or there twice.")
    received = Counter(InboxItem.objects.values_list("paper", flat=True))
    for data in said.papers:
        digest = hashlib.sha256(data).hexdigest()
        found.hold(received[digest] == 1, "kill: an acknowledged paper is not there, or there twice.")
        found.hold(originals.read(digest) == data, "kill: an acknowledged original is not what was sent.")
        found.hold(StoredReading.objects.filter(paper=digest).count() == 1, "kill: an acknowledged paper was not read.")
    found.hold(waiting == 0, f"kill: {waiting} papers were never read.")
    letters = 0
    for matter in matters:
        made, sent = len(entries(matter, "letter-composed")), len(entries(matter, "letter-sent"))
        letters += made
        found.hold(made <= 1 and sent <= 1, f"kill: a matter has {made} letters, sent {sent} times.")
        found.hold(made == 1 or matter not in said.letters, "kill: an acknowledged letter is not there.")
    found.figures = {
        "pages killed": killed["pages"], "jobs killed": killed["jobs"], "connections lost": said.failed,
        "notes": len(said.notes), "papers": len(said.papers), "letters": letters,
    }  # fmt: skip
    return found
