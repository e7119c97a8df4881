"""Tables that leave out columns of the form, such as the total, or all but it: what is read, and what is said of the rest.

Comes in: a row with the heads above it, then how the rows of a table were fitted. Goes out: the cells under heads, and doubts.
Must not know: identities, text layouts. Only a grid that knows its spans tells which head stands over a number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ogi.extract.cells.head_order import spanning
from ogi.extract.cells.slots import Slots
from ogi.extract.numbers import bare
from ogi.extract.rows.labels import heads_of
from ogi.extract.rows.locate import Row
from ogi.forms import Measure, TableForm
from ogi.messages import in_both
from ogi.model import GridCell, Issue


def by_own_heads(row: Row, measures: tuple[Measure, ...]) -> tuple[GridCell | None, ...]:
    """By measure the cell under its head, None for one without a head; nothing unless each head has a column and a cell of its
    own and all else is empty, but for one column in place of those that a head would span."""
    if row.shape is None or not row.shape.spans_known:
        return ()
    by_label, over = heads_of(measures), spanning(measures)
    named = {(col, by_label[head].code) for head, col in row.places if head in by_label}
    columns = dict(named)
    codes = {*columns.values()}
    if not codes or len(codes) == len(measures) or not len(codes) == len(columns) == len(named):
        return ()
    summed = {col for head, col in row.places if head in over} if codes.isdisjoint(m.code for m in measures if m.under) else set()
    own = {columns[cell.col]: cell for cell in row.values if cell.col in columns}
    rest = [cell for cell in row.values if cell.col not in columns and bare(cell.text)]
    if len(own) < len(codes) or len(rest) > 1 or any(cell.col not in summed for cell in rest):
        return ()
    if any(cell.colspan > 1 and any(cell.col < col < cell.col + cell.colspan for col in columns) for cell in row.values):
        return ()
    return tuple(own.get(measure.code) for measure in measures)


def without_columns(form: TableForm, slots: Mapping[str, Slots], kept: Collection[str]) -> Iterator[Issue]:
    """A doubt on each column that rows of the table do not have, and a note on numbers that are none of the form's."""
    parts = {code: fitted.alone for code, fitted in slots.items() if fitted.kind == "part"}
    beyond = {code: [c for c in slots[code].cells if c not in parts[code]] for code in parts}
    if any(beyond.values()):
        first = next(cell for cells in beyond.values() for cell in cells)
        said = in_both(
            "几列合成了一列，格式里没有这样的列，它的数没有采用。",
            f"{first.locator}: one column stands in place of several of the form; its numbers are left out.",
        )
        raw = " ".join(cell.text for cells in beyond.values() for cell in cells)
        yield Issue("column-missing", "warning", said, first.locator, (), raw)
    for measure in form.measures:
        rows = [
            code
            for code, cells in parts.items()
            if any(m.code == measure.code and cell is None for m, cell in zip(form.measures_of[code], cells, strict=True))
        ]
        if not rows:
            continue
        said = in_both(f"表里没有「{measure.labels[0]}」一列。", f"the table has no column «{measure.labels[0]}».")
        every = len(rows) == sum(any(m.code == measure.code for m in form.measures_of[code]) for code in kept)
        keys = (f"{form.table}.*.{measure.code}",) if every else tuple(f"{form.table}.{code}.{measure.code}" for code in rows)
        yield Issue("column-missing", "warning", said, None, keys)
