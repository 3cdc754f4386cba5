"""The web desk: inbox, verify, matter, law, today, calendar, records, register and administration over one ledger."""

from duly.desk.operations import (
    accuracy,
    check,
    damaged_originals,
    export_matter,
    load_sample,
    migrate,
    migrate_database,
    rebuild,
    serve,
    verify_ledger,
)

__all__ = [
    "accuracy",
    "check",
    "damaged_originals",
    "export_matter",
    "load_sample",
    "migrate",
    "migrate_database",
    "rebuild",
    "serve",
    "verify_ledger",
]
