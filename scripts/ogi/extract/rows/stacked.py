"""A cell that holds two labels, one above the other, with no rule between them -> each in a cell of its own.

Comes in: the labels of a line. Goes out: them, those of one cell apart. Must not know: values, where the line stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ogi.extract.rows.labels import Index
from ogi.model import GridCell

_INNER_NUMBER = re.compile(r"(?:\d{1,2}\s*[.．、]|[（(]\s*[一二三四五六七八九\d]\s*[）)])")


def group_and_row(labels: tuple[GridCell, ...], index: Index) -> tuple[GridCell, ...]:
    """A cell that holds a group, or what a page's end left of it, and its first row («（三）不予公开 1.属于国家秘密») as two
    labels."""
    if not labels or index.tables(labels[-1].text):
        return labels
    cell = labels[-1]
    for at in (m.start() for m in _INNER_NUMBER.finditer(cell.text)):
        group, row = cell.text[:at].strip(), cell.text[at:].strip()
        if at and index.begun(group) & index.tables(row).keys():
            return (*labels[:-1], cell._replace(text=group), cell._replace(text=row))
    return labels


def heads_apart(labels: Sequence[GridCell], index: Index, table: str | None) -> tuple[GridCell, ...]:
    """Heads of columns, where the one that spans others stands above the first of them («申请人情况», «自然人»)."""
    return tuple(part for cell in labels for part in _head_below(cell, index, table))


def _head_below(cell: GridCell, index: Index, table: str | None) -> tuple[GridCell, ...]:
    if "\n" not in cell.text or index.tables(cell.text):
        return (cell,)
    lines = cell.text.split("\n")
    for at in range(1, len(lines)):
        if index.kinds(head := "\n".join(lines[at:]), table):
            return (*(cell._replace(text=line) for line in lines[:at]), cell._replace(text=head))
    return (cell,)
