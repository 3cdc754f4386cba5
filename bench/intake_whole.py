"""Every figure of intake beside its aim, one after another, on papers made for the run."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Size:
    """How much is measured: papers of each manner, files timed beside the OCR engine, pages bound, copies degraded."""

    digital: int
    scanned: int
    faxed: int
    timed: int
    pages: int
    degraded: int


QUICK = Size(digital=60, scanned=4, faxed=4, timed=2, pages=100, degraded=300)
FULL = Size(digital=400, scanned=60, faxed=60, timed=8, pages=500, degraded=5000)


def measure(size: Size, seed: int) -> int:
    """Makes the papers of a seed, runs every part, and says how many parts failed to run."""
    failed = 0
    with tempfile.TemporaryDirectory() as made:
        for place, manner in enumerate(("digital", "scanned", "faxed")):
            folder = Path(made) / manner
            count = getattr(size, manner)
            failed += _run(
                f"{count} papers, {manner}",
                [
                    "samples.generator",
                    "heldout",
                    "--out",
                    folder,
                    "--seed",
                    seed + place,
                    "--count",
                    count,
                    "--manner",
                    manner,
                ],
            )
            failed += _run(f"kinds, fields and certainty, {manner}", ["bench.intake", folder])
        failed += _run(
            "a scanned page beside the OCR engine alone (aim: 1.15 times)",
            ["bench.intake", Path(made) / "scanned", "--speed", size.timed],
        )
        failed += _run(
            "memory of a long bundle", ["bench.intake_memory", Path(made) / "digital", "--pages", size.pages]
        )
        failed += _run("degraded papers", ["bench.intake_degraded", "--count", size.degraded, "--seed", seed])
    return failed


def _run(title: str, module: list[object]) -> int:
    print(f"\n== {title}", flush=True)
    done = subprocess.run([sys.executable, "-m", *(str(part) for part in module)], check=False)
    return int(done.returncode != 0)
