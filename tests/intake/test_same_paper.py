"""A paper that comes twice is linked, an amended one is told from it, and different ones are left apart."""

from duly.intake import same_paper


def test_the_same_bytes_are_the_same_paper(subpoena, read_here):
    (one,) = read_here(subpoena().pdf())
    assert same_paper(one, one).relation == "exact"


def test_the_same_paper_printed_again_is_near(sheet, subpoena, read_here):
    (one,) = read_here(subpoena().pdf())
    (other,) = read_here(one_more(subpoena))
    assert same_paper(one, other).relation == "near"


def test_the_same_number_with_another_date_is_an_amended_paper_and_says_what_differs(subpoena, read_here):
    (one,) = read_here(subpoena().pdf())
    (other,) = read_here(one_more(subpoena, returns="02/03/2020"))
    found = same_paper(one, other)
    assert found.relation == "amended" and "return_date" in found.differs


def one_more(subpoena, **changes) -> bytes:
    """The same paper once more on a fresh sheet, with a fax machine's line over it."""
    sheet = subpoena.__closure__[0].cell_contents
    sheet.__init__()
    subpoena(**changes)
    return sheet.text(40, 16, "JAN-14-2020 09:12 FROM 303 555 0177 P.01/01", 7).pdf()
