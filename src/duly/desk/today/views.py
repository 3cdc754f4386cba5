"""The first screen."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from duly.desk.accounts.gate import Visit
from duly.desk.calendar.days import days_waiting
from duly.desk.inbox.models import InboxItem
from duly.desk.reminders.views import unseen
from duly.desk.today.work import SHOWN, due_rows, law_changes, my_tasks, policies_waiting, uncounted


@require_safe
def today(request: Visit) -> HttpResponse:
    """What is due, by clock; what waits for me and why; what lies in the inbox."""
    now = request.office.now()
    due, more = due_rows(request, now)
    mine, others = my_tasks(request)
    items = InboxItem.objects.filter(office=request.office)
    context = {
        "now": now,
        "due": due,
        "more": more,
        "uncounted": uncounted(request),
        "law_changes": law_changes(request),
        "policies_waiting": policies_waiting(request),
        "days_waiting": days_waiting(request),
        "reminders": unseen(request)[:SHOWN],
        "mine": mine[:SHOWN],
        "mine_more": max(len(mine) - SHOWN, 0),
        "others": others[:SHOWN],
        "waiting": items.filter(state__in=("waiting", "read")).count(),
        "refused": items.filter(state="refused").count(),
    }
    return render(request, "today/today.html", context)
