"""`python -m samples.generator`: makes all committed samples anew; with a word behind it, only a part (see `--help`)."""

from __future__ import annotations

import argparse
from pathlib import Path

from samples.generator import cat
from samples.generator.curated import SAMPLES, read_papers, write


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m samples.generator", description=__doc__)
    parser.add_argument("what", nargs="?", default="all", help="all, or the name of a folder below samples/")
    asked = parser.parse_args()
    folders = [path.parent for path in sorted(SAMPLES.glob("*/papers.toml"))]
    for folder in folders:
        if asked.what in ("all", folder.name):
            written = write(folder, read_papers(folder))
            size = sum(path.stat().st_size for path in written)
            print(
                f"{folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder}: {len(written)} files, {size / 1e6:.1f} MB"
            )
    if asked.what in ("all", "other-kinds"):
        (SAMPLES / "other-kinds" / "cat.jpg").write_bytes(cat.photograph())


if __name__ == "__main__":
    main()
