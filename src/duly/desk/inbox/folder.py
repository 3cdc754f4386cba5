"""A watched folder: what a scanner or another program puts there is received once, and never lost.

A file that has stopped growing is renamed into `.taken` under the moment at which it came. It is then received, and
when it has been read it goes to `done`, or to `refused` with the sentence beside it. Each step can be repeated after a
power cut: the moment in the name tells whether it was received already.
"""

from __future__ import annotations

import hashlib
import logging
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from duly.desk.accounts.models import Office
from duly.desk.inbox.messages import take_in
from duly.desk.inbox.models import InboxItem
from duly.errors import DulyError
from duly.matters import MACHINE

_UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart", "~")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CHUNK = 1024 * 1024
log = logging.getLogger("duly.desk.inbox")


@dataclass
class WatchedFolder:
    """One folder of one office. `look` is called again and again; it keeps nothing that a restart could lose."""

    office: Office
    path: Path
    _seen: dict[str, tuple[int, int]] = field(default_factory=dict)

    def look(self) -> int:
        """Take what has stopped growing since the last look, and clear up what was settled. How many were received."""
        for name in (".taken", "done", "refused"):
            (self.path / name).mkdir(exist_ok=True)
        self._take()
        received = 0
        for file in sorted((self.path / ".taken").iterdir()):
            try:
                received += self._go_on(file)
            except (DulyError, OSError) as error:
                log.error("a file of the watched folder could not be received yet: %s", type(error).__name__)
        return received

    def _take(self) -> None:
        """Rename into `.taken` what has the size and time that it had at the last look."""
        now: dict[str, tuple[int, int]] = {}
        for entry in os.scandir(self.path):
            name = entry.name
            found = entry.stat(follow_symlinks=False)
            if not stat.S_ISREG(found.st_mode) or name.startswith(".") or name.lower().endswith(_UNFINISHED):
                continue
            now[name] = (found.st_size, found.st_mtime_ns)
            if self._seen.get(name) == now[name]:
                # When it came to lie here as it is, by this machine's clock; the file's own date may be much older.
                came = found.st_ctime_ns // 1000
                target = self.path / ".taken" / f"{came:016d}-{name}"
                while target.exists():
                    came += 1
                    target = self.path / ".taken" / f"{came:016d}-{name}"
                Path(entry.path).rename(target)
        self._seen = now

    def _go_on(self, file: Path) -> int:
        token, _, name = file.name.partition("-")
        came = _EPOCH + timedelta(microseconds=int(token))
        digest = hashlib.sha256()
        for chunk in _chunks(file):
            digest.update(chunk)
        mine = InboxItem.objects.filter(office=self.office, received_at=came, way="watched folder")
        found = mine.filter(paper=digest.hexdigest()).first()
        if found is None:
            local, at = came.astimezone(self.office.zone), self.office.now()
            take_in(self.office, MACHINE, _chunks(file), name, at=at, received_at=local, way="watched folder")
            return 1
        if found.state == "refused":
            kept = _into(self.path / "refused", file, name)
            kept.with_name(f"{kept.name}.txt").write_text(f"{found.message}\n", encoding="utf-8")
        elif found.state != "waiting":
            _into(self.path / "done", file, name)
        return 0


def _into(folder: Path, file: Path, name: str) -> Path:
    """Move the file there, over nothing: where the name is taken, the moment at which it came stands before it."""
    target = folder / name
    if target.exists():
        target = folder / file.name
    file.rename(target)
    return target


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
