"""`python -m proofcheck FILE …`: says for each file whether it proves what it says; exits with 3 where one does not."""

from __future__ import annotations

import sys
from pathlib import Path

from .checking import ProofError, check_proof


def main(paths: list[str]) -> int:
    if not paths:
        print("Give one or more files that Duly exported.", file=sys.stderr)
        return 2
    failed = 0
    for path in paths:
        try:
            check_proof(Path(path).read_bytes())
            print(f"{path}: every step holds")
        except (OSError, ProofError) as error:
            failed += 1
            print(f"{path}: {error}")
    return 3 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
