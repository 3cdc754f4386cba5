"""A court's paper is known by the court's caption at its head, and by nothing that is said about courts."""

import pytest
from tests.outside.press import Press

from duly.instruments import facts, load_kinds
from duly.intake.heads import is_caption

KINDS = load_kinds()

BODIES = {
    "subpoena": """
# SUBPOENA
Case No. Q-20-555
TO: Keeper of Records, Nonesuch Jail, 4 Void Road, Denver, CO 80204
YOU ARE HEREBY COMMANDED to produce, on January 27, 2020 at 10:00 a.m., the home address of Ulises Doe-Phantom.
Plaintiff and petitioner, attorney and clerk may be asked. Failure to comply may lead to an application to the
district court.
Issued January 13, 2020
""",
    "order": """
# ORDER
IT IS ORDERED that you detain the person named, pursuant to the decision of the United States
District Court, Case No. 20-cv-00001. Petitioner asks. So ordered.
Dated: January 3, 2020
~
Quince Nobody
District Judge Liaison
""",
    "warrant": """
# ARREST WARRANT
Case No. 20-mj-00042
YOU ARE COMMANDED to arrest and bring before a United States magistrate judge without unnecessary delay Ottoline Nonperson,
who is accused of an offense or violation based on the following document filed with the
United States District Court
Date: January 22, 2020
""",
}
LETTERHEADS = (
    "U.S. IMMIGRATION AND CUSTOMS ENFORCEMENT",
    "U.S. Department of Homeland Security",
    "UNITED STATES DEPARTMENT OF JUSTICE",
    "DRUG ENFORCEMENT ADMINISTRATION",
    "U.S. Citizenship and Immigration Services",
    "NATIONAL LABOR RELATIONS BOARD",
    "Internal Revenue Service",
    "CITY OF NOWHERE",
)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("letterhead", LETTERHEADS)
def test_without_a_courts_caption_no_paper_is_a_courts(letterhead, body, read_here):
    (reading,) = read_here(Press().print(f"# {letterhead}\n{BODIES[body]}"))
    kind = None if reading.kind is None else KINDS[reading.kind]
    found = {} if kind is None else facts(kind, reading.fields)
    assert kind is None or not kind.is_judicial
    assert "instrument.issued_by_court" not in found or found["instrument.issued_by_court"].value is False
    assert all(
        "headed with a state court's name" not in why or "Missing" in why
        for c in reading.candidates
        for why in c.because
    )


def test_an_agencys_letterhead_over_a_courts_caption_makes_no_court_of_it(read_here):
    (reading,) = read_here(
        Press().print(f"# U.S. DEPARTMENT OF HOMELAND SECURITY\n# DISTRICT COURT, DENVER COUNTY\n{BODIES['subpoena']}")
    )
    assert reading.kind is None or not KINDS[reading.kind].is_judicial


def test_an_agency_that_is_a_party_takes_nothing_from_a_courts_order(read_here):
    text = """
# UNITED STATES DISTRICT COURT
# DISTRICT OF COLORADO
Civil Action No. 20-cv-00421-QQQ
U.S. DEPARTMENT OF HOMELAND SECURITY,
Petitioner,
v.
NONESUCH COUNTY,
Respondent.
# ORDER ENFORCING SUBPOENA
IT IS ORDERED that the respondent produce the records sought under 8 U.S.C. § 1225(d)(4)(B) by March 2, 2020.
Dated: February 10, 2020
BY THE COURT:
~
Petronella Nemo
United States District Judge
"""
    (reading,) = read_here(Press().print(text))
    assert reading.kind == "court-order-enforcement"


@pytest.mark.parametrize(
    "line",
    [
        "DISTRICT COURT, DENVER COUNTY, STATE OF COLORADO",
        "Superior Court of California, County of Nowhere",
        "IN THE CIRCUIT COURT OF THE ELEVENTH JUDICIAL CIRCUIT IN AND FOR NONESUCH COUNTY, FLORIDA",
        "SUPREME COURT OF THE STATE OF NEW YORK",
        "United States District Court for the District of Colorado",
        "IN THE 201ST DISTRICT COURT",
    ],
)
def test_a_caption_names_a_court(line):
    assert is_caption(line)


@pytest.mark.parametrize(
    "line",
    [
        "district court.",
        "lead to an application to the district court.",
        "FAILURE TO COMPLY MAY LEAD TO THE DISTRICT COURT",
        "Clerk of the County Court of Nonesuch, 14 Nil Street",
        "Immigration Court, Denver",
        "The District Court may order you to comply",
        "decision of the United States District Court, Case No. 20-cv-1",
    ],
)
def test_a_sentence_about_a_court_is_no_caption(line):
    assert not is_caption(line)


I_203 = """
# U.S. DEPARTMENT OF HOMELAND SECURITY
# ORDER TO DETAIN OR RELEASE ALIEN
To: Officer in charge, Nonesuch County Jail
File No. A 208 555 411
Date: January 3, 2020
Please detain the alien named below: Nadie-Falso, Anacleto
{words}
By order of the Field Office Director
Form I-203 (Rev. 08/01/07)
"""


@pytest.mark.parametrize(
    "words",
    [
        "Nature of proceedings: removal",
        "IT IS ORDERED that you detain the above-named alien. So ordered. By the court.",
        "IT IS ORDERED pursuant to the decision of the\nUnited States District Court\nCase No. 20-cv-00001. The judge has been told.",
    ],
)
def test_an_immigration_officers_order_is_never_a_courts(words, read_here):
    (reading,) = read_here(Press().print(I_203.format(words=words)))
    assert reading.kind == "ice-i-203"
    found = facts(KINDS["ice-i-203"], reading.fields)
    assert found["instrument.issued_by_court"].value is False and found["instrument.signed_by_judge"].value is False
