"""Excel's xlsx -> Document.

Comes in: bytes. Goes out: per visible sheet its text rows as paragraphs and its tables as grids, values
as the sheet shows them. Must not know: any form. Numbers go from the file's own digits to the shown
text through Decimal, never through float.

A sheet has no tables of its own: empty rows end one, and rows that hold a single text before or after
the data are its title and notes. Where cells have borders, the borders say what belongs to the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ogi.errors import Unreadable
from ogi.messages import in_both
from ogi.model import Document, GridCell
from ogi.readers import zips
from ogi.readers.blocks import Blocks
from ogi.readers.grid import tidy, whole
from ogi.readers.xlsx.book import Book, open_book

FORMAT = "xlsx"
MAX_ROWS, MAX_COLS = 2_000, 60
LONG = 60  # a text longer than this is no label

_VALUE = re.compile(r"[0-9０-９+\-/—.]+\Z|无\Z")
_REF = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})$")


@dataclass(slots=True)
class _Cell:
    """A cell with a text or a border; `rowspan`, `colspan` by the merge that begins here."""

    text: str
    bordered: bool
    rowspan: int = 1
    colspan: int = 1


@dataclass(slots=True)
class _Row:
    cells: dict[int, _Cell] = field(default_factory=dict)
    covered: set[int] = field(default_factory=set)

    @property
    def filled(self) -> list[tuple[int, _Cell]]:
        return [(col, cell) for col, cell in self.cells.items() if cell.text]

    @property
    def bordered(self) -> bool:
        return any(cell.bordered for cell in self.cells.values())


@dataclass(slots=True)
class _Found:
    """The rows of a sheet: with anything in them, empty, hidden; its hidden columns; and formulas without a result."""

    rows: dict[int, _Row] = field(default_factory=dict)
    empty: set[int] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    unknown: list[str] = field(default_factory=list)


def sniff(head: bytes) -> bool:
    """Whether this zip has Excel's parts, or did before it was cut off: then `read` says so."""
    return zips.holds(head, "xl/")


def read(data: bytes) -> Document:
    """Raises Unreadable for a damaged or encrypted zip, a DOCTYPE, cells far away, anything over the caps."""
    out = Blocks()
    archive = zips.Archive(data)
    book, columns = open_book(archive), (0, 0)
    for number, sheet in enumerate(book.sheets, start=1):
        if sheet.hidden:
            said = in_both(f"第 {number} 张工作表是隐藏的，没有读。", f"Sheet {number} is hidden and was left out.")
            out.issue("part-not-read", "info", said, f"sheet={number}")
        elif sheet.part in archive:
            columns = _read_sheet(archive.xml(sheet.part), book, number, out, columns)
    return out.document(FORMAT, data)


def _read_sheet(
    root: etree._Element, book: Book, number: int, out: Blocks, columns: tuple[int, int]
) -> tuple[int, int]:
    """`columns`: the first and last of the last table, on this sheet or one before."""
    place = f"sheet={number};cell="
    found = _found(root, book)
    rows = found.rows
    if found.unknown:
        out.issue(
            "part-not-read",
            "warning",
            in_both(
                f"第 {number} 张工作表有 {len(found.unknown)} 个公式没有存下结果，第一个在 {found.unknown[0]}；"
                "请在 Excel 或 WPS 里打开，保存后再上传。",
                f"{len(found.unknown)} formula(s) of sheet {number} have no stored result, "
                f"the first in {found.unknown[0]}; open the file in Excel or WPS, save it, and add it again.",
            ),
            place + found.unknown[0],
        )
    _merge(root, rows, found.hidden)
    for block in _blocks(found):
        top, table, bottom = _parts(block, rows)
        for at in top:
            _say(rows[at], at, place, out)
        if table:
            columns = _grid(found, table, place, out, columns)
        for at in bottom:
            _say(rows[at], at, place, out)
    return columns


def _found(root: etree._Element, book: Book) -> _Found:
    main = f"{{{etree.QName(root).namespace}}}"
    found = _Found()
    for columns in root.iter(f"{main}col"):
        first, last = whole(columns.get("min")), whole(columns.get("max"))
        if columns.get("hidden") in ("1", "true") and first is not None and last is not None:
            found.columns.update(range(first, min(last, MAX_COLS) + 1))
    above = 0
    for row in root.iter(f"{main}row"):
        above = whole(row.get("r")) or above + 1
        if row.get("hidden") in ("1", "true"):
            found.hidden.add(above)
            continue
        col = 0
        for cell in row:
            ref = _REF.match(cell.get("r") or "")
            col = _column(ref[1]) if ref else col + 1
            text = tidy(book.shown(cell, main))
            formula = None if text or cell.get("t") == "str" else cell.find(f"{main}f")
            if formula is not None:
                text = f"={formula.text or '?'}"  # something stands there, and it is no number that we know
                found.unknown.append(_name(above, col))
            bordered = book.bordered(cell)
            if text and (above > MAX_ROWS or col > MAX_COLS):
                where = _name(above, col)
                said = (
                    f"{where} 有内容，超过上限 {MAX_ROWS} 行 {MAX_COLS} 列 "
                    f"a value stands in {where}, beyond the limit of {MAX_ROWS} rows and {MAX_COLS} columns"
                )
                raise Unreadable("", said, "只留下年报的表格 keep only the report's tables in the file")
            if above > MAX_ROWS or col > MAX_COLS or col in found.columns or not (text or bordered):
                continue
            found.rows.setdefault(above, _Row()).cells[col] = _Cell(text, bordered)
        if above not in found.rows:
            found.empty.add(above)
    return found


def _merge(root: etree._Element, rows: dict[int, _Row], hidden: set[int]) -> None:
    """Merged ranges: the first cell gets the span, the places it covers lose their cells."""
    main = f"{{{etree.QName(root).namespace}}}"
    for merge in root.iter(f"{main}mergeCell"):
        first, _, last = (merge.get("ref") or "").partition(":")
        start, end = _REF.match(first), _REF.match(last)
        if not start or not end:
            continue
        top, left = int(start[2]), _column(start[1])
        bottom, right = min(int(end[2]), MAX_ROWS), min(_column(end[1]), MAX_COLS)
        anchor = rows[top].cells.get(left) if top in rows else None
        if anchor is None or bottom < top or right < left:
            continue
        anchor.rowspan, anchor.colspan = bottom - top + 1, right - left + 1
        for at in sorted({*range(top, bottom + 1)} - hidden):
            row = rows.setdefault(at, _Row())
            for col in range(left, right + 1):
                row.covered.add(col)
                if (at, col) != (top, left):
                    row.cells.pop(col, None)


def _blocks(found: _Found) -> Iterator[list[int]]:
    """Runs of rows without an empty one between them, or one of words without a border below one that has it; an empty one right
    under a row of heads is theirs."""
    rows = found.rows
    run: list[int] = []

    def ended() -> list[int]:
        below = run[-1] + 1
        if below in found.empty and _heads(rows[run[-1]]):
            rows[below] = _Row()
            run.append(below)
        return run

    for at in sorted(at for at, row in rows.items() if row.filled or row.bordered or row.covered):
        apart = not found.hidden.issuperset(range(run[-1] + 1, at)) if run else False
        if apart or (run and rows[run[-1]].bordered and _single(rows[at])):
            yield ended()
            run = []
        run.append(at)
        if _prose(rows[at]):
            yield run
            run = []
    if run:
        yield ended()


def _heads(row: _Row) -> bool:
    """Whether several texts stand in the row and no number: the values below may all be blank."""
    return len(row.filled) > 2 and not any(cell.text[0].isdigit() for _, cell in row.filled)


def _parts(block: list[int], rows: dict[int, _Row]) -> tuple[list[int], list[int], list[int]]:
    """The rows of a block that are text before the table, the table, and text after it."""
    first, last = 0, len(block)
    while first < last and _single(rows[block[first]]):
        first += 1
    while last > first and _prose(rows[block[last - 1]]):
        last -= 1
    return block[:first], block[first:last], block[last:]


def _single(row: _Row) -> bool:
    """Whether nothing but one text stands in the row, with no border around it."""
    return (
        len(row.filled) == 1
        and not row.bordered
        and row.filled[0][1].rowspan == 1
        and (len(row.covered) <= row.filled[0][1].colspan)
    )


def _prose(row: _Row) -> bool:
    return _single(row) and len(row.filled[0][1].text) > LONG


def _say(row: _Row, at: int, place: str, out: Blocks) -> None:
    for col, cell in row.filled:
        out.paragraph(cell.text, locator=place + _name(at, col))


def _grid(
    found: _Found, table: list[int], place: str, out: Blocks, above: tuple[int, int]
) -> tuple[int, int]:
    """Every place of the table that is shown is a real cell, unless a merge covers it; its first and last column. A part of the
    table `above` whose numbers are all blank reaches as far as that: only its labels stand in it."""
    rows = found.rows
    ends = [(col, col + cell.colspan - 1) for at in table for col, cell in rows[at].cells.items()]
    left, right = min(start for start, _ in ends), max(end for _, end in ends)
    if (
        left == above[0]
        and len(table) > 1
        and not any(_VALUE.match(c.text) for at in table for _, c in rows[at].filled)
    ):
        right = max(right, above[1])
    columns = [col for col in range(left, right + 1) if col not in found.columns]
    cells: list[GridCell] = []
    for number, at in enumerate(table, start=1):
        row = rows[at]
        for nth, col in enumerate(columns, start=1):
            cell = row.cells.get(col)
            if cell is None and col in row.covered:
                continue
            cell = cell or _Cell("", False)
            cells.append(
                GridCell(
                    cell.text,
                    number,
                    nth,
                    place + _name(at, col),
                    _shown(table, at, cell.rowspan),
                    _shown(columns, col, cell.colspan),
                )
            )
    out.located(cells, f"{place}{_name(table[0], left)}:{_name(table[-1], right)}")
    return left, right


def _shown(places: list[int], first: int, span: int) -> int:
    """How many of the places that are shown a span covers."""
    return 1 if span == 1 else sum(first <= place < first + span for place in places)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _name(row: int, col: int) -> str:
    letters = ""
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
