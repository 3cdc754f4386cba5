"""Measures intake on generated papers: kinds, fields, administrative taken for judicial, calibration, speed beside OCR.

    python -m bench.intake [--full] [--seed 1]       every figure beside its aim, on papers made for the run
    python -m bench.intake FOLDER [--errors] [--only PATTERN]
    python -m bench.intake FOLDER --speed 6

FOLDER holds papers and a `truth.json` as `samples/FIELDS.md` describes it. A field counts as right when its typed value is
the truth's; text is compared with white space, case, quotes and line breaks folded, and lists item by item.
"""

from __future__ import annotations

import argparse
import fnmatch
import json
import re
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from datetime import time as clock_time
from pathlib import Path
from typing import Any

from bench.intake_whole import FULL, QUICK, measure

from duly.instruments import load_kinds
from duly.intake import Limits, Reading, Refused
from duly.intake.assembling import read_file
from duly.intake.recognition import Recogniser

KINDS = load_kinds()
# What is to be reached on each manner of arrival: the share of kinds known, and F1 of the fields.
AIMS = {"digital": ("0.995", "0.99"), "scanned": ("0.98", "0.95"), "faxed": ("0.98", "0.90")}


def same_kind(read: str | None, wanted: str | None) -> bool:
    """Whether the kind read is the truth's, or is it more closely: a state's subpoena, one sort of order."""
    return read == wanted or (read is not None and KINDS[read].root == wanted)


@dataclass
class Tally:
    """What was right and wrong, and how sure the reader was of each."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    invented: int = 0
    sure: list[tuple[float, bool]] = field(default_factory=list)
    typed: list[tuple[str, float, bool]] = field(default_factory=list)
    by_field: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def f1(self) -> float:
        precision = self.right / max(1, self.right + self.wrong + self.invented)
        recall = self.right / max(1, self.right + self.wrong + self.missed)
        return 2 * precision * recall / max(1e-9, precision + recall)


def fold_text(value: object) -> str:
    text = re.sub(r"[‘’“”\"'`]", "", str(value)).replace("–", "-").replace("—", "-").casefold()
    return re.sub(r"[\s,;.]+", " ", text).strip(" -:")


def same_value(read: Any, truth: dict[str, Any]) -> bool:
    wanted = truth.get("normal", truth["value"])
    if isinstance(read, clock_time):
        return read.strftime("%H:%M") == wanted
    if isinstance(read, date):
        return wanted in (read.isoformat(), f"{read:%B} {read.day}, {read:%Y}", f"{read:%m/%d/%Y}")
    if isinstance(read, bool) or isinstance(wanted, bool):
        return read is wanted
    if isinstance(wanted, list):
        return isinstance(read, tuple) and [fold_text(item) for item in read] == [fold_text(item) for item in wanted]
    if truth["type"] == "phone":
        return re.sub(r"\D", "", str(read)) == re.sub(r"\D", "", str(wanted))
    return fold_text(read) == fold_text(wanted)


def is_day(truth: dict[str, Any]) -> bool:
    """Whether the paper gives a day at all; `an unknown date` is none, and reading none is right."""
    return re.fullmatch(r"\d{4}-\d\d-\d\d", str(truth.get("normal", ""))) is not None


def truths(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and truth of every paper: from `truth.json` by name, or one a line from `truth.jsonl`."""
    if (folder / "truth.json").exists():
        yield from json.loads((folder / "truth.json").read_text(encoding="utf-8")).items()
    else:
        for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
            truth = json.loads(line)
            name = truth["file"] if (folder / truth["file"]).exists() else f"papers/{truth['file']}"
            yield name, truth


def papers(folder: Path, only: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    for name, truth in truths(folder):
        path = folder / name
        if path.exists() and fnmatch.fnmatch(name, only):
            yield path, truth


def matched(readings: tuple[Reading, ...], instrument: dict[str, Any]) -> Reading | None:
    """The reading that covers the instrument's first page."""
    for reading in readings:
        if reading.first_page <= instrument["first_page"] <= reading.last_page:
            return reading
    return None


def compare(reading: Reading | None, instrument: dict[str, Any], tally: Tally, show: str) -> None:
    for name, truth in instrument["fields"].items():
        value = None if reading is None else reading.fields.get(name)
        read = None if value is None else value.value
        confidence = 0.0 if value is None else value.evidence.confidence
        if truth["value"] is None or (truth["type"] == "date" and not is_day(truth)):
            if read is not None:
                tally.invented += 1
                outcome = "invented"
                tally.sure.append((confidence, False))
            else:
                continue
        elif read is None:
            tally.missed += 1
            outcome = "missed"
        elif same_value(read, truth):
            tally.right += 1
            outcome = "right"
            tally.sure.append((confidence, True))
        else:
            tally.wrong += 1
            outcome = "wrong"
            tally.sure.append((confidence, False))
        if read is not None:
            tally.typed.append((truth["type"], confidence, outcome == "right"))
        tally.by_field[f"{instrument['kind']}.{name}"][outcome] += 1
        if show and outcome != "right":
            wanted = truth.get("normal", truth["value"])
            flags = "" if value is None else ",".join(value.flags)
            print(f"  {show} {name}: {outcome}\n      truth {wanted!r}\n      read  {read!r} {confidence:.2f} {flags}")


def ocr_alone(folder: Path, only: str, most: int) -> None:
    """Seconds a page of the whole reading beside the OCR engine alone on the same pictures, with its own settings."""
    import numpy as np
    from rapidocr import RapidOCR

    from duly.intake.engine import threads
    from duly.intake.portable import open_pdf, render

    engine = RapidOCR(
        params={"Global.log_level": "critical", "EngineConfig.onnxruntime.intra_op_num_threads": threads(), "EngineConfig.onnxruntime.inter_op_num_threads": 1}
    )  # fmt: skip
    recogniser = Recogniser(load_kinds())
    alone: list[float] = []
    whole: list[float] = []
    for path, _ in papers(folder, only):
        if path.suffix != ".pdf" or len(alone) >= most:
            continue
        data = path.read_bytes()
        document = open_pdf(data)
        pictures = [render(document[index], 200, 60_000_000)[0] for index in range(len(document))]
        began = time.perf_counter()
        for picture in pictures:
            engine(np.stack([picture] * 3, axis=-1))
        alone.append((time.perf_counter() - began) / len(pictures))
        began = time.perf_counter()
        read_file(data, path.name, recogniser=recogniser, limits=Limits())
        whole.append((time.perf_counter() - began) / len(pictures))
    if alone:
        first, second = statistics.median(alone[1:] or alone), statistics.median(whole[1:] or whole)
        print(
            f"OCR alone {first:.2f} s a page; whole reading {second:.2f} s a page: {second / first:.2f} times, {len(alone)} files"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="without it, papers are made and every part is measured")
    parser.add_argument("--full", action="store_true", help="as many papers as the aims speak of; hours")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--errors", action="store_true", help="print each field that was not read right")
    parser.add_argument("--only", default="*")
    parser.add_argument(
        "--speed", type=int, default=0, metavar="N", help="only time N scanned files beside the OCR engine alone"
    )
    parser.add_argument("--sure", type=Path, help="write how sure each field was and whether it was right, one a line")
    arguments = parser.parse_args()
    if arguments.folder is None:
        sys.exit(measure(FULL if arguments.full else QUICK, arguments.seed))
    if arguments.speed:
        ocr_alone(arguments.folder, arguments.only, arguments.speed)
        return
    kinds = KINDS
    recogniser = Recogniser(kinds)
    tallies: dict[str, Tally] = defaultdict(Tally)
    confusion: Counter[tuple[str, str]] = Counter()
    judged: Counter[str] = Counter()
    judicial_mistakes: list[str] = []
    seconds: dict[str, list[float]] = defaultdict(list)
    for path, truth in papers(arguments.folder, arguments.only):
        copy = truth.get("manner") or path.parent.name
        began = time.perf_counter()
        try:
            readings = read_file(path.read_bytes(), path.name, recogniser=recogniser, limits=Limits())
        except Refused as refused:
            print(f"{path.name}: refused: {refused}")
            readings = ()
        took = time.perf_counter() - began
        pages = len(readings[0].document.pages) if readings else 1
        seconds[copy].append(took / max(1, pages))
        for instrument in truth["instruments"]:
            reading = matched(readings, instrument)
            read_kind = None if reading is None else reading.kind
            judged[copy] += 1
            if not same_kind(read_kind, instrument["kind"]):
                confusion[(copy, f"{instrument['kind']} -> {read_kind}")] += 1
                print(f"{path.relative_to(arguments.folder)}: {instrument['kind']} read as {read_kind}")
            if (
                reading is not None
                and reading.kind is not None
                and kinds[reading.kind].is_judicial
                and not instrument.get("judicial", False)
            ):
                judicial_mistakes.append(f"{path.name}: {instrument['kind']} -> {reading.kind}")
            if reading is not None and not same_kind(read_kind, instrument["kind"]):
                reading = None
            compare(
                reading, instrument, tallies[copy], str(path.relative_to(arguments.folder)) if arguments.errors else ""
            )
        known = sum(reading.kind is not None for reading in readings)
        there = sum(instrument["kind"] is not None for instrument in truth["instruments"])
        if known != there:
            print(f"{path.relative_to(arguments.folder)}: {known} papers read, {there} there")
    report(tallies, confusion, judged, judicial_mistakes, seconds)
    if arguments.sure:
        with arguments.sure.open("w", encoding="utf-8") as lines:
            for copy, tally in tallies.items():
                for shown in tally.typed:
                    print(json.dumps([copy, *shown]), file=lines)


def print_curve(copy: str, sure: list[tuple[float, bool]]) -> None:
    """How many of the fields shown with a certainty were right; aim: at least 0.95 of those shown as 0.95 or more."""
    print(f"\n{copy}: shown as sure  fields   right")
    for low, high in ((0.95, 1.01), (0.9, 0.95), (0.8, 0.9), (0.6, 0.8), (0.0, 0.6)):
        inside = [ok for confidence, ok in sure if low <= confidence < high]
        if inside:
            aim = "  (aim: 0.950)" if low == 0.95 else ""
            print(f"    {low:.2f} to {min(high, 1):.2f}     {len(inside):>8}{sum(inside) / len(inside):>8.3f}{aim}")


def report(
    tallies: dict[str, Tally],
    confusion: Counter[tuple[str, str]],
    judged: Counter[str],
    mistakes: list[str],
    seconds: dict[str, list[float]],
) -> None:
    print(
        f"\n{'copy':<16}{'papers':>7}{'kind':>8}{'aim':>7}{'fields':>8}{'F1':>8}{'aim':>6}{'wrong':>7}{'missed':>7}{'invented':>9}"
        f"{'s/page':>8}"
    )
    for copy, tally in tallies.items():
        wrong_kind = sum(count for (which, _), count in confusion.items() if which == copy)
        total = tally.right + tally.wrong + tally.missed
        kind_aim, field_aim = AIMS.get(copy, ("", ""))
        print(
            f"{copy:<16}{judged[copy]:>7}{1 - wrong_kind / judged[copy]:>8.3f}{kind_aim:>7}{total:>8}{tally.f1():>8.3f}{field_aim:>6}"
            f"{tally.wrong:>7}{tally.missed:>7}{tally.invented:>9}{statistics.median(seconds[copy]):>8.2f}"
        )
    print(
        f"\nadministrative or other paper taken for a judicial one: {len(mistakes)} of {sum(judged.values())} (aim: 0)"
    )
    for mistake in mistakes:
        print(f"  {mistake}")
    for copy, tally in tallies.items():
        print_curve(copy, tally.sure)
    worst = Counter(
        {
            name: counts["wrong"] + counts["missed"] + counts["invented"]
            for tally in tallies.values()
            for name, counts in tally.by_field.items()
        }
    )
    print("\nhardest fields: " + ", ".join(f"{name} {count}" for name, count in worst.most_common(12) if count))


if __name__ == "__main__":
    main()
