"""The web desk: inbox, verify, matter, law, today, calendar, records, register and administration over one ledger."""

from duly.desk.operations import load_sample, migrate, rebuild, serve, verify_ledger

__all__ = ["load_sample", "migrate", "rebuild", "serve", "verify_ledger"]
