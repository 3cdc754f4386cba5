"""What the web server loads."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duly.desk.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()


def warm() -> None:
    """Load law, kinds and calendars before the first request, so that nobody waits for them."""
    from duly.desk import shelf

    shelf.library()
    shelf.kinds()
    shelf.calendars()


warm()
