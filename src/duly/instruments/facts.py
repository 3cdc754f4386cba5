"""From the fields of one paper to facts in the vocabulary, each with its evidence. What is not known stays absent."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from duly.evidence import Evidence, Fact, FactValue
from duly.instruments.capacities import capacity_of
from duly.instruments.kind import Demand, FieldSpec, Inference, Kind, Value

_JUDGES = ("judge", "magistrate_judge")
_WARRANTS = ("ice-i-200", "ice-i-205")


def facts(
    kind: Kind, fields: Mapping[str, Value], document: str | None = None, *, companions: Sequence[Kind] = ()
) -> dict[str, Fact]:
    """The facts that follow from one paper: from its form, from its fields, and from the papers that came with it.

    `document` is the SHA-256 (hex) of the file; `companions` are the kinds of the other papers in the same file.
    A field that was not found gives no fact. A field that a person confirmed carries that person's evidence.
    """
    found: dict[str, Fact] = {"instrument.kind": _of_the_form(kind, "instrument.kind", kind.id, document)}
    for name, value in kind.facts.items():
        found[name] = _of_the_form(kind, name, value, document)
    for spec in kind.fields:
        _add_field_fact(found, spec, fields.get(spec.name))
    for inference in kind.inferences:
        _add(found, _inferred(inference, fields))
    for demand in kind.demands:
        _add(found, _demanded(demand, fields.get(demand.field)))
    _add(found, _signed_by_judge(kind, found))
    _add(found, _accompanying_warrant(kind, companions, document))
    return found


def _add(found: dict[str, Fact], fact: Fact | None) -> None:
    """What the form itself settles is never overturned by what was read from the page."""
    if fact is None:
        return
    known = found.get(fact.name)
    if known is None or known.evidence.method != "kind":
        found[fact.name] = fact


def _of_the_form(kind: Kind, name: str, value: FactValue, document: str | None) -> Fact:
    return Fact(
        name,
        value,
        Evidence("kind", document=document, note=f"This follows from the form: {kind.title}, {kind.edition}."),
    )


def _add_field_fact(found: dict[str, Fact], spec: FieldSpec, value: Value | None) -> None:
    if value is None or value.value is None:
        return
    if spec.type == "signature" and spec.fact and isinstance(value.value, bool):
        _add(found, Fact(spec.fact, value.value, value.evidence))
        if (
            value.value is True
            and (capacity := spec.find.get("capacity"))
            and "instrument.signer_capacity" not in found
        ):
            note = f"The line that is signed is printed “{spec.find['labels'][0]}”."
            found["instrument.signer_capacity"] = Fact(
                "instrument.signer_capacity", capacity, replace(value.evidence, note=note)
            )
    elif ranks := spec.find.get("ranks"):
        _add(found, _rank_listed(spec, value, ranks))
    elif spec.fact and spec.find.get("reads") == "capacity":
        _add_capacity(found, spec.fact, value)
    elif spec.fact:
        typed = _typed(spec, value.value)
        if typed is not None:
            _add(found, Fact(spec.fact, typed, value.evidence))


def _add_capacity(found: dict[str, Fact], name: str, value: Value) -> None:
    """What the printed title shows. A title that shows nothing plainly also takes away what the caption would say."""
    words = str(value.value)
    capacity = capacity_of(words)
    if capacity is not None:
        _add(found, Fact(name, capacity, value.evidence))
    elif (known := found.get(name)) is not None and known.evidence.method != "kind" and len(words.split()) > 1:
        del found[name]


def _typed(spec: FieldSpec, value: object) -> FactValue | None:
    """The field's value in the vocabulary's terms, or None when it has none there."""
    if choices := spec.find.get("fact_values"):
        return _chosen(str(value), choices)
    if spec.find.get("fact_is") == "present":
        return True
    if spec.find.get("fact_is") == "count":
        numbers = re.findall(r"\d+", str(value))
        return int(numbers[0]) if numbers else None
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, (bool, int, str, date, datetime)):
        return value
    return None


def _chosen(text: str, choices: Mapping[str, str]) -> str | None:
    """The first choice one of whose words (`"by hand | personally"`) occurs in the text."""
    folded = text.casefold()
    for words, choice in choices.items():
        if any(re.search(rf"\b{re.escape(word.strip().casefold())}\b", folded) for word in words.split("|")):
            return choice
    return None


def _rank_listed(spec: FieldSpec, value: Value, ranks: Sequence[str]) -> Fact | None:
    """True when the printed title is a rank that the regulation lists.

    Another title may still rest on an express delegation (8 C.F.R. § 287.4(a)), which no paper shows: then it is not
    known, and so absent.
    """
    title = re.sub(r"[^a-z ]", " ", str(value.value).casefold())
    title = re.sub(r"\s+", " ", title).strip()
    for rank in ranks:
        words = re.sub(r"[^a-z ]", " ", rank.casefold()).split()
        if re.search(rf"\b{' '.join(words)}\b", title) and "acting" not in title.split():
            return Fact(
                spec.fact or "", True, replace(value.evidence, note=f"The title {rank!r} is in 8 C.F.R. § 287.4(a).")
            )
    return None


def _inferred(inference: Inference, fields: Mapping[str, Value]) -> Fact | None:
    values = [fields.get(name) for name in inference.fields]
    if inference.when == "any true":
        return _any_true(inference.fact, values)
    present = [value for value in values if value is not None and value.value is not None]
    if len(present) == len(values):
        return Fact(inference.fact, True, _weakest(present))
    blank = [value for value in values if value is not None and value.value is None and "blank" in value.flags]
    if blank:
        return Fact(inference.fact, False, replace(blank[0].evidence, note="The place for it on the paper is empty."))
    return None


def _any_true(name: str, values: Sequence[Value | None]) -> Fact | None:
    ticked = [value for value in values if value is not None and value.value is True]
    if ticked:
        return Fact(name, True, max((value.evidence for value in ticked), key=lambda evidence: evidence.confidence))
    clear = [value for value in values if value is not None and value.value is False]
    if values and len(clear) == len(values):
        return Fact(name, False, replace(_weakest(clear), note="None of the boxes is marked."))
    return None


def _weakest(values: Sequence[Value]) -> Evidence:
    return min((value.evidence for value in values), key=lambda evidence: evidence.confidence)


def _demanded(demand: Demand, value: Value | None) -> Fact | None:
    """Whether the words of a field ask for something; not known where the field is broad enough to cover it."""
    if value is None or value.value is None:
        return None
    items = value.value if isinstance(value.value, tuple) else (str(value.value),)
    text = " ".join(items).casefold()
    if any(_says(text, words) for words in demand.words):
        return Fact(demand.fact, True, value.evidence)
    if any(_says(text, words) for words in demand.unless):
        return None
    return Fact(demand.fact, False, replace(value.evidence, note="The paper's list does not ask for it."))


def _says(text: str, words: str) -> bool:
    """Whether all the given words occur close together and in order: `home address` is in `home and work addresses`."""
    parts = [re.escape(word) for word in words.casefold().split()]
    return re.search(r"\b" + r"\w*\b(?:\W+\w+){0,4}?\W+".join(parts), text) is not None


def _signed_by_judge(kind: Kind, found: Mapping[str, Fact]) -> Fact | None:
    """Only a court's paper, signed, with a judge's capacity in the signature block. Never from the word *warrant*."""
    signed = found.get("instrument.signed")
    if signed is None:
        return None
    if signed.value is False:
        return Fact("instrument.signed_by_judge", False, replace(signed.evidence, note="The signature line is empty."))
    capacity = found.get("instrument.signer_capacity")
    if capacity is None:
        return None
    return Fact("instrument.signed_by_judge", kind.is_judicial and capacity.value in _JUDGES, capacity.evidence)


def _accompanying_warrant(kind: Kind, companions: Sequence[Kind], document: str | None) -> Fact | None:
    """Which warrant lay in the same file as a detainer. None in the file says nothing: it may have come separately."""
    if kind.family != "detainer":
        return None
    for companion in companions:
        if companion.id in _WARRANTS or companion.family == "judicial_warrant":
            which = companion.id if companion.id in _WARRANTS else "judicial"
            note = f"{companion.title} lies in the same file."
            return Fact("instrument.accompanying_warrant", which, Evidence("kind", document=document, note=note))
    return None
