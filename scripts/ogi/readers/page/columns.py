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

NUMBERS = 5  # alone in a line that make it a row
APART = "   "  # blanks that part the cells of a line


def blocks(lines: Sequence[PlacedLine]) -> list[Block]:
    whole = in_columns([placed.line for placed in lines])
    if not whole and not any(_all_numbers(placed.line) for placed in lines):
        return [*paragraphs(lines)]
    texts = [_apart(placed.line) for placed in lines]
    out: list[Block] = []
    prose: list[PlacedLine] = []
    at = 0
    while at < len(lines):
        stop = end = aligned_run(texts, at)
        while at < end < len(lines) and (end := aligned_run(texts, end)) > stop:
            stop = end
        if stop > at and (whole or any(_all_numbers(placed.line) for placed in lines[at:stop])):
            out += [*paragraphs(prose), _grid(lines[at:stop])]
            prose.clear()
        else:
            stop = max(stop, at + 1)
            prose += lines[at:stop]
        at = stop
    return [*out, *paragraphs(prose)]


def in_columns(lines: Sequence[Line]) -> bool:
    """Whether words and numbers stand beside each other in many of the lines."""
    return any("\t" in line.text for line in lines) and is_aligned([_apart(line) for line in lines])


def _all_numbers(line: Line) -> bool:
    """Whether a line is a row of a table that has no labels."""
    words = line.text.split("\t")
    return len(words) >= NUMBERS and all(word.replace(" ", "").isdigit() for word in words)


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
        values = {n: row.values.get(n) for n in range(row.columns)} or row.values
        cells += [GridCell(cell.text if cell else "", number, labels + 1 + n, place) for n, cell in sorted(values.items())]
    return Grid(tuple(cells), cells[0].locator, spans_known=False, drops_empty=any(row.loose for row in found))
