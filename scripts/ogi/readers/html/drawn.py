"""Tables that a page draws without `table`: boxes in rows (`div`, `ul`, `dl`) that a style sheet sets side by side.

Comes in: an element of a page as shown. Goes out: its rows of cell texts, or None where it is no such table. Must not know:
pages, forms.
Such a table has no spans: a row has the cells that stand in it, empty ones too.
"""

from __future__ import annotations

from lxml import etree

from ogi.readers.html.cells import cell_text
from ogi.readers.html.shown import break_cells

ROWS = 3  # rows of at least CELLS cells that make a table
CELLS = 3
LONGEST = 120  # characters of a cell; prose is longer
WIDEST = 40  # cells of a row; a box with more is a table whose rows only a style sheet tells
_BOXES = frozenset(("div", "section", "ul", "ol", "li", "dl", "dt", "dd", "p", "span"))


def drawn_rows(element: etree._Element) -> list[list[str]] | None:
    """None as soon as something in the element is no row of cells, which is nearly at once for running text."""
    if len(element) < ROWS or _text_of_its_own(element):
        return None
    rows = []
    for child in element:
        row = _row(child)
        if row is None:
            return None
        rows.append(row)
    return rows if sum(len(row) >= CELLS for row in rows) >= ROWS else None


def _row(element: etree._Element) -> list[str] | None:
    if element.tag not in _BOXES or len(element) > WIDEST:
        return None
    if len(element) < 2:  # one cell over the whole width: a heading between the rows
        cells = [element]
    elif _text_of_its_own(element):
        return None
    else:
        cells = list(element)
    if any(not _is_cell(cell) for cell in cells):
        return None
    break_cells(element)
    texts = [cell_text(cell) for cell in cells]
    return None if any(len(text) > LONGEST for text in texts) else texts


def _is_cell(element: etree._Element) -> bool:
    """Whether nothing in it stands side by side again: a link or an emphasis does not count, several boxes do."""
    if element.tag not in _BOXES or next(element.iter("table", "a", "img"), None) is not None:
        return False
    return all(sum(child.tag in ("div", "li") for child in part) <= 1 for part in element.iter())


def _text_of_its_own(element: etree._Element) -> bool:
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)
