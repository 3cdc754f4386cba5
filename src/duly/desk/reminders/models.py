"""Reminders given, to whom and how far their mail came; and the office's own ladders."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from duly.desk.accounts.models import Office, User


class Reminder(models.Model):
    """One thing of which people were told. `key` is unique: the same is never told twice, whoever tries.

    The deadline itself is not copied: whether it is still open is computed when the reminder is shown.
    """

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="reminders")
    key = models.CharField(max_length=64, unique=True)
    matter = models.CharField(max_length=60, db_index=True)
    number = models.CharField(max_length=40)
    deadline = models.CharField(max_length=160)
    what = models.TextField()
    # The due date for which it was given; when that moves, the ladder begins anew.
    due = models.CharField(max_length=40, blank=True)
    before = models.CharField(max_length=40, blank=True)
    step = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        app_label = "desk"
        ordering: ClassVar[list[str]] = ["-at"]

    def __str__(self) -> str:
        return f"{self.number}: {self.step}"


class ReminderTo(models.Model):
    """One person who was told. `mail`: `none` (no address, or no mail is set up), `waiting`, `sending`, `sent`, `failed`.

    A mail is claimed (`sending`) before it is handed over. If the process dies between, it stays so and is not sent
    again: whether it left is not known, and the reminder stands in the desk all the same.
    """

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="people")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="reminders")
    mail = models.CharField(max_length=8, default="none", db_index=True)
    tries = models.PositiveIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "desk"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["reminder", "user"], name="nobody_is_told_the_same_twice")
        ]

    def __str__(self) -> str:
        return f"{self.reminder} to {self.user}"


class LadderRow(models.Model):
    """The office's own ladder for one kind of deadline, in place of the one that comes with Duly."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="ladders")
    purpose = models.CharField(max_length=60)
    steps = models.JSONField(default=list)
    changed_by = models.CharField(max_length=60)
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "desk"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["office", "purpose"], name="one_ladder_for_each_kind_of_deadline")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} of {self.office_id}"
