"""A number whose cell is merged over several rows of the form: whose it is, the page does not say.

Comes in: the rows of a table and what each holds. Goes out: doubts. Must not know: identities.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ogi.extract.cells.slots import Slots
from ogi.extract.numbers import read_number
from ogi.extract.rows.naming import NamedRow
from ogi.forms import TableForm
from ogi.messages import in_both
from ogi.model import Cell, Issue


def over_rows(
    form: TableForm, kept: Mapping[str, NamedRow], slots: Mapping[str, Slots], cells: Sequence[Cell]
) -> Iterator[Issue]:
    """One for each such number; 0 is 0 in all of them, and only what the sums make something else of it below is in doubt. Rows
    of no form below it, such as an empty one, do not count."""
    if not any(cell.rowspan > 1 for fitted in slots.values() for cell in fitted.cells):
        return
    values = {cell.key: cell.value for cell in cells}
    for code, fitted in slots.items():
        if fitted.kind != "cells":
            continue
        for measure, cell in zip(form.measures_of[code], fitted.cells, strict=True):
            number = read_number(cell.text, measure.kind)
            if cell.rowspan < 2 or number.status == "blank":
                continue
            block, end = kept[code].row.block, cell.row + cell.rowspan
            rows = ((item, n.row) for item, n in kept.items() if n.row.block == block and n.row.labels)
            below = [item for item, row in rows if cell.row < row.labels[-1].row < end]
            keys = [f"{form.table}.{item}.{measure.code}" for item in (code, *below)]
            if number.value == 0:
                keys = [key for key in keys if values.get(key)]
            if below and keys:
                text, label = cell.text.strip(), kept[code].row.label
                said = in_both(
                    f"「{text}」的单元格跨了几行（「{label}」和它下面的行），是哪一行的数看不出来，请对照原件。",
                    f"{cell.locator}: the cell of «{text}» is merged over the row «{label}» and those below it; "
                    "whose number it is, is not told. Compare with the original.",
                )
                yield Issue("cell-over-rows", "warning", said, cell.locator, tuple(keys), text)
