"""Copies of typeset papers as files of the sort that arrives: TIFF and PDF faxes, scanned PDFs, photographs; with the truth moved along."""

from __future__ import annotations

import copy
import io
import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import pikepdf
from PIL import Image
from samples.generator import degrade
from samples.generator.degrade import Picture
from samples.generator.paper import Truth
from samples.generator.typesetting import Sheets

DPI = 200
Copy = tuple[str, bytes, list[Truth]]


def copy_of(sheets: Sheets, manner: str, stem: str, fax_header: str = "") -> Iterator[Copy]:
    """The files that one manner of copying gives: `(name, bytes, truth)`; a photograph is a file a page."""
    rng = np.random.default_rng(zlib.crc32(f"{manner} {stem}".encode()))
    if manner == "faxed":
        pages = degrade.render(sheets.pdf, 204)
        total = len(pages)
        pictures = [degrade.faxed(page, rng, fax_header.format(n=n, t=total)) for n, page in enumerate(pages, start=1)]
        truth = moved(sheets.instruments, pictures)
        yield f"{stem}.tif", as_tiff(pictures), truth
        yield f"{stem}.pdf", as_pdf(pictures), truth
    elif manner == "scanned":
        pictures = [degrade.scanned(page, rng, DPI) for page in degrade.render(sheets.pdf, DPI)]
        yield f"{stem}.pdf", as_pdf(pictures), moved(sheets.instruments, pictures)
    elif manner == "photographed":
        for number, page in enumerate(degrade.render(sheets.pdf, DPI), start=1):
            picture = degrade.photographed(page, rng, DPI)
            yield f"{stem}-p{number}.jpg", as_jpeg(picture), only_page(sheets.instruments, number, picture)
    else:
        raise ValueError(f"no such manner of copying: {manner}")


def moved(instruments: list[Truth], pictures: list[Picture]) -> list[Truth]:
    """The truth with its boxes where they lie on the copies."""
    truth = copy.deepcopy(instruments)
    for instrument in truth:
        for field in instrument["fields"].values():
            if "box" in field:
                field["box"] = pictures[field["page"] - 1].box(tuple(field["box"]))
    return truth


def only_page(instruments: list[Truth], number: int, picture: Picture) -> list[Truth]:
    """The truth of a file that holds one page: what stands on it, and nothing of the other pages."""
    here = []
    for instrument in copy.deepcopy(instruments):
        if not instrument["first_page"] <= number <= instrument["last_page"]:
            continue
        fields: dict[str, Any] = {}
        for name, field in instrument["fields"].items():
            if field.get("page") == number:
                fields[name] = field | {"page": 1, "box": picture.box(tuple(field["box"]))}
        here.append(
            instrument
            | {"fields": fields, "first_page": 1, "last_page": 1, "page_of_form": number - instrument["first_page"] + 1}
        )
    return here


def as_tiff(pictures: list[Picture]) -> bytes:
    """A multi-page TIFF, Group 4, with the fax's own resolution in its tags."""
    images = [_bits(picture) for picture in pictures]
    buffer = io.BytesIO()
    images[0].save(
        buffer, format="TIFF", compression="group4", save_all=True, append_images=images[1:], dpi=pictures[0].dpi
    )
    return buffer.getvalue()


def as_pdf(pictures: list[Picture], quality: int = 62) -> bytes:
    """A PDF of images: Group 4 for 1-bit pages, JPEG for grey ones. Pages have the size that the resolution says."""
    pdf = pikepdf.new()
    for picture in pictures:
        width, height = picture.size
        pdf.add_blank_page(page_size=(round(width, 2), round(height, 2)))
        page = pdf.pages[-1]
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=_image(pdf, picture, quality)))
        page.obj.Contents = pdf.make_stream(f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /Im0 Do Q".encode())
    pdf.docinfo["/Producer"] = "Multifunction device (sample)"
    buffer = io.BytesIO()
    pdf.save(buffer, deterministic_id=True)
    return buffer.getvalue()


def as_jpeg(picture: Picture, quality: int = 68) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(picture.pixels).save(buffer, format="JPEG", quality=quality, dpi=picture.dpi)
    return buffer.getvalue()


def as_png(picture: Picture) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(picture.pixels).save(buffer, format="PNG", dpi=picture.dpi)
    return buffer.getvalue()


def is_bits(picture: Picture) -> bool:
    return bool(((picture.pixels == 0) | (picture.pixels == 255)).all())


def _bits(picture: Picture) -> Image.Image:
    return Image.fromarray(picture.pixels).convert("1", dither=Image.Dither.NONE)


def _image(pdf: pikepdf.Pdf, picture: Picture, quality: int) -> pikepdf.Object:
    height, width = picture.pixels.shape
    common = {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": width, "/Height": height}
    if not is_bits(picture):
        data = as_jpeg(picture, quality)
        extra = {"/ColorSpace": pikepdf.Name.DeviceGray, "/BitsPerComponent": 8, "/Filter": pikepdf.Name.DCTDecode}
        return pikepdf.Stream(pdf, data, {**common, **extra})
    parms = pikepdf.Dictionary(K=-1, Columns=width, Rows=height, BlackIs1=True)
    extra = {
        "/ColorSpace": pikepdf.Name.DeviceGray, "/BitsPerComponent": 1,
        "/Filter": pikepdf.Name.CCITTFaxDecode, "/DecodeParms": parms,
    }  # fmt: skip
    return pikepdf.Stream(pdf, _group4(_bits(picture)), {**common, **extra})


def _group4(image: Image.Image) -> bytes:
    """The Group 4 data alone, taken out of a TIFF of one strip."""
    buffer = io.BytesIO()
    image.save(buffer, format="TIFF", compression="group4", tiffinfo={278: image.height})
    with Image.open(buffer) as tiff:
        tags = getattr(tiff, "tag_v2", {})
        offsets, lengths = tags[273], tags[279]
    return b"".join(buffer.getvalue()[start : start + length] for start, length in zip(offsets, lengths, strict=True))
