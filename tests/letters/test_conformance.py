"""The check of a finished file finds each thing that it claims to look for."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from duly.errors import DulyError
from duly.letters import Heading, LetterContent, Letterhead, Paragraph, Table, compose, conformance

NOW = datetime(2020, 1, 16, 17, tzinfo=UTC)


@pytest.fixture(scope="module")
def good() -> bytes:
    content = LetterContent(
        "test", "letter", "en", "final", date(2020, 1, 16), NOW, "Title", "1", Letterhead("Office"), None, (), "",
        (Heading("A heading"), Paragraph("Words."), Table(("A",), (("1",),), "")),
    )  # fmt: skip
    return compose(content).pdf


def changed(pdf: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def delete(key: str) -> Callable[[pikepdf.Pdf], object]:
    return lambda document: document.Root.__delitem__(key)


def first(document: pikepdf.Pdf, kind: str) -> pikepdf.Object:
    return next(
        item for item in document.objects if isinstance(item, pikepdf.Dictionary) and str(item.get("/Type", "")) == kind
    )


def element(document: pikepdf.Pdf, kind: str) -> pikepdf.Object:
    return next(
        item for item in document.objects if isinstance(item, pikepdf.Dictionary) and str(item.get("/S", "")) == kind
    )


def annotate(document: pikepdf.Pdf, **entries: object) -> None:
    note = Dictionary(Type=Name.Annot, Rect=Array([10, 10, 40, 40]), **entries)
    document.pages[0].obj.Annots = Array([document.make_indirect(note)])


def out_of_order(document: pikepdf.Pdf) -> None:
    annotate(document, Subtype=Name.Text, F=4, Contents=String("x"))
    document.pages[0].obj.Tabs = Name("/R")


def unembed(document: pikepdf.Pdf) -> None:
    for key in ("/FontFile", "/FontFile2", "/FontFile3"):
        descriptor = first(document, "/FontDescriptor")
        if key in descriptor:
            del descriptor[key]


def xmp(document: pikepdf.Pdf, name: str, value: str) -> None:
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata[name] = value


BREAKS: dict[str, tuple[Callable[[pikepdf.Pdf], object], str]] = {
    "no language": (delete("/Lang"), "no language"),
    "not tagged": (delete("/MarkInfo"), "not marked as tagged"),
    "no structure": (delete("/StructTreeRoot"), "no structure tree"),
    "no parent tree": (lambda pdf: pdf.Root.StructTreeRoot.__delitem__("/ParentTree"), "no parent tree"),
    "no metadata": (delete("/Metadata"), "no XMP metadata"),
    "no claim of PDF/A": (lambda pdf: xmp(pdf, "pdfaid:conformance", "B"), "PDF/A-3a"),
    "no claim of PDF/UA": (lambda pdf: xmp(pdf, "pdfuaid:part", "9"), "PDF/UA-1"),
    "no title in the window": (delete("/ViewerPreferences"), "instead of its title"),
    "no colour profile": (delete("/OutputIntents"), "output intent"),
    "a form that viewers draw": (lambda pdf: pdf.Root.__setitem__("/AcroForm", Dictionary(NeedAppearances=True)), "appearance to the viewer"),
    "an XFA form": (lambda pdf: pdf.Root.__setitem__("/AcroForm", Dictionary(XFA=String("x"))), "XFA"),
    "no association": (delete("/AF"), "not associated"),
    "no relationship": (lambda pdf: first(pdf, "/Filespec").__delitem__("/AFRelationship"), "how it relates"),
    "one name only": (lambda pdf: first(pdf, "/Filespec").__delitem__("/UF"), "two names"),
    "no kind of file": (lambda pdf: first(pdf, "/Filespec").EF.F.__delitem__("/Subtype"), "which kind of file"),
    "a skipped heading": (lambda pdf: element(pdf, "/H2").__setitem__("/S", Name("/H4")), "A heading of level 4"),
    "a figure without words": (lambda pdf: element(pdf, "/P").__setitem__("/S", Name.Figure), "no alternative text"),
    "no headings": (lambda pdf: [element(pdf, kind).__setitem__("/S", Name.P) for kind in ("/H1", "/H2")], "no heading"),
    "content outside the structure": (lambda pdf: pdf.pages[0].contents_add(pdf.make_stream(b"0 0 10 10 re f")), "neither tagged nor an artifact"),
    "a page outside the structure": (lambda pdf: pdf.pages[0].obj.__delitem__("/StructParents"), "not tied"),
    "an annotation without words": (lambda pdf: annotate(pdf, Subtype=Name.Text, F=4), "no description"),
    "an annotation out of order": (out_of_order, "tab order"),
    "actions that run by themselves": (lambda pdf: pdf.Root.__setitem__("/AA", Dictionary()), "by itself"),
    "a hidden annotation": (lambda pdf: annotate(pdf, Subtype=Name.Text, F=2, Contents=String("x")), "hidden"),
    "a field without a picture": (lambda pdf: annotate(pdf, Subtype=Name.Widget, F=4, TU=String("x")), "no appearance"),
    "a field outside the structure": (lambda pdf: annotate(pdf, Subtype=Name.Widget, F=4, TU=String("x")), "not in the structure tree"),
    "a field without a name": (lambda pdf: annotate(pdf, Subtype=Name.Widget, F=4), "read aloud"),
    "a font left out": (unembed, "not embedded"),
    "a font without characters": (lambda pdf: next(item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item).__delitem__("/ToUnicode"), "which characters"),
    "a script": (lambda pdf: pdf.Root.__setitem__("/OpenAction", Dictionary(S=Name.JavaScript, JS=String("x"))), "forbidden action"),
}  # fmt: skip


def test_a_letter_has_nothing_to_find(good: bytes) -> None:
    assert conformance(good) == []


@pytest.mark.parametrize("name", BREAKS)
def test_each_thing_broken_is_found_and_named(good: bytes, name: str) -> None:
    change, words = BREAKS[name]
    found = conformance(changed(good, change))
    assert any(words in one for one in found), found


def test_an_encrypted_copy_fails(good: bytes) -> None:
    with pikepdf.open(io.BytesIO(good)) as document:
        out = io.BytesIO()
        document.save(out, encryption=pikepdf.Encryption(owner="o", user=""))
    assert any("encrypted" in one for one in conformance(out.getvalue()))


@pytest.mark.parametrize("data", [b"", b"text", b"%PDF-1.7"])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(DulyError, match="cannot be opened"):
        conformance(data)
