"""Reminders by mail: each is claimed before it is handed over, so that none is sent twice. No name stands in any."""

from __future__ import annotations

import logging
import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F
from django.utils import timezone

from duly.desk.reminders.giving import MOVED
from duly.desk.reminders.models import ReminderTo

TRIES = 6
AGAIN_AFTER = timedelta(minutes=2)
"""Doubled with each try that the mail server refused."""
_NOT_TAKEN = (
    ConnectionRefusedError,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPNotSupportedError,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPDataError,
)
"""After these the server certainly did not take the mail, so that it can be tried again."""
log = logging.getLogger("duly.desk")


def send_waiting() -> int:
    """Hand over the mails that wait. Returns how many the server took."""
    if not settings.MAIL_IS_SET_UP:
        return 0
    sent = 0
    for row in ReminderTo.objects.filter(mail="waiting").select_related("reminder", "user").order_by("id")[:500]:
        if row.mailed_at is None or timezone.now() - row.mailed_at >= AGAIN_AFTER * 2**row.tries:
            sent += _sent(row)
    return sent


def _sent(row: ReminderTo) -> bool:
    claimed = ReminderTo.objects.filter(pk=row.pk, mail="waiting").update(
        mail="sending", tries=F("tries") + 1, mailed_at=timezone.now()
    )
    if not claimed:
        return False
    mine = ReminderTo.objects.filter(pk=row.pk)
    try:
        message(row).send()
    except _NOT_TAKEN as error:
        mine.update(mail="waiting" if row.tries + 1 < TRIES else "failed")
        log.error("a reminder was not taken by the mail server: %s", type(error).__name__)
        return False
    except (smtplib.SMTPException, OSError) as error:
        # The line broke: whether it left is not known, so it stays claimed and is not sent again.
        log.error("it is not known whether a reminder left: %s", type(error).__name__)
        return False
    mine.update(mail="sent")
    return True


def message(row: ReminderTo) -> EmailMessage:
    """The mail: number of the matter, what is due, when, and how it came to it. The subject has the number alone."""
    reminder = row.reminder
    if reminder.step == MOVED:
        lines = [f"{reminder.number}: a deadline moved.", reminder.what, f"From {reminder.before} to {reminder.due}."]
    else:
        lines = [
            f"{reminder.number}: {reminder.what}",
            f"Due: {reminder.due.replace('T', ' ')}",
            f"Reminder: {reminder.step}",
        ]
    if settings.DESK_ADDRESS:
        lines.append(f"{settings.DESK_ADDRESS}/matters/{reminder.matter}/#deadlines")
    lines.append(
        "Duly sent this because your office's ladder of reminders says so. Whether it is still open, the desk shows."
    )
    return EmailMessage(
        subject=f"{reminder.number}",
        body="\n\n".join(lines),
        to=[row.user.email],
        connection=get_connection(),
        headers={"Message-ID": f"<{reminder.key[:40]}.{row.user_id}@duly>", "Auto-Submitted": "auto-generated"},
    )
