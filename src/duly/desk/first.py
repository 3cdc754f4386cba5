"""The first sign-in of a desk without people: an administrator with a random password that is shown once."""

from __future__ import annotations

import secrets

from duly.desk.accounts.models import Membership, Office, User


def first_sign_in() -> str | None:
    """Create the first administrator where nobody can sign in yet, and say how to; None where somebody can."""
    if User.objects.exists():
        return None
    password = secrets.token_urlsafe(12)
    user = User.objects.create_user("administrator", "Administrator", password)
    office, _ = Office.objects.get_or_create(
        pk="office", defaults={"name": "Our office", "jurisdiction": "us", "kind": "", "time_zone": "UTC"}
    )
    Membership.objects.create(user=user, office=office, role="administrator")
    return (
        "Nobody can sign in yet. First sign-in, shown only this once:\n\n"
        f"    administrator\n    {password}\n\nChange the password after signing in, set up the office and add people."
    )
