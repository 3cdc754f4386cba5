"""Measures how often fields were right at each certainty, by type, for `src/duly/intake/calibration.toml`.

python -m bench.intake FOLDER --sure FILE          on papers that are kept for this and for nothing else
python -m bench.intake_calibration FILE            prints the bins
python -m bench.intake_calibration FILE --check    on other papers: what the table in use makes of them
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

from duly.intake.calibration import measured

BINS = (0.95, 0.9, 0.8, 0.0)
CLASSES = {"name": "name, address, list", "address": "name, address, list", "list": "name, address, list"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--check", action="store_true", help="apply the table first; for a set read before it was made")
    asked = parser.parse_args()
    counted: dict[tuple[str, float], list[int]] = defaultdict(lambda: [0, 0])
    for line in asked.file.read_text(encoding="utf-8").splitlines():
        copy, type_, confidence, right = json.loads(line)
        if asked.check and copy != "digital":
            confidence = measured("ocr", type_, confidence)
        begins = next(begins for begins in BINS if confidence >= begins)
        for name in (CLASSES.get(type_, type_), "all"):
            counted[name, begins][0] += 1
            counted[name, begins][1] += right
    print(f"{'type':<22}{'from':>6}{'fields':>8}{'right':>8}")
    for (name, begins), (fields, right) in sorted(counted.items(), key=lambda item: (item[0][0], -item[0][1])):
        print(f"{name:<22}{begins:>6}{fields:>8}{right / fields:>8.3f}")


if __name__ == "__main__":
    main()
