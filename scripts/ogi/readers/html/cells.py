"""The cells of an html table: which there are, in which rows, and their text.

Comes in: elements of a page as shown. Goes out: rows of (text, rowspan, colspan). Must not know: pages, forms.
"""

from __future__ import annotations

import re

from lxml import etree

from ogi.readers.grid import LAYOUT_CELLS, MAX_SPAN, clamp, tidy
from ogi.readers.html.shown import BREAK, all_text, break_cells, fold
from ogi.readers.marked import UNREAD

_SPACER = re.compile(r"space|blank|clear|pixel|transparent|1x1|^data:image/gif", re.I)


def boxes(table: etree._Element, nested: list[etree._Element]) -> bool:
    """Whether the tables inside are mere boxes of one cell, in a table that has many of its own."""
    boxed = [sum(1 for _ in inner.iter("td", "th")) for inner in nested]
    return max(boxed) <= 1 and sum(1 for _ in table.iter("td", "th")) - sum(boxed) > LAYOUT_CELLS


def rows(table: etree._Element, boxed: bool) -> list[list[tuple[str, int, int]]]:
    """Rows as shown; each `tr` opens one in document order, so that no stray cell is lost."""
    parts: dict[int, list[list[etree._Element]]] = {0: [], 1: [], 2: []}
    row: list[etree._Element] = []
    owner: etree._Element | None = None  # of the row
    regular = not boxed  # whether no cell can stand in another one
    for element in table.iter("tr", "td", "th"):
        if boxed and next(element.iterancestors("table")) is not table:
            continue
        parent = element.getparent()
        if element.tag == "tr":
            row, owner = [], element
            parts[{"thead": 0, "tfoot": 2}.get(parent.tag, 1)].append(row)
            regular = regular and (parent is table or parent.getparent() is table)
            continue
        if parent is not owner:
            regular = False
            line = next(element.iterancestors("tr", "table"), None)
            if line is not owner and (line is None or line.tag == "table"):
                row, owner = [], parent
                parts[1].append(row)
        row.append(element)
    if not regular:
        break_cells(table)
    return [[_shown(cell) for cell in row] for row in (*parts[0], *parts[1], *parts[2])]


def _shown(cell: etree._Element) -> tuple[str, int, int]:
    down, across = cell.get("rowspan"), cell.get("colspan")
    to_the_end = down is not None and down.strip() == "0"
    rowspan = MAX_SPAN if to_the_end else clamp(down) if down else 1
    return cell_text(cell) or _picture(cell), rowspan, clamp(across) if across else 1


def _picture(cell: etree._Element) -> str:
    """Of a cell that shows nothing but a picture, which may be that of a number: that something stands there."""
    return UNREAD if any(_SPACER.search(i.get("src") or "") is None for i in cell.iter("img")) else ""


def cell_text(element: etree._Element) -> str:
    """All the text in an element, blocks and `br` apart by line ends; cells inside of it too, after `break_cells`."""
    text = all_text(element).strip(BREAK) if len(element) else element.text or ""
    return text if text.isalnum() else tidy(fold(text))
