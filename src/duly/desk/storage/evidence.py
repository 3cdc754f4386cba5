"""One matter's ledger as a folder that anybody can verify without Duly."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from duly.desk.storage.ledger import DatabaseStore
from duly.desk.storage.models import MatterRow
from duly.errors import DulyError
from duly.ledger import export_ledger


def export_matter(number: str, folder: Path) -> int:
    """Writes the entries of the matter with this number (or id) into a new folder; returns how many there are.

    Personal data stays sealed: the export proves what was done and when, and names nobody. Raises DulyError for an
    unknown number, or one that two offices of this desk use.
    """
    found = list(MatterRow.objects.filter(number=number)[:2]) or list(MatterRow.objects.filter(id=number))
    if not found:
        raise DulyError(
            f"No matter has the number {number}.", remedy="The Matters screen lists them.", code="no-matter"
        )
    if len(found) > 1:
        ids = ", ".join(row.id for row in MatterRow.objects.filter(number=number))
        raise DulyError(
            f"Several offices here have a matter {number}.",
            remedy=f"Name one by its id: {ids}.",
            code="several-matters",
        )
    store = DatabaseStore()
    made_at = datetime.now(UTC)
    export_ledger(store, folder, made_at=made_at, made_by="duly ledger export", matter=found[0].id)
    return sum(1 for _ in store.entries(found[0].id))
