"""Text of a page as a browser gives it: a tab between the cells of a row, and the cells' own paragraphs apart by empty lines.

Comes in: lines. Goes out: grids, one cell each place, and paragraphs. Must not know: any form or label.
The rule is HTML's (`innerText`): a paragraph has two line ends before and behind it, a row ends with one of its own. So there are
up to two between a tab and a text of one row, up to four between two texts of one cell, and more where the row has ended. Between
two tabs one is a row's end, two are a paragraph without text.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ogi.model import Block
from ogi.readers.text.lines import Line, Placed, grid, paragraph, worded

BORDERS = 20  # lines of nothing but tabs between empty ones, from which on tabs are borders of cells

_Cells = list[list[Line]]  # of a row, of each cell its paragraphs


def is_bordered(lines: list[Line]) -> bool:
    """Whether tabs stand alone between empty lines, as often as in a table whose cells hold paragraphs."""
    triples = zip(lines, lines[1:], lines[2:], strict=False)
    return sum(b.text == "\t" and not a.text and not c.text for a, b, c in triples) >= BORDERS


def bordered(lines: list[Line]) -> Iterator[Block]:
    """Rows until a line of prose ends the table; what has no border is a paragraph."""
    for is_table, part in groupby(_opened(_rows(lines)), lambda row: row[0]):
        rows = [cells for _, cells in part]
        if is_table:
            yield grid([[_joined(cell) for cell in cells] for cells in rows], _first(rows))
        else:
            yield from (
                paragraph(line) for cells in rows for cell in cells for line in cell if not line.blank
            )


def _rows(lines: list[Line]) -> Iterator[_Cells]:
    """The cells between the ends of rows; a place that holds nothing is a cell without paragraphs."""
    row: _Cells = [[]]
    last_is_text, ends = True, 0
    for line in lines:
        for part in _parts(line):
            texts = last_is_text + (part is not None)
            if ends > 2 * texts or (ends == 1 and not texts):
                yield row
                row = [[]]
            if part is None:
                row.append([])
            else:
                row[-1].append(part)
            last_is_text, ends = part is not None, 0
        ends += 1
    yield row


def _parts(line: Line) -> Iterator[Line | None]:
    """The texts of a line, None for each tab between them."""
    for at, text in enumerate(line.text.split("\t")):
        if at:
            yield None
        if text:
            yield Line(line.number, text)


def _opened(rows: Iterator[_Cells]) -> Iterator[tuple[bool, _Cells]]:
    """Each row with whether it is one of a table. Two tables and the paragraphs between them are one row, told by a number with
    words behind it in one cell; the last of the words opens the second table. A text alone is a row inside a table."""
    inside = False
    for row in rows:
        if len(row) == 1:
            inside = inside and len(row[0]) <= 1
            yield inside, row
            continue
        if not inside:
            yield False, [row[0][:-1]]
            row[0] = row[0][-1:]
        start = 0
        for at, cell in enumerate(row):
            if cell and not worded(cell[0].text) and any(worded(line.text) for line in cell):
                yield True, [*row[start:at], cell[:1]]
                last = at == len(row) - 1
                yield False, [cell[1:] if last else cell[1:-1]]
                row[at], start = cell[-1:], at + last
        inside = start < len(row)
        if inside:
            yield True, row[start:]


def _joined(cell: list[Line]) -> Placed:
    return "\n".join(line.text.strip() for line in cell).strip(), f"line={cell[0].number}" if cell else ""


def _first(rows: list[_Cells]) -> int:
    return next((line.number for cells in rows for cell in cells for line in cell), 1)
