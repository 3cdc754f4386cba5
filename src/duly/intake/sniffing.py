"""Says what a file is by its content. Its name is only a hint, and a wrong one is said."""

from __future__ import annotations

from dataclasses import dataclass

from duly.intake.refusal import Refused

_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
)
_ENDINGS = {
    "application/pdf": ("pdf",), "image/png": ("png",), "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"), "image/tiff": ("tif", "tiff", "fax"),
    "image/gif": ("gif",), "image/bmp": ("bmp", "dib"), "image/webp": ("webp",),
}  # fmt: skip
_NAMES = {
    "application/pdf": "a PDF", "image/png": "a PNG picture", "image/jpeg": "a JPEG picture", "image/tiff": "a TIFF picture",
    "image/gif": "a GIF picture", "image/bmp": "a BMP picture", "image/webp": "a WebP picture",
}  # fmt: skip
_SAVE_AS_PDF = "Open it, save or print it as a PDF, and put that in."


@dataclass(frozen=True, slots=True)
class Sniffed:
    """The media type by content, and a sentence when the file's name says something else."""

    media_type: str
    warning: str | None = None


def sniff(data: bytes, name: str) -> Sniffed:
    """What the bytes are. Raises Refused for what no paper comes as: empty, HTML, office documents, archives, unknown."""
    if not data:
        raise Refused("The file is empty.", remedy="Send it again; the transfer may have been cut off.", code="empty")
    media_type = _media_type(data)
    if media_type is None:
        raise _refusal(data)
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending and ending not in _ENDINGS[media_type]:
        return Sniffed(
            media_type, f"The file is named .{ending} but is {_NAMES[media_type]}; it was read as what it is."
        )
    return Sniffed(media_type)


def _media_type(data: bytes) -> str | None:
    for start, media_type in _PICTURES:
        if data.startswith(start):
            return media_type
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    # Readers accept a PDF whose header stands within the first kilobyte, after a mail gateway's lines for instance.
    return "application/pdf" if b"%PDF-" in data[:1024] else None


def _refusal(data: bytes) -> Refused:
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml", b"<!--", b"<body", b"<script")):
        return Refused(
            "This is a web page, not a PDF or a picture, whatever its name says.",
            remedy="Ask the sender for the paper itself, or print the page to a PDF.",
            code="html",
        )
    if (
        data.startswith(b"\xd0\xcf\x11\xe0")
        or (data.startswith(b"PK") and _is_office(data))
        or head.startswith(b"{\\rtf")
    ):
        return Refused(
            "This is an office document, not a PDF or a picture.", remedy=_SAVE_AS_PDF, code="office-document"
        )
    if data.startswith((b"PK", b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b")):
        return Refused(
            "This is an archive of files, not a paper.",
            remedy="Unpack it and put in the papers that are inside.",
            code="archive",
        )
    if not data.strip(b"\x00\r\n\t "):
        return Refused("The file holds nothing but blanks.", remedy="Send it again.", code="empty")
    return Refused(
        "This is neither a PDF nor a picture (TIFF, PNG, JPEG).",
        remedy="Print the paper to a PDF or scan it, and put that in.",
        code="not-a-document",
    )


def _is_office(data: bytes) -> bool:
    return any(
        part in data[:8192] or part in data[-8192:]
        for part in (b"word/", b"xl/", b"ppt/", b"mimetype", b"[Content_Types].xml")
    )
