"""A paper that comes twice is linked, an amended one is told from it, and different ones are left apart."""

from dataclasses import replace

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
    assert any("Return date" in words and "2020-02-03" in words for words in found.because)


def test_another_subpoena_about_the_same_person_is_neither_a_copy_nor_amended(subpoena, read_here):
    (one,) = read_here(subpoena().pdf())
    fields = {**one.fields, "subpoena_number": replace(one.fields["subpoena_number"], value="DEN-2020-90909")}
    other = replace(one, document=replace(one.document, sha256="0" * 64), fields=fields)
    found = same_paper(one, other)
    assert found.relation == "different" and found.differs == ("subpoena_number",)


def test_the_next_number_of_a_series_is_another_paper(subpoena, read_here):
    (one,) = read_here(subpoena().pdf())
    number = str(one.fields["subpoena_number"].value)
    following = number[:-1] + ("3" if number[-1] != "3" else "4")
    fields = {**one.fields, "subpoena_number": replace(one.fields["subpoena_number"], value=following)}
    other = replace(one, document=replace(one.document, sha256="0" * 64), fields=fields)
    assert same_paper(one, other).relation == "different"


def test_a_number_misread_by_one_letter_on_a_fax_is_still_the_same_paper(subpoena, read_here):
    (one,) = read_here(subpoena().pdf())
    number = str(one.fields["subpoena_number"].value)
    fields = {
        **one.fields,
        "subpoena_number": replace(one.fields["subpoena_number"], value=number.replace("0", "O", 1)),
    }
    other = replace(one, document=replace(one.document, sha256="0" * 64), fields=fields)
    assert same_paper(one, other).relation == "near"


def one_more(subpoena, **changes) -> bytes:
    """The same paper once more on a fresh sheet, with a fax machine's line over it."""
    sheet = subpoena.__closure__[0].cell_contents
    sheet.__init__()
    subpoena(**changes)
    return sheet.text(40, 16, "JAN-14-2020 09:12 FROM 303 555 0177 P.01/01", 7).pdf()
