"""What the generator makes: a report as laid out on paper, with the truth of every cell beside it.

Comes in: nothing. Goes out: dataclasses only. Must not know: any file format, nor how the project reads.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

Key = tuple[str, str, str]  # table, item, measure


@dataclass(frozen=True, slots=True)
class TrueCell:
    """One printed cell: `value` None where it is blank or a mark; `status` as the data model says."""

    value: Decimal | None
    raw: str
    status: str = "reported"
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Truth:
    """What a careful reader takes from the report; `violations` are identities the agency itself breaks."""

    seed: int
    form: str
    oddities: tuple[str, ...]
    agency: str
    agency_printed: str | None
    year: int
    templates: Mapping[str, str]
    cells: Mapping[Key, TrueCell]
    violations: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> str:
        """The truth as a file beside the document; numbers travel as text, never through float."""
        cells = [
            {
                "table": t,
                "item": i,
                "measure": m,
                "value": None if c.value is None else f"{c.value:f}",
                "raw": c.raw,
                "status": c.status,
                "unit": c.unit,
            }
            for (t, i, m), c in self.cells.items()
        ]
        head = {
            "seed": self.seed,
            "form": self.form,
            "oddities": list(self.oddities),
            "agency": self.agency,
            "agency_printed": self.agency_printed,
            "year": self.year,
            "templates": dict(self.templates),
            "violations": [list(v) for v in self.violations],
        }
        lines = ",\n  ".join(json.dumps(cell, ensure_ascii=False) for cell in cells)
        return json.dumps(head, ensure_ascii=False, indent=1)[:-2] + f',\n "cells": [\n  {lines}\n ]\n}}\n'


def truth_from_json(text: str) -> Truth:
    """The inverse of `Truth.to_json`."""
    data = json.loads(text)
    cells = {
        (c["table"], c["item"], c["measure"]): TrueCell(
            None if c["value"] is None else Decimal(c["value"]), c["raw"], c["status"], c["unit"]
        )
        for c in data["cells"]
    }
    return Truth(
        data["seed"],
        data["form"],
        tuple(data["oddities"]),
        data["agency"],
        data["agency_printed"],
        data["year"],
        data["templates"],
        cells,
        tuple((r, s) for r, s in data["violations"]),
    )


@dataclass(frozen=True, slots=True)
class Box:
    """One real cell of a table as laid out; `key` is the cell of the truth that it prints, if any."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    key: Key | None = None
    head: bool = False


Row = tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A table as rows of real cells; places that a span covers are not in the rows."""

    table: str
    rows: tuple[Row, ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `level` 1 is the title, 2 a section heading, 0 prose."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Made:
    """A generated report: the truth, and the blocks in reading order."""

    truth: Truth
    blocks: tuple[Text | Layout, ...]
    furniture: str = ""
    style: int = field(default=0)

    @property
    def tables(self) -> tuple[Layout, ...]:
        return tuple(b for b in self.blocks if isinstance(b, Layout))


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of the expanded grid: the box that fills it, and whether this is the box's first place."""

    box: Box
    row: int
    col: int
    origin: bool
    from_above: bool


def expand(layout: Layout) -> list[list[Slot | None]]:
    """The table as a full grid, spans unrolled: rows of slots (None where the row is too short)."""
    width = max(len(layout.widths), max((sum(b.colspan for b in row) for row in layout.rows), default=0))
    grid: list[list[Slot | None]] = [[None] * width for _ in layout.rows]
    for r, row in enumerate(layout.rows):
        col = 0
        for box in row:
            while col < width and grid[r][col] is not None:
                col += 1
            for y in range(r, min(r + box.rowspan, len(grid))):
                for x in range(col, min(col + box.colspan, width)):
                    grid[y][x] = Slot(box, y, x, (y, x) == (r, col), y > r)
            col += box.colspan
    return grid
