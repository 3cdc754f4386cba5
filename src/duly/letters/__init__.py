"""Documents out: letters written from determinations and positions, as tagged PDF/A with a machine-readable twin."""

from duly.letters.content import (
    Act,
    ActLine,
    Addressee,
    Block,
    Heading,
    Item,
    Items,
    Letter,
    LetterContent,
    Letterhead,
    Line,
    Notice,
    Paragraph,
    Quotation,
    Signature,
    Table,
)
from duly.letters.typesetting import ATTACHMENT, LetterError, compose

__all__ = [
    "ATTACHMENT",
    "Act",
    "ActLine",
    "Addressee",
    "Block",
    "Heading",
    "Item",
    "Items",
    "Letter",
    "LetterContent",
    "LetterError",
    "Letterhead",
    "Line",
    "Notice",
    "Paragraph",
    "Quotation",
    "Signature",
    "Table",
    "compose",
]
