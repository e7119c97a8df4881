"""The tables of the form as pivots of `cells`, as schema.yml describes them: no code per table.

Comes in: complete rows of `cells` of one report, in the form's order. Goes out: rows of disclosures,
requests, reviews. Must not know: any item or measure by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ogi.errors import BadPackage
from ogi.model import WEAKEST_FIRST
from ogi.package.schema import Resource
from ogi.package.table import Row, Value

Names = Mapping[tuple[str, str], str]  # (kind, code) -> Chinese name
STRENGTH: Mapping[Value, int] = {status: place for place, status in enumerate(WEAKEST_FIRST)}


def pivot(resource: Resource, cells: Iterable[Row], names: Names) -> list[Row]:
    """Long where the pivot names no column, else one row for each of its `rows` with a column a code."""
    how = resource.pivot
    assert how is not None
    mine = [cell for cell in cells if cell["table"] == how.table]
    if how.columns is None:
        return [_named(resource, {c: cell.get(c) for c in resource.columns}, names) for cell in mine]
    rows: dict[tuple[Value, ...], dict[str, Value]] = {}
    for cell in mine:
        key = tuple(cell[name] for name in how.rows)
        row = rows.get(key)
        if row is None:
            row = rows[key] = {
                **dict.fromkeys(resource.columns),
                **{c: cell[c] for c in resource.key},
                "status": "reported",
            }
        column = str(cell[how.columns])
        if column not in row:
            raise BadPackage(
                f"datapackage: {resource.name}, row {cell['report_id']} {' '.join(map(str, key))}",
                f"没有 {column!r} 这一列 has no column for {column!r}",
                "在 package/schema.yml 里加上，或改正表式 add the field to package/schema.yml or correct the form",
            )
        row[column] = cell["value"]
        row["status"] = min(row["status"], cell["status"], key=STRENGTH.__getitem__)
        if cell["doubt"]:
            row["doubt"] = " ".join(sorted({*str(row["doubt"] or "").split(), *str(cell["doubt"]).split()}))
    return [_named(resource, row, names) for row in rows.values()]


def _named(resource: Resource, row: dict[str, Value], names: Names) -> Row:
    """Fills item_zh from item and measure_zh from measure."""
    for field in resource.fields:
        if field.codes and f"{field.name}_zh" in row:
            row[f"{field.name}_zh"] = names.get((field.codes, str(row[field.name])))
    return row
