"""Whether a PDF still is what Duly promises: PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1), as far as a program sees.

Not a full validator. It checks the requirements that a change to a finished letter (a signature, a stamp, a redaction)
can break; whether an alternative text is a good one, or the reading order sensible, only a person can say.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from duly.errors import DulyError

_LEVEL = re.compile(r"^/H([1-6])$")
_FORBIDDEN_ACTIONS = {"/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/JavaScript", "/Hide", "/SetOCGState",
                      "/Rendition", "/Trans", "/GoTo3DView"}  # fmt: skip


def conformance(pdf: bytes) -> list[str]:
    """What the file fails, each as a sentence with its clause; empty when nothing was found.

    Raises DulyError when the bytes cannot be opened as a PDF.
    """
    try:
        document = pikepdf.open(io.BytesIO(pdf))
    except pikepdf.PdfError as error:
        raise DulyError(f"The file cannot be opened as a PDF: {error}.", code="unreadable-pdf") from error
    with document:
        return [
            *_header(pdf, document),
            *_metadata(document),
            *_catalog(document),
            *_structure(document),
            *_pages(document),
            *_fonts(document),
            *_attachments(document),
            *_actions(document),
        ]


def _header(pdf: bytes, document: pikepdf.Pdf) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.[0-7][\r\n]+%[\x80-\xff]{4}", pdf):
        yield "The header is not %PDF-1.n with a binary comment line after it (ISO 19005-3, 6.1.2)."
    if document.is_encrypted:
        yield "The file is encrypted (ISO 19005-3, 6.1.3)."
    if "/ID" not in document.trailer:
        yield "The trailer has no ID (ISO 19005-3, 6.1.3)."


def _metadata(document: pikepdf.Pdf) -> Iterator[str]:
    if "/Metadata" not in document.Root:
        yield "There is no XMP metadata (ISO 19005-3, 6.6.2)."
        return
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        found = {
            name: str(xmp.get(name, "")) for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part", "dc:title")
        }
    if (found["pdfaid:part"], found["pdfaid:conformance"]) != ("3", "A"):
        yield "The metadata does not claim PDF/A-3a (ISO 19005-3, 6.6.4)."
    if found["pdfuaid:part"] != "1":
        yield "The metadata does not claim PDF/UA-1 (ISO 14289-1, 5)."
    if not found["dc:title"].strip():
        yield "The metadata has no title (ISO 14289-1, 7.1)."


def _catalog(document: pikepdf.Pdf) -> Iterator[str]:
    root = document.Root
    if not _get(root, "/MarkInfo", "/Marked") or _get(root, "/MarkInfo", "/Suspects"):
        yield "The document is not marked as tagged (ISO 14289-1, 7.1)."
    if not str(root.get("/Lang", "")).strip():
        yield "The document has no language (ISO 14289-1, 7.2)."
    if not _get(root, "/ViewerPreferences", "/DisplayDocTitle"):
        yield "The window would show the file's name instead of its title (ISO 14289-1, 7.1)."
    intents = [intent for intent in root.get("/OutputIntents", []) if str(intent.get("/S", "")) == "/GTS_PDFA1"]
    if not intents or "/DestOutputProfile" not in intents[0]:
        yield "There is no PDF/A output intent with a colour profile (ISO 19005-3, 6.2.3)."
    if _get(root, "/AcroForm", "/XFA") is not None:
        yield "The form is XFA (ISO 19005-3, 6.4.2)."
    if _get(root, "/AcroForm", "/NeedAppearances"):
        yield "The form leaves its appearance to the viewer (ISO 19005-3, 6.4.1)."
    if "/AA" in root:
        yield "The document runs actions by itself (ISO 19005-3, 6.5.2)."


def _get(start: Any, *path: str) -> Any:
    value = start
    for name in path:
        if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream) or name not in value:
            return None
        value = value[name]
    return value


def _structure(document: pikepdf.Pdf) -> Iterator[str]:
    tree = document.Root.get("/StructTreeRoot")
    if tree is None:
        yield "There is no structure tree (ISO 14289-1, 7.1)."
        return
    if "/ParentTree" not in tree:
        yield "The structure tree has no parent tree (ISO 32000-1, 14.7.4.4)."
    last, headings, roles = 0, 0, tree.get("/RoleMap", {})
    for element in _elements(tree):
        kind = str(roles.get(str(element.S), element.S))
        if kind in ("/Figure", "/Formula") and not str(element.get("/Alt", element.get("/ActualText", ""))).strip():
            yield f"A {kind[1:].lower()} has no alternative text (ISO 14289-1, 7.3)."
        level = _LEVEL.match(kind)
        if level:
            headings += 1
            if int(level[1]) > last + 1:
                yield f"A heading of level {level[1]} follows one of level {last} (ISO 14289-1, 7.4.2)."
            last = int(level[1])
    if not headings:
        yield "There is no heading (ISO 14289-1, 7.4)."


def _elements(node: Any) -> Iterator[Any]:
    """Structure elements in document order; marked-content references have no /S."""
    stack = list(reversed(_children(node)))
    while stack:
        element = stack.pop()
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            yield element
            stack.extend(reversed(_children(element)))


def _children(node: Any) -> list[Any]:
    kids = node.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _pages(document: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(document.pages, start=1):
        if "/StructParents" not in page.obj:
            yield f"Page {number} is not tied to the structure tree (ISO 14289-1, 7.1)."
        open_marks = _unmarked(page)
        if open_marks:
            yield f"Page {number} paints content that is neither tagged nor an artifact (ISO 14289-1, 7.1)."
        annotations = list(page.obj.get("/Annots", []))
        if annotations and str(page.obj.get("/Tabs", "")) != "/S":
            yield f"Page {number} has annotations but no structural tab order (ISO 14289-1, 7.18.3)."
        for annotation in annotations:
            yield from _annotation(number, annotation)


def _unmarked(page: pikepdf.Page) -> bool:
    """Whether something is painted outside every BDC/BMC … EMC pair."""
    depth = 0
    painting = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "BI", "INLINE IMAGE"}
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in ("BDC", "BMC"):
            depth += 1
        elif operator == "EMC":
            depth -= 1
        elif operator in painting and depth == 0:
            return True
    return False


def _annotation(number: int, annotation: Any) -> Iterator[str]:
    flags = int(annotation.get("/F", 0))
    kind = str(annotation.get("/Subtype", ""))
    if kind == "/Popup":
        return
    if not flags & 4 or flags & (1 | 2 | 32):
        yield f"An annotation on page {number} is hidden or would not print (ISO 19005-3, 6.3.2)."
    if kind == "/Widget":
        if "/AP" not in annotation and not _is_empty(annotation):
            yield f"A form field on page {number} has no appearance (ISO 19005-3, 6.3.3)."
        if not flags & 2 and not _is_empty(annotation) and "/StructParent" not in annotation:
            yield f"A form field on page {number} is not in the structure tree (ISO 14289-1, 7.18.4)."
        if "/TU" not in annotation:
            yield f"A form field on page {number} has no name to be read aloud (ISO 14289-1, 7.18.1)."
    elif "/Contents" not in annotation:
        yield f"An annotation on page {number} has no description (ISO 14289-1, 7.18.1)."


def _is_empty(annotation: Any) -> bool:
    x0, y0, x1, y1 = (float(value) for value in annotation.Rect)
    return x0 == x1 and y0 == y1


def _fonts(document: pikepdf.Pdf) -> Iterator[str]:
    for item in document.objects:
        if not isinstance(item, pikepdf.Dictionary) or str(item.get("/Type", "")) != "/Font":
            continue
        name = str(item.get("/BaseFont", "(unnamed)"))
        if str(item.get("/Subtype", "")) in ("/Type0", "/Type3"):
            if "/ToUnicode" not in item:
                yield f"The font {name} does not say which characters its glyphs stand for (ISO 19005-3, 6.2.11.7)."
            continue
        descriptor = item.get("/FontDescriptor")
        if descriptor is None or not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield f"The font {name} is not embedded (ISO 19005-3, 6.2.11.4)."


def _attachments(document: pikepdf.Pdf) -> Iterator[str]:
    associated = {entry.objgen for entry in document.Root.get("/AF", [])}
    for item in document.objects:
        if not isinstance(item, pikepdf.Dictionary) or str(item.get("/Type", "")) != "/Filespec":
            continue
        name = str(item.get("/UF", item.get("/F", "(unnamed)")))
        if "/AFRelationship" not in item:
            yield f"The attachment {name} does not say how it relates to the document (ISO 19005-3, 6.8)."
        if "/F" not in item or "/UF" not in item:
            yield f"The attachment {name} lacks one of its two names (ISO 19005-3, 6.8)."
        if item.objgen not in associated:
            yield f"The attachment {name} is not associated with the document (ISO 19005-3, 6.8)."
        if _get(item, "/EF", "/F", "/Subtype") is None:
            yield f"The attachment {name} does not say which kind of file it is (ISO 19005-3, 6.8)."


def _actions(document: pikepdf.Pdf) -> Iterator[str]:
    for item in document.objects:
        for part in _dictionaries(item, 0):
            if str(part.get("/S", "")) in _FORBIDDEN_ACTIONS:
                yield f"The document holds a forbidden action {part.S} (ISO 19005-3, 6.5.1)."
        if isinstance(item, pikepdf.Stream) and "/LZWDecode" in str(item.get("/Filter", "")):
            yield "A stream is compressed with LZW (ISO 19005-3, 6.1.7.2)."


def _dictionaries(item: Any, depth: int) -> Iterator[Any]:
    """An object's dictionary and those written inside it; what it refers to is visited as an object of its own."""
    if depth > 20:
        return
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        yield item
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
        parts = list(item) if isinstance(item, pikepdf.Array) else [part for _, part in item.items()]
        for part in parts:
            if isinstance(part, pikepdf.Dictionary | pikepdf.Array) and not part.is_indirect:
                yield from _dictionaries(part, depth + 1)
