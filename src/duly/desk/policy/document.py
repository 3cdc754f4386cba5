"""A policy as one literate Markdown file: the front matter from a form, the body from the editor, and words to begin with."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify

from duly.desk.accounts.models import Office
from duly.matters.wording import day

MAX_CHARACTERS = 60_000
_END = "---\n"


@dataclass(frozen=True, slots=True)
class Written:
    """What counsel has in front of them: the form's fields and the editor's text."""

    title: str
    adopted_on: date
    effective_from: date
    body: str


def compose(office: Office, written: Written) -> str:
    """The document as a rulebook file. The same fields and text give the same document."""
    front = {
        "citation": written.title,
        "title": f"Policy of {office.name}, adopted on {day(written.adopted_on)}",
        "source": f"Adopted by {office.name}",
        "retrieved": written.adopted_on.isoformat(),
        "layer": "policy",
    }
    lines = [f"{key}: {json.dumps(text, ensure_ascii=False)}" for key, text in front.items()]
    lines.append(f"in_force: [{written.effective_from.isoformat()}, null]")
    return f"---\n{chr(10).join(lines)}\n{_END}{written.body}"


def body_of(document: str) -> str:
    """The editor's text of a document that `compose` made."""
    return document.partition(f"\n{_END}")[2]


def front_lines(document: str) -> int:
    """How many lines stand above the editor's first."""
    return document[: len(document) - len(body_of(document))].count("\n")


SNIPPETS = ("duty", "ground", "case")
"""What can be put in with a button, in the order of the buttons."""


def snippet(kind: str, office: Office, title: str, effective_from: date, body: str) -> str:
    """A block of that kind, ready to be changed, with an id that the text does not use yet."""
    name = slugify(title)[:40] or "policy"
    number = 1 + body.count("```rule")
    texts = {
        "duty": _DUTY.format(place=office.jurisdiction, name=name, number=number, cite=_quoted(title)),
        "ground": _GROUND.format(place=office.jurisdiction, name=name, number=number, cite=_quoted(title)),
        "case": _CASE.format(place=office.jurisdiction, on=effective_from.isoformat()),
    }
    return texts[kind]


def with_snippet(kind: str, office: Office, written: Written) -> str:
    """The editor's text with a block of that kind at its end."""
    block = snippet(kind, office, written.title, written.effective_from, written.body)
    return f"{written.body.rstrip()}\n\n{block}".lstrip()


def starter(office: Office, title: str, effective_from: date) -> str:
    """A first policy to change: its sentence, the rule that encodes it, and one worked example."""
    return f"{_STARTER}\n{snippet('duty', office, title, effective_from, '')}"


def _quoted(text: str) -> str:
    return json.dumps(text or "Our policy", ensure_ascii=False)


_STARTER = """# Records

> We do not produce records on an administrative subpoena, unless a court has ordered it.

Write the policy's own words after a `>`, as above. Beside them stands the rule that the desk applies; its `text` repeats the
words that it encodes.
"""
_DUTY = """```rule
id: {place}/{name}/{number}
kind: duty
title: No records without a court
cite: {cite}
acts: [produce_records]
modality: forbidden
when: instrument.family = 'administrative_subpoena'
unless: court.order_entered AND court.order_covers_demand
text: We do not produce records on an administrative subpoena, unless a court has ordered it.
```
"""
_GROUND = """```rule
id: {place}/{name}/{number}
kind: ground
title: Not ordered by a court
cite: {cite}
acts: [produce_records]
position: decline
when: instrument.family = 'administrative_subpoena' AND NOT court.order_entered
statement: The subpoena was not issued by a court, and no court has ordered that it be obeyed.
text: We do not produce records on an administrative subpoena, unless a court has ordered it.
```
"""
_CASE = """```case
name: A subpoena that no court has ordered to be obeyed
office: {place}
on: {on}
facts:
  instrument.family: administrative_subpoena
  court.order_entered: false
# What must never come out here. Where every fact that matters is given, say instead: expect: {{produce_records: forbidden}}
never: {{produce_records: [required, demanded, permitted, unregulated]}}
```
"""
