"""Times the main job, from the bytes of a paper to its draft letter, beside OCR alone on the same pages.

    python -m bench.main_job [FILE …]          default: the four sample subpoenas, digital and faxed

Each file is answered three times in a warm process and the median is printed, part by part. For scanned pages the last
column is what the OCR engine alone takes on the same pictures, in the same run and with the same number of threads.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from duly import intake, law, letters, matters
from duly.clock import Calendars, load_calendars
from duly.instruments import Kinds, load_kinds
from duly.intake.engine import threads

ROOT = Path(__file__).resolve().parents[1] / "samples/denver-2020"
AIM_DIGITAL = 1.0
RUNS = 3


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def ocr_alone(path: Path) -> float:
    """Seconds that the engine takes on the file's pages as pictures, after one warm-up."""
    import numpy as np
    import pypdfium2
    from PIL import Image, ImageSequence
    from rapidocr import RapidOCR

    if path.suffix == ".pdf":
        pages = [page.render(scale=200 / 72).to_numpy() for page in pypdfium2.PdfDocument(path)]
    else:
        pages = [np.asarray(frame.convert("RGB")) for frame in ImageSequence.Iterator(Image.open(path))]
    number = threads()
    engine = RapidOCR(params={"Global.log_level": "critical", "EngineConfig.onnxruntime.intra_op_num_threads": number})
    engine(pages[0][:200])
    return timed(lambda: [engine(page) for page in pages])[1]


@dataclass(frozen=True)
class Desk:
    """What every paper is answered with."""

    library: law.Library
    calendars: Calendars
    kinds: Kinds
    office: matters.Office


def one_run(path: Path, desk: Desk) -> tuple[tuple[intake.Reading, ...], float, float, float]:
    """One paper, answered: its readings, and the seconds for reading, for the law and for the letter."""
    readings, read = timed(lambda: intake.read(path.read_bytes(), path.name, kinds=desk.kinds))
    paper = matters.instrument_from(readings, desk.kinds)
    on = date(2020, 1, 16)
    found, assess = timed(
        lambda: matters.assess(desk.library, desk.calendars, desk.office, paper, on, kinds=desk.kinds)
    )
    _, letter = timed(lambda: letters.compose(letters.draft(found, desk.office, on=on, matter_number="bench")))
    return readings, read, assess, letter


def main(files: list[Path]) -> None:
    library, load_seconds = timed(law.load)
    desk = Desk(library, load_calendars(), load_kinds(), matters.office_for(library, "us/co/denver"))
    intake.read(files[0].read_bytes(), files[0].name, kinds=desk.kinds)  # the worker process is warm from here on
    print(f"law loaded in {load_seconds:.2f} s; medians of {RUNS} runs, seconds")
    print(
        f"{'file':34} {'pages':>5} {'read':>8} {'assess':>8} {'letter':>8} {'to law':>8} {'total':>8} {'OCR alone':>10}"
    )
    for path in files:
        rows = [one_run(path, desk) for _ in range(RUNS)]
        readings = rows[-1][0]
        read, assess, letter = (statistics.median(column) for column in zip(*(row[1:] for row in rows), strict=True))
        pages = len(readings[0].document.pages)
        scanned = readings[0].document.pages[0].method == "ocr"
        alone = f"{ocr_alone(path):10.2f}" if scanned else f"{'(digital)':>10}"
        total = read + assess + letter
        print(
            f"{path.parent.name + '/' + path.name:34} {pages:5} {read:8.3f} {assess:8.3f} {letter:8.3f} "
            f"{read + assess:8.3f} {total:8.3f} {alone}"
        )
    print(f"aim: a digital page to its determination in under {AIM_DIGITAL:.0f} s")


if __name__ == "__main__":
    given = [Path(name) for name in sys.argv[1:]]
    main(given or sorted((ROOT / "served").glob("*.pdf")) + sorted((ROOT / "faxed").glob("*.tif")))
