"""Two addresses side by side, a line that leads up to a list, and a caption in brackets whose wording changed."""

from __future__ import annotations

from duly.evidence import Box
from duly.instruments import load_kinds
from duly.instruments.kind import FieldSpec
from duly.intake.pieces import Region, free_pieces
from duly.intake.printing import find_labels, mark_printing
from duly.intake.reading import Page, Word
from duly.intake.regions import Surroundings
from duly.intake.sheet import Sheet, lay_out
from duly.intake.wording import read_region


def _sheet(*lines: tuple[float, float, str]) -> Sheet:
    words = []
    for left, top, text in lines:
        for word in text.split():
            words.append(Word(word, Box(left, top, left + 5.0 * len(word), top + 10)))
            left += 5.0 * len(word) + 3
    page = Page(1, 612, 792, tuple(words), "text layer")
    return Sheet(page, tuple(words), lay_out(1, words), (), None, 1.0, 612, 792)


def _below(sheet: Sheet, text: str, most: int) -> Region:
    label = find_labels([sheet], [text])[text][0]
    return next(region for region in Surroundings(sheet).regions(label, ("below",), most))


def test_the_address_in_the_next_column_is_another() -> None:
    sheet = _sheet(
        (52, 100, "TO: (Name and Title of Institution)"),
        (56, 115, "Sheriff of Nowhere County"),
        (330, 115, "Department of Homeland Security"),
        (56, 127, "9284 N.E. Pretend Loop, Suite 306, 2nd Floor"),
        (330, 127, "17713 Daydream Way"),
    )
    read = read_region(FieldSpec("to", "To", "address"), _below(sheet, "TO: (Name and Title of Institution)", 4))
    assert read is not None
    assert read.value == "Sheriff of Nowhere County\n9284 N.E. Pretend Loop, Suite 306, 2nd Floor"


def test_a_line_that_leads_up_to_a_list_is_no_item_of_it() -> None:
    sheet = _sheet(
        (50, 100, "4. Records required to be produced"),
        (50, 115, "Any and all records concerning Rosalind Vymysel that show:"),
        (50, 127, "Emergency contacts, with telephone numbers."),
        (50, 139, "Date and place of birth."),
    )
    read = read_region(FieldSpec("items", "Items", "list"), _below(sheet, "4. Records required to be produced", 9))
    assert read is not None
    assert read.value == ("Emergency contacts, with telephone numbers.", "Date and place of birth.")


def test_a_caption_in_brackets_is_printed_as_a_whole() -> None:
    sheet = _sheet(
        (50, 100, "(Name of person whom this subpoena is directed)"), (50, 130, "Utopia County Jail (Records)")
    )
    mark_printing([sheet], load_kinds()["us-ao-88b"])
    caption, filled = sheet.runs
    assert not free_pieces(caption)
    assert free_pieces(filled)
