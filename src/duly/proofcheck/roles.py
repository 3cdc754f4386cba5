"""What became of each rule, from the truth of each condition: it carries the outcome, gave way, or does not apply."""

from __future__ import annotations

from typing import Any

from .outcomes import LAYERS, between_of, binds, loses, pull_of

Rule = dict[str, Any]
Truth = bool | None
_CARRIES: dict[str, set[str]] = {
    "required": {"required"},
    "demanded": {"demanded"},
    "requested": {"requested"},
    "permitted": {"permitted"},
    "forbidden": {"forbidden"},
    "contested": {"forbidden", "required", "demanded", "permitted"},
    "unregulated": set(),
    "undetermined": {"forbidden", "required", "demanded", "requested", "permitted"},
}


def all_of(*parts: Truth) -> Truth:
    return False if False in parts else None if None in parts else True


def any_of(*parts: Truth) -> Truth:
    return True if True in parts else None if None in parts else False


def denied(part: Truth) -> Truth:
    return None if part is None else not part


class Roles:
    """Roles of all rules for one outcome. `truths` has each rule's condition under `#id`, a court's order under `~id`."""

    def __init__(self, rules: list[Rule], act: str, office: Rule, truths: dict[str, Truth], outcome: str) -> None:
        self.rules = rules
        self.act = act
        self.office = office
        self.truths = truths
        self.outcome = outcome
        self.stands: dict[str, Truth] = {}
        for rule in rules:
            self.stand(rule["id"])
        self.deciding = [rule for rule in rules if self.settles(rule)]
        self.aside = {
            rule["id"]
            for precedent in self.deciding
            for rule in between_of(precedent, rules, act)
            if loses(rule, precedent["holding"])
        }
        self.first = {rule["id"]: self.first_role(rule) for rule in rules}
        self.carrying = self.carriers()

    def stand(self, id: str) -> Truth:
        """Whether a rule holds and none that stands overrides it; overriding speaks for the rule's own acts."""
        if id not in self.stands:
            above = [
                denied(self.stand(other["id"]))
                for other in self.rules
                if id in other["overrides"] and (not other["acts"] or self.act in other["acts"])
            ]
            self.stands[id] = all_of(self.truths[f"#{id}"], *above)
        return self.stands[id]

    def is_duty(self, rule: Rule) -> bool:
        return bool(rule["kind"] == "duty" and self.act in rule["acts"])

    def pull(self, rule: Rule) -> str | None:
        if not self.is_duty(rule):
            return None
        id = rule["id"]
        return pull_of(rule, self.truths[f"#{id}"] is True and self.truths.get(f"~{id}") is True)

    # Settling

    def settles(self, rule: Rule) -> bool:
        """Whether a precedent certainly decides a point that is certainly contested."""
        if rule["kind"] != "precedent" or not binds(rule, self.office):
            return False
        between = between_of(rule, self.rules, self.act)
        against = any_of(*(self.stands[each["id"]] for each in between if each["modality"] == "forbidden"))
        in_favour = any_of(*(self.stands[each["id"]] for each in between if each["modality"] != "forbidden"))
        return all_of(self.stands[rule["id"]], against, in_favour, self.contested()) is True

    def contested(self) -> Truth:
        """Whether, before any precedent, the rules' layers leave the act contested."""
        ban, duty, demand, shield = (self.layers(kind) for kind in ("forbidden", "required", "demanded", "protected"))
        ways = []
        for layer in range(len(LAYERS)):
            above = layer + 1
            highest = all_of(ban[layer], denied(any_of(*ban[above:])))
            ways.append(all_of(highest, duty[layer], denied(any_of(*duty[above:]))))
            challenge = any_of(*demand[above:], *shield[above:])
            ways.append(all_of(highest, denied(any_of(*duty[layer:])), challenge))
        return any_of(*ways)

    def layers(self, kind: str) -> list[Truth]:
        """For each layer whether some rule pulls that way."""
        found: list[Truth] = []
        for layer in LAYERS:
            here = [rule for rule in self.rules if self.is_duty(rule) and rule["layer"] == layer]
            found.append(any_of(*(self.pulls(rule, kind) for rule in here)))
        return found

    def pulls(self, rule: Rule, kind: str) -> Truth:
        plain = pull_of(rule, ordered=False)
        ordered = self.truths.get(f"~{rule['id']}", False)
        if plain == "demanded":
            way: Truth = ordered if kind == "required" else denied(ordered) if kind == "demanded" else False
        elif kind == "protected":
            way = bool(rule["notwithstanding"])
        else:
            way = plain == kind
        return all_of(self.stands[rule["id"]], way)

    # Roles

    def first_role(self, rule: Rule) -> str:
        holds, stands = self.truths[f"#{rule['id']}"], self.stands[rule["id"]]
        if holds is False:
            return "not apply"
        if stands is False and holds is True:
            return "overridden"
        if stands is not True:
            return "may apply"
        return "beaten" if rule["id"] in self.aside else "applies"

    def role(self, rule: Rule) -> str:
        role, pull = self.first[rule["id"]], self.pull(rule)
        gave_way = (
            pull == "forbidden" if self.outcome == "required" else self.outcome == "forbidden" and pull != "forbidden"
        )
        if role == "applies" and pull is not None and rule["id"] not in self.carrying and gave_way:
            return "beaten"
        return role

    def direction(self, rule: Rule) -> str | None:
        return str(rule["holding"]) if rule["kind"] == "precedent" else self.pull(rule)

    def applied(self) -> list[str]:
        """The rules that carry the outcome, in order; the prohibitions first where it is contested."""
        found = [rule for rule in self.rules if rule["id"] in self.carrying]
        found += [rule for rule in self.deciding if rule not in found]
        if self.outcome == "contested":
            found.sort(key=lambda rule: self.direction(rule) != "forbidden")
        return [rule["id"] for rule in found]

    def carriers(self) -> set[str]:
        layer = {rule["id"]: LAYERS.index(rule["layer"]) for rule in self.rules}
        pulls = {rule["id"]: self.pull(rule) for rule in self.rules}
        shields = {rule["id"] for rule in self.rules if rule.get("notwithstanding")}

        def top(pull: str) -> int:
            return max(
                (layer[id] for id, own in pulls.items() if own == pull and self.first[id] == "applies"), default=-1
            )

        ban, duty = top("forbidden"), top("required")
        for roles in (("applies", "may apply"),) if self.outcome == "undetermined" else (("applies",), ("may apply",)):
            found = {id for id, pull in pulls.items() if pull in _CARRIES[self.outcome] and self.first[id] in roles}
            if self.outcome == "contested":
                found = {id for id in found if pulls[id] != "permitted" or id in shields}
            best = {id for id in found if _unbeaten(self.outcome, str(pulls[id]), layer[id], ban, duty)} or found
            if best:
                return best
        return set()

    def on_point(self) -> dict[str, tuple[bool, bool, str]]:
        """The precedents on point, or (of this office's own law) perhaps: whether each binds, settles, and its status."""
        return {
            rule["id"]: (binds(rule, self.office), rule in self.deciding, rule["status"])
            for rule in self.rules
            if rule["kind"] == "precedent" and self.is_on_point(rule)
        }

    def is_on_point(self, rule: Rule) -> bool:
        held = self.truths[f"#{rule['id']}"]
        return held is True or (held is None and rule["jurisdiction"] in self.office["chain"])


def _unbeaten(outcome: str, pull: str, layer: int, ban: int, duty: int) -> bool:
    if outcome == "required":
        return layer > ban
    if outcome == "forbidden":
        return layer > duty
    if outcome == "contested":
        return layer >= duty if pull == "forbidden" else layer >= ban if pull == "required" else layer > ban
    return True
