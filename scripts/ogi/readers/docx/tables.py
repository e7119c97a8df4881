"""Word's tables: which rows and cells are printed, and where the cells stand.

Comes in: w:tbl elements. Goes out: rows of cells, then placed cells. Must not know: what stands around a table.
Most tables hold plain text and nothing else: those are read in one pass over their elements.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from lxml import etree

from ogi.readers.docx.styles import W
from ogi.readers.docx.text import (
    CHOICE,
    COUNTED,
    FIELD,
    FORMULAS,
    LOOKS,
    SIGNS,
    TRANSPARENT,
    Paragraphs,
    children,
    look,
    on,
)
from ogi.readers.grid import LAYOUT_CELLS, Placed, clamp

_TBL, _TR, _TC, _P, _R, _T = f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}p", f"{W}r", f"{W}t"
_TRPR, _DELETED, _HIDDEN, _BEFORE = f"{W}trPr", f"{W}del", f"{W}hidden", f"{W}gridBefore"
_TCPR, _SPAN, _DOWN, _ACROSS = f"{W}tcPr", f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge"
_GONE = f"{W}cellDel"
_STYLE, _VAL = f"{W}pStyle", f"{W}val"
_PLAIN = (_TR, _BEFORE, _TC, _SPAN, _DOWN, _ACROSS, _STYLE, _DELETED, _T, *LOOKS, *SIGNS)
_NAMES = "tbl cellDel moveFrom vanish hidden numPr ruby sym drawing pict object fldSimple"
_MORE = (*(f"{W}{name}" for name in _NAMES.split()), CHOICE, FIELD, *FORMULAS, *COUNTED)

Content = TypeVar("Content", str, etree._Element)


@dataclass(slots=True)
class Cell(Generic[Content]):
    """`content`: its text, or the element; `down`, `across`: it only goes on the cell above it, or to its left."""

    content: Content
    span: int = 1
    down: bool = False
    across: bool = False


@dataclass(slots=True)
class Row(Generic[Content]):
    """`before`: grid columns left out before its cells."""

    before: int = 0
    cells: list[Cell[Content]] = field(default_factory=list)


def plain(table: etree._Element, text: Paragraphs) -> list[Row[str]] | None:
    """The rows with the text of each cell; None for a table that holds more than text: lists, pictures, tables, hidden parts."""
    if text.numbered(None):
        return None
    out: list[Row[str]] = []
    row: Row[str] = Row()
    cell = Cell("")
    at_row = at_cell = at_paragraph = table
    for element in table.iterdescendants(*_PLAIN, *_MORE):
        tag = element.tag
        if tag == _T or tag in SIGNS:
            run = element.getparent()
            if run.tag != _R:
                if tag == _T:
                    return None
                continue  # a stop of a ruler
            paragraph = run.getparent()
            while paragraph.tag in TRANSPARENT:
                paragraph = paragraph.getparent()
            if paragraph is not at_paragraph:
                if paragraph.tag != _P or (paragraph.getparent() is not at_cell and not _within(paragraph, at_cell)):
                    return None
                at_paragraph = paragraph
                if cell.content:
                    cell.content += "\n"
            cell.content += (element.text or "").replace("\n", " ") if tag == _T else SIGNS[tag]
        elif tag == _TC:
            if element.getparent() is not at_row and not _within(element, at_row):
                return None
            at_cell, cell = element, Cell("")
            row.cells.append(cell)
        elif tag == _TR:
            if element.getparent() is not table and not _within(element, table):
                return None
            at_row, row = element, Row()
            out.append(row)
        elif tag == _STYLE:
            if text.numbered(element.get(_VAL)):
                return None
        elif tag in LOOKS:
            if look(element):
                return None
        elif tag == _DELETED:
            if element.getparent().tag != _P or next(element.iter(_T, *SIGNS), None) is not None:
                return None
        elif tag == _BEFORE and element.getparent().getparent() is at_row:
            row.before = _left_out(element)
        elif not (_properties(element, at_cell) and _merge(cell, element)):
            return None
    return out


def _within(element: etree._Element, holder: etree._Element) -> bool:
    """Whether an element stands in its holder, or in a wrapper that prints nothing itself."""
    outer = element.getparent()
    while outer is not holder and outer.tag in TRANSPARENT:
        outer = outer.getparent()
    return outer is holder


def _properties(entry: etree._Element, cell: etree._Element) -> bool:
    """Whether an entry stands in the cell's own properties, not in those it had before a change."""
    outer = entry.getparent()
    return outer.tag == _TCPR and outer.getparent() is cell and outer.getprevious() is None


def rows(table: etree._Element) -> list[Row[etree._Element]]:
    """The rows that are printed, not deleted or hidden, with their cells' elements."""
    out = []
    for element in children(table, _TR):
        row: Row[etree._Element] = Row()
        for entry in next(element.iterchildren(_TRPR), ()):
            if entry.tag == _DELETED or (entry.tag == _HIDDEN and on(entry)):
                break
            if entry.tag == _BEFORE:
                row.before = _left_out(entry)
        else:
            for one in children(element, _TC):
                cell = Cell(one)
                first = next(iter(one), None)
                for entry in first if first is not None and first.tag == _TCPR else ():
                    if entry.tag == _GONE:
                        break
                    _merge(cell, entry)
                else:
                    row.cells.append(cell)
            out.append(row)
    return out


def placed(rows: Sequence[Row[Content]], text: Callable[[Content], str]) -> list[Placed]:
    """The cells that are none's continuation, each in its column of the grid; `text` gives the text of a cell's content."""
    out: list[Placed] = []
    above: dict[int, Placed] = {}  # by first column: the cell that a vertical merge would go on
    for number, row in enumerate(rows, start=1):
        col = 1 + row.before
        here: dict[int, Placed] = {}
        left: Placed | None = None
        for cell in row.cells:
            if cell.across and left is not None:
                left.colspan += cell.span
            elif cell.down and col in above:
                left = here[col] = above[col]
                if left.row + left.rowspan == number:
                    left.rowspan += 1
            else:
                left = here[col] = Placed(text(cell.content), number, col, 1, cell.span)
                out.append(left)
            col += cell.span
        above = here
    return out


def boxes(table: etree._Element, nested: Sequence[etree._Element]) -> bool:
    """Whether the tables inside are mere boxes of one cell, in a table that has many of its own."""
    boxed = [sum(1 for _ in inner.iter(_TC)) for inner in nested]
    return max(boxed) <= 1 and sum(1 for _ in table.iter(_TC)) - sum(boxed) > LAYOUT_CELLS


def _left_out(entry: etree._Element) -> int:
    return clamp(entry.get(_VAL)) if entry.get(_VAL, "0") != "0" else 0


def _merge(cell: Cell[Content], entry: etree._Element) -> bool:
    """Takes over what an entry of the cell's properties says of its place; False for any other entry."""
    tag = entry.tag
    if tag == _SPAN:
        cell.span = clamp(entry.get(_VAL))
    elif tag == _DOWN:
        cell.down = entry.get(_VAL, "continue") == "continue"
    elif tag == _ACROSS:
        cell.across = entry.get(_VAL, "continue") == "continue"
    else:
        return False
    return True
