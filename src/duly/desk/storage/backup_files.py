"""The files of a backup: what lies in it, whether it is whole, and how it gets back into a data folder. Needs no Django."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from duly.errors import DulyError

MANIFEST = "manifest.json"
FOLDERS = ("originals", "keys", "secrets", "rulebooks")


class BackupError(DulyError):
    """No backup was made, or the one at hand could not be restored."""

    code = "backup"


def unpack(backup: Path, home: Path) -> dict[str, Any]:
    """Put the files of a backup into the empty data folder `home`, each checked; the manifest. Before Django is loaded."""
    try:
        manifest: dict[str, Any] = json.loads((backup / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BackupError(
            f"{backup} is not a whole backup: its {MANIFEST} cannot be read.", remedy="Name another."
        ) from error
    if home.exists() and any(home.iterdir()):
        raise BackupError(
            f"The data folder {home} is not empty.", remedy="Name a new one; nothing is ever written over."
        )
    for name, digest in manifest["files"].items():
        if not (backup / name).is_file() or sha256(backup / name) != digest:
            raise BackupError(f"The backup is damaged: {name} is missing or changed.", remedy="Use another backup.")
    for one in originals_in(backup):
        if sha256(one) != one.name:
            raise BackupError(
                f"The backup is damaged: the original {one.name} is changed.", remedy="Use another backup."
            )
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in FOLDERS:
        if (backup / name).is_dir():
            shutil.copytree(backup / name, home / name)
    return manifest


def files(folder: Path) -> list[Path]:
    """Everything but the originals, whose names are their digests."""
    originals = folder / "originals"
    return sorted(one for one in folder.rglob("*") if one.is_file() and originals not in one.parents)


def originals_in(folder: Path) -> list[Path]:
    return [one for one in (folder / "originals").rglob("*") if one.is_file()]


def sha256(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
