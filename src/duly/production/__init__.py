"""Records out: redact for good, number, log, package and certify, behind a gate that looks for what must not leave."""

from duly.production.leaks import Leak, leaks
from duly.production.marks import Mark, ProductionError
from duly.production.numbering import Numbered, number
from duly.production.packaging import Production, Record, package, verify_package
from duly.production.redaction import Redacted, no_words, redact, words_seen

__all__ = [
    "Leak",
    "Mark",
    "Numbered",
    "Production",
    "ProductionError",
    "Record",
    "Redacted",
    "leaks",
    "no_words",
    "number",
    "package",
    "redact",
    "verify_package",
    "words_seen",
]
