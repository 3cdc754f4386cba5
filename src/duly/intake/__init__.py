"""From bytes to words with boxes to kind to fields, each with its evidence, parsed where a bad file can do no harm."""

from duly.intake.confinement import leave_the_network
from duly.intake.limits import Limits
from duly.intake.mail import Attachment, Message, is_message, read_message
from duly.intake.reading import Candidate, Document, Page, Reading, Word
from duly.intake.refusal import Refused
from duly.intake.similarity import Sameness, same_paper
from duly.intake.worker import Progress, Worker, read

__all__ = [
    "Attachment",
    "Candidate",
    "Document",
    "Limits",
    "Message",
    "Page",
    "Progress",
    "Reading",
    "Refused",
    "Sameness",
    "Word",
    "Worker",
    "is_message",
    "leave_the_network",
    "read",
    "read_message",
    "same_paper",
]
