"""What an operator asks of the desk: prepare it, serve it, load the sample, verify the ledger, rebuild the views.

Django is set up inside each function, so that importing `duly.desk` costs nothing and touches no disk.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duly.desk.health import Finding
    from duly.desk.sample import Loaded
    from duly.desk.storage.backup import Backup
    from duly.desk.storage.moving import Moved
    from duly.desk.verify.accuracy import Accuracy
    from duly.ledger import Verification


def set_up(home: Path | None = None, *, prepare: bool = True) -> Path:
    """Choose the data folder, create it and its secrets where they are missing, and load Django. Returns the folder.

    Without `prepare` the folder is left as it is; a folder that is not there is refused then.
    """
    from duly.desk import home as folder

    if home is not None:
        os.environ["DULY_HOME"] = str(home)
    place = folder.data_folder()
    if prepare:
        folder.prepare(place)
        folder.secret(place, "django")
    elif not place.is_dir():
        raise folder.HomeError(f"There is no data folder {place}.", remedy="Name the desk's folder with --home.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duly.desk.settings")
    import django

    django.setup()
    return place


def migrate(home: Path | None = None) -> Path:
    """Create or bring up to date the data folder, the database and the collected static files. Safe to run again."""
    place = set_up(home)
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    from duly.desk.look.collect import collect
    from duly.desk.storage.projections import name_holders
    from duly.desk.storage.rule_uses import catch_up

    catch_up()
    name_holders()
    collect(place)
    return place


def serve(host: str = "127.0.0.1", port: int = 8600, *, home: Path | None = None) -> None:
    """Serve the desk and run its jobs until interrupted. Loopback only, unless another host is named."""
    place = set_up(home)
    from duly.desk.first import first_sign_in
    from duly.desk.server import run
    from duly.desk.shelf import library

    library()  # rulebooks that cannot be used are said here, not by every process of the server

    said = first_sign_in()
    if said is not None:
        print(said, flush=True)

    run(host, port, place)


def load_sample(home: Path | None = None) -> Loaded:
    """Take the sample papers through the real intake and the real commands. Loading twice changes nothing."""
    set_up(home)
    from duly.desk.sample import load

    return load()


def verify_ledger(home: Path | None = None) -> Verification:
    """Check every entry of the ledger against its chain."""
    set_up(home)
    from duly.desk.storage.ledger import verify

    return verify()


def damaged_originals(home: Path | None = None) -> list[str]:
    """One sentence for each original that is missing or changed: what came in, and the letters and filings that went out."""
    set_up(home)
    from duly.desk.administration.integrity import damaged_originals as damaged
    from duly.desk.inbox.models import InboxItem
    from duly.desk.storage import ledger, originals

    found = damaged()
    for paper in sorted(ledger.papers() - set(InboxItem.objects.order_by().values_list("paper", flat=True))):
        try:
            originals.read(paper)
        except originals.OriginalMissingError as error:
            found.append(str(error))
    return found


def export_matter(number: str, folder: Path, home: Path | None = None) -> int:
    """Write one matter's entries with an offline verifier into a new folder; returns how many entries it holds."""
    set_up(home)
    from duly.desk.storage.evidence import export_matter as export

    return export(number, folder)


def rebuild(home: Path | None = None) -> int:
    """Throw the views away and build them again from the ledger alone. Returns how many matters there are."""
    set_up(home)
    from duly.desk.storage.projections import rebuild as rebuild_views

    return rebuild_views()


def migrate_database(address: str, home: Path | None = None, progress: Callable[[str], None] = lambda _: None) -> Moved:
    """Move the office from the embedded database into an empty PostgreSQL one, compared table by table; all or nothing."""
    set_up(home)
    from duly.desk.storage.moving import move

    return move(address, progress)


def accuracy(home: Path | None = None) -> list[Accuracy]:
    """How often the machine was right on each field, over all offices of the desk."""
    set_up(home)
    from duly.desk.verify.accuracy import accuracy as counted

    return counted()


def check(home: Path | None = None, *, everything: bool = False) -> list[Finding]:
    """Whether the desk is fit to work, a finding for each thing looked at; changes nothing. See `duly.desk.health`."""
    place = set_up(home, prepare=False)
    from duly.desk.health import findings

    return findings(place, everything=everything)


def back_up(out: Path, home: Path | None = None) -> Backup:
    """Write database, originals, keys and secrets into a new folder, while the desk goes on."""
    place = set_up(home, prepare=False)
    from duly.desk.storage.backup import back_up as write

    return write(place, out)


def restore(backup: Path, home: Path) -> Backup:
    """Put a backup into an empty data folder and an empty database, and prove that all is as it was."""
    os.environ["DULY_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duly.desk.settings")
    from duly.desk.storage.backup_files import unpack

    manifest = unpack(backup, home)
    set_up(home)
    from duly.desk.storage.backup import put_back

    return put_back(backup, manifest)
