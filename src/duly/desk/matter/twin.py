"""The JSON twin inside a letter's PDF."""

from __future__ import annotations

import io

import pikepdf

from duly.errors import DulyError
from duly.letters import ATTACHMENT


def twin_inside(pdf: bytes) -> bytes:
    """The bytes of the attached twin. Raises DulyError when the PDF carries none."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        if ATTACHMENT not in document.attachments:
            raise DulyError("This letter carries no data.", code="no-twin")
        return bytes(document.attachments[ATTACHMENT].get_file().read_bytes())
