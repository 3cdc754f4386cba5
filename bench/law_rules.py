"""The twelve rules that the law is measured with, once as a rulebook and once for each engine that it is compared with.

Every engine gets the same conditions and the same order of prevailing; `bench/law.py` checks that all answers are equal.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from duly.law.library import Library
from duly.law.loading import read_library
from duly.law.sources import SourceFile

ON = date(2020, 1, 16)
OFFICE, ACT = "us/co/denver", "produce_records"
KINDS = ["subpoena", "detainer", "court_subpoena", "warrant", "request"]
OFFICES = ["sheriff", "police", "hospital", "employer"]
DOMAINS: dict[str, list[Any]] = {
    "paper.kind": KINDS,
    "office.kind": OFFICES,
    "paper.signed_by_judge": [True, False],
    "paper.immigration": [True, False],
    "matter.criminal": [True, False],
    "court.ordered": [True, False],
    "court.covers": [True, False],
    "objection.served": [True, False],
    "person.consents": [True, False],
    "paper.pages": list(range(1, 40)),
    "paper.served_on": [date(2020, 1, 1) + timedelta(days=n) for n in range(60)],
}
# id, place, modality, force, condition in SQL (the one text from which the bench writes every other form by hand below)
RULES = [
    ("us/1", "required", "on court order", "paper.kind = 'subpoena' AND paper.immigration"),
    ("us/2", "required", "self-executing", "paper.kind = 'court_subpoena' AND NOT objection.served"),
    ("us/3", "required", "on court order", "paper.kind = 'court_subpoena' AND objection.served"),
    ("us/4", "required", "request only", "paper.kind IN ('detainer', 'request')"),
    ("us/5", "required", "self-executing", "paper.kind = 'warrant' AND paper.signed_by_judge"),
    ("us/co/1", "forbidden", "", "paper.kind = 'detainer' AND NOT paper.signed_by_judge AND office.kind IN ('sheriff', 'police')"),
    ("us/co/2", "forbidden", "", "office.kind = 'hospital' AND NOT person.consents AND paper.kind <> 'warrant'"),
    ("us/co/3", "permitted", "", "person.consents AND office.kind = 'hospital'"),
    ("us/co/4", "forbidden", "", "paper.served_on >= DATE '2020-02-10' AND paper.kind = 'request'"),
    ("us/co/denver/1", "forbidden", "", "paper.immigration AND NOT matter.criminal AND paper.kind IN ('subpoena', 'request')"),
    ("us/co/denver/2", "forbidden", "", "paper.kind = 'subpoena' AND NOT (court.ordered AND court.covers) AND NOT matter.criminal"),
    ("us/co/denver/3", "permitted", "", "paper.pages <= 3 AND office.kind <> 'employer'"),
]  # fmt: skip


def library() -> Library:
    facts = []
    for name, domain in DOMAINS.items():
        kind = {str: "choice", bool: "boolean", int: "integer", date: "date"}[type(domain[0])]
        choices = f"\nchoices = {domain!r}" if kind == "choice" else ""
        facts.append(f'["{name}"]\ntype = "{kind}"{choices}\nask = "What is {name}?"\ncost = 1\n')
    acts = f'[{ACT}]\nlabel = "Produce"\ndoing = "producing the records"\n'
    texts = {"vocabulary/facts.toml": "\n".join(facts), "vocabulary/acts.toml": acts}
    for place, level in (("us", "federal"), ("us/co", "state"), ("us/co/denver", "local")):
        texts[f"{place}/jurisdiction.toml"] = f'name = "{place}"\nlevel = "{level}"\n'
        texts[f"{place}/act.md"] = "---\ncitation: Act\ntitle: An act\n---\n\n> These are the words.\n\n" + "".join(
            _block(*rule) for rule in RULES if rule[0].rsplit("/", 1)[0] == place
        )
    return read_library([SourceFile(path, path, text.encode()) for path, text in texts.items()])


def _block(id: str, modality: str, force: str, condition: str) -> str:
    lines = [
        f"id: {id}", "kind: duty", f"title: Rule {id}", f"cite: Act {id}", "in_force: [null, null]", f"act: {ACT}",
        f"modality: {modality}", f'when: "{condition}"', "text: These are the words.",
    ]  # fmt: skip
    if force:
        lines.append(f"force: {force}")
    if force == "on court order":
        lines.append('ordered_when: "court.ordered AND court.covers"')
    return "```rule\n" + "\n".join(lines) + "\n```\n\n"


def cases(number: int, *, unknown: float = 0.0, seed: int = 1) -> list[dict[str, Any]]:
    """Random cases; each fact is left out with probability `unknown`."""
    chance = random.Random(seed)
    return [
        {name: chance.choice(domain) for name, domain in DOMAINS.items() if chance.random() >= unknown}
        for _ in range(number)
    ]


def by_hand(case: dict[str, Any]) -> str:
    """The same law as plain Python, by hand; complete cases only."""
    kind, office = case["paper.kind"], case["office.kind"]
    criminal, immigration, consents = case["matter.criminal"], case["paper.immigration"], case["person.consents"]
    ordered = case["court.ordered"] and case["court.covers"]
    demand = (kind == "subpoena" and immigration) or (kind == "court_subpoena" and case["objection.served"])
    binding = (
        (kind == "court_subpoena" and not case["objection.served"])
        or (kind == "warrant" and case["paper.signed_by_judge"])
        or (demand and ordered)
    )
    forbidden = (
        (kind == "detainer" and not case["paper.signed_by_judge"] and office in ("sheriff", "police"))
        or (office == "hospital" and not consents and kind != "warrant")
        or (case["paper.served_on"] >= date(2020, 2, 10) and kind == "request")
        or (immigration and not criminal and kind in ("subpoena", "request"))
        or (kind == "subpoena" and not ordered and not criminal)
    )
    if binding:
        return "required"
    if forbidden:
        return "contested" if demand else "forbidden"
    if demand:
        return "demanded"
    if kind in ("detainer", "request"):
        return "requested"
    if (consents and office == "hospital") or (case["paper.pages"] <= 3 and office != "employer"):
        return "permitted"
    return "unregulated"


HAND_SQL = """
SELECT *, CASE
  WHEN binding THEN 'required'
  WHEN forbidden THEN CASE WHEN demand THEN 'contested' ELSE 'forbidden' END
  WHEN demand THEN 'demanded'
  WHEN kind IN ('detainer', 'request') THEN 'requested'
  WHEN permitted THEN 'permitted' ELSE 'unregulated' END AS outcome
FROM (SELECT *,
  (kind = 'court_subpoena' AND NOT objection) OR (kind = 'warrant' AND judge) OR (demand AND ordered) AS binding
FROM (SELECT *, "paper.kind" AS kind, "objection.served" AS objection, "paper.signed_by_judge" AS judge,
  "court.ordered" AND "court.covers" AS ordered,
  ("paper.kind" = 'subpoena' AND "paper.immigration") OR ("paper.kind" = 'court_subpoena' AND "objection.served") AS demand,
  ("paper.kind" = 'detainer' AND NOT "paper.signed_by_judge" AND "office.kind" IN ('sheriff', 'police'))
   OR ("office.kind" = 'hospital' AND NOT "person.consents" AND "paper.kind" <> 'warrant')
   OR ("paper.served_on" >= DATE '2020-02-10' AND "paper.kind" = 'request')
   OR ("paper.immigration" AND NOT "matter.criminal" AND "paper.kind" IN ('subpoena', 'request'))
   OR ("paper.kind" = 'subpoena' AND NOT ("court.ordered" AND "court.covers") AND NOT "matter.criminal") AS forbidden,
  ("person.consents" AND "office.kind" = 'hospital') OR ("paper.pages" <= 3 AND "office.kind" <> 'employer') AS permitted
FROM cases))
"""
"""The same law as one query, by hand; complete cases only (with NULLs it answers wrongly, as such queries do)."""

REGO = """package law
import rego.v1
k := input.paper_kind
o := input.office_kind
ordered if { input.court_ordered; input.court_covers }
demand if { k == "subpoena"; input.paper_immigration }
demand if { k == "court_subpoena"; input.objection_served }
binding if { k == "court_subpoena"; not input.objection_served }
binding if { k == "warrant"; input.paper_signed_by_judge }
binding if { demand; ordered }
ban if { k == "detainer"; not input.paper_signed_by_judge; o in {"sheriff", "police"} }
ban if { o == "hospital"; not input.person_consents; k != "warrant" }
ban if { input.paper_served_on >= "2020-02-10"; k == "request" }
ban if { input.paper_immigration; not input.matter_criminal; k in {"subpoena", "request"} }
ban if { k == "subpoena"; not ordered; not input.matter_criminal }
may if { input.person_consents; o == "hospital" }
may if { input.paper_pages <= 3; o != "employer" }
default outcome := "unregulated"
outcome := "required" if { binding }
else := "contested" if { ban; demand }
else := "forbidden" if { ban }
else := "demanded" if { demand }
else := "requested" if { k in {"detainer", "request"} }
else := "permitted" if { may }
"""

ZEN = [
    ("ordered", "court_ordered and court_covers"),
    ("demand", "(paper_kind == 'subpoena' and paper_immigration) or (paper_kind == 'court_subpoena' and objection_served)"),
    ("binding", "(paper_kind == 'court_subpoena' and not objection_served) or (paper_kind == 'warrant' and paper_signed_by_judge) or ($.demand and $.ordered)"),
    ("ban", "(paper_kind == 'detainer' and not paper_signed_by_judge and office_kind in ['sheriff', 'police']) or (office_kind == 'hospital' and not person_consents and paper_kind != 'warrant') or (paper_served_on >= 20200210 and paper_kind == 'request') or (paper_immigration and not matter_criminal and paper_kind in ['subpoena', 'request']) or (paper_kind == 'subpoena' and not $.ordered and not matter_criminal)"),
    ("may", "(person_consents and office_kind == 'hospital') or (paper_pages <= 3 and office_kind != 'employer')"),
    ("outcome", "$.binding ? 'required' : $.ban ? ($.demand ? 'contested' : 'forbidden') : $.demand ? 'demanded' : paper_kind in ['detainer', 'request'] ? 'requested' : $.may ? 'permitted' : 'unregulated'"),
]  # fmt: skip
