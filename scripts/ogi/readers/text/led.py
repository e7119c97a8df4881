"""A cell a line with the bar in front of it: the first cell of a row has none, and a bar alone closes the row.

Comes in: lines. Goes out: paragraphs and grids. Must not know: any form or label. Where the first cells carry a bar too, nothing
tells where a row begins: the cells come one by one, the empty ones too where no bar alone stands between words, as one does that
closes a row of heads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ogi.model import Block
from ogi.readers.text.lines import Line, Placed, begun, grid, paragraph, worded

LED = 12  # lines with a bar in front and none behind, from which on that is the layout
BELOW = 0.5  # bars below a cell without one, for each in front of one: below headings that fill a row
MOST = 0.9  # of the lines with bars, and of the rows that a bar closes


def is_led(lines: Sequence[Line]) -> bool:
    bars = [line.text.strip() for line in lines if "|" in line.text]
    led = sum(text.startswith("|") and "|" not in text[1:] and len(text) > 1 for text in bars)
    filled = [line.text.strip() for line in lines if not line.blank]
    below = sum(bar == "|" and "|" not in text for text, bar in pairwise(filled))  # which ends its cell, in `barred.unstacked`
    return led >= LED and led + bars.count("|") >= MOST * len(bars) and below < BELOW * led


def led(lines: Sequence[Line]) -> Iterator[Block]:
    lines = [line for line in lines if not line.blank]
    parts = list(begun(lines))
    rows = [part for part in parts if len(part) > 1]
    if sum("|" not in row[0].text and not _several(row) for row in rows) < MOST * len(rows):
        cells = [Line(line.number, line.text.strip(" |\t")) for line in lines]
        ends = zip(cells, cells[1:], cells[2:], strict=False)
        close = any(bar.blank and worded(text.text) and worded(after.text) for text, bar, after in ends)
        yield from (paragraph(cell) for cell in cells if not cell.blank or not close)
        return
    closed = sum(row[-1].text.strip() == "|" for row in rows) >= MOST * len(rows)
    table: list[list[Placed]] = []
    for part in parts:
        if len(part) > 1:
            cells = part[:-1] if closed and part[-1].text.strip() == "|" else part
            table.append([(line.text.replace("|", " ").strip(), f"line={line.number}") for line in cells])
            continue
        if table:
            yield grid(table, _first(table))
            table = []
        yield paragraph(part[0])
    if table:
        yield grid(table, _first(table))


def _several(row: Sequence[Line]) -> bool:
    """Whether words stand behind a number: the next row's."""
    texts = [text for line in row[1:] if (text := line.text.strip(" |\t"))]
    return any(worded(after) and not worded(text) for text, after in pairwise(texts))


def _first(table: Sequence[Sequence[Placed]]) -> int:
    return int(table[0][0][1].removeprefix("line="))
