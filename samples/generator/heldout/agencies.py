"""Subpoenas and summonses of agencies other than immigration's, and a court's writ for a prisoner, with random contents."""

from __future__ import annotations

from typing import Any

from samples.generator.heldout.agency import RECORDS, sign
from samples.generator.heldout.courts import ITEMS, JUDGE_TITLES
from samples.generator.heldout.invention import Invention
from samples.generator.kinds import FIELDS
from samples.generator.paper import Paper, entered_date, entered_time

FORMS = ("cbp-3115", "dea-79", "irs-2039", "hhs-oig-subpoena", "eeoc-subpoena", "nlrb-31")


def agency_subpoena(inv: Invention) -> list[Paper]:
    """A customs summons, a drug agency's, a tax, an inspector general's, an employment or a labor board's subpoena."""
    rng = inv.rng
    form = rng.choice(FORMS)
    number = rng.randrange(10**5)
    values: dict[str, Any] = {
        "to_name": f"{inv.office()}, {inv.address(lines=False)}".replace("\n", ", "),
        "subpoena_number": rng.choice(
            (f"{inv.state.code}-{inv.today:%y}-{number:05d}", f"{inv.today.year}{number:06d}")
        ),
        "case_number": f"{rng.randint(100, 899)}-{inv.today.year}-{number:05d}",
        "in_reference_to": inv.person()[1],
        "must_appear": inv.often(0.3),
        "must_produce": True,
        "return_place": inv.address(lines=False),
        "return_date": entered_date(inv.near(5, 40), inv.date_manner),
        "return_time": entered_time(inv.clock(), inv.time_manner),
        "records_demanded": [f"{item}." for item in rng.sample(RECORDS, rng.randint(1, 4))],
        "issued_date": entered_date(inv.near(-3, 0), inv.date_manner),
    }
    pens = sign(inv, {"signed": inv.officer()})
    kept = {name: value for name, value in values.items() if name in FIELDS[form]}
    return [Paper(form, form, kept, pens=pens, extra={"marker": rng.choice(("1.", "-", "•"))})]


def criminal_documents(inv: Invention) -> list[Paper]:
    """An AO 89B: a clerk's subpoena for documents in a criminal case."""
    lawyer, spoken = inv.officer(), inv.person()[1]
    day = entered_date(inv.near(7, 40), inv.date_manner)
    assert day is not None
    values: dict[str, Any] = {
        "court": inv.district(),
        "defendant": spoken,
        "case_number": inv.docket("cr"),
        "to_name": f"{inv.office()}, {inv.address(lines=False)}".replace("\n", ", "),
        "documents": f"{inv.rng.choice(ITEMS)}.",
        "place": inv.address(),
        "datetime": f"{day.words} {entered_time(inv.clock(), inv.time_manner).words}",
        "return_date": day,
        "issued_date": entered_date(inv.near(-3, 0), inv.date_manner),
        "signer": "clerk",
        "attorney_party": "United States",
        "attorney_block": f"{lawyer}, Assistant United States Attorney\n{inv.address(lines=False)}, {inv.telephone()}",
    }
    return [
        Paper("us-ao-89b", "us-ao-89b", values, pens=sign(inv, {"signed": f"Clerk {inv.surname()}"}), judicial=True)
    ]


def writ(inv: Invention) -> list[Paper]:
    """A judge's writ of habeas corpus ad prosequendum to a jail."""
    judge, spoken = inv.officer(), inv.person()[1]
    values: dict[str, Any] = {
        "court": inv.district(),
        "defendant": spoken,
        "case_number": inv.docket("cr"),
        "to_name": f"Sheriff of {inv.county()} County, {inv.state.name}",
        "person_name": spoken,
        "appear_place": inv.address(lines=False),
        "comply_by": entered_date(inv.near(7, 40), "long"),
        "appear_time": entered_time(inv.clock(), inv.time_manner),
        "issued_date": entered_date(inv.near(-3, 0), "long"),
        "judge_name_title": f"{judge}, {inv.rng.choice(JUDGE_TITLES)}",
    }
    return [Paper("us-habeas-prosequendum", "us-habeas-prosequendum", values, pens={"signed": judge}, judicial=True)]
