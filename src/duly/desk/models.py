"""Every table of the desk, gathered for Django; each stands in the folder of its screen."""

from duly.desk.accounts.models import FailedSignIn, Membership, Office, User

__all__ = ["FailedSignIn", "Membership", "Office", "User"]
