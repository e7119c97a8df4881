"""Where table cells stand: spans to places on the expanded grid, and which tables only lay out text.

Comes in: cells with spans. Goes out: placed cells, a place covered by a span having none. Must not
know: any format.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ogi.errors import Unreadable
from ogi.readers.remedies import ONE_REPORT

MAX_SPAN = 100
MAX_PLACES = 200_000
LAYOUT_CELLS = 6  # a table of so few cells with long prose in it lays out a page; no data table is like that
PROSE = 200

_BLANKS = (
    " \t\r\n\f\v\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u200c\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)


@dataclass(slots=True)
class Placed:
    """A real cell; `row`, `col` count from 1. Mutable, since a merge may still grow it downwards."""

    text: str
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1


def tidy(text: str) -> str:
    """Lines without blanks at their ends, empty lines dropped: what is left of a cell seen as empty is ''."""
    if "\n" not in text:
        return text.strip(_BLANKS)
    return "\n".join(line for line in (part.strip(_BLANKS) for part in text.split("\n")) if line)


def whole(text: str | None) -> int | None:
    """A whole number as files write it, in plain digits and of a sane length; None for anything else."""
    return int(text) if text and len(text) < 8 and text.isascii() and text.isdigit() else None


def clamp(span: str | None) -> int:
    """A span as written, from 1 to MAX_SPAN; what is no number counts 1."""
    return min(whole((span or "").strip()[:7]) or 1, MAX_SPAN)


def place(rows: Sequence[Iterable[tuple[str, int, int]]]) -> list[Placed]:
    """Cells (text, rowspan, colspan) row by row to places, each in the next free column, as browsers do."""
    cells: list[Placed] = []
    taken: list[set[int]] = [set() for _ in rows]  # by row: the columns that cells above it reach into
    places = 0
    for number, row in enumerate(rows, start=1):
        col, here = 1, taken[number - 1]
        for text, rowspan, colspan in row:
            while col in here:
                col += 1
            if rowspan > 1:
                rowspan = min(rowspan, 1 + len(rows) - number)
                for below in taken[number : number + rowspan - 1]:
                    below.update(range(col, col + colspan))
            cells.append(Placed(text, number, col, rowspan, colspan))
            col += colspan
            places += rowspan * colspan
            if places > MAX_PLACES:
                found = f"一个表格超过 {MAX_PLACES:,} 格 a table of more than {MAX_PLACES:,} places"
                raise Unreadable("", found, ONE_REPORT)
    return cells


def is_layout(cells: Sequence[Placed]) -> bool:
    """Whether a table is only a frame around text: one cell, or a few that hold prose."""
    if len(cells) <= 1:
        return True
    return len(cells) <= LAYOUT_CELLS and any(len(cell.text) >= PROSE for cell in cells)
