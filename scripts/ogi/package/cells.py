"""Every cell of one report, each table complete: the rows of `cells`.

Comes in: a reading, the forms. Goes out: rows in the form's order, of which its tables are pivots;
what the document lacks has the status `absent`. Must not know: any item by name. What the report
prints is never changed here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from ogi.doubts import doubts
from ogi.errors import BadPackage
from ogi.forms import Key
from ogi.model import TABLES, Cell, Reading, Statistic, Table
from ogi.package.table import Row
from ogi.worths import EXACT

OPEN: Table = "statistics"  # provinces change its rows, so that none can be said to be absent


def cell_rows(
    report_id: str,
    reading: Reading,
    forms: Mapping[tuple[str, str], tuple[Key, ...]],
    yuan: Mapping[str, int],
) -> list[Row]:
    """Table by table; `forms` are the cells by (table, template). Raises BadPackage where one is there
    twice."""
    rows: list[Row] = []
    for table in TABLES:
        template = reading.templates.get(table)
        printed = [c for c in reading.cells if c.table == table]
        if table == OPEN and not printed:
            printed = _known_statistics(reading.statistics)
        cells = {(c.item, c.measure): c for c in printed}
        if len(cells) < len(printed):
            twice = next(key for key, times in Counter(c.key for c in printed).items() if times > 1)
            place = f"datapackage: cells, row {report_id} {twice}"
            remedy = "只留一个，并记上疑点 keep one, and put an issue on it"
            raise BadPackage(place, "同一格出现两次 the cell is there twice", remedy)
        places = {key: place for place, key in enumerate(forms.get((table, str(template)), ()))}
        order = list(places) if table != OPEN else []
        order += sorted(set(cells) - set(order), key=lambda key: (places.get(key, len(places)), key))
        doubted = doubts(printed, reading.issues)
        for key in order:
            row = _cell(report_id, table, key, template, cells.get(key), yuan)
            rows.append({**row, "doubt": doubted.get(f"{table}.{key[0]}.{key[1]}")})
    return rows


def in_yuan(value: Decimal | None, unit: str | None, yuan: Mapping[str, int]) -> Decimal | None:
    """None where no unit of money is printed: a scale is never guessed."""
    worth = yuan.get(unit) if unit else None
    return EXACT.multiply(value, Decimal(worth)) if value is not None and worth is not None else None


def _cell(
    report_id: str, table: Table, key: Key, template: str | None, cell: Cell | None, yuan: Mapping[str, int]
) -> Row:
    cell = cell or Cell(table, *key, None, None, None, "absent", None, None)
    return {
        "report_id": report_id,
        "table": table,
        "item": key[0],
        "measure": key[1],
        "template": template,
        "value": cell.value,
        "unit": cell.unit,
        "amount_yuan": in_yuan(cell.value, cell.unit, yuan),
        "raw": cell.raw,
        "status": cell.status,
        "label": cell.label,
        "locator": cell.locator,
        "score": None if cell.score is None else Decimal(f"{cell.score:.3f}"),
    }


def _known_statistics(statistics: tuple[Statistic, ...]) -> list[Cell]:
    """Numbers of an annex whose row is known and printed once; the others stand in `statistics` alone."""
    times = Counter((s.item, s.measure) for s in statistics)
    return [
        Cell(OPEN, s.item, s.measure, s.value, s.raw, s.unit, s.status, s.label, s.locator)
        for s in statistics
        if s.item is not None and times[s.item, s.measure] == 1
    ]
