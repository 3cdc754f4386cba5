"""The office's own days as lists show them, built from the ledger; and the tokens of calendar feeds."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from duly.desk.accounts.models import Office, User


class CalendarDayRow(models.Model):
    """One day (or run of days) that somebody entered for the office. Built from the ledger."""

    id = models.CharField(primary_key=True, max_length=60)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="calendar_days")
    calendar = models.CharField(max_length=60)
    first = models.DateField()
    last = models.DateField()
    title = models.CharField(max_length=200)
    effect = models.CharField(max_length=20)
    source = models.TextField()
    # proposed, approved, declined, withdrawn
    status = models.CharField(max_length=12, db_index=True)
    proposed_by = models.CharField(max_length=60)
    proposed_at = models.DateTimeField()
    approved_by = models.CharField(max_length=60, blank=True)
    approved_at = models.DateTimeField(null=True)
    sequence = models.BigIntegerField()

    class Meta:
        app_label = "desk"
        ordering: ClassVar[list[str]] = ["-first"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=~models.Q(approved_by=models.F("proposed_by")), name="nobody_approves_their_own_day"
            )
        ]

    def __str__(self) -> str:
        return self.title


class FeedToken(models.Model):
    """One address under which a calendar program reads deadlines. Only the token's digest is kept: a copy of the database
    opens no feed. `scope` is `mine` (matters in this person's hands) or `office`."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="feed_tokens")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="feed_tokens")
    scope = models.CharField(max_length=10)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "desk"
        ordering: ClassVar[list[str]] = ["-made_at"]

    def __str__(self) -> str:
        return f"feed of {self.scope}, made {self.made_at:%Y-%m-%d}"

    @classmethod
    def renew(cls, office: Office, user: User, scope: str) -> str:
        """A new token in place of this person's earlier one of that scope; it is told only now."""
        cls.revoke(office, user, scope)
        token = secrets.token_urlsafe(32)
        cls.objects.create(office=office, user=user, scope=scope, digest=digest_of(token))
        return token

    @classmethod
    def revoke(cls, office: Office, user: User, scope: str) -> int:
        """Let this person's token of that scope open nothing any more; how many there were."""
        live = cls.objects.filter(office=office, user=user, scope=scope, revoked_at=None)
        return live.update(revoked_at=timezone.now())


def digest_of(token: str) -> str:
    """SHA-256 (hex) of a token. It has 256 random bits, so that no slow hash is needed."""
    return hashlib.sha256(token.encode()).hexdigest()
