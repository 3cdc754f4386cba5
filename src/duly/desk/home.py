"""The data folder: where it is, what lies in it, and the secrets that are generated into it at the first start."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from duly.errors import DulyError

DEFAULT = ".desk"


class HomeError(DulyError):
    """The data folder cannot be used."""

    code = "data-folder"


def data_folder() -> Path:
    """The folder that holds everything of this desk: `DULY_HOME`, or `.desk` in the current folder."""
    return Path(os.environ.get("DULY_HOME") or DEFAULT).absolute()


def prepare(home: Path) -> None:
    """Create the data folder with its sub-folders, readable by its owner only. Safe to call again."""
    try:
        for folder in (home, home / "originals", home / "secrets", home / "static", home / "derived", home / "keys"):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
    except OSError as error:
        raise HomeError(
            f"The data folder {home} cannot be written: {error.strerror}.",
            remedy="Name another folder in DULY_HOME, or give this account the right to write there.",
        ) from error


def secret(home: Path, name: str) -> str:
    """The secret of that name, generated at first use into a file that only its owner can read."""
    file = home / "secrets" / name
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(secrets.token_urlsafe(48) + "\n")
    return file.read_text(encoding="ascii").strip()


def secret_or_passing(home: Path, name: str) -> str:
    """The secret of that name; before the first start one that lives only as long as this process."""
    return secret(home, name) if (home / "secrets").is_dir() else secrets.token_urlsafe(48)
