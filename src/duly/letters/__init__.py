"""Documents out: letters written from determinations and positions, as tagged PDF/A with a machine-readable twin."""

from duly.letters.brief import Brief, Choice, Enclosure, Order, Stance, Withholding
from duly.letters.conformance import conformance
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
from duly.letters.drafting import addressee_of, draft
from duly.letters.editable import docx
from duly.letters.language import languages
from duly.letters.templates import Template, TemplateError, choose, templates
from duly.letters.twin import SCHEMA, twin_of_content, visible
from duly.letters.typesetting import ATTACHMENT, LetterError, compose

__all__ = [
    "ATTACHMENT",
    "SCHEMA",
    "Act",
    "ActLine",
    "Addressee",
    "Block",
    "Brief",
    "Choice",
    "Enclosure",
    "Heading",
    "Item",
    "Items",
    "Letter",
    "LetterContent",
    "LetterError",
    "Letterhead",
    "Line",
    "Notice",
    "Order",
    "Paragraph",
    "Quotation",
    "Signature",
    "Stance",
    "Table",
    "Template",
    "TemplateError",
    "Withholding",
    "addressee_of",
    "choose",
    "compose",
    "conformance",
    "docx",
    "draft",
    "languages",
    "templates",
    "twin_of_content",
    "visible",
]
