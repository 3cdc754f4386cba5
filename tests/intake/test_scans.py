"""A page as a picture: turned, read, and every box mapped back to where it is on the page as it came."""

import io

import pypdfium2
import pytest
from PIL import Image

from duly.intake.pictures import page_outline


def _picture(pdf: bytes, turn: int, kind="PNG", dpi=(200, 200)) -> bytes:
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=200 / 72).to_pil().convert("L")
    if dpi[1] != 200:
        page = page.resize((page.width, round(page.height * dpi[1] / 200)))
    out = io.BytesIO()
    page.rotate(turn, expand=True, fillcolor=255).save(out, kind, dpi=dpi)
    return out.getvalue()


@pytest.mark.parametrize(("turn", "dpi"), [(180, (200, 200)), (0, (200, 100))])
def test_a_scan_upside_down_and_a_coarse_fax_are_read_and_their_boxes_lie_on_the_page_as_it_came(
    subpoena, read_here, turn, dpi
):
    (reading,) = read_here(_picture(subpoena().pdf(), turn, "TIFF", dpi), "fax.tif")
    number = reading.fields["subpoena_number"]
    assert reading.kind == "ice-i-138"
    assert number.value == "DEN-2020-0001" and number.evidence.method == "ocr"
    assert (reading.fields["must_appear"].value, reading.fields["must_produce"].value) == (False, True)
    page = reading.document.pages[0]
    assert (round(page.width), round(page.height)) == (612, 792)
    centre = (number.evidence.box.y0 + number.evidence.box.y1) / 2
    assert abs(centre - (107 if turn == 0 else 792 - 107)) < 8


def test_a_sheet_on_a_dark_table_is_found_and_a_full_scan_is_left_alone():
    import numpy as np

    table = np.full((800, 600), 60, dtype=np.uint8)
    table[100:700, 80:520] = 240
    corners = page_outline(table)
    assert corners is not None and abs(corners[0] - [80, 100]).max() < 12 and abs(corners[2] - [520, 700]).max() < 12
    assert page_outline(np.full((800, 600), 250, dtype=np.uint8)) is None


def test_a_camera_that_was_held_sideways_is_believed(subpoena, read_here):
    picture = Image.new("L", (1100, 850), 255)
    exif = picture.getexif()
    exif[0x0112] = 6
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    (reading,) = read_here(out.getvalue(), "photo.jpg")
    assert reading.document.pages[0].height > reading.document.pages[0].width
