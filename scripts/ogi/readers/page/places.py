"""Where on which page a thing stands: boxes, moved and put together, and locators as one line of text.

Comes in: page, box in points (origin top left), and counts from 1. Goes out: `page=3;table=2;row=7;col=4;bbox=…`.
Must not know: anything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

Box = tuple[float, float, float, float]
Place = tuple[int, Box]
Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]


def locator(page: int, box: Box, **counts: int) -> str:
    middle = "".join([f";{name}={count}" for name, count in counts.items()])
    return f"page={page}{middle};{bbox(box)}"


def bbox(box: Box) -> str:
    return f"bbox={','.join(map(_number, box))}"


def joined(places: Sequence[Place], **counts: int) -> str:
    """Two places, one after the other, for what a page break cuts."""
    return " + ".join([locator(page, box, **counts) for page, box in places])


def union(boxes: Sequence[Box]) -> Box:
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def hull(points: Sequence[Point]) -> Box:
    if len(points) == 2:  # by far the most, and min() and max() are slow
        (x0, y0), (x1, y1) = points
        return (x0 if x0 < x1 else x1), (y0 if y0 < y1 else y1), (x1 if x0 < x1 else x0), (y1 if y0 < y1 else y0)
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def moved(box: Box, matrix: Matrix) -> Box:
    """The box around a box that the matrix turns, stretches and shifts."""
    a, b, c, d, e, f = matrix
    if b == c == 0:
        return hull([(a * box[0] + e, d * box[1] + f), (a * box[2] + e, d * box[3] + f)])
    return hull([(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])])


def composed(inner: Matrix, outer: Matrix | None) -> Matrix:
    """The way through both, the inner one first."""
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


@lru_cache(maxsize=4096)  # the edges of one table come again and again
def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
