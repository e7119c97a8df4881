"""The path of an OFD object as written -> its figures.

Comes in: AbbreviatedData (GB/T 33190-2016, 9.1). Goes out: straight strokes and the box of each figure, in the path's own
coordinates. Must not know: pages, colours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ogi.readers.ofd.file import number
from ogi.readers.page.places import Box, Point, hull

NEAR = 0.2  # millimetres
_STEP = re.compile(r"[MLCBQASZ]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_TAKES = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7}


class Figure(NamedTuple):
    """`square` says that the figure is its box: the shapes of letters are not."""

    strokes: list[Box]
    box: Box
    square: bool


def figures(data: str) -> Iterator[Figure]:
    strokes: list[Box] = []
    points: list[Point] = []
    start = here = (0.0, 0.0)
    tokens = _STEP.findall(data)
    i = 0
    while i < len(tokens):
        step = tokens[i]
        count = _TAKES.get(step, 0)
        numbers = [number(token, 0.0) for token in tokens[i + 1:i + 1 + count]]
        i += 1 + (count if len(numbers) == count else 0)
        if step in ("M", "S") and len(numbers) == 2:
            if len(points) > 1:
                yield _figure(strokes, points)
            strokes, start, here = [], (numbers[0], numbers[1]), (numbers[0], numbers[1])
            points = [here]
        elif step == "C":
            strokes.append(hull([here, start]))
            here = start
        elif step in _TAKES and len(numbers) == count:
            end = (numbers[-2], numbers[-1])
            if step == "L":
                strokes.append(hull([here, end]))
            points.append(end)
            here = end
    if len(points) > 1:
        yield _figure(strokes, points)


def _figure(strokes: list[Box], points: list[Point]) -> Figure:
    x0, y0, x1, y1 = box = hull(points)
    near = NEAR * max(x1 - x0, y1 - y0, 1.0) / 10
    at_corners = all(min(x - x0, x1 - x) <= near and min(y - y0, y1 - y) <= near for x, y in points)
    return Figure(strokes, box, at_corners and (len(points) > 3 or x0 == x1 or y0 == y1))
