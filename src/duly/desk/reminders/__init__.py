"""Reminders of deadlines and their escalation ladder: who is told, when, in the desk and by mail, each thing once."""
