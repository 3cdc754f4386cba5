"""Serving the picture of a page."""

from __future__ import annotations

from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase

from duly.desk.storage.originals import OriginalMissingError
from duly.desk.verify.rendering import NoPictureError, picture


def serve_picture(paper: str, page: int) -> HttpResponseBase:
    """The page as a WebP picture; 404 where there is no such page or it cannot be drawn."""
    try:
        file = picture(paper, page)
    except (NoPictureError, OriginalMissingError, FileNotFoundError) as error:
        raise Http404 from error
    response = FileResponse(file.open("rb"), content_type="image/webp")
    # A paper never changes, and neither does its picture; only this browser may keep it.
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response
