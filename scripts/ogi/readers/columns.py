"""Lines of pages -> blocks: tables where the words stand in columns without rules, else prose.

Comes in: lines with their pages, in reading order, ruled tables and furniture taken out. Goes out: paragraphs and grids
with locators; what an empty place was, no rule tells. Must not know: file formats, any form or label.
"""

from __future__ import annotations

from collections.abc import Sequence

from ogi.model import Block, Grid, GridCell
from ogi.readers.glyphs import Line
from ogi.readers.places import locator
from ogi.readers.prose import PlacedLine, paragraphs
from ogi.readers.text_aligned import aligned_run, cells_of, is_aligned

APART = "   "  # blanks that part the cells of a line


def blocks(lines: Sequence[PlacedLine]) -> list[Block]:
    if not in_columns([placed.line for placed in lines]):
        return [*paragraphs(lines)]
    texts = [_apart(placed.line) for placed in lines]
    out: list[Block] = []
    prose: list[PlacedLine] = []
    at = 0
    while at < len(lines):
        stop = aligned_run(texts, at)
        if stop > at:
            out += [*paragraphs(prose), _grid(lines[at:stop], texts[at:stop])]
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


def _grid(lines: Sequence[PlacedLine], texts: Sequence[str]) -> Grid:
    cells = []
    for row, (placed, text) in enumerate(zip(lines, texts, strict=True), start=1):
        place = locator(placed.page, placed.line.box, line=placed.number)
        for col, (start, end) in enumerate(cells_of(text) or [(0, len(text))], start=1):
            cells.append(GridCell(text[start:end], row, col, place))
    return Grid(tuple(cells), cells[0].locator, spans_known=False)
