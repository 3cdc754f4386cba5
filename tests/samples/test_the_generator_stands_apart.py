"""The generator shares nothing with the reader that it measures."""

from __future__ import annotations

import ast
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "samples"
SOURCES = sorted(SAMPLES.rglob("*.py"))


def _imported(source: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def test_there_is_a_generator_to_look_at() -> None:
    assert len(SOURCES) > 15


def test_no_module_of_the_samples_imports_duly() -> None:
    found = {
        (source.name, name) for source in SOURCES for name in _imported(source) if name.split(".")[0] in ("duly", "src")
    }
    assert not found


def test_no_module_of_the_samples_imports_by_a_name_made_at_run_time() -> None:
    for source in SOURCES:
        text = source.read_text(encoding="utf-8")
        assert "importlib" not in text and "__import__" not in text, source.name


def test_no_form_or_script_reads_a_file_of_duly() -> None:
    for form in [*SAMPLES.rglob("*.typ"), *SAMPLES.rglob("scripts/*.txt")]:
        assert "duly/" not in form.read_text(encoding="utf-8"), form.name
