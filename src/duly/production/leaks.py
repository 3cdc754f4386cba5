"""The gate before a record goes out: whether given words can be found anywhere in a file, by eye or by tool."""

from __future__ import annotations

import io
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pikepdf
import pypdfium2 as pdfium

from duly.production.marks import ProductionError
from duly.production.picture import pdf_of, pictures, sheet
from duly.production.redaction import Recogniser, words_seen

_SHORTEST_IN_BYTES = 5
"""Shorter words occur in compressed bytes by chance (three letters about once in two megabytes), so they are looked for in
text, metadata and decoded text only."""
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_BETWEEN_STRINGS = re.compile(rb"[)>]\s*-?[\d.]*\s*[(<](?!<)")
"""What stands between the strings of one line of text (ISO 32000-1, 9.4.3): a word may be cut there to move its letters."""
_HEX = re.compile(rb"<([0-9A-Fa-f]{4,})>")
_END = re.compile(rb"%%EOF[\r\n]*")


@dataclass(frozen=True, slots=True)
class Leak:
    """A word that was found, where, and what stood around it."""

    word: str
    place: str
    around: str


def leaks(pdf: bytes, words: Sequence[str], *, look: bool = False, recognise: Recogniser | None = None) -> list[Leak]:
    """Where any of the words is still in the file. Case, spacing, accents and full width do not hide a word.

    Searched: the raw bytes and every stream decoded, even one that no object refers to; every string of every object;
    metadata; annotations and form values; attachments (PDFs inside too); the text of each page; and each of these for
    every earlier revision kept in the file. With `look`, also what OCR sees on the rendered pages.
    Raises ProductionError when the file cannot be opened, for then nothing can be said about it.
    """
    wanted = [(word, _folded(word)) for word in words if _folded(word)]
    found: dict[tuple[str, str], Leak] = {}
    for place, text in _places(pdf, [word for word, _ in wanted]):
        folded = _folded(text)
        for word, key in wanted:
            at = folded.find(key)
            if at >= 0:
                found.setdefault((word, place), Leak(word, place, folded[max(0, at - 20) : at + len(key) + 20]))
    if look:
        for number, seen in enumerate((recognise or words_seen)(as_pictures(pdf)), 1):
            folded = _folded(" ".join(one.text for one in seen))
            for word, key in wanted:
                if key in folded:
                    found.setdefault((word, f"picture of page {number}"), Leak(word, f"picture of page {number}", word))
    return list(found.values())


def _folded(text: str) -> str:
    """Case, accents, compatibility forms and all spacing folded away."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in spread if not one.isspace() and unicodedata.category(one) not in ("Mn", "Cf"))


def _places(pdf: bytes, words: Sequence[str], within: str = "") -> Iterator[tuple[str, str]]:
    yield from _raw(pdf, words, within)
    yield from _carved(pdf, within)
    for label, revision in _revisions(pdf):
        yield from _objects(revision, f"{within}{label}", words, required=label == "")
        yield from _text(revision, f"{within}{label}")


def _revisions(pdf: bytes) -> list[tuple[str, bytes]]:
    """The file itself, and the file as it was at each earlier end-of-file mark."""
    ends = [match.end() for match in _END.finditer(pdf)]
    earlier = [(f"revision {index} ", pdf[:end]) for index, end in enumerate(ends[:-1], 1)]
    return [("", pdf), *earlier]


def _raw(pdf: bytes, words: Sequence[str], within: str) -> Iterator[tuple[str, str]]:
    """The words as bytes, in the encodings that PDF uses, whatever the case."""
    lowered = pdf.lower()
    for word in words:
        for encoding in ("utf-8", "latin-1", "utf-16-be", "utf-16-le"):
            try:
                needle = word.lower().encode(encoding)
            except UnicodeEncodeError:
                continue
            if len(needle) >= _SHORTEST_IN_BYTES and needle in lowered:
                yield f"{within}raw bytes", word


def _carved(pdf: bytes, within: str) -> Iterator[tuple[str, str]]:
    """Every stream in the bytes that inflates, referred to or not."""
    for match in _STREAM.finditer(pdf):
        try:
            data = zlib.decompressobj().decompress(match[1], 50_000_000)
        except zlib.error:
            continue
        yield f"{within}stream at byte {match.start()}", _readable(data)


def _readable(data: bytes) -> str:
    """Bytes as text in the ways that a PDF writes it, cut strings joined; a picture's samples are bytes too, and are not read as words."""
    if len(data) > 100_000 and sum(32 <= byte < 127 or byte in (9, 10, 13) for byte in data[:4096]) < 2048:
        return ""
    joined = _BETWEEN_STRINGS.sub(b"", data)
    spelled = b"".join(bytes.fromhex(match[1].decode()) for match in _HEX.finditer(joined) if len(match[1]) % 2 == 0)
    return " ".join(
        (
            data.decode("latin-1"),
            data.decode("utf-16-be", "ignore"),
            joined.decode("latin-1"),
            spelled.decode("latin-1"),
            spelled.decode("utf-16-be", "ignore"),
        )
    )


def _objects(pdf: bytes, within: str, words: Sequence[str], *, required: bool) -> Iterator[tuple[str, str]]:
    try:
        document = pikepdf.open(io.BytesIO(pdf))
    except pikepdf.PdfError as error:
        if required:
            raise ProductionError(f"The file cannot be searched: {error}.") from error
        return
    with document:
        for item in document.objects:
            yield f"{within}object", " ".join(_strings(item, 0))
            if isinstance(item, pikepdf.Stream):
                yield from _stream(item, within)
        for name, attached in document.attachments.items():
            data = attached.get_file().read_bytes()
            place = f"{within}attachment {name}: "
            yield place + "name", name
            if data.startswith(b"%PDF"):
                yield from _places(data, words, place)
            else:
                yield place + "content", f"{data.decode('utf-8', 'ignore')} {data.decode('utf-16', 'ignore')}"


def _stream(item: pikepdf.Stream, within: str) -> Iterator[tuple[str, str]]:
    try:
        data = item.read_bytes()
    except (pikepdf.PdfError, RuntimeError, NotImplementedError):
        data = item.read_raw_bytes()  # a picture's own coding: its header may hold words
    yield f"{within}stream {item.objgen[0]}", _readable(data)


def _strings(item: object, depth: int) -> Iterable[str]:
    """Every string and name in an object; references are visited as objects of their own."""
    if depth > 20:
        return
    if isinstance(item, pikepdf.String | pikepdf.Name):
        yield str(item)
        if isinstance(item, pikepdf.String):
            yield bytes(item).decode("utf-16-be", "ignore")
    elif isinstance(item, pikepdf.Array):
        for one in item:
            if not getattr(one, "is_indirect", False):
                yield from _strings(one, depth + 1)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        for key, one in item.items():
            yield key[1:]
            if not getattr(one, "is_indirect", False):
                yield from _strings(one, depth + 1)


def _text(pdf: bytes, within: str) -> Iterator[tuple[str, str]]:
    try:
        document = pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError:
        return
    try:
        for number, page in enumerate(document, 1):
            yield f"{within}text of page {number}", page.get_textpage().get_text_range()
    finally:
        document.close()


def as_pictures(pdf: bytes) -> bytes:
    """The pages as a reader sees them, without their text, so that OCR reads and does not copy."""
    sheets = [sheet(page) for page in pictures(pdf, 200)]
    return pdf_of(sheets, title="", created=datetime(1970, 1, 1, tzinfo=UTC))
