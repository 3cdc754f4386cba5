"""Writes small rulebooks as the files they would be, so that tests go through the real reader."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent

from duly.evidence import Evidence, Fact, FactValue
from duly.law.library import Library
from duly.law.loading import read_library
from duly.law.sources import SourceFile

FACTS = """
["office.kind"]
type = "choice"
choices = ["sheriff", "employer", "school"]
ask = "What kind of office received the paper?"
from = "office"
cost = 1

["paper.kind"]
type = "choice"
open = true
ask = "Which paper is it?"
from = "instrument"
cost = 1

["paper.signed_by_judge"]
type = "boolean"
ask = "Is the paper signed by a judge?"
from = "instrument"
cost = 1

["paper.is_judicial"]
type = "boolean"
derived = true
ask = "Is the paper a judge's?"
from = "instrument"
cost = 1

["paper.is_good"]
type = "boolean"
derived = true
ask = "Is the paper good?"
from = "instrument"
cost = 1

["paper.served_on"]
type = "date"
minimum = 2020-01-29
maximum = 2020-02-03
ask = "On what date was the paper served?"
from = "person"
cost = 1

["paper.return_on"]
type = "date"
minimum = 2020-01-29
maximum = 2020-02-03
ask = "By what date does the paper want an answer?"
from = "instrument"
cost = 2

["paper.received_at"]
type = "moment"
ask = "When was the paper received?"
from = "person"
cost = 1

["paper.pages"]
type = "integer"
minimum = 0
maximum = 3
ask = "How many pages has the paper?"
from = "instrument"
cost = 1

["matter.criminal"]
type = "boolean"
ask = "Is the matter criminal?"
from = "counsel"
cost = 4

["court.order_entered"]
type = "boolean"
ask = "Has a court ordered compliance?"
from = "court"
cost = 2

["court.order_covers_demand"]
type = "boolean"
ask = "Does the court's order cover this demand?"
from = "court"
cost = 2
"""
ACTS = """
[produce]
label = "Produce the records"
doing = "producing the records"

[hold]
label = "Hold past release"
doing = "holding the person past release"
"""
PLACES = {
    "us": 'name = "United States"\nlevel = "federal"\ncalendars = ["us-federal"]\ntime_zone = "America/New_York"\n',
    "us/co": 'name = "Colorado"\nlevel = "state"\nparent = "us"\ncircuit = "10"\n[office]\nname = "A jail"\nkind = "sheriff"\n',
    "us/co/denver": 'name = "Denver"\nlevel = "local"\nparent = "us/co"\ntime_zone = "America/Denver"\n',
    "us/tx": 'name = "Texas"\nlevel = "state"\nparent = "us"\ncircuit = "5"\n',
}
WORDS = "The office shall do what this law says and nothing else."


def enactment(blocks: str, layer: str | None = None) -> str:
    """An enactment whose quoted text is `WORDS`."""
    chosen = f"layer: {layer}\n" if layer else ""
    return f"---\ncitation: Act 1\ntitle: An act\nsource: a test\n{chosen}---\n\n> {WORDS}\n\n{dedent(blocks)}"


def block(fence: str, **keys: object) -> str:
    """A fenced block; values are written as they are, so quote what needs it."""
    lines = "\n".join(f"{key}: {value}" for key, value in keys.items())
    return f"```{fence}\n{lines}\n```\n"


def duty(id: str, modality: str, when: str = "true", **keys: object) -> str:
    whole: dict[str, object] = {
        "id": id, "kind": "duty", "title": f"Duty {id}", "cite": f"Act 1 ({id})", "in_force": "[2000-01-01, null]",
        "act": "produce", "modality": modality, "when": f'"{when}"', "text": WORDS,
    }  # fmt: skip
    return block("rule", **(whole | keys))


def files(enactments: Mapping[str, str], facts: str = FACTS, acts: str = ACTS) -> list[SourceFile]:
    """Rulebook files: `enactments` maps a path such as `us/act.md` to its text."""
    texts = {"vocabulary/facts.toml": facts, "vocabulary/acts.toml": acts}
    texts |= {f"{place}/jurisdiction.toml": text for place, text in PLACES.items()}
    texts |= dict(enactments)
    return [SourceFile(path, f"rulebooks/{path}", text.encode()) for path, text in texts.items()]


def library_of(enactments: Mapping[str, str]) -> Library:
    return read_library(files(enactments))


def facts_of(**values: FactValue) -> dict[str, Fact]:
    """`paper__signed_by_judge=False` as a fact that a person stated."""
    names = {name.replace("__", "."): value for name, value in values.items()}
    return {name: Fact(name, value, Evidence("person")) for name, value in names.items()}
