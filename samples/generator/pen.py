"""Signatures: pen strokes drawn as curves, alike for one name, never quite the same twice."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

INKS = ("#0b0b0b", "#10204f", "#16307a", "#1a1a2a")
Point = tuple[float, float]


@dataclass(frozen=True)
class Stroke:
    """One stroke of the pen: where it begins, and the cubic curves (two controls and an end each) that follow."""

    start: Point
    curves: tuple[tuple[Point, Point, Point], ...]


@dataclass(frozen=True)
class Signature:
    """Strokes within a frame `wide` × `high` (y downwards), the ink's colour and the pen's width."""

    strokes: tuple[Stroke, ...]
    wide: float
    high: float
    ink: str
    pen: float

    def svg(self) -> str:
        paths = "".join(f'<path d="{_path(stroke)}"/>' for stroke in self.strokes)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.wide:.0f} {self.high:.0f}"><g fill="none" '
            f'stroke="{self.ink}" stroke-width="{self.pen:.1f}" stroke-linecap="round" stroke-linejoin="round">{paths}</g></svg>'
        )


def signature(name: str, rng: random.Random | None = None, ink: str | None = None) -> Signature:
    """A scrawled signature; its rhythm follows from `name`, its unsteadiness from `rng`."""
    rhythm = random.Random(f"pen {name}")
    hand = rng or random.Random(f"hand {name}")
    colour = ink or rhythm.choice(INKS)
    words = [word for word in name.replace("-", " ").split() if word][:3] or ["x"]
    strokes, x = [], 6.0
    for word in words:
        points, x = _word(word, x, rhythm, hand)
        strokes.append(_smooth(points))
        x += 4
    if rhythm.random() < 0.6:
        strokes.append(_flourish(x, rhythm, hand))
    return Signature(tuple(strokes), x + 14, 60, colour, round(rhythm.uniform(1.3, 2.2), 1))


def _word(word: str, x: float, rhythm: random.Random, hand: random.Random) -> tuple[list[Point], float]:
    """A tall first letter and a run of loops: nobody can read it, everybody sees that it is a signature."""
    base, tall = 40.0, rhythm.uniform(26, 34)
    points = [(x, base - rhythm.uniform(0, 8)), (x + 5, base - tall), (x + 11, base - tall * 0.7), (x + 4, base + 4)]
    x += rhythm.uniform(9, 14)
    for letter in word[1 : rhythm.randint(4, 8)]:
        step, height = rhythm.uniform(5, 9), 20.0 if letter in "bdfhklt" else rhythm.uniform(4, 10)
        depth = 10.0 if letter in "gjpqy" else rhythm.uniform(-1, 2)
        shake = hand.uniform(-1.0, 1.0)
        points += [(x, base + shake), (x + step * 0.5, base - height + shake), (x + step * 0.8, base + depth)]
        x += step
    points.append((x + rhythm.uniform(4, 16), base - rhythm.uniform(0, 10)))
    return points, points[-1][0]


def _flourish(x: float, rhythm: random.Random, hand: random.Random) -> Stroke:
    start, y = rhythm.uniform(6, 30), rhythm.uniform(46, 52)
    return _smooth([(start + (x - start) * t / 6, y + 3 * math.sin(t * 1.3) + hand.uniform(-1, 1)) for t in range(7)])


def _smooth(points: list[Point]) -> Stroke:
    """A Catmull-Rom spline through the points, as cubics."""
    curves = []
    for i in range(len(points) - 1):
        before, here, there = points[max(i - 1, 0)], points[i], points[i + 1]
        after = points[min(i + 2, len(points) - 1)]
        first = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        second = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        curves.append((first, second, there))
    return Stroke(points[0], tuple(curves))


def _path(stroke: Stroke) -> str:
    curves = "".join("C" + " ".join(f"{x:.1f} {y:.1f}" for x, y in curve) for curve in stroke.curves)
    return f"M{stroke.start[0]:.1f} {stroke.start[1]:.1f}{curves}"
