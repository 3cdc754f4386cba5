"""A file that cannot be read is refused with a sentence, and costs nobody else anything."""

from __future__ import annotations

from duly.errors import DulyError


class Refused(DulyError):
    """The file was not read. `code` is one of the codes below, the message says why, `remedy` what to do next.

    empty, too-large, too-many-pages, too-many-pixels, encrypted, damaged, no-pages, not-a-document, html, office-document,
    archive, out-of-time, out-of-memory, crashed
    """

    code = "refused"
