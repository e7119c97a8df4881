"""A report as a workbook: prose in wide merged cells, tables with merged ranges, numbers as numbers.

Comes in: a `Made`. Goes out: bytes of a .xlsx. Must not know: how the project reads.
"""

from __future__ import annotations

import io
import re
import zipfile
from random import Random

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from benchmarks.generate.model import Layout, Made, Text, expand
from benchmarks.generate.writers.docx import MARK, pack


def write_xlsx(made: Made) -> bytes:
    """One sheet for everything, or a sheet for each table after one for the prose."""
    rng = Random(f"xlsx {made.style}")
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    apart, first_col, typed = rng.random() < 0.4, rng.choice((1, 1, 2)), rng.random() < 0.7
    row = rng.choice((1, 1, 3))
    for block in made.blocks:
        if isinstance(block, Text):
            row = _words(sheet, block, row, first_col)
            continue
        if apart:
            sheet, row = book.create_sheet(f"表{len(book.sheetnames)}"), 1
        row = _table(sheet, block, row, first_col, typed) + 1
    return _dated(book)


def _dated(book: Workbook) -> bytes:
    """The file with fixed dates inside and out, so that the same report gives the same bytes."""
    out = io.BytesIO()
    book.save(out)
    parts: dict[str, str | bytes] = {}
    with zipfile.ZipFile(out) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
    core = parts["docProps/core.xml"]
    assert isinstance(core, bytes)
    parts["docProps/core.xml"] = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2021-01-01T00:00:00Z", core)
    return pack(parts)


def _words(sheet: Worksheet, block: Text, row: int, col: int) -> int:
    sheet.cell(row, col, _safe(block.text))
    sheet.merge_cells(start_row=row, start_column=col, end_row=row, end_column=col + 9)
    return row + 1


def _table(sheet: Worksheet, layout: Layout, top: int, left: int, typed: bool) -> int:
    grid = expand(layout)
    for r, line in enumerate(grid):
        for slot in line:
            if slot is None or not slot.origin:
                continue
            box = slot.box
            text = box.text.removeprefix(MARK)
            value: str | int | float | None = _safe(text) or None
            if typed and box.key is not None and text.isascii():
                value = int(text) if text.isdigit() and len(text) < 10 else value
            sheet.cell(top + r, left + slot.col, value)
            if box.rowspan > 1 or box.colspan > 1:
                sheet.merge_cells(
                    start_row=top + r,
                    start_column=left + slot.col,
                    end_row=top + r + box.rowspan - 1,
                    end_column=left + slot.col + box.colspan - 1,
                )
    return top + len(grid)


def _safe(text: str) -> str:
    """A text that begins with = would be taken for a formula; offices put an apostrophe, files a space."""
    return " " + text if text.startswith("=") else text
