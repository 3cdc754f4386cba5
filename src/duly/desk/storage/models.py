"""The tables behind the desk: the ledger's entries, and the views that are built from them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from duly.desk.accounts.models import Office
from duly.ledger import LedgerError


class LedgerEntry(models.Model):
    """One entry as it is kept: its canonical header, hash and payload, byte for byte, and columns to find it by."""

    sequence = models.BigIntegerField(primary_key=True)
    matter = models.CharField(max_length=60, null=True)
    matter_sequence = models.BigIntegerField(null=True)
    type = models.CharField(max_length=60, db_index=True)
    at = models.DateTimeField()
    header = models.TextField()
    hash = models.CharField(max_length=64)
    payload = models.TextField()

    class Meta:
        app_label = "desk"
        ordering: ClassVar[list[str]] = ["sequence"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["matter", "matter_sequence"], name="one_entry_for_each_place_in_a_matter")
        ]

    def __str__(self) -> str:
        return f"entry {self.sequence}, {self.type}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise LedgerError("An entry of the ledger is never changed.", remedy="Record a new one that corrects it.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise LedgerError("An entry of the ledger is never removed.", remedy="Record a new one that corrects it.")


class MatterRow(models.Model):
    """One matter as lists show it. Built from the ledger; `sequence` is the event on which it rests."""

    id = models.CharField(primary_key=True, max_length=60)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="matters")
    number = models.CharField(max_length=40)
    # What comes out of papers has no greatest length, and PostgreSQL would refuse what is longer than a column.
    title = models.TextField(blank=True)
    person = models.TextField(blank=True)
    kind = models.CharField(max_length=60, blank=True)
    family = models.CharField(max_length=60, blank=True)
    stage = models.CharField(max_length=20, db_index=True)
    position = models.TextField(blank=True)
    contested = models.BooleanField(default=False)
    unconfirmed = models.PositiveIntegerField(default=0)
    holder = models.CharField(max_length=120, blank=True)
    holder_id = models.CharField(max_length=60, blank=True, db_index=True)
    sealed = models.BooleanField(default=False)
    closed = models.BooleanField(default=False, db_index=True)
    received_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    sequence = models.BigIntegerField()

    class Meta:
        app_label = "desk"
        ordering: ClassVar[list[str]] = ["-opened_at"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["office", "number"], name="one_matter_for_each_number_of_an_office")
        ]

    def __str__(self) -> str:
        return self.number


class DeadlineRow(models.Model):
    """One deadline of one matter, for Today and the calendar. Whether it is near or past is computed when it is shown."""

    matter = models.ForeignKey(MatterRow, on_delete=models.CASCADE, related_name="deadlines")
    deadline = models.CharField(max_length=160)
    what = models.TextField()
    purpose = models.CharField(max_length=60)
    # A civil day is due until its end in `zone`; a moment is due at that moment. `ends_at` orders both.
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True, db_index=True)
    zone = models.CharField(max_length=60)
    cite = models.TextField(blank=True)
    # open, or how it came to an end: met, answered, no longer due …
    standing = models.CharField(max_length=20)
    because = models.TextField(blank=True)

    class Meta:
        app_label = "desk"
        ordering: ClassVar[list[str]] = ["ends_at"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["matter", "deadline"], name="one_row_for_each_deadline_of_a_matter")
        ]

    def __str__(self) -> str:
        return self.what


class TaskRow(models.Model):
    """One thing that waits for somebody: what, why, and for which role."""

    matter = models.ForeignKey(MatterRow, on_delete=models.CASCADE, related_name="tasks")
    what = models.CharField(max_length=200)
    why = models.TextField()
    roles = models.JSONField(default=list)
    # Somebody who may not do it although their role could: nobody approves what they drafted themselves.
    not_by = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=20)
    since = models.DateTimeField()

    class Meta:
        app_label = "desk"
        ordering: ClassVar[list[str]] = ["since"]

    def __str__(self) -> str:
        return self.what


class RuleUse(models.Model):
    """One rule that a matter's current answers rest on. `what` is the act answered, or `deadline`, or `defect`."""

    matter = models.ForeignKey(MatterRow, on_delete=models.CASCADE, related_name="rule_uses")
    rule = models.CharField(max_length=200, db_index=True)
    what = models.CharField(max_length=80)
    outcome = models.CharField(max_length=20, blank=True)
    # The digest of the assessment from which this was taken.
    assessment = models.CharField(max_length=64)

    class Meta:
        app_label = "desk"
        ordering: ClassVar[list[str]] = ["rule"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["matter", "rule", "what"], name="one_row_for_each_use_of_a_rule")
        ]

    def __str__(self) -> str:
        return f"{self.rule} for {self.what}"


class PolicyRow(models.Model):
    """One of an office's own policies as lists show it. Built from the ledger."""

    id = models.CharField(primary_key=True, max_length=60)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="policies")
    title = models.CharField(max_length=200)
    # How the version that is not approved yet stands: draft, submitted, declined; nothing where there is none.
    draft = models.CharField(max_length=12, blank=True)
    changed_at = models.DateTimeField()
    sequence = models.BigIntegerField()

    class Meta:
        app_label = "desk"
        ordering: ClassVar[list[str]] = ["title"]

    def __str__(self) -> str:
        return self.title


class PolicyVersionRow(models.Model):
    """One approved version of a policy. `paper` is nothing where the version says that the policy ends."""

    policy = models.ForeignKey(PolicyRow, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    paper = models.CharField(max_length=64, blank=True)
    title = models.CharField(max_length=200)
    effective_from = models.DateField()
    drafted_by = models.CharField(max_length=60)
    approved_by = models.CharField(max_length=60)
    approved_at = models.DateTimeField()

    class Meta:
        app_label = "desk"
        ordering: ClassVar[list[str]] = ["policy", "number"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["policy", "number"], name="one_row_for_each_version_of_a_policy"),
            models.CheckConstraint(
                condition=~models.Q(approved_by=models.F("drafted_by")), name="nobody_approves_their_own_policy"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"


class LawChangeRow(models.Model):
    """A change of the law that changed answers on a matter, until somebody has answered it."""

    matter = models.ForeignKey(MatterRow, on_delete=models.CASCADE, related_name="law_changes")
    sequence = models.BigIntegerField()
    at = models.DateTimeField()
    because = models.TextField(blank=True)
    # [act, before, after] for each act, and what is due otherwise.
    acts = models.JSONField(default=list)
    deadlines = models.JSONField(default=list)

    class Meta:
        app_label = "desk"
        ordering: ClassVar[list[str]] = ["-at"]

    def __str__(self) -> str:
        return self.because


class LawApplied(models.Model):
    """Which law an office's open matters were last held against: the rulebooks' digest, the stretch of time, the calendars'."""

    office = models.OneToOneField(Office, on_delete=models.CASCADE, primary_key=True, related_name="law_applied")
    law = models.CharField(max_length=160)

    class Meta:
        app_label = "desk"

    def __str__(self) -> str:
        return self.law
