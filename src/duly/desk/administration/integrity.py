"""Whether every original that the ledger knows, papers and policies, is still there, unchanged."""

from __future__ import annotations

from duly.desk.inbox.malware import in_quarantine
from duly.desk.inbox.models import InboxItem
from duly.desk.storage import originals
from duly.desk.storage.models import PolicyVersionRow
from duly.desk.storage.originals import OriginalMissingError


def damaged_originals() -> list[str]:
    """One sentence for each original that is missing or changed."""
    found = []
    papers = InboxItem.objects.order_by().values_list("paper", flat=True).distinct()
    policies = PolicyVersionRow.objects.exclude(paper="").order_by().values_list("paper", flat=True).distinct()
    infected = set(InboxItem.objects.filter(reason="infected").values_list("paper", flat=True))
    for paper in (*papers, *policies):
        try:
            (in_quarantine if paper in infected else originals.read)(paper)
        except OriginalMissingError as error:
            found.append(str(error))
    return found
