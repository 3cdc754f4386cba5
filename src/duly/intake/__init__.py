"""From bytes to words with boxes to kind to fields, each with its evidence, parsed where a bad file can do no harm."""

from duly.intake.confinement import leave_the_network
from duly.intake.limits import Limits
from duly.intake.reading import Candidate, Document, Page, Reading, Word
from duly.intake.refusal import Refused
from duly.intake.similarity import Sameness, same_paper
from duly.intake.worker import Progress, Worker, read

__all__ = [
    "Candidate",
    "Document",
    "Limits",
    "Page",
    "Progress",
    "Reading",
    "Refused",
    "Sameness",
    "Word",
    "Worker",
    "leave_the_network",
    "read",
    "same_paper",
]
