"""Records out: redact for good, number, log, package and certify, behind a gate that looks for what must not leave."""

from duly.production.leaks import Leak, leaks
from duly.production.marks import Mark, ProductionError
from duly.production.numbering import Numbered, number
from duly.production.redaction import Redacted, no_words, redact, words_seen

__all__ = [
    "Leak",
    "Mark",
    "Numbered",
    "ProductionError",
    "Redacted",
    "leaks",
    "no_words",
    "number",
    "redact",
    "words_seen",
]
