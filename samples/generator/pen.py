"""Signatures: pen strokes drawn as curves, alike for one name, never quite the same twice."""

from __future__ import annotations

import math
import random

INKS = ("#0b0b0b", "#10204f", "#16307a", "#1a1a2a")


def signature(name: str, rng: random.Random | None = None, ink: str | None = None) -> str:
    """An SVG of a scrawled signature; its rhythm follows from `name`, its unsteadiness from `rng`."""
    rhythm = random.Random(f"pen {name}")
    hand = rng or random.Random(f"hand {name}")
    colour = ink or rhythm.choice(INKS)
    words = [word for word in name.replace("-", " ").split() if word][:3] or ["x"]
    paths, x = [], 6.0
    for word in words:
        points, x = _word(word, x, rhythm, hand)
        paths.append(_smooth(points))
        x += 4
    if rhythm.random() < 0.6:
        paths.append(_flourish(x, rhythm, hand))
    width = rhythm.uniform(1.3, 2.2)
    strokes = "".join(f'<path d="{path}"/>' for path in paths)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {x + 14:.0f} 60"><g fill="none" stroke="{colour}" '
        f'stroke-width="{width:.1f}" stroke-linecap="round" stroke-linejoin="round">{strokes}</g></svg>'
    )


def _word(word: str, x: float, rhythm: random.Random, hand: random.Random) -> tuple[list[tuple[float, float]], float]:
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


def _flourish(x: float, rhythm: random.Random, hand: random.Random) -> str:
    start, y = rhythm.uniform(6, 30), rhythm.uniform(46, 52)
    points = [(start + (x - start) * t / 6, y + 3 * math.sin(t * 1.3) + hand.uniform(-1, 1)) for t in range(7)]
    return _smooth(points)


def _smooth(points: list[tuple[float, float]]) -> str:
    """A Catmull-Rom spline through the points, as SVG cubics."""
    path = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for i in range(len(points) - 1):
        before, here, there = points[max(i - 1, 0)], points[i], points[i + 1]
        after = points[min(i + 2, len(points) - 1)]
        first = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        second = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        path.append(f"C{first[0]:.1f} {first[1]:.1f} {second[0]:.1f} {second[1]:.1f} {there[0]:.1f} {there[1]:.1f}")
    return "".join(path)
