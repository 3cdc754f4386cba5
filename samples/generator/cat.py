"""A photograph of a cat, drawn: what somebody sooner or later drops on a desk for legal process."""

from __future__ import annotations

import io

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFilter


def photograph(seed: int = 9, size: tuple[int, int] = (1280, 960), quality: int = 78) -> bytes:
    """A JPEG of a tabby on a sofa; no letter anywhere in it."""
    rng = np.random.default_rng(seed)
    width, height = size
    image = Image.new("RGB", size, (126, 96, 84))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, int(height * 0.72), width, height), fill=(92, 70, 62))
    cx, cy, r = width * float(rng.uniform(0.42, 0.58)), height * 0.42, height * 0.2
    fur, dark = (168, 140, 108), (96, 72, 50)
    draw.ellipse((cx - 1.5 * r, cy + 0.4 * r, cx + 1.5 * r, cy + 3.0 * r), fill=fur)
    draw.arc((cx + 0.9 * r, cy + 1.2 * r, cx + 2.6 * r, cy + 3.1 * r), 290, 120, fill=dark, width=int(r * 0.28))
    for side in (-1, 1):
        draw.polygon(
            [
                (cx + side * 0.3 * r, cy - 0.75 * r),
                (cx + side * 0.95 * r, cy - 1.55 * r),
                (cx + side * 0.95 * r, cy - 0.3 * r),
            ],
            fill=dark,
        )
        draw.polygon(
            [
                (cx + side * 0.5 * r, cy - 0.8 * r),
                (cx + side * 0.85 * r, cy - 1.25 * r),
                (cx + side * 0.85 * r, cy - 0.5 * r),
            ],
            fill=(205, 150, 140),
        )
    draw.ellipse((cx - r, cy - r, cx + r, cy + r * 0.95), fill=fur)
    for stripe in (-0.3, 0.0, 0.3):
        draw.line((cx + stripe * r, cy - 0.9 * r, cx + stripe * 0.6 * r, cy - 0.5 * r), fill=dark, width=int(r * 0.09))
    for band in range(5):
        top = cy + (0.9 + 0.38 * band) * r
        draw.arc((cx - 1.3 * r, top - r, cx + 1.3 * r, top + 0.3 * r), 30, 150, fill=dark, width=int(r * 0.1))
    for side in (-1, 1):
        ex, ey = cx + side * 0.42 * r, cy - 0.08 * r
        draw.ellipse((ex - 0.2 * r, ey - 0.17 * r, ex + 0.2 * r, ey + 0.17 * r), fill=(180, 196, 90))
        draw.ellipse((ex - 0.06 * r, ey - 0.16 * r, ex + 0.06 * r, ey + 0.16 * r), fill=(15, 12, 10))
        for lift in (-0.12, 0.02, 0.16):
            draw.line(
                (cx + side * 0.2 * r, cy + (0.42 + lift) * r, cx + side * 1.3 * r, cy + (0.3 + lift * 2) * r),
                fill=(235, 230, 222),
                width=3,
            )
    draw.polygon(
        [(cx - 0.12 * r, cy + 0.25 * r), (cx + 0.12 * r, cy + 0.25 * r), (cx, cy + 0.4 * r)], fill=(200, 120, 118)
    )
    draw.arc((cx - 0.25 * r, cy + 0.3 * r, cx, cy + 0.62 * r), 0, 140, fill=dark, width=4)
    draw.arc((cx, cy + 0.3 * r, cx + 0.25 * r, cy + 0.62 * r), 40, 180, fill=dark, width=4)
    pixels = np.asarray(image.filter(ImageFilter.GaussianBlur(3))).astype(np.float32)
    hair = cv2.GaussianBlur(rng.normal(0, 60, (height, width)).astype(np.float32), (0, 0), sigmaX=1.2, sigmaY=4)
    pixels += hair[..., None] + rng.normal(0, 5, pixels.shape)
    buffer = io.BytesIO()
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(buffer, format="JPEG", quality=quality, dpi=(72, 72))
    return buffer.getvalue()
