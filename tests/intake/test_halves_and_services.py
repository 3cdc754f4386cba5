"""Which half of the day a time is, and where a date of service may come from."""

from datetime import date, time

import pytest
from tests.outside.press import Press

SUBPOENA = """
# DEPARTMENT OF HOMELAND SECURITY
# IMMIGRATION ENFORCEMENT SUBPOENA
to Appear and/or Produce Records
1. To (Name, Address, City, State, Zip Code)
Nonesuch County Jail, 4 Void Road, Denver, CO 80204
By the service of this subpoena upon you, YOU ARE HEREBY SUMMONED AND REQUIRED TO:
PRODUCE the records (books, papers, or other documents) indicated in Block 4
3. (A) CBP, ICE or USCIS Official before whom you are required to appear
Name: Thaddeus Unreal
(B) Date: January 27, 2020
(C) Time: {time}
4. Records required to be produced for inspection
Home address
5. Authorized Official
~
(Signature)
Gwendolyn Fabricate
(Printed Name)
January 13, 2020
(Date)
DHS Form I-138 (6/09)
{more}
"""
CERTIFICATE = """
# CERTIFICATE OF SERVICE
I certify that I served this subpoena on the person named in Block 1
Date of Service: January 14, 2020
"""
ATTACHED = """
\\page
# NONESUCH COUNTY RECORDS REQUEST
Date: January 9, 2020
Name: Mildred Void
I request the arrest report of Sidney Blank under the Open Records Act.
"""


def read(read_here, words: str = "10:00 a.m.", more: str = ""):
    (reading, *_) = read_here(Press().print(SUBPOENA.format(time=words, more=more)))
    assert reading.kind == "ice-i-138"
    return reading.fields


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("2:30 [ ] a.m. [x] p.m.", time(14, 30)),
        ("2:30 [x] a.m. [ ] p.m.", time(2, 30)),
        ("2:30 p.m.", time(14, 30)),
        ("14:30", time(14, 30)),
        ("12:00 [ ] a.m. [x] p.m.", time(12)),
    ],
)
def test_the_marked_half_of_the_day_or_the_words_decide(words, value, read_here):
    assert read(read_here, words)["return_time"].value == value


@pytest.mark.parametrize("words", ["2:30 [ ] a.m. [ ] p.m.", "2:30 a.m. p.m.", "2:30"])
def test_a_time_whose_half_cannot_be_told_is_not_sure(words, read_here):
    value = read(read_here, words)["return_time"]
    assert value.value is None or value.evidence.confidence < 0.6


def test_without_a_certificate_there_is_no_date_of_service(read_here):
    assert read(read_here)["service_date"].value is None


@pytest.mark.parametrize(
    ("more", "served"),
    [(CERTIFICATE, date(2020, 1, 14)), (CERTIFICATE + ATTACHED, date(2020, 1, 14)), (ATTACHED, None)],
)
def test_a_date_of_service_stands_in_the_certificate_and_nowhere_else(more, served, read_here):
    assert read(read_here, more=more)["service_date"].value == served
