"""People, offices, and who is what in which office."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from duly import matters as domain
from duly.desk.accounts.roles import PEOPLE


class People(BaseUserManager["User"]):
    """Creates people; the sign-in name is kept as typed and compared without case."""

    def create_user(self, sign_in: str, name: str, password: str | None = None) -> User:
        user = self.model(sign_in=sign_in.strip().lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(sign_in=(username or "").strip().lower())


class User(AbstractBaseUser):
    """Somebody who signs in."""

    sign_in = models.CharField("sign-in name", max_length=80, unique=True)
    name = models.CharField("name as it appears on papers and in the ledger", max_length=120)
    email = models.EmailField("where reminders go", blank=True)
    is_active = models.BooleanField("may sign in", default=True)
    joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "sign_in"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        app_label = "desk"
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """Where paper arrives: an organisation's desk, with its jurisdiction, its zone and what stands on its letters."""

    id = models.SlugField(primary_key=True, max_length=60)
    name = models.CharField(max_length=160)
    jurisdiction = models.CharField(max_length=120)
    kind = models.CharField(max_length=40, blank=True)
    time_zone = models.CharField(max_length=60)
    letterhead = models.JSONField(default=list, blank=True)
    reply_address = models.JSONField(default=list, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    # A sample office lives on the day of its story, so that what was due then is not called overdue today.
    sample_day = models.DateField(null=True, blank=True)

    class Meta:
        app_label = "desk"
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def as_domain(self) -> domain.Office:
        """The office as the domain knows it."""
        return domain.Office(
            id=self.id,
            name=self.name,
            jurisdiction=self.jurisdiction,
            kind=self.kind or None,
            zone=self.time_zone,
            letterhead=tuple(self.letterhead),
            reply_address=tuple(self.reply_address),
            telephone=self.telephone or None,
            email=self.email or None,
        )

    @property
    def is_sample(self) -> bool:
        return self.sample_day is not None

    def now(self) -> datetime:
        """The office's own moment: the time of its zone, on the day of the story for a sample office."""
        moment = timezone.now().astimezone(self.zone)
        return self.at(moment.time()) if self.sample_day is not None else moment

    def at(self, clock_time: time) -> datetime:
        return datetime.combine(self.today(), clock_time.replace(tzinfo=None), tzinfo=self.zone)

    def today(self) -> date:
        return self.sample_day or timezone.now().astimezone(self.zone).date()


class Membership(models.Model):
    """Somebody's role in one office."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(role, role) for role in PEOPLE])

    class Meta:
        app_label = "desk"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["user", "office"], name="one_role_for_each_person_and_office")
        ]

    def __str__(self) -> str:
        return f"{self.user.name}, {self.role}, {self.office.name}"


class FailedSignIn(models.Model):
    """A sign-in that failed, kept so that guessing is slowed; `key` is a digest, never the name or address itself."""

    key = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        app_label = "desk"

    def __str__(self) -> str:
        return f"failed sign-in at {self.at:%Y-%m-%d %H:%M}"
