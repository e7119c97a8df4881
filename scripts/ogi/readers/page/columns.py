"""Lines of pages -> blocks: tables where the words stand in columns without rules, else prose.

Comes in: lines with their pages, in reading order, ruled tables and furniture taken out. Goes out: paragraphs and grids
with locators; what an empty place was, no rule tells. Must not know: file formats, any form or label.
"""

from __future__ import annotations

from collections.abc import Sequence

from ogi.model import Block, Grid, GridCell
from ogi.readers.page.glyphs import Line
from ogi.readers.page.places import locator
from ogi.readers.page.prose import PlacedLine, paragraphs
from ogi.readers.page.unruled import rows_of
from ogi.readers.text.aligned import aligned_run, is_aligned

APART = "   "  # blanks that part the cells of a line


def blocks(lines: Sequence[PlacedLine]) -> list[Block]:
    if not in_columns([placed.line for placed in lines]):
        return [*paragraphs(lines)]
    texts = [_apart(placed.line) for placed in lines]
    out: list[Block] = []
    prose: list[PlacedLine] = []
    at = 0
    while at < len(lines):
        stop = end = aligned_run(texts, at)
        while at < end < len(lines) and (end := aligned_run(texts, end)) > stop:
            stop = end
        if stop > at:
            out += [*paragraphs(prose), _grid(lines[at:stop])]
            prose.clear()
        else:
            prose.append(lines[at])
        at = max(stop, at + 1)
    return [*out, *paragraphs(prose)]


def in_columns(lines: Sequence[Line]) -> bool:
    """Whether words and numbers stand beside each other in many of the lines."""
    return any("\t" in line.text for line in lines) and is_aligned([_apart(line) for line in lines])


def _apart(line: Line) -> str:
    return line.text.replace("\t", APART)


def _grid(lines: Sequence[PlacedLine]) -> Grid:
    found = rows_of([placed.line for placed in lines], [placed.page for placed in lines])
    labels = max([len(row.labels) for row in found if row.columns] or [0])
    cells = []
    for number, row in enumerate(found, start=1):
        placed = lines[row.at]
        place = locator(placed.page, placed.line.box, line=placed.number)
        cells += [GridCell(label.text, number, col, place) for col, label in enumerate(row.labels, start=1)]
        values = (row.values.get(column) for column in range(row.columns))
        cells += [
            GridCell(cell.text if cell else "", number, col, place)
            for col, cell in enumerate(values, start=labels + 1)
        ]
    return Grid(tuple(cells), cells[0].locator, spans_known=False)
