"""The desk as a Django application."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class Desk(AppConfig):
    """One application; its screens are folders."""

    name = "duly.desk"
    label = "desk"
    verbose_name = "Duly desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """After every migration the database is told again that the ledger is append-only."""
        post_migrate.connect(_append_only, sender=self)


def _append_only(using: str, **_: Any) -> None:
    from django.db import connections

    from duly.desk.storage.append_only import install

    install(connections[using])
