"""`python -m samples.generator`: makes the committed samples anew, a held-out set, or the bad inputs.

python -m samples.generator                                   every committed sample
python -m samples.generator denver-2020                       one folder of them
python -m samples.generator heldout --out DIR --seed 7 --count 200 [--only subpoena] [--manner faxed] [--jobs 2]
python -m samples.generator bad --out DIR                     inputs that no desk should trip over
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from samples.generator import cat
from samples.generator.curated import SAMPLES, read_papers, write


def committed(what: str) -> None:
    """Makes the committed samples, or one folder of them."""
    folders = [path.parent for path in sorted(SAMPLES.glob("*/papers.toml"))]
    if what != "all" and what not in [folder.name for folder in folders]:
        sys.exit(
            f"There is no folder of samples called {what!r}; there are {', '.join(folder.name for folder in folders)}."
        )
    for folder in folders:
        if what in ("all", folder.name):
            written = write(folder, read_papers(folder))
            print(
                f"samples/{folder.name}: {len(written)} files, {sum(path.stat().st_size for path in written) / 1e6:.1f} MB"
            )
    if what in ("all", "other-kinds"):
        (SAMPLES / "other-kinds" / "cat.jpg").write_bytes(cat.photograph())


def held_out(asked: argparse.Namespace) -> None:
    from samples.generator.heldout.arrival import MANNERS
    from samples.generator.heldout.make import MAKERS, write_set

    if asked.only and asked.only not in MAKERS:
        sys.exit(f"--only takes one of: {', '.join(MAKERS)}")
    if asked.manner and asked.manner not in MANNERS:
        sys.exit(f"--manner takes one of: {', '.join(MANNERS)}")
    start = time.monotonic()
    size = write_set(asked.out, asked.seed, asked.count, asked.only, asked.jobs, asked.manner)
    taken = time.monotonic() - start
    print(
        f"{asked.out}: {asked.count} papers, {size / 1e6:.1f} MB, {asked.count / max(taken, 0.01):.1f} papers a second"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m samples.generator", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="?", default="all", help="all, a folder below samples/, heldout, or bad")
    parser.add_argument("--out", type=Path, help="where a held-out set or the bad inputs go")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--only", help="only one sort of paper")
    parser.add_argument("--manner", help="only one manner of arrival: digital, faxed, scanned, photographed, …")
    parser.add_argument("--jobs", type=int, default=1, help="processes (default 1)")
    asked = parser.parse_args()
    if asked.what in ("heldout", "bad") and asked.out is None:
        parser.error(f"{asked.what} needs --out DIR")
    if asked.what == "heldout":
        held_out(asked)
    elif asked.what == "bad":
        from samples.bad.make import write_all

        for name, told in write_all(asked.out):
            print(f"{name:28} {told}")
    else:
        committed(asked.what)


if __name__ == "__main__":
    main()
