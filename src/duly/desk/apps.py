"""The desk as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Desk(AppConfig):
    """One application; its screens are folders."""

    name = "duly.desk"
    label = "desk"
    verbose_name = "Duly desk"
    default_auto_field = "django.db.models.BigAutoField"
