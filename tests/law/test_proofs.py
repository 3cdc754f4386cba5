"""A determination exported as one file proves itself to a checker that knows nothing of the engine."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_engines_agree import ON, as_facts, involved, known, rulebooks, slow

import duly.proofcheck
from duly.law import Library, case_facts, confirm_proof, determine, export_proof, load
from duly.proofcheck import ProofError, check_proof

Path_ = tuple[str | int, ...]


def proof_of(library: Library, office: str, act: str, record: dict[str, Any]) -> dict[str, Any]:
    return export_proof(library, determine(library, office, act, as_facts(record), ON))


def rehashed(proof: dict[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in proof.items() if key != "sha256"}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return rest | {"sha256": hashlib.sha256(text.encode()).hexdigest()}


@given(rulebooks(epistemic=True, rich=True, leaves=2), st.data())
@slow(60)
def test_every_determination_proves_itself(library: Library, data: st.DataObject) -> None:
    record = data.draw(known(tuple(involved(library)), 0.35))
    check_proof(json.dumps(proof_of(library, "us/co/denver", "produce", record)))


@pytest.mark.parametrize("office", sorted({case.office for case in load().cases}))
def test_every_case_beside_the_law_proves_itself(office: str, library: Library) -> None:
    for case in library.cases:
        if case.office == office:
            for act in case.expect:
                answer = determine(library, office, act, case_facts(library, case), case.on)
                check_proof(json.dumps(export_proof(library, answer)))


# Mutations


@cache
def samples() -> tuple[dict[str, Any], ...]:
    """Real proofs of each outcome that the packaged cases have."""
    library = load()
    found: dict[str, dict[str, Any]] = {}
    for case in library.cases:
        for act, expected in case.expect.items():
            if expected not in found:
                found[expected] = export_proof(
                    library, determine(library, case.office, act, case_facts(library, case), case.on)
                )
    assert len(found) >= 7
    return tuple(found.values())


def leaves(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list) and value:
        for index, inner in enumerate(value):
            yield from leaves(inner, (*path, index))
    else:
        yield path


@cache
def paths(number: int) -> tuple[Path_, ...]:
    return tuple(leaves(samples()[number]))


def at(proof: Any, path: Path_) -> Any:
    for key in path:
        proof = proof[key]
    return proof


@contextmanager
def changed(proof: dict[str, Any], path: Path_, value: Any) -> Iterator[dict[str, Any]]:
    """The proof with one value changed, for a while: ten thousand copies would take longer than the checks."""
    place, old = at(proof, path[:-1]), at(proof, path)
    place[path[-1]] = value
    try:
        yield proof
    finally:
        place[path[-1]] = old


others = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.text(max_size=4),
    st.sampled_from(["required", "forbidden", "TRUE"]),
)


@given(st.data())
@settings(max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None)
def test_a_changed_proof_is_rejected(data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(samples()) - 1))
    path = data.draw(st.sampled_from(paths(number)))
    value = data.draw(others.filter(lambda other: json.dumps(other) != json.dumps(at(samples()[number], path))))
    with changed(samples()[number], path, value) as proof, pytest.raises(ProofError):
        check_proof(proof)


CLAIMS = (
    "outcome",
    "possible",
    "decisive",
    "applied",
    "role",
    "direction",
    "truth",
    "unknown",
    "facts",
    "binding",
    "settles",
)


def is_claim(path: Path_) -> bool:
    """What the checker can derive, as against what it is given (the law's words, the facts, the English)."""
    if path[0] == "facts" or "acts" in path or (path[-1] == "settles" and path[0] == "rules"):
        return False
    return any(part in CLAIMS for part in path) or (path[-1] == "sql")


@given(st.data())
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None)
def test_a_changed_claim_is_rejected_even_under_a_new_hash(data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(samples()) - 1))
    path = data.draw(st.sampled_from([path for path in paths(number) if is_claim(path)]))
    value = data.draw(others.filter(lambda other: json.dumps(other) != json.dumps(at(samples()[number], path))))
    with changed(samples()[number], path, value) as proof, pytest.raises(ProofError):
        check_proof(rehashed(proof))


@pytest.mark.parametrize(
    "key", ["outcome", "possible", "decisive", "applied", "rules", "facts", "definitions", "words", "office"]
)
def test_a_proof_without_a_part_is_rejected(key: str) -> None:
    proof = {name: value for name, value in samples()[0].items() if name != key}
    with pytest.raises(ProofError, match="form"):
        check_proof(rehashed(proof))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"schema": "duly.proof/1"}', "\x00"])
def test_what_is_no_proof_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ProofError, match="form: the file is not"):
        check_proof(text)


def test_a_rule_left_out_with_its_claims_changes_the_outcome_and_is_seen() -> None:
    [proof] = [sample for sample in samples() if sample["outcome"] == "forbidden"]
    gone = proof["applied"][0]
    kept = [rule for rule in proof["rules"] if rule["id"] != gone]
    with pytest.raises(ProofError):
        check_proof(rehashed(proof | {"rules": kept, "applied": proof["applied"][1:]}))


def test_the_checker_runs_alone_from_a_copied_folder(tmp_path: Path) -> None:
    shutil.copytree(
        Path(duly.proofcheck.__file__).parent, tmp_path / "proofcheck", ignore=shutil.ignore_patterns("__pycache__")
    )
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(samples()[0]))
    bad.write_text(json.dumps(rehashed(samples()[0] | {"outcome": "permitted", "possible": ["permitted"]})))
    run = subprocess.run(
        [sys.executable, "-I", "-c", "import sys; sys.path.insert(0, '.'); import runpy; runpy.run_module('proofcheck', run_name='__main__')", str(good), str(bad)],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 3
    assert "good.json: every step holds" in run.stdout
    assert "bad.json: possible: the possible outcomes are" in run.stdout


def test_the_checker_imports_the_standard_library_only() -> None:
    code = "import sys; before = set(sys.modules); import proofcheck; new = {name.split('.')[0] for name in set(sys.modules) - before}; print(new - set(sys.stdlib_module_names) - {'proofcheck'})"
    folder = Path(duly.proofcheck.__file__).parent.parent
    run = subprocess.run([sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(folder)!r}); {code}"], capture_output=True, text=True, check=True)  # fmt: skip
    assert run.stdout.strip() == "set()"


def _forgeries() -> dict[str, Any]:
    def dropped(proof: dict[str, Any]) -> None:
        gone = proof["applied"].pop()
        proof["rules"] = [rule for rule in proof["rules"] if rule["id"] != gone]

    def rule(key: str, value: object) -> Any:
        def change(proof: dict[str, Any]) -> None:
            next(rule for rule in proof["rules"] if rule["id"] == proof["applied"][-1])[key] = value

        return change

    return {
        "a rule that forbids is left out": dropped,
        "a rule's words are others": rule("text", "Officers may hold anybody."),
        "a rule's reason is another": rule("because", "a judge signed it"),
        "a rule is of another layer": rule("layer", "policy"),
        "a rule overrides one that did not apply": rule("overrides", ["us/8-cfr-287.7/hold"]),
        "the sentence for the clerk says otherwise": lambda proof: proof.update(summary="Required: hold the person."),
        "the office is another": lambda proof: proof["office"].update(name="Texas"),
    }


HOLD = {
    "office.kind": "sheriff",
    "instrument.kind": "ice-i-247a",
    "instrument.family": "detainer",
    "instrument.issuer": "immigration",
    "instrument.signed_by_judge": False,
}


def test_a_proof_says_what_the_rulebooks_say_that_it_was_made_from() -> None:
    library = load()
    for office in ("us/co/denver", "us/tx", "us/ma", "us/ny", "us/pa"):
        for act in ("hold_past_release", "notify_release", "produce_records", "treat_as_judicial_warrant"):
            found = confirm_proof(library, proof_of(library, office, act, HOLD))
            assert (office, act, found.same_law, found.differences) == (office, act, True, ())


@pytest.mark.parametrize("name", _forgeries())
def test_a_proof_that_follows_from_other_rules_is_told_from_the_law_here(name: str) -> None:
    library = load()
    proof = proof_of(library, "us/co/denver", "hold_past_release", HOLD)
    _forgeries()[name](proof)
    assert confirm_proof(library, rehashed(proof)).differences
