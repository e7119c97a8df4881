"""The paragraphs of a binary Word file -> blocks: cells end with marks, rows with marks that say where
their cells stand.

Comes in: a WordFile and a range of its text. Goes out: paragraphs and grids into `Blocks`, and doubts
where marks and rows disagree. Must not know: bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ogi.readers.blocks import Blocks
from ogi.readers.doc_file import Paragraph, WordFile
from ogi.readers.doc_properties import Row
from ogi.readers.doc_styles import Style
from ogi.readers.grid import LAYOUT_CELLS, Placed, tidy

_NEAR = 30  # twips: edges closer than this are one column's edge, drawn by hand


@dataclass(slots=True)
class _Table:
    rows: list[tuple[list[_Cell], Row | None]] = field(default_factory=list)
    cells: list[_Cell] = field(default_factory=list)  # of the row that is not ended yet


@dataclass(slots=True)
class _Cell:
    items: list[str | _Table] = field(default_factory=list)
    gone: bool = False  # its mark was deleted; what counts is whether the whole row was


class Tables:
    def __init__(self, out: Blocks, word: WordFile) -> None:
        self._out = out
        self._word = word
        self._stack: list[tuple[_Table, _Cell]] = []  # the open table of each depth, with its open cell
        self._doubts = 0

    def blocks(self, start: int, end: int) -> None:
        """Every paragraph of the range, inside tables or outside."""
        for paragraph in self._word.paragraphs(start, end):
            known = paragraph.properties
            depth = known.depth
            if paragraph.mark == "\x07" and not depth:
                depth = 1
                self._doubt("a cell mark stands where the file knows no table")
            if len(self._stack) > depth:
                self._close(depth)
            text = self._numbered(paragraph)
            if depth:
                self._in_table(paragraph, depth, text)
            elif paragraph.contents or self._style(paragraph).contents:
                self._out.aside("contents", text)
            else:
                self._out.paragraph(text, self._level(paragraph))
            if not depth:
                for box in paragraph.boxes:
                    self.blocks(*box)
        self._close(0)

    def _style(self, paragraph: Paragraph) -> Style:
        number = paragraph.properties.style
        return self._word.styles[number] if number < len(self._word.styles) else Style()

    def _level(self, paragraph: Paragraph) -> int:
        outline = paragraph.properties.outline
        return self._style(paragraph).heading if outline is None else outline + 1 if outline < 9 else 0

    def _numbered(self, paragraph: Paragraph) -> str:
        """The text behind the number of its list, if it is in one."""
        known = paragraph.properties
        if known.row_end:
            return ""
        style = self._style(paragraph)
        number = known.list_number if known.list_number is not None else style.number
        if not number:
            return paragraph.text
        level = known.list_level if known.list_number is not None or known.list_level else style.level
        return self._word.lists.next(str(number), level) + paragraph.text

    def _in_table(self, paragraph: Paragraph, depth: int, text: str) -> None:
        while len(self._stack) < depth:
            self._stack.append((_Table(), _Cell()))
        table, cell = self._stack[depth - 1]
        known = paragraph.properties
        if known.row_end:
            if not (
                paragraph.gone and all(cell.gone for cell in table.cells)
            ):  # a deleted row is not printed
                self._row(table, known.row)
            table.cells = []
            self._stack[depth - 1] = (table, _Cell())
            return
        cell.items.append(text)
        for box in paragraph.boxes:
            cell.items.extend(self._word.texts(*box))
        cell.gone = paragraph.gone
        if paragraph.mark == "\x07" if depth == 1 else known.cell_end:
            table.cells.append(cell)
            self._stack[depth - 1] = (table, _Cell())

    def _row(self, table: _Table, row: Row | None) -> None:
        if row is None or len(row.edges) - 1 != len(table.cells):
            promised = "none" if row is None else str(len(row.edges) - 1)
            self._doubt(f"a row has {len(table.cells)} cells where the file promises {promised}")
            row = None
        table.rows.append((table.cells, row))

    def _close(self, depth: int) -> None:
        """End the tables deeper than this: each is an item of the cell around it, or a block."""
        while len(self._stack) > depth:
            table, cell = self._stack.pop()
            if table.cells or any(isinstance(item, _Table) or item.strip() for item in cell.items):
                self._doubt("a table ends in the middle of a row")
                table.rows.append(([*table.cells, *([cell] if cell.items else [])], None))
            if self._stack:
                self._stack[-1][1].items.append(table)
            else:
                self._emit(table)

    def _emit(self, table: _Table) -> None:
        inner = [item for cell in _cells(table) for item in cell.items if isinstance(item, _Table)]
        if inner and not _boxes(table, inner):
            for cell in _cells(table):
                for item in cell.items:
                    if isinstance(item, _Table):
                        self._emit(item)
                    else:
                        self._out.paragraph(item)
            return
        placed, doubt = _placed(table)
        if doubt:
            self._doubt(doubt)
        self._out.grid(placed)

    def _doubt(self, what: str) -> None:
        """Once is enough: one broken mark makes many follow."""
        self._doubts += 1
        if self._doubts == 1:
            self._out.issue(
                "table-incomplete",
                "warning",
                f"Table {self._out.tables + 1} of the file contradicts itself: {what}; it may be damaged. "
                "Download it again, or open it in Word or WPS and compare.",
                f"table={self._out.tables + 1}",
            )


def _cells(table: _Table) -> Iterator[_Cell]:
    for cells, _ in table.rows:
        yield from cells


def _boxes(table: _Table, inner: Sequence[_Table]) -> bool:
    """Whether the tables inside are mere boxes of one cell, in a table that has many of its own."""
    return (
        all(sum(1 for _ in _cells(box)) <= 1 for box in inner)
        and sum(1 for _ in _cells(table)) > LAYOUT_CELLS
    )


def _text(cell: _Cell) -> str:
    if len(cell.items) == 1 and isinstance(cell.items[0], str):
        return tidy(cell.items[0])
    lines = ["\n".join(map(_text, _cells(i))) if isinstance(i, _Table) else i for i in cell.items]
    return tidy("\n".join(lines))


def _placed(table: _Table) -> tuple[list[Placed], str]:
    """Cells on the grid of all edges, covered ones left out; and what speaks against the merges, or ''."""
    doubt = ""
    column = _columns([row.edges for _, row in table.rows if row is not None])
    placed: list[Placed] = []
    above: list[Placed] = []
    merging: set[int] = set()  # the cells that a vertical merge may go on
    for number, (cells, row) in enumerate(table.rows, start=1):
        here: list[Placed] = []
        left: Placed | None = None
        kind = 0
        columns = [column[edge] for edge in row.edges] if row is not None else []
        for n, cell in enumerate(cells):
            if row is None:
                here.append(Placed(_text(cell), number, n + 1))
                placed.append(here[-1])
                continue
            col = columns[n]
            width = max(columns[n + 1] - col, 1)
            across = row.across[n]
            if across and left is not None and kind and across != kind:
                left.colspan += width
                continue
            kind = across
            over = _over(above, col, width) if row.down[n] == 1 else None
            if row.down[n] == 1 and (over is None or id(over) not in merging or _text(cell)):
                doubt = "a cell is marked as covered by the one above, which does not look so"
                over = None
            if over is not None:
                over.rowspan += 1
                here.append(over)
                left = None
                continue
            left = Placed(_text(cell), number, col, 1, width)
            if row.down[n]:
                merging.add(id(left))
            here.append(left)
            placed.append(left)
        above = here
    return placed, doubt


def _over(above: Sequence[Placed], col: int, width: int) -> Placed | None:
    """The cell of the row above that stands over most of this one."""
    best, shared = None, 0
    for cell in above:
        common = min(cell.col + cell.colspan, col + width) - max(cell.col, col)
        if common > shared:
            best, shared = cell, common
    return best


def _columns(edges: Sequence[Sequence[int]]) -> dict[int, int]:
    """The number of the column that begins at each edge."""
    columns: dict[int, int] = {}
    number, last = 0, None
    for edge in sorted({edge for row in edges for edge in row}):
        if last is None or edge - last > _NEAR:
            number += 1
            last = edge
        columns[edge] = number
    return columns
