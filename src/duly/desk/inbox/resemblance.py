"""Whether a paper came before: byte for byte, or the same paper copied again. It is flagged, never merged."""

from __future__ import annotations

from duly.desk.inbox.models import InboxItem, StoredReading
from duly.intake import Reading, same_paper
from duly.matters.codec import decode

COMPARED = 60


def repeated(item: InboxItem, readings: tuple[Reading, ...]) -> tuple[int, str] | None:
    """The earlier item of this office that this one repeats, and how: `exact`, `near` or `amended`."""
    earlier = InboxItem.objects.filter(office_id=item.office_id, id__lt=item.pk).order_by("-id")
    same = earlier.filter(paper=item.paper).values_list("id", flat=True).last()
    if same is not None:
        return same, "exact"
    if not readings:
        return None
    likely = earlier.filter(kind=readings[0].kind or "", state__in=("read", "opened", "set aside"))
    for other, paper in likely.values_list("id", "paper")[:COMPARED]:
        stored = StoredReading.objects.filter(paper=paper, index=0).values_list("reading", flat=True).first()
        if stored is None:
            continue
        found = same_paper(readings[0], decode(Reading, stored, "reading"))
        if found.relation in ("near", "amended"):
            return other, found.relation
    return None
