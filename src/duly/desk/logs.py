"""What the desk writes to its log: what happened and where in the code, never what a paper or a person said."""

from __future__ import annotations

import logging
import re
import traceback
from types import TracebackType


class NoPersonalData(logging.Formatter):
    """One line for each record; of an error its type and its places in the code, not its text, which may quote a paper."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (logging's own name)
        record.message = re.sub(r"\?[^\s\"']*=[^\s\"']*", "?…", record.message)
        return super().formatMessage(record)

    def formatException(  # noqa: N802 (logging's own name)
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        kind, _, trace = ei
        if kind is None:
            return ""
        places = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
        return "\n".join([*places, f"  {kind.__module__}.{kind.__qualname__}"])
