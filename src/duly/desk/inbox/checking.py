"""What an operator is told of the ways in: whether the reader is confined, papers are checked, and doors are open."""

from __future__ import annotations

import subprocess
import sys

from duly.desk.inbox.doors import mailboxes, watched_folders
from duly.desk.inbox.malware import ScannerError, configured, scan

_TRY = "import sys; from duly.intake import leave_the_network; sys.exit(0 if leave_the_network() else 1)"


def sentences() -> list[str]:
    """One sentence for each. Raises DulyError for a folder, mailbox or office that a setting names wrongly."""
    folders, boxes = watched_folders(), mailboxes()
    return [
        _network(),
        _malware(),
        *(f"Watched folder of {one.office.name}: {one.path}." for one in folders),
        *(f"Mailbox of {office.name}: {one.folder} at {one.host}, by {one.scheme}." for one, office in boxes),
    ]


def _network() -> str:
    if subprocess.run([sys.executable, "-c", _TRY], check=False).returncode == 0:
        return "Papers are read in a network of their own, which has nothing in it."
    return (
        "This kernel gives the reader no network of its own; only Python's own check keeps it from connections. "
        "Allow user namespaces, or run the desk in a container without a network of its own."
    )


def _malware() -> str:
    address = configured()
    if not address:
        return "Papers are not checked for malware: DULY_CLAMD is not set."
    try:
        scan(iter([b"Duly asks whether you answer."]), address)
    except ScannerError as error:
        return f"{error.message} {error.remedy}"
    return "Papers are checked for malware before they are read."
