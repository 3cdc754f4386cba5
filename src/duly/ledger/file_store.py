"""A ledger in one file of JSON lines: appended under a lock, synced to disk, and never rewritten."""

from __future__ import annotations

import fcntl
import itertools
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedRandom, BufferedReader
from pathlib import Path

from duly.errors import Place
from duly.ledger.entry import Entry, LedgerError, read_entry
from duly.ledger.store import Head, Heads, PendingWriter, Writer


class TornLineError(LedgerError):
    """The file ends in the middle of a line: a write was cut short by a crash, or the file by somebody."""

    code = "torn-line"


class FileStore:
    """A ledger in a JSON-lines file. POSIX only (advisory lock), any number of processes.

    An entry is durable (fsync) before `append` returns. A torn last line was therefore never acknowledged; it is
    reported by everything that reads the ledger and must be set aside by name (`set_aside_torn_line`).
    """

    def __init__(self, path: Path | str) -> None:
        self._path = Path(path)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._heads = Heads()
        self._known = 0

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        with self._lock, self._held() as file:
            self._catch_up(file)
            writer = PendingWriter(self._heads)
            yield writer
            if writer.entries:
                file.seek(self._known)
                file.write(b"".join(entry.line + b"\n" for entry in writer.entries))
                file.flush()
                os.fsync(file.fileno())
                self._catch_up(file)

    @contextmanager
    def _held(self) -> Iterator[BufferedRandom]:
        is_new = not self._path.exists()
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(handle, "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if is_new:
                self._sync_folder()
            yield file

    def _sync_folder(self) -> None:
        handle = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def _catch_up(self, file: BufferedRandom | BufferedReader) -> None:
        """Reads what other processes have added since, for the heads of the chains."""
        size = os.fstat(file.fileno()).st_size
        if size < self._known:
            raise LedgerError(
                "The ledger has become shorter since it was last read.",
                place=Place(file=str(self._path)),
                remedy="Somebody cut it or put back an old copy. Compare it with the back-up before going on.",
                code="ledger-cut",
            )
        file.seek(self._known)
        for raw in file:
            line = self._complete(raw)
            self._heads.note(read_entry(line))
            self._known += len(line) + 1

    def _complete(self, line: bytes) -> bytes:
        """The line without its line feed; a `TornLineError` if it has none."""
        if not line.endswith(b"\n"):
            raise TornLineError(
                f"The ledger ends in the middle of an entry ({len(line)} bytes without a line feed).",
                place=Place(file=str(self._path)),
                remedy="It was never acknowledged to anybody. Set it aside with `set_aside_torn_line`, which keeps its bytes.",
            )
        return line[:-1]

    def set_aside_torn_line(self) -> Path | None:
        """Moves a torn last line into a file beside the ledger and returns that file's path; None if there is none."""
        with self._lock, self._held() as file:
            content_end = _last_line_end(file)
            file.seek(content_end)
            torn = file.read()
            if not torn:
                return None
            aside = self._free_name(f"{self._path.name}.torn-{content_end}")
            with aside.open("xb") as kept:
                kept.write(torn)
                kept.flush()
                os.fsync(kept.fileno())
            self._sync_folder()
            file.truncate(content_end)
            os.fsync(file.fileno())
            return aside

    def _free_name(self, name: str) -> Path:
        """That name beside the ledger, with a number if a crash at the same place has left one before."""
        names = itertools.chain([name], (f"{name}-{number}" for number in itertools.count(2)))
        return next(path for path in map(self._path.with_name, names) if not path.exists())

    def head(self, matter: str | None = None) -> Head:
        with self._lock:
            if self._path.exists():
                with self._path.open("rb") as file:
                    fcntl.flock(file, fcntl.LOCK_SH)
                    self._catch_up(file)
            return self._heads.head(matter)

    def entries(self, matter: str | None = None, after: int = 0) -> Iterator[Entry]:
        for line in self.lines():
            entry = read_entry(line)
            if entry.sequence > after and (matter is None or entry.matter == matter):
                yield entry

    def lines(self) -> Iterator[bytes]:
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH)
            end = os.fstat(file.fileno()).st_size
            fcntl.flock(file, fcntl.LOCK_UN)
            # Without the lock while the reader works: what was there never changes, and what is added later is not read.
            read = 0
            while read < end:
                line = self._complete(file.readline())
                read += len(line) + 1
                yield line


def _last_line_end(file: BufferedRandom) -> int:
    """The position after the last line feed."""
    end = file.seek(0, os.SEEK_END)
    while end > 0:
        start = max(0, end - 65536)
        file.seek(start)
        found = file.read(end - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0
