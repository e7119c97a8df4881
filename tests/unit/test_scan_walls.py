"""A wall that a seal took away from a scanned table is put back; a head or a group that really spans is left whole."""

from __future__ import annotations

import numpy as np
import pytest

from ogi.readers.page.ruled import Lattice, Rule, lattices
from ogi.readers.scan.walls import mended

WIDE, HIGH, UNIT = 100, 40, 20


def lattice(rows: int, cols: int, without: set[tuple[str, int, int]]) -> Lattice:
    """A raster without some walls: ("v", row, col) is the wall right of a place, ("h", row, col) the one below it."""
    down = [
        Rule(WIDE * (c + 1), HIGH * r, HIGH * (r + 1))
        for c in range(-1, cols)
        for r in range(rows)
        if ("v", r, c) not in without
    ]
    across = [
        Rule(HIGH * (r + 1), WIDE * c, WIDE * (c + 1))
        for r in range(-1, rows)
        for c in range(cols)
        if ("h", r, c) not in without
    ]
    (found,) = lattices(across, down)
    return found


def ink(rows: int, cols: int, *boxes: tuple[int, int, int, int]) -> np.ndarray:
    """Black boxes (x0, y0, x1, y1) on an empty page."""
    page = np.zeros((rows * HIGH + 1, cols * WIDE + 1), np.uint8)
    for x0, y0, x1, y1 in boxes:
        page[y0:y1, x0:x1] = 255
    return page


@pytest.mark.parametrize(
    "without", [{("v", 1, 1)}, {("h", 1, 1)}, {("v", 1, 1), ("v", 2, 1)}], ids=["upright", "level", "two rows"]
)
def test_a_missed_wall_is_put_back(without: set[tuple[str, int, int]]) -> None:
    """It goes on at both ends, and a number stands on each side of it."""
    numbers = [(WIDE * c + 40, HIGH * r + 10, WIDE * c + 55, HIGH * r + 30) for r in range(4) for c in range(4)]
    whole = mended(lattice(4, 4, without), ink(4, 4, *numbers), UNIT)
    assert len(lattice(4, 4, without).cells) < 16
    assert whole == lattice(4, 4, set())


def test_text_across_a_wall_shows_that_there_is_none() -> None:
    """A cell that two columns share keeps its words."""
    spans = lattice(4, 4, {("v", 1, 1)})
    assert mended(spans, ink(4, 4, (WIDE + 60, HIGH + 10, 2 * WIDE + 40, HIGH + 30)), UNIT) is spans


@pytest.mark.parametrize("without", [
    {("v", 0, 1), ("v", 0, 2)},  # a head over three columns
    {("h", 0, 0), ("h", 1, 0), ("h", 2, 0)},  # a group beside its rows
    {("h", 0, 3)},  # a head of two lines at the edge
])  # fmt: skip
def test_spans_at_the_edge_stay(without: set[tuple[str, int, int]]) -> None:
    """Beyond a head and a group the table ends: no wall goes on there."""
    spans = lattice(4, 4, without)
    assert mended(spans, ink(4, 4), UNIT) is spans
