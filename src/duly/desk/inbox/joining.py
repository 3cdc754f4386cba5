"""A paper that came before, was amended, or belongs to another: a person says which, and nothing is merged unasked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal
from uuid import uuid4

from django.http import Http404

from duly.desk.accounts.models import Office
from duly.desk.inbox.models import InboxItem
from duly.desk.inbox.opening import lock_read, open_as_matters, open_one
from duly.desk.inbox.receiving import readings_of
from duly.desk.shelf import kinds
from duly.desk.storage import ledger
from duly.desk.storage.matters import act, act_together, load
from duly.desk.storage.models import MatterRow
from duly.errors import DulyError
from duly.matters import Actor, Instrument, Matter, instruments_from
from duly.matters.commands import add_read_paper, link_paper, relate_matter

Belonging = Literal["copy", "amends", "accompanying", "proof of service"]


def matter_numbered(office: Office, actor: Actor, number: str) -> Matter:
    """The office's matter of that number, where the actor may see it. Raises DulyError where there is none to see."""
    row = MatterRow.objects.filter(office=office, number=number.strip()).first()
    try:
        if row is None:
            raise Http404
        return load(office, row.id, actor)
    except Http404 as error:
        raise DulyError(
            f"This office has no matter {number.strip() or 'without a number'}.",
            remedy="Look the number up under Matters.",
            code="unknown-matter",
        ) from error


def join(office: Office, actor: Actor, item: InboxItem, matter: Matter, belonging: Belonging, at: datetime) -> Matter:
    """Make a paper of the inbox part of an existing matter: a further copy, or a paper that belongs with it.

    A copy is linked and changes nothing; another paper's readings are added, for persons to confirm.
    """
    with ledger.STORE.writing():
        lock_read([item])
        if belonging == "copy":
            return act(
                office,
                matter,
                lambda state: link_paper(
                    state, actor, at, paper=item.paper, role="copy", file_name=item.file_name, receipt=item.pk
                ),
                at,
            )
        role: Literal["accompanying", "proof of service"] = (
            "proof of service" if belonging == "proof of service" else "accompanying"
        )
        papers = _papers([item])
        return act(
            office,
            matter,
            lambda state: add_read_paper(state, actor, at, kinds(), papers=papers, role=role, receipt=item.pk),
            at,
        )


def open_amending(
    office: Office, actor: Actor, item: InboxItem, earlier: Matter, said: Mapping[str, Any], at: datetime
) -> Matter:
    """Open a matter for a paper that amends another's; each names the other. The earlier one stays as it is."""
    with ledger.STORE.writing():
        opened = open_as_matters(office, actor, item, said, at)[0]
        events = [
            *relate_matter(opened, actor, at, other=earlier.id, relation="supersedes"),
            *relate_matter(earlier, actor, at, other=opened.id, relation="later instrument"),
        ]
        return act_together(office, [opened, earlier], events, at)[0]


def open_together(
    office: Office, actor: Actor, items: Sequence[InboxItem], said: Mapping[str, Any], at: datetime
) -> Matter:
    """Open one matter for papers that were put in one by one and served together. The first instrument leads."""
    with ledger.STORE.writing():
        lock_read(items)
        found = instruments_from([reading for item in items for reading in readings_of(item.paper)], kinds())
        if not found:
            raise DulyError("None of these papers has been read.", code="no-paper", remedy="Wait until they are read.")
        leads = next((paper for paper in found if paper.kind is not None), found[0])
        others = [part for paper in found if paper is not leads for part in (paper, *paper.accompanying)]
        together = list(leads.accompanying)
        # A judge's warrant is an instrument and besides comes with its detainer: here it is one paper, once.
        together += [paper for index, paper in enumerate(others) if paper not in [*together, *others[:index]]]
        whole = replace(leads, accompanying=tuple(together))
        receipts = {item.paper: item.pk for item in reversed(items)}
        return open_one(office, actor, whole, said, at, uuid4().hex, receipts)


def _papers(items: Sequence[InboxItem]) -> list[Instrument]:
    """Every paper in these files, one after another."""
    found = instruments_from([reading for item in items for reading in readings_of(item.paper)], kinds())
    return [part for paper in found for part in (paper, *paper.accompanying)]
