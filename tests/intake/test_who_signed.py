"""Whether a judge signed: from the title under the pen, on every kind of paper."""

import pytest
from tests.outside.press import Press

from duly.instruments import facts, load_kinds

KINDS = load_kinds()

ARREST = """
AO 442 (Rev. 11/11) Arrest Warrant
# UNITED STATES DISTRICT COURT
# for the
# District of Colorado
United States of America
v. || Case No. 20-mj-00042
Ottoline Nonperson
Defendant
# ARREST WARRANT
To: Any authorized law enforcement officer
YOU ARE COMMANDED to arrest and bring before a United States magistrate judge without unnecessary delay
(name of person to be arrested) Ottoline Nonperson,
who is accused of an offense or violation based on the following document filed with the court:
[x] Complaint
This offense is briefly described as follows:
8 U.S.C. § 1326(a)

Date: January 22, 2020
~>
>=
> Issuing officer's signature
City and state: Denver, Colorado
> {signer}
> Printed name and title
# Return
This warrant was received on (date) ________, and the person was arrested on (date) ________ at (city and state) ________.
Arresting officer's signature
"""
ORDER = """
# DISTRICT COURT, DENVER COUNTY, STATE OF COLORADO
Case Number: 2020CV30123
Plaintiff: EULALIA NOWHERE
v.
Defendant: FICTION RANCH, LLC
# ORDER GRANTING MOTION
IT IS ORDERED that the Denver Sheriff shall produce the records by March 2, 2020.
Dated: February 10, 2020
BY THE COURT:
~
{signer}
"""


def read(read_here, text: str):
    (reading,) = read_here(Press().print(text))
    found = facts(KINDS[reading.kind], reading.fields) if reading.kind else {}
    return reading, {name: fact.value for name, fact in found.items()}


@pytest.mark.parametrize(
    "signer",
    [
        "Julius Judge, Deportation Officer",
        "Warren Magistrate, Supervisory Deportation Officer",
        "Fay Justice, Special Agent, U.S. Department of Justice",
        "M. Filer, Deputy Clerk for Judge Gavel",
        "Ottoline Judge",
    ],
)
@pytest.mark.parametrize("paper", [ARREST, ORDER], ids=["arrest warrant", "order"])
def test_a_name_or_a_department_makes_no_judge(paper, signer, read_here):
    _, found = read(read_here, paper.format(signer=signer))
    assert found.get("instrument.signed_by_judge") is not True
    assert found.get("instrument.signer_capacity") not in ("judge", "magistrate_judge")


@pytest.mark.parametrize("signer", ["Julius Justice, United States Magistrate Judge", "P. Nemo, USMJ"])
def test_a_judges_title_makes_one(signer, read_here):
    _, found = read(read_here, ARREST.format(signer=signer))
    assert found["instrument.signed_by_judge"] is True


def test_titles_of_two_sorts_leave_the_capacity_open_and_say_so(read_here):
    reading, found = read(read_here, ARREST.format(signer="M. Filer, Deputy Clerk for Judge Gavel"))
    assert "instrument.signer_capacity" not in found and "instrument.signed_by_judge" not in found
    assert any("Deputy Clerk for Judge Gavel" in warning for warning in reading.warnings)


UNSIGNED = ORDER.replace("~\n", "\n\n\n")


@pytest.mark.parametrize("signer", ["M. Filer, Deputy Clerk", "M. Filer\nDeputy Clerk"])
def test_an_order_that_the_clerk_signed_is_the_courts_and_no_judges(signer, read_here):
    reading, found = read(read_here, ORDER.format(signer=signer))
    assert KINDS[reading.kind].root == "court-order"
    assert found["instrument.signed"] is True and found["instrument.signer_capacity"] == "court_clerk"
    assert found["instrument.signed_by_judge"] is False
    assert any("not by a judge" in warning for warning in reading.warnings)


def test_an_order_that_an_officer_signed_is_no_courts(read_here):
    reading, _ = read(read_here, ORDER.format(signer="Julius Judge, Deportation Officer"))
    assert reading.kind is None
    assert any("not by a judge" in warning for warning in reading.warnings)
    assert not any("orders nothing" in warning for warning in reading.warnings)


@pytest.mark.parametrize("signer", ["Petra Nada\nDistrict Court Judge", "M. Filer\nDeputy Clerk"])
def test_an_order_that_nobody_signed_orders_nothing(signer, read_here):
    reading, found = read(read_here, UNSIGNED.format(signer=signer))
    assert reading.kind == "proposed-order" and found["instrument.signed_by_judge"] is False
    assert any("orders nothing" in warning for warning in reading.warnings)


def test_an_order_that_a_judge_signed_is_a_courts_order(read_here):
    reading, found = read(read_here, ORDER.format(signer="Petra Nada\nDistrict Court Judge"))
    assert KINDS[reading.kind].root == "court-order" and found["instrument.signed_by_judge"] is True


TYPED_ORDER = ORDER.replace("~\n{signer}", "{lines}")


@pytest.mark.parametrize(
    "lines",
    [
        "s/ Delia Inventada\nDistrict Court Judge",
        "/s/ Delia Inventada\nDistrict Court Judge",
        "/s/ Delia Inventada, District Court Judge",
        "/s/ Delia Inventada\nDelia Inventada\nDistrict Court Judge",
    ],
)
def test_a_name_typed_as_a_signature_signs_right_over_the_title(lines, read_here):
    reading, found = read(read_here, TYPED_ORDER.format(lines=lines))
    assert reading.kind == "court-order"
    assert found["instrument.signed_by_judge"] is True


@pytest.mark.parametrize(
    "lines",
    [
        "s/ ____________________\nDistrict Court Judge",
        "/s/ ___________________\nDelia Inventada\nDistrict Court Judge",
        "Delia Inventada\nDistrict Court Judge",
        "Presented by:\n/s/ Otto Letrado\nAssistant City Attorney\n\n____________________\nDistrict Court Judge",
    ],
)
def test_a_mark_that_waits_for_a_name_signs_nothing(lines, read_here):
    _, found = read(read_here, TYPED_ORDER.format(lines=lines))
    assert found.get("instrument.signed_by_judge") is not True
