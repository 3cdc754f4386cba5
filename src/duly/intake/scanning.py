"""Reads a picture of a page: turns it upright and level, reads it by OCR, and maps what was read back to the page as shown."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from duly.evidence import Box
from duly.intake.reading import Page, Word
from duly.intake.ruling import binary, find_rules
from duly.intake.sheet import PackedInk, Picture, Sheet, lay_out

_lock = threading.Lock()
_engines: list[Any] = []


def read_picture(picture: Picture, number: int, width: float, height: float, scale: float) -> Sheet:
    raise NotImplementedError
