"""The OCR engine: finds the lines of a picture and reads them, with the models that come in its wheel."""

from __future__ import annotations

import itertools
import os
import re
import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from duly.intake.sheet import Picture

Polygon = NDArray[np.float32]
"""Four corners in pixels: top left, top right, bottom right, bottom left, as the text runs."""

# Lines are found on a smaller picture than they are read from: finding needs the shape of a line, not its letters.
_FIND_SIDE = 1700
_LEAST_SCORE = 0.35
_BOX_SIGNS = frozenset("□☐口囗■☒☑区図凶回日曰目田")


@dataclass(frozen=True, slots=True)
class ReadWord:
    text: str
    polygon: Polygon
    confidence: float


_guard = threading.Lock()
_loaded: list[Any] = []


def _engine() -> Any:
    """The engine, loaded once: its models take about a second."""
    with _guard:
        if not _loaded:
            from rapidocr import RapidOCR

            _loaded.append(
                RapidOCR(
                    params={
                        "Global.log_level": "critical",
                        "Global.max_side_len": 100_000,
                        "EngineConfig.onnxruntime.intra_op_num_threads": threads(),
                        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                        "Rec.rec_batch_num": 6,
                    }
                )
            )
            _loaded[0].return_word_box = True
    return _loaded[0]


def threads() -> int:
    """How many cores this process may use, at most four: more gain nothing on one page."""
    return max(1, min(4, len(os.sched_getaffinity(0))))


def find_lines(picture: Picture) -> list[Polygon]:
    """The lines of text on a picture, each as a quadrangle."""
    height, width = picture.shape
    shrink = min(1.0, _FIND_SIDE / max(height, width))
    smaller = cv2.resize(picture, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA) if shrink < 1 else picture
    found = _engine()(cv2.cvtColor(smaller, cv2.COLOR_GRAY2BGR), use_det=True, use_cls=False, use_rec=False)
    boxes = getattr(found, "boxes", None)
    if boxes is None:
        return []
    return [np.asarray(box, dtype=np.float32) / shrink for box in boxes]


def is_upside_down(picture: Picture, lines: Sequence[Polygon]) -> bool:
    """Whether most of the longest lines stand on their heads: by their look, and where that is not clear by reading them."""
    longest = sorted(lines, key=_length, reverse=True)[:9]
    crops = _engine().crop_text_regions(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), longest)
    if not crops:
        return False
    _, result = _engine().cls_and_rotate([crop.copy() for crop in crops])
    votes = [1 if label == "180" else -1 for label, score in result.cls_res if score > 0.7]
    if abs(sum(votes)) >= 0.6 * len(crops):
        return sum(votes) > 0
    return _legibility([np.ascontiguousarray(np.rot90(crop, 2)) for crop in crops]) > _legibility(crops)


def _legibility(crops: list[NDArray[np.uint8]]) -> float:
    """How surely the given lines can be read, 0 to 1."""
    read = _engine().recognize_txt(crops)
    return float(np.mean(read.scores)) if read.scores else 0.0


def _length(line: Polygon) -> float:
    return float(np.linalg.norm(line[1] - line[0]))


def read_lines(picture: Picture, lines: Sequence[Polygon]) -> list[ReadWord]:
    """The words of the given lines, each with its own quadrangle."""
    if not lines:
        return []
    engine = _engine()
    engine.return_word_box = True
    crops = engine.crop_text_regions(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), list(lines))
    read = engine.recognize_txt(crops)
    kept = [
        index
        for index, (text, score) in enumerate(zip(read.txts, read.scores, strict=True))
        if text.strip() and score >= _LEAST_SCORE
    ]
    if not kept:
        return []
    read.txts = tuple(read.txts[index] for index in kept)
    read.scores = tuple(read.scores[index] for index in kept)
    read.word_results = tuple(read.word_results[index] for index in kept)
    crops = [crops[index] for index in kept]
    polygons = np.array([lines[index] for index in kept])
    by_line = engine.calc_word_boxes(crops, polygons, read)
    words: list[ReadWord] = []
    for line in by_line:
        for text, score, box in line:
            words += _parted(_cleaned(str(text)), np.asarray(box, dtype=np.float32), float(score))
    return words


_GLUED = re.compile(
    r"(?<=[a-zñáéíóú]{2})(?=[A-ZÑÁÉÍÓÚ][a-zñáéíóú])|(?<=[A-Za-z]{3})(?=\()|(?<=[a-z],)(?=[A-Za-z])|(?<=[a-z][.;:])(?=[A-Z])"
    # A time of day right behind a year.
    r"|(?<=19\d\d)(?=\d{1,2}:\d\d)|(?<=20\d\d)(?=\d{1,2}:\d\d)"
)


def _parted(text: str, polygon: Polygon, confidence: float) -> list[ReadWord]:
    """Words that were read without the space between them, each with its share of the quadrangle."""
    if not text:
        return []
    cuts = [0, *(match.start() for match in _GLUED.finditer(text)), len(text)]
    words = []
    for start, end in itertools.pairwise(cuts):
        left, right = start / len(text), end / len(text)
        top_left, top_right, bottom_right, bottom_left = polygon
        part = np.array(
            [
                top_left + (top_right - top_left) * left, top_left + (top_right - top_left) * right,
                bottom_left + (bottom_right - bottom_left) * right, bottom_left + (bottom_right - bottom_left) * left,
            ],
            dtype=np.float32,
        )  # fmt: skip
        words.append(ReadWord(text[start:end], part, confidence))
    return words


_ONE_FIGURE = re.compile(r"^[(\"']?[A-Za-z]*[015][A-Za-z]*[.,;:)]?$")
_AS_LETTER = {"0": "Oo", "1": "Il", "5": "Ss"}


def _without_figure(word: str) -> str:
    """A single figure in a word of at least four letters was a letter: `ETH1OPIA`, `Mariso1`."""
    letters = [character for character in word if character.isalpha()]
    if len(letters) < 4 or not _ONE_FIGURE.match(word) or not all(character.isascii() for character in letters):
        return word
    place = next(index for index, character in enumerate(word) if character.isdigit())
    capital = all(character.isupper() for character in letters) or place == 0
    return word[:place] + _AS_LETTER[word[place]][0 if capital else 1] + word[place + 1 :]


def _cleaned(text: str) -> str:
    """Full-width signs made plain; the outline of a check box that was taken for a letter is dropped."""
    plain = "".join(_own_letter(character) for character in unicodedata.normalize("NFKC", text)).strip()
    return (
        ""
        if plain and all(character in _BOX_SIGNS for character in plain)
        else plain.replace("□", "").replace("口", "")
    )


_ACCENTED = frozenset("áéíóúñüÁÉÍÓÚÑÜçãõâêôàëïöÇ")


def _own_letter(character: str) -> str:
    """A letter with a mark that neither English nor Spanish (nor a name of their neighbours) has is a speck over a letter."""
    if character.isascii() or character in _ACCENTED or not character.isalpha():
        return character
    letter = unicodedata.normalize("NFD", character)[0]
    return letter if letter.isascii() else character
