"""How far a matter has come before a court."""

from __future__ import annotations

from typing import Literal

from duly.matters import CourtOrder, Matter

CourtStage = Literal["none", "petition", "show cause", "order", "contempt", "appeal", "compliance", "concluded"]
COURT_STAGES: tuple[CourtStage, ...] = (
    "none", "petition", "show cause", "order", "contempt", "appeal", "compliance", "concluded",
)  # fmt: skip


def court_stage(matter: Matter) -> CourtStage:
    """Where the enforcement of this matter stands.

    An order that is complied with is `compliance`; one that was stayed or appealed is `appeal`; a petition that was
    denied or dismissed, or an order that fell, is `concluded`.
    """
    standing = [order for order in matter.orders if order.standing == "in force"]
    binding = list(matter.orders_that_bind)
    if binding:
        return _after_an_order(matter, standing, binding)
    if any(order.standing == "stayed" for order in matter.orders):
        return "appeal"
    if any(order.kind in ("deny", "dismiss") for order in standing) or any(
        order.standing in ("vacated", "reversed") for order in matter.orders
    ):
        return "concluded"
    if any(order.kind == "show cause" for order in standing):
        return "show cause"
    return "petition" if matter.petitions else "none"


def _after_an_order(matter: Matter, standing: list[CourtOrder], binding: list[CourtOrder]) -> CourtStage:
    if all(is_complied_with(matter, order) for order in binding):
        return "compliance"
    last_contempt = max((index for index, order in enumerate(standing) if order.kind == "contempt"), default=None)
    last_purge = max((index for index, order in enumerate(standing) if order.kind == "purged"), default=-1)
    if last_contempt is not None and last_contempt > last_purge:
        return "contempt"
    bound = {order.id for order in binding}
    return "appeal" if any(appeal.order in bound for appeal in matter.appeals) else "order"


def is_complied_with(matter: Matter, order: CourtOrder) -> bool:
    """Whether everything that the order covers was done in full."""
    done = {act for one in matter.compliances if one.in_full and one.order == order.id for act in one.acts}
    return bool(order.covers) and done.issuperset(order.covers)
