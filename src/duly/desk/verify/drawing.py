"""The program that draws one page: FILE MEDIA-TYPE PAGE OUT. It imports nothing of Duly and writes one WebP picture."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageOps

DOTS_PER_INCH = 144
WIDEST = 1360
MOST_PIXELS = 80_000_000


def main(source: str, kind: str, page: str, out: str) -> int:
    """0 when the picture was written, 1 when there is no such page."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    number = int(page) - 1
    if kind == "application/pdf":
        import pypdfium2

        document = pypdfium2.PdfDocument(source)
        if not 0 <= number < len(document):
            return 1
        sheet = document[number]
        scale = min(DOTS_PER_INCH / 72, WIDEST / max(sheet.get_width(), 1))
        picture = sheet.render(scale=scale, may_draw_forms=True).to_pil()
    else:
        opened: Image.Image = Image.open(source)
        opened.seek(number)
        picture = square_dots(ImageOps.exif_transpose(opened) or opened, opened.info.get("dpi"))
    if picture.mode not in ("L", "RGB"):
        picture = picture.convert("RGB")
    if picture.width > WIDEST:
        picture = picture.resize((WIDEST, round(picture.height * WIDEST / picture.width)), Image.Resampling.LANCZOS)
    picture.save(Path(out), "WEBP", quality=60, method=4)
    return 0


def square_dots(picture: Image.Image, dpi: tuple[float, float] | None) -> Image.Image:
    """A fax has twice as many dots across as down; the picture is stretched to the page's true shape."""
    across, down = (float(dpi[0]), float(dpi[1])) if dpi else (0.0, 0.0)
    if across < 20 or down < 20 or abs(across / down - 1) < 0.05:
        return picture
    return picture.resize((picture.width, round(picture.height * across / down)))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
