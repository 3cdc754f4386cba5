"""From events to where the matter stands: what each event does to it."""

from duly.matters.folding import answers, court, facts, law, life, papers
from duly.matters.folding.apply import apply
from duly.matters.folding.fold import extend, fold

__all__ = ["answers", "apply", "court", "extend", "facts", "fold", "law", "life", "papers"]
