"""Where mail goes, from one address in the environment."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from duly.errors import DulyError, Place

_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def from_url(url: str) -> dict[str, Any]:
    """Django's settings for `smtp://`, `smtp+starttls://` or `smtps://[user:password@]host[:port]`; nothing for nothing.

    Raises DulyError for any other address. The address is never repeated in the message: it may hold a password.
    """
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise DulyError(
            "The address of the mail server cannot be read.",
            place=Place(field="DULY_SMTP"),
            remedy="Write smtp+starttls://user:password@host:587, smtps://… or smtp://….",
            code="bad-setting",
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or _PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }
