"""Walls of a scanned table that a seal or a fold took away, put back where the lattice and the ink agree.

Comes in: a lattice, the page's ink without rules, the height of its characters. Goes out: the lattice, perhaps with more
cells. Must not know: text. A wall is missed where it goes on at both ends of a cell and no ink of the cell stands across it;
heads and groups that really span have no wall at one end, or their text across it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from ogi.readers.page.ruled import Lattice, LatticeCell
from ogi.readers.scan.image import Grey

FURTHEST = 2  # cells that may lack the same wall, one beside the other
RULE = 3  # pixels on each side that may hold what is left of the rule itself
CLEAR = 0.25  # of a character's height: ink as near as this on both sides stands across


def mended(lattice: Lattice, ink: Grey, unit: float) -> Lattice:
    """The same lattice where no wall is missed."""
    reach = RULE + round(CLEAR * unit)
    turned = tuple(zip(*lattice.owners, strict=True))
    cells: list[LatticeCell] = []
    for cell in lattice.cells:
        top, left = cell.row - 1, cell.col - 1
        bottom, right = top + cell.rowspan, left + cell.colspan
        x0, y0, x1, y1 = (round(v) for v in cell.box)
        part = ink[y0 + RULE : y1 - RULE, x0 + RULE : x1 - RULE]
        across = [round(x) - x0 - RULE for x in lattice.xs]
        down = [round(y) - y0 - RULE for y in lattice.ys]
        xs = _borders(lattice.owners, (top, bottom), (left, right), across, part, reach)
        ys = _borders(turned, (left, right), (top, bottom), down, part.T, reach)
        cells += [
            LatticeCell(a + 1, c + 1, b - a, d - c, (lattice.xs[c], lattice.ys[a], lattice.xs[d], lattice.ys[b]))
            for a, b in pairwise(ys)
            for c, d in pairwise(xs)
        ]
    if len(cells) == len(lattice.cells):
        return lattice
    owners = np.full((len(lattice.ys) - 1, len(lattice.xs) - 1), -1)
    for index, cell in enumerate(cells := sorted(cells, key=lambda c: (c.row, c.col))):
        owners[cell.row - 1 : cell.row - 1 + cell.rowspan, cell.col - 1 : cell.col - 1 + cell.colspan] = index
    return Lattice(lattice.xs, lattice.ys, tuple(cells), tuple(tuple(map(int, row)) for row in owners))


def _borders(
    owners: Sequence[Sequence[int]],
    rows: tuple[int, int],
    cols: tuple[int, int],
    places: Sequence[int],
    part: Grey,
    reach: int,
) -> list[int]:
    """The columns at which the cell of these rows begins, where walls are missed (at `places` of its ink), and where it ends."""
    missed = [
        at
        for at in range(cols[0] + 1, cols[1])
        if _goes_on(owners, at, range(rows[0] - 1, -1, -1)) and _goes_on(owners, at, range(rows[1], len(owners)))
    ]
    return [cols[0], *(missed if all(_free(part, places[at], reach) for at in missed) else ()), cols[1]]


def _free(part: Grey, at: int, reach: int) -> bool:
    """Whether no ink stands on both sides of the column, but for what is left of a rule."""
    before, after = part[:, max(0, at - reach) : at - RULE], part[:, at + RULE : at + reach]
    return not (before.any() and after.any())


def _goes_on(owners: Sequence[Sequence[int]], at: int, rows: range) -> bool:
    """Whether one of the next rows has a wall before its column `at`, and those between lack it too."""
    for row in rows[: FURTHEST + 1]:
        before, after = owners[row][at - 1], owners[row][at]
        if before != after:
            return before >= 0 and after >= 0
    return False
