"""Locators of pages: where on which page a thing stands, as one line of text.

Comes in: page, box in points (origin top left), and counts from 1. Goes out: `page=3;table=2;row=7;col=4;bbox=…`.
Must not know: anything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

Box = tuple[float, float, float, float]
Place = tuple[int, Box]


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


@lru_cache(maxsize=4096)  # the edges of one table come again and again
def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
