"""Serving the picture of a page."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse

from duly.desk.storage.originals import OriginalMissing
from duly.desk.verify.rendering import NoPicture, picture


def serve_picture(paper: str, page: int) -> HttpResponse:
    """The page as a WebP picture; 404 where there is no such page or it cannot be drawn."""
    try:
        file = picture(paper, page)
    except (NoPicture, OriginalMissing, FileNotFoundError) as error:
        raise Http404 from error
    response = FileResponse(file.open("rb"), content_type="image/webp")
    # A paper never changes, and neither does its picture; only this browser may keep it.
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response
