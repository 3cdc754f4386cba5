"""The peak memory of reading one long bundle, measured in a process of its own.

    python -m bench.intake_memory FOLDER [--pages 500]

FOLDER holds digital papers as the generator makes them; they are bound into one file of at least so many pages. Scanned
bundles take the OCR engine's memory on top, once, whatever their length: the pages are read one after another.
"""

from __future__ import annotations

import argparse
import io
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import pikepdf

AIM = 1.5
_READ = """
import json, resource, sys, time
from duly.instruments import load_kinds
from duly.intake import Limits
from duly.intake.assembling import read_file
from duly.intake.recognition import Recogniser
data = sys.stdin.buffer.read()
recogniser = Recogniser(load_kinds())
began = time.perf_counter()
readings = read_file(data, "bundle.pdf", recogniser=recogniser, limits=Limits())
took = time.perf_counter() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
print(json.dumps({"papers": len(readings), "pages": len(readings[0].document.pages), "seconds": took, "gigabytes": peak}))
"""


def bundle(folder: Path, pages: int) -> bytes:
    """The folder's PDFs bound together, over and over, until there are enough pages."""
    bound = pikepdf.new()
    papers = sorted(folder.rglob("*.pdf"))
    while len(bound.pages) < pages:
        for path in papers:
            with pikepdf.open(path) as part:
                bound.pages.extend(part.pages)
            if len(bound.pages) >= pages:
                break
    out = io.BytesIO()
    bound.save(out)
    return out.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=500)
    asked = parser.parse_args()
    data = bundle(asked.folder, asked.pages)
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", _READ], input=data, capture_output=True, check=True)
    found = json.loads(done.stdout)
    print(
        f"{found['pages']} pages, {found['papers']} papers: {found['gigabytes']:.2f} GB at most (aim: below {AIM} GB), "
        f"{found['seconds'] / found['pages']:.3f} s a page, {time.perf_counter() - began:.0f} s in all; "
        f"this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB"
    )


if __name__ == "__main__":
    main()
