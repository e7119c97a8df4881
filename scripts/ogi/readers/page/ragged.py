"""The ragged edges that a browser leaves where a page cuts a table: gaps that are no cells, rows that are none.

Comes in: the cells of one piece of a table. Goes out: the same, changed in place, and how many rows are left. Must
not know: file formats, forms.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from ogi.readers.page.cuts import SAME, WORD, PieceCell


def mend(cells: list[PieceCell]) -> int:
    """A browser ends the rest of a cut cell too early: the empty gap below it belongs to it. Rows left."""
    rows = max(c.end for c in cells)
    for a in [c for c in cells if c.row == 0]:
        below = [c.row for c in cells if c.row >= a.end and c.x0 < a.x1 - SAME and c.x1 > a.x0 + SAME]
        a.end = min(below, default=rows)
        b = next((c for c in cells if c.row == a.end and abs(c.x0 - a.x0) <= SAME and abs(c.x1 - a.x1) <= SAME), None)
        others = (c for c in cells if c is not a and c is not b)
        if b and not (a.text and b.text) and not any(a.end in (c.row, c.end) for c in others):
            a.text, a.end = a.text or b.text, b.end
            cells.remove(b)
    return close_up(cells)


def without_hollow_end(cells: list[PieceCell]) -> int:
    """The space left at the foot of a page below a cut row, no row having begun, is no cell. Rows left."""
    rows = max(c.end for c in cells)
    begun = [c for c in cells if c.row == rows - 1]
    if rows > 1 and not any(c.text for c in begun) and any(c.row < rows - 1 < c.end for c in cells):
        for cell in begun:
            cells.remove(cell)
        return close_up(cells)
    return rows


def absorb(a: PieceCell, cells: list[PieceCell]) -> int:
    """Gives the rest of a group's cell the empty place below it, if any: no group goes without a label."""
    b = next((c for c in cells if c.row == a.end and abs(c.x0 - a.x0) <= SAME and abs(c.x1 - a.x1) <= SAME), None)
    if b and not b.text and any(c.row == b.row and c.x0 >= b.x1 - SAME and WORD.search(c.text) for c in cells):
        a.end = b.end
        cells.remove(b)
    return max(c.end for c in cells)


def close_up(cells: Sequence[PieceCell]) -> int:
    """Takes out rows in which no cell begins: they come of ragged edges at a page break. Rows left."""
    starts = sorted({c.row for c in cells})
    for c in cells:
        c.row, c.end = bisect_left(starts, c.row), bisect_left(starts, c.end)
    return len(starts)
