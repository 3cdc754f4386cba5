"""The web desk: inbox, verify, matter, law, today, calendar, records, register and administration over one ledger."""

from duly.desk.operations import (
    accuracy,
    back_up,
    check,
    damaged_originals,
    export_matter,
    load_sample,
    migrate,
    migrate_database,
    rebuild,
    restore,
    serve,
    verify_ledger,
)

__all__ = [
    "accuracy",
    "back_up",
    "check",
    "damaged_originals",
    "export_matter",
    "load_sample",
    "migrate",
    "migrate_database",
    "rebuild",
    "restore",
    "serve",
    "verify_ledger",
]
