"""Reviews whose outcomes stand one below the other, and whose blocks stand side by side.

Comes in: the rows of the table. Goes out: the cells by block and outcome. Must not know: values.
"""

from __future__ import annotations

from collections.abc import Sequence

from ogi.extract.rows.labels import letters, rows_in
from ogi.extract.rows.locate import Row
from ogi.forms import TableForm
from ogi.model import GridCell


def across(form: TableForm, rows: Sequence[Row]) -> dict[tuple[str, str], GridCell]:
    """Nothing unless a grid has one row an outcome, no other, and above each of its numbers the head of a block of its own."""
    known = rows_in(form.template, form.table)
    found: dict[tuple[str, str], GridCell] = {}
    rows = [row for row in rows if row.values]
    if len(rows) != len(form.measures):
        return {}
    for row in rows:
        measure = known.columns.get(letters(row.label)) if row.shape and row.shape.spans_known else None
        blocks = {col: known.codes[head] for head, col in row.places if head in known.codes}
        named = [known.codes[head] for head in row.heads if head in known.codes]
        columns = [col for _, col in row.places]
        if len(blocks) < len(named) == len(row.values) and columns == sorted(set(columns)):  # in one line, named in brackets
            blocks = dict(zip((cell.col for cell in row.values), named, strict=True))
        if not measure or sorted(blocks.values()) != sorted(item.code for item in form.items):
            return {}
        if {cell.col for cell in row.values} != blocks.keys():
            return {}
        found.update({(blocks[cell.col], measure): cell for cell in row.values})
    return found if len(found) == len(form.cells) else {}
