"""Static files into the data folder, under names that carry their digest, and compressed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.test.utils import override_settings

STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"
KEPT = "django.contrib.staticfiles.storage.StaticFilesStorage"


def collect(home: Path) -> None:
    """Collect once for each state of the sources; a second run only compares."""
    state = _state(Path(settings.STATICFILES_DIRS[0]))
    stamp = home / "static" / "collected"
    if stamp.is_file() and stamp.read_text(encoding="ascii") == state:
        return
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": STORAGE}}
    with override_settings(STORAGES=storages, STATIC_ROOT=home / "static", WHITENOISE_KEEP_ONLY_HASHED_FILES=True):
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(state, encoding="ascii")


def _state(folder: Path) -> str:
    """A digest over names and contents of all static sources."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            digest.update(str(file.relative_to(folder)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()
