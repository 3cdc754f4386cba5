"""The inbox as a view over the ledger, and how far each reading has come."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from duly.desk.accounts.models import Office


class InboxItem(models.Model):
    """One file as it came in. Built from the ledger; `id` is the sequence number of the entry that received it."""

    STATES: ClassVar[list[tuple[str, str]]] = [
        ("waiting", "waiting to be read"),
        ("read", "read"),
        ("refused", "could not be read"),
        ("opened", "opened as a matter"),
        ("set aside", "set aside"),
    ]

    id = models.BigIntegerField(primary_key=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="inbox")
    paper = models.CharField(max_length=64, db_index=True)
    file_name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=80, blank=True)
    size_bytes = models.BigIntegerField()
    way = models.CharField(max_length=30)
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=120)
    state = models.CharField(max_length=12, choices=STATES, default="waiting", db_index=True)
    reason = models.CharField(max_length=60, blank=True)
    message = models.TextField(blank=True)
    matter = models.CharField(max_length=60, blank=True, db_index=True)
    kind = models.CharField(max_length=60, blank=True)
    confidence = models.FloatField(default=0)
    pages = models.PositiveIntegerField(default=0)
    # An earlier item that this one repeats, and in what way: exact, near or amended.
    resembles = models.BigIntegerField(null=True)
    resemblance = models.CharField(max_length=12, blank=True)

    class Meta:
        app_label = "desk"
        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["office", "state", "-id"])]

    def __str__(self) -> str:
        return f"inbox item {self.id}, {self.state}"

    @property
    def is_working(self) -> bool:
        return self.state == "waiting"


class StoredReading(models.Model):
    """What the machine read of one original. Derived: the same original read again gives it anew."""

    paper = models.CharField(max_length=64)
    index = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=60, blank=True)
    confidence = models.FloatField(default=0)
    # The size of each page in points, as displayed: [[width, height], …].
    pages = models.JSONField(default=list)
    reading = models.JSONField()

    class Meta:
        app_label = "desk"
        ordering: ClassVar[list[str]] = ["paper", "index"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["paper", "index"], name="one_reading_for_each_paper_and_index")
        ]

    def __str__(self) -> str:
        return f"reading {self.index} of {self.paper[:12]}"


class Progress(models.Model):
    """How far the reading of one inbox item has come. Not kept once it is done."""

    item = models.OneToOneField(InboxItem, on_delete=models.CASCADE, primary_key=True, related_name="progress")
    stage = models.CharField(max_length=40, default="waiting its turn")
    page = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    changed = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "desk"

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """The stage as a person reads it: “reading page 3 of 12”."""
        if self.stage == "reading" and self.pages:
            return f"reading page {min(self.page, self.pages)} of {self.pages}"
        return self.stage

    @property
    def share(self) -> int:
        """Percent done, over all stages; reading takes the most."""
        start, length = {"checking": (5, 5), "reading": (10, 70), "recognising": (80, 10), "assessing": (90, 8)}.get(
            self.stage, (2, 0)
        )
        return start + (length * self.page // self.pages if self.stage == "reading" and self.pages else 0)
