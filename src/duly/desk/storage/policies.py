"""An office's own policies: loaded from the ledger, changed by the domain's commands, and what of them binds on a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.http import Http404

from duly.desk.accounts.models import Office
from duly.desk.shelf import PolicyFile
from duly.desk.storage import ledger
from duly.desk.storage.models import LedgerEntry, PolicyRow, PolicyVersionRow
from duly.matters.events import Event
from duly.matters.policies import PREFIX, Policy, extend_policy, fold_policy

Decide = Callable[[Policy], Sequence[Event]]


def load_policy(office: Office, policy: str) -> Policy:
    """The policy as its events leave it. Http404 where the office has none with that id."""
    events = ledger.events_of(policy) if policy.startswith(PREFIX) else []
    if not events:
        raise Http404
    found = fold_policy(events)
    if found.office != office.id:
        raise Http404
    return found


def begin_policy(office: Office, events: Sequence[Event]) -> Policy:
    """Record the first draft of a new policy."""
    return _record(office, None, events, 0)


def act_on_policy(office: Office, policy: Policy, decide: Decide, *, expected: int | None = None) -> Policy:
    """Take a decision on a policy and record it. `expected` is the sequence at which the person saw it.

    Raises duly.ledger.Conflict when somebody else was first.
    """
    return _record(office, policy, decide(policy), policy.sequence if expected is None else expected)


def _record(office: Office, policy: Policy | None, events: Sequence[Event], expected: int) -> Policy:
    after = policy
    for event in events:
        after = extend_policy(after, event)
    assert after is not None
    with transaction.atomic():
        ledger.append(events, office=office.id, expected={after.id: expected})
        project_policy(after)
    return after


def project_policy(policy: Policy) -> None:
    """Bring the rows of one policy up to date."""
    row = PolicyRow(
        id=policy.id,
        office_id=policy.office,
        title=policy.title[:200],
        draft=policy.draft.status if policy.draft is not None else "",
        changed_at=policy.history[-1].at,
        sequence=policy.sequence,
    )
    row.save()
    known = set(PolicyVersionRow.objects.filter(policy=row).values_list("number", flat=True))
    PolicyVersionRow.objects.bulk_create(
        PolicyVersionRow(
            policy=row,
            number=version.number,
            paper=version.paper or "",
            title=version.title[:200],
            effective_from=version.effective_from,
            drafted_by=version.drafted_by.id,
            approved_by=version.approved_by.id,
            approved_at=version.approved_at,
        )
        for version in policy.versions
        if version.number not in known and version.approved_by is not None and version.approved_at is not None
    )


def rebuild_policies() -> None:
    """Build the rows of every policy again from the ledger alone."""
    PolicyRow.objects.all().delete()
    rows = LedgerEntry.objects.filter(type="policy-drafted").order_by("sequence").values_list("matter", flat=True)
    for policy in dict.fromkeys(row for row in rows if row is not None):
        project_policy(fold_policy(ledger.events_of(policy)))


def binding(office: str, on: date, known_at: datetime | None = None) -> tuple[PolicyFile, ...]:
    """The policies of an office that bind on a day, as far as they were approved by `known_at`: of each the version
    approved last among those in force by then, unless that one ends it."""
    rows = PolicyVersionRow.objects.filter(policy__office=office, effective_from__lte=on).select_related(
        "policy__office"
    )
    if known_at is not None:
        rows = rows.filter(approved_at__lte=known_at)
    last = {row.policy_id: row for row in rows.order_by("policy_id", "number")}
    return tuple(policy_file(row.policy.office, row.policy_id, row.title, row.number, row.paper) for row in last.values() if row.paper)  # fmt: skip


def policy_file(office: Office, policy: str, title: str, number: int, paper: str) -> PolicyFile:
    """Where the policy stands among the rulebooks: in the office's own jurisdiction, under its id."""
    return PolicyFile(f"{office.jurisdiction}/{policy}.md", f"{title}, version {number}", paper)
