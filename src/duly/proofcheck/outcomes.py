"""From rules and which of their conditions hold to the outcome: the layers, overrides and precedents, step by step."""

from __future__ import annotations

from typing import Any

LAYERS = ("policy", "local", "state", "federal")
OUTCOMES = ("required", "demanded", "requested", "permitted", "forbidden", "contested", "unregulated")
Rule = dict[str, Any]
_STRENGTH = {"required": 4, "demanded": 3, "requested": 2, "permitted": 1}


def standing(rules: list[Rule], act: str, holds: dict[str, bool]) -> set[str]:
    """The ids of rules that hold and are overridden by none that stands. Overriding speaks for the rule's own acts."""
    by_id = {rule["id"]: rule for rule in rules}
    over: dict[str, list[str]] = {id: [] for id in by_id}
    for rule in rules:
        if not rule["acts"] or act in rule["acts"]:
            for other in rule["overrides"]:
                if other in over:
                    over[other].append(rule["id"])
    known: dict[str, bool] = {}

    def stands(id: str, path: tuple[str, ...] = ()) -> bool:
        if id in path:
            raise ValueError(f"{id} overrides itself in a circle")
        if id not in known:
            known[id] = holds[id] and not any(stands(other, (*path, id)) for other in over[id])
        return known[id]

    return {id for id in by_id if stands(id)}


def pull_of(rule: Rule, ordered: bool) -> str:
    """Which way a duty pulls. A demand that a court has ordered binds."""
    if rule["modality"] == "forbidden":
        return "forbidden"
    if rule["modality"] == "permitted":
        return "permitted"
    if rule["force"] == "on court order":
        return "required" if ordered else "demanded"
    return "required" if rule["force"] == "self-executing" else "requested"


def outcome_of(
    rules: list[Rule], act: str, office: dict[str, Any], holds: dict[str, bool], ordered: dict[str, bool]
) -> str:
    """The outcome where everything is known."""
    stands = standing(rules, act, holds)
    duties = [rule for rule in rules if rule["kind"] == "duty" and act in rule["acts"] and rule["id"] in stands]
    pulls = [(pull_of(rule, ordered.get(rule["id"], False)), rule) for rule in duties]
    first = _by_layers([(pull, LAYERS.index(rule["layer"]), rule["notwithstanding"]) for pull, rule in pulls])
    if first != "contested":
        return first
    aside, added = settled(rules, act, office, stands)
    left = [
        (pull, LAYERS.index(rule["layer"]), rule["notwithstanding"]) for pull, rule in pulls if rule["id"] not in aside
    ]
    return _by_layers([*left, *((holding, layer, False) for holding, layer in added)])


def binds(precedent: Rule, office: dict[str, Any]) -> bool:
    """Whether a good precedent binds the office: by its chain, circuit or district, or as a party."""
    if precedent["status"] != "good":
        return False
    if "parties" in precedent["binds"] and office["jurisdiction"] in precedent["parties"]:
        return True
    names = {*office["chain"], f"circuit {office['circuit']}", f"district {office['district']}"}
    return bool(names & set(precedent["binds"]))


def settled(
    rules: list[Rule], act: str, office: dict[str, Any], stands: set[str]
) -> tuple[set[str], list[tuple[str, int]]]:
    """The rules that binding precedents set aside on a contested point, and the holdings that stand in their place."""
    aside: set[str] = set()
    added = []
    for precedent in (rule for rule in rules if settles(rule, rules, act, office, stands)):
        between = between_of(precedent, rules, act)
        aside |= {rule["id"] for rule in between if loses(rule, precedent["holding"])}
        added.append((precedent["holding"], max(LAYERS.index(rule["layer"]) for rule in between)))
    return aside, added


def between_of(precedent: Rule, rules: list[Rule], act: str) -> list[Rule]:
    return [
        rule for rule in rules if rule["kind"] == "duty" and act in rule["acts"] and rule["id"] in precedent["settles"]
    ]


def settles(rule: Rule, rules: list[Rule], act: str, office: dict[str, Any], stands: set[str]) -> bool:
    """Whether this is a precedent that binds, is on point, and decides between standing rules that pull apart."""
    if rule["kind"] != "precedent" or rule["id"] not in stands or not binds(rule, office):
        return False
    between = [each for each in between_of(rule, rules, act) if each["id"] in stands]
    return len({each["modality"] == "forbidden" for each in between}) == 2


def loses(rule: Rule, holding: str) -> bool:
    """Whether the holding speaks against the rule, as its text pulls."""
    pull = pull_of(rule, ordered=False)
    if pull == "forbidden" or holding == "forbidden":
        return (pull == "forbidden") != (holding == "forbidden")
    return _STRENGTH[pull] > _STRENGTH[holding]


def _by_layers(pulls: list[tuple[str, int, bool]]) -> str:
    def top(*kinds: str, protected: bool = False) -> int:
        return max((layer for pull, layer, shield in pulls if pull in kinds and (shield or not protected)), default=-1)

    ban, duty = top("forbidden"), top("required")
    if ban < 0 and duty < 0:
        for outcome in ("demanded", "requested", "permitted"):
            if top(outcome) >= 0:
                return outcome
        return "unregulated"
    if duty > ban:
        return "required"
    if duty == ban or top("demanded") > ban or top("permitted", protected=True) > ban:
        return "contested"
    return "forbidden"
