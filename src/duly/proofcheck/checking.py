"""The check itself: each claim of a proof is derived again, and the first that differs is named."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime
from itertools import combinations, product
from typing import Any

from .conditions import ConditionError, Reading, Tree, read_condition
from .outcomes import LAYERS, OUTCOMES, outcome_of
from .roles import Roles
from .worlds import TooManyWorldsError, outcomes_of, settled_by, told_apart, values_of

_KEYS = {
    "schema", "law", "act", "doing", "on", "office", "words", "facts", "definitions", "rules", "applied", "outcome", "possible",
    "decisive", "precedents", "assumptions", "summary", "sha256",
}  # fmt: skip
_PYTHON = {"boolean": bool, "choice": str, "text": str, "integer": int, "date": date, "moment": datetime}


class ProofError(Exception):
    """A proof that does not hold: `step` names the claim, the message says what is wrong with it."""

    def __init__(self, step: str, message: str) -> None:
        self.step = step
        super().__init__(f"{step}: {message}")


def check_proof(proof: str | bytes | dict[str, Any]) -> None:
    """Derive every claim of an exported determination again. Raises `ProofError` at the first that does not hold."""
    data = _loaded(proof)
    try:
        _Check(data).run()
    except (ConditionError, TooManyWorldsError) as error:
        raise ProofError("conditions", str(error) or "there are too many cases to go through") from error
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as error:
        raise ProofError("form", f"the file is not a whole proof ({type(error).__name__}: {error})") from error


def _loaded(proof: str | bytes | dict[str, Any]) -> dict[str, Any]:
    try:
        data = json.loads(proof) if isinstance(proof, str | bytes) else proof
    except ValueError as error:
        raise ProofError("form", f"the file is not JSON ({error})") from error
    if not isinstance(data, dict) or data.get("schema") != "duly.proof/1" or set(data) != _KEYS:
        raise ProofError("form", "the file is not a proof of the form duly.proof/1")
    rest = {key: value for key, value in data.items() if key != "sha256"}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if hashlib.sha256(text.encode()).hexdigest() != data["sha256"]:
        raise ProofError("sha256", "the file was changed after it was made")
    return data


class _Check:
    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.on = date.fromisoformat(data["on"])
        self.act = data["act"]
        self.office = data["office"]
        self.rules: list[dict[str, Any]] = data["rules"]
        self.kinds = {name: _bounded(word) for name, word in data["words"].items()}
        self.record = {name: self.fact(name, fact["value"]) for name, fact in data["facts"].items()}
        self.readings = {rule["id"]: self.reading(rule["definitions"]) for rule in self.rules}
        self.claims = [*self.conditions(self.record)]
        self.names = [name for name, _, _ in self.claims]

    def require(self, holds: bool, step: str, message: str) -> None:
        if not holds:
            raise ProofError(step, message)

    # What the proof rests on

    def fact(self, name: str, value: Any) -> Any:
        kind = self.kinds[name]
        if kind["type"] == "date":
            value = date.fromisoformat(value)
        elif kind["type"] == "moment":
            value = datetime.fromisoformat(value)
        step = f"fact {name}"
        self.require(type(value) is _PYTHON[kind["type"]], step, f"{value!r} is no {kind['type']}")
        self.require(kind["type"] != "moment" or value.utcoffset() is not None, step, "the moment has no zone")
        if kind["type"] == "choice" and not kind["open"]:
            self.require(value in kind["choices"], step, f"{value!r} is none of its choices")
        low, high = kind.get("minimum"), kind.get("maximum")
        self.require(
            (low is None or value >= low) and (high is None or value <= high), step, f"{value} is out of range"
        )
        return value

    def reading(self, used: dict[str, str], path: tuple[str, ...] = ()) -> Reading:
        definitions: dict[str, tuple[Tree, Reading]] = {}
        for name, id in used.items():
            entry = self.data["definitions"][id]
            self.require(entry["name"] == name and id not in path, f"definition {id}", f"it does not define {name}")
            definitions[name] = (read_condition(entry["as"]), self.reading(entry["definitions"], (*path, id)))
        return Reading(self.record, definitions)

    def conditions(self, record: dict[str, Any]) -> Iterator[tuple[str, Tree, Reading]]:
        """Every condition that decides: whether each rule holds (`#`), and whether its demand was ordered (`~`)."""
        for rule in self.rules:
            reading = self.readings[rule["id"]].with_record(record)
            yield (
                f"#{rule['id']}",
                ("and", (read_condition(rule["when"]), ("not", read_condition(rule["unless"])))),
                reading,
            )
            if rule.get("ordered_when") is not None:
                yield f"~{rule['id']}", read_condition(rule["ordered_when"]), reading

    # The derivation

    def run(self) -> None:
        self.check_rules()
        for rule in self.rules:
            self.check_trees(rule)
        possible = self.possible(self.record)
        ordered = [outcome for outcome in OUTCOMES if outcome in possible]
        listed = self.data["possible"]
        self.require(isinstance(listed, list), "possible", "it is no list")
        self.require(sorted(listed) == sorted(ordered), "possible", f"the possible outcomes are {', '.join(ordered)}")
        self.require(len(set(listed)) == len(listed), "possible", "an outcome stands there twice")
        outcome = ordered[0] if len(ordered) == 1 else "undetermined"
        self.require(self.data["outcome"] == outcome, "outcome", f"it is {outcome}, not {self.data['outcome']}")
        self.check_decisive(len(ordered) > 1)
        self.check_roles(outcome)

    def check_roles(self, outcome: str) -> None:
        truths = {name: self.exactly(tree, reading) for name, tree, reading in self.claims}
        roles = Roles(self.rules, self.act, self.office, truths, outcome)
        for rule in self.rules:
            step = f"rule {rule['id']}"
            self.require(
                rule["role"] == roles.role(rule), step, f"its role is “{roles.role(rule)}”, not “{rule['role']}”"
            )
            self.require(rule["direction"] == roles.direction(rule), step, f"it points to {roles.direction(rule)}")
        applied = roles.applied()
        self.require(
            self.data["applied"] == applied, "applied", f"the outcome is carried by {', '.join(applied) or 'no rule'}"
        )
        listed = {
            point["rule"]: (point["binding"], point["settles"], point["status"]) for point in self.data["precedents"]
        }
        self.require(len(listed) == len(self.data["precedents"]), "precedents", "a precedent stands there twice")
        plain = all(type(answer) is bool for point in listed.values() for answer in point[:2])
        self.require(plain, "precedents", "whether one binds or settles is true or false")
        self.require(listed == roles.on_point(), "precedents", "the precedents on point, or what they do, are others")

    def exactly(self, tree: Tree, reading: Reading) -> bool | None:
        held = reading.value(tree)
        if held is not None:
            return bool(held)
        found = outcomes_of([(tree, reading)], self.kinds, lambda truths: str(truths[0]))
        return None if len(found) > 1 else found == {"True"}

    def check_rules(self) -> None:
        ids = [rule["id"] for rule in self.rules]
        self.require(len(set(ids)) == len(ids), "rules", "a rule stands there twice")
        for rule in self.rules:
            step = f"rule {rule['id']}"
            start, end = (None if day is None else date.fromisoformat(day) for day in rule["in_force"])
            in_force = (start is None or start <= self.on) and (end is None or self.on < end)
            self.require(in_force, step, f"it was not in force on {self.on}")
            self.require(rule["layer"] in LAYERS, step, f"{rule['layer']!r} is no layer")
            if rule["kind"] == "precedent":
                self.require(date.fromisoformat(rule["decided"]) <= self.on, step, f"it was not decided by {self.on}")
            else:
                self.require(rule["jurisdiction"] in self.office["chain"], step, "it is not this office's law")

    def check_trees(self, rule: dict[str, Any]) -> None:
        reading = self.readings[rule["id"]]
        for key, text in (("when", rule["when"]), ("unless", rule["unless"]), ("ordered", rule.get("ordered_when"))):
            node = rule["proof"][key]
            tree = None if text is None else read_condition(text)
            if tree is None or tree[0] == "value":
                self.require(node is None, f"rule {rule['id']}, {key}", "there is nothing to prove")
            else:
                self.check_node(node, tree, reading, f"rule {rule['id']}, {key}")

    def check_node(self, node: dict[str, Any], tree: Tree, reading: Reading, step: str) -> None:
        self.require(read_condition(node["sql"]) == tree, step, f"“{node['sql']}” is not the rule's condition")
        truth = reading.value(tree)
        self.require(node["truth"] is truth, step, f"“{node['sql']}” is {_said(truth)}")
        parts, inner = _parts(tree, reading)
        self.require(len(node["parts"]) == len(parts), step, f"“{node['sql']}” has {len(parts)} parts")
        for part, expected in zip(node["parts"], parts, strict=True):
            self.check_node(part, expected, inner, step)
        if parts:
            stated = [tree[1]] if tree[0] == "name" and tree[1] in self.record else []
            self.require(node["facts"] == stated and node["unknown"] == [], step, "facts stand beside parts")
        else:
            names = reading.names(tree)
            known = [name for name in (*names, *reading.defined(tree)) if name in self.record]
            unknown = [name for name in names if name not in self.record]
            self.require(
                node["facts"] == known and node["unknown"] == unknown, step, f"“{node['sql']}” rests on other facts"
            )

    def decide(self, truths: list[bool]) -> str:
        found = dict(zip(self.names, truths, strict=True))
        holds = {name[1:]: held for name, held in found.items() if name[0] == "#"}
        ordered = {name[1:]: held for name, held in found.items() if name[0] == "~"}
        return outcome_of(self.rules, self.act, self.office, holds, ordered)

    def possible(self, record: dict[str, Any]) -> frozenset[str]:
        return outcomes_of([(tree, reading) for _, tree, reading in self.conditions(record)], self.kinds, self.decide)

    # The questions

    def check_decisive(self, is_open: bool) -> None:
        listed = self.data["decisive"]
        are_lists = isinstance(listed, list) and all(isinstance(names, list) for names in listed)
        self.require(are_lists, "decisive", "it is no list of sets")
        sets = [tuple(names) for names in listed]
        if not is_open:
            self.require(not sets, "decisive", "nothing is open, so no question decides")
            return
        claims = [(tree, reading) for _, tree, reading in self.claims]
        unknown = sorted({name for tree, reading in claims for name in reading.names(tree)} - set(self.record))
        asked = {name for tree, reading in claims for name in reading.asks_record(tree)} - set(self.record)
        for names in sets:
            self.require(set(names) <= set(unknown), "decisive", f"{', '.join(names)} are not the open questions")
            self.require(self.settles(names), "decisive", f"answering {', '.join(names)} does not settle the outcome")
            order = sorted(names, key=lambda name: (self.kinds[name]["cost"], name))
            self.require(list(names) == order, "decisive", "the cheapest question does not stand first")
        for one in sets:
            self.require(not any(set(other) < set(one) for other in sets), "decisive", "a smaller set is enough")
            for name in one:
                rest = tuple(other for other in one if other != name)
                self.require(not self.settles(rest), "decisive", f"{name} need not be asked")
        self.require(len(set(sets)) == len(sets), "decisive", "a set stands there twice")
        if not asked:
            self.require(len(sets) == 1, "decisive", "exactly one smallest set of questions settles the outcome")
        elif len(unknown) <= 6:
            smallest = self.smallest_sets(unknown)
            self.require(
                {frozenset(names) for names in sets} == smallest, "decisive", "other sets settle the outcome too"
            )
        costs = [(sum(self.kinds[name]["cost"] for name in names), len(names), names) for names in sets]
        self.require(costs == sorted(costs), "decisive", "the cheapest set does not stand first")

    def smallest_sets(self, unknown: list[str]) -> set[frozenset[str]]:
        found: set[frozenset[str]] = set()
        for size in range(1, len(unknown) + 1):
            for names in combinations(unknown, size):
                if not any(smaller <= set(names) for smaller in found) and self.settles(names):
                    found.add(frozenset(names))
        return found

    def settles(self, names: tuple[str, ...]) -> bool:
        """Whether each way of answering leaves one outcome. Answers to what is asked about the record change it, so they
        are gone through one by one."""
        claims = [(tree, reading) for _, tree, reading in self.claims]
        asked = {name for tree, reading in claims for name in reading.asks_record(tree)}
        recorded = [name for name in names if name in asked]
        values = values_of(recorded, claims, self.kinds)
        options = [told_apart(name, values[name], claims) for name in recorded]
        for chosen in product(*options):
            record = self.record | dict(zip(recorded, chosen, strict=True))
            trial = [(tree, reading) for _, tree, reading in self.conditions(record)]
            if not settled_by(names, trial, self.kinds, self.decide):
                return False
        return True


def _bounded(word: dict[str, Any]) -> dict[str, Any]:
    if word["type"] == "date":
        return {
            key: date.fromisoformat(value) if key in ("minimum", "maximum") else value for key, value in word.items()
        }
    return word


def _said(truth: bool | None) -> str:
    return "not known" if truth is None else "true" if truth else "false"


def _parts(tree: Tree, reading: Reading) -> tuple[list[Tree], Reading]:
    """What a node of a proof opens into: the parts of AND and OR, what NOT denies, the meaning of a defined word."""
    if tree[0] in ("and", "or"):
        return list(tree[1]), reading
    if tree[0] == "not":
        part = tree[1]
        opens = part[0] in ("and", "or", "not") or (part[0] == "name" and part[1] in reading.definitions)
        return ([part], reading) if opens else ([], reading)
    if tree[0] == "name" and tree[1] in reading.definitions:
        inner, own = reading.definitions[tree[1]]
        return [inner], own
    return [], reading


__all__ = ["ProofError", "check_proof"]
