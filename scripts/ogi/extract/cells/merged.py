"""A number whose cell is merged over several rows of the form: whose it is, the page does not say.

Comes in: the rows of a table and what each holds. Goes out: doubts. Must not know: identities.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ogi.extract.cells.fit import Slots
from ogi.extract.numbers import bare
from ogi.extract.rows.naming import NamedRow
from ogi.forms import TableForm
from ogi.messages import in_both
from ogi.model import Issue


def over_rows(form: TableForm, kept: Mapping[str, NamedRow], slots: Mapping[str, Slots]) -> Iterator[Issue]:
    """One for each such number but 0, which is 0 in all of them; rows of no form below it, such as an empty one, do not count."""
    for code, fitted in slots.items():
        if fitted.kind != "cells":
            continue
        for measure, cell in zip(form.measures_of[code], fitted.cells, strict=True):
            if cell.rowspan < 2 or bare(cell.text) in ("", "0"):
                continue
            block, end = kept[code].row.block, cell.row + cell.rowspan
            rows = ((item, n.row) for item, n in kept.items() if n.row.block == block and n.row.labels)
            below = [item for item, row in rows if cell.row < row.labels[-1].row < end]
            if below:
                number, label = cell.text.strip(), kept[code].row.label
                said = in_both(
                    f"「{number}」的单元格跨了几行（「{label}」和它下面的行），是哪一行的数看不出来，请对照原件。",
                    f"{cell.locator}: the cell of «{number}» is merged over the row «{label}» and those below it; "
                    "whose number it is, is not told. Compare with the original.",
                )
                keys = tuple(f"{form.table}.{item}.{measure.code}" for item in (code, *below))
                yield Issue("cell-over-rows", "warning", said, cell.locator, keys, cell.text)
