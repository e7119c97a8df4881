"""Tables whose rows are ruled and whose columns are not -> the walls between their columns.

Comes in: a lattice and the glyphs of its page. Goes out: rules that are not drawn, each within one row of it. Must not know: file
formats, any form or label.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from ogi.readers.page.cuts import LIST_MARK
from ogi.readers.page.glyphs import Glyph, page_lines
from ogi.readers.page.headed import Column, Placed, columns_of
from ogi.readers.page.ruled import SNAP, Lattice, Rule, merge
from ogi.readers.page.unruled import placed

FEW = 5  # walls of such a table at the most: its sides, and those that end groups of rows
WIDE = 0.5  # of it, where labels and numbers stand together
LINES = 4  # of a table of one row, at the most
CLEAR = 1.0  # points that a wall keeps away from characters
Gap = tuple[float, float, float]  # where the text left of it ends, the wall, where the text right of it begins


class _Row(NamedTuple):
    """What stands between two rules."""

    top: float
    bottom: float
    lines: list[Placed]
    glyphs: list[Glyph]

    def free(self, x: float) -> bool:
        """Whether a wall can stand there."""
        return not any(g[0] - CLEAR < x < g[2] + CLEAR for g in self.glyphs)


def undrawn_walls(lattice: Lattice, glyphs: Sequence[Glyph], horizontals: Sequence[Rule]) -> list[Rule]:
    """Where the numbers of the rows stand in columns and no wall parts them; nothing where the columns are in doubt."""
    x0, top, x1, bottom = lattice.box
    if len(lattice.xs) > FEW or x1 - lattice.xs[-2] < WIDE * (x1 - x0):
        return []
    inside = [g for g in glyphs if x0 < (g[0] + g[2]) / 2 < x1 and top < (g[1] + g[3]) / 2 < bottom]
    rules = [r for r in merge(horizontals, SNAP, SNAP) if top + SNAP < r.at < bottom - SNAP and r.start < x1 and r.end > x0]
    ys = [top, *sorted({r.at for r in rules}), bottom]
    lines = page_lines(inside)
    if len(ys) == 2 and len(lines) > LINES:
        return []
    rows = [_Row(above, below, [], []) for above, below in pairwise(ys)]
    for line in lines:
        rows[bisect_right(ys, (line.box[1] + line.box[3]) / 2) - 1].lines.append(placed(line, 0))
    for glyph in inside:
        rows[bisect_right(ys, (glyph[1] + glyph[3]) / 2) - 1].glyphs.append(glyph)
    walls: list[Rule] = []
    for first, stop, labels, between in _stretches([row.lines for row in rows]):
        if _in_one_cell(lattice, [line for row in rows[first:stop] for line in row.lines], labels):
            groups = [r for r in rules if x0 + SNAP < r.start < labels]
            for row in rows[first:stop]:
                walls += [*_beside_columns(row, lattice, between), *_beside_groups(row, groups)]
    return walls


def _in_one_cell(lattice: Lattice, lines: Sequence[Placed], labels: float) -> bool:
    """Whether no wall parts the numbers of any line from each other, nor most from their labels."""
    beside = []
    for line in lines:
        y = (line.top + line.bottom) / 2
        cells = {lattice.at(part.x0, y) for part in line.numbers if part.x0 > labels}
        if len(cells) > 1:
            return False
        beside += [lattice.at(part.x0, y) in cells for part in line.words[-1:] if cells]
    return 2 * sum(beside) >= len(beside)


def _stretches(rows: Sequence[Sequence[Placed]]) -> Iterator[tuple[int, int, float, list[Gap]]]:
    """Rows with numbers and their heads above them, how far labels reach, and where walls stand beside columns of numbers."""
    for start, first, stop in _headed(rows):
        head, body = ([line for row in part for line in row] for part in (rows[start:first], rows[first:stop]))
        labels = max((word.x1 for line in body for word in line.words), default=0.0)
        body = [replace(line, numbers=[part for part in line.numbers if part.x0 > labels]) for line in body]
        counts = {len(line.numbers) for line in body if line.numbers}
        if labels and counts and (columns := columns_of(head if len(counts) > 1 else [], body)):
            yield start, stop, labels, list(_between(columns, labels))


def _between(columns: Sequence[Column], labels: float) -> Iterator[Gap]:
    """Where walls stand: midway between the middles of two columns, which are the same on every page, if no number is there."""
    middles = [(column.x0 + column.x1) / 2 for column in columns]
    before = middles[0] - (middles[1] - middles[0] if len(middles) > 1 else columns[0].x0 - labels)
    for x, (left, right) in zip(
        ((a + b) / 2 for a, b in pairwise([before, *middles])),
        pairwise([(0.0, labels), *((column.x0, column.x1) for column in columns)]),
        strict=True,
    ):
        yield left[1], min(max(x, left[1] + 2 * CLEAR), right[0] - 2 * CLEAR), right[0]


def _headed(rows: Sequence[Sequence[Placed]]) -> Iterator[tuple[int, int, int]]:
    """Where heads begin, the first row with numbers below them, and where its rows end; those of a label alone are among them."""
    start, first, left = 0, -1, 0.0
    for at, row in enumerate(rows):
        numbers = [line.numbers[0].x0 for line in row if line.numbers]
        if numbers and first < 0:
            first, left = at, max(numbers)
        elif not numbers and first >= 0 and any(word.x1 > left for line in row for word in line.words):
            yield start, first, at
            start, first = at, -1
    if first >= 0:
        yield start, first, len(rows)


def _beside_columns(row: _Row, lattice: Lattice, gaps: Sequence[Gap]) -> Iterator[Rule]:
    """Those of one row, in the gaps that no wall parts."""
    y = (row.top + row.bottom) / 2
    for left, x, right in gaps:
        if lattice.at(left, y) == lattice.at(right, y) >= 0 and row.free(x):
            yield Rule(x, row.top, row.bottom)


def _beside_groups(row: _Row, rules: Sequence[Rule]) -> list[Rule]:
    """Those of one row where the rules between the rows of a group begin; where a page leaves one row only, between the list
    marks of group and row."""
    starts = sorted({rule.start for rule in rules})[:FEW]
    begun = {rule.start for rule in rules if rule.at in (row.top, row.bottom)}
    found = []
    for left, x, right in zip([0.0, *starts], starts, [*starts[1:], 1e9], strict=False):
        parts = any(left < g[0] < x for g in row.glyphs) and any(x < g[0] < right for g in row.glyphs)
        if (x in begun or parts) and row.free(x):
            found.append(x)
    labels = [pair for line in row.lines for pair in pairwise(line.words)] if not found else []
    found += [(a.x1 + b.x0) / 2 for a, b in labels if LIST_MARK.match(a.text) and LIST_MARK.match(b.text)]
    return [Rule(x, row.top, row.bottom) for x in found if row.free(x)]
