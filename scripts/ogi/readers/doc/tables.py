"""The paragraphs of a binary Word file -> blocks: cells end with marks, rows with marks that say where
their cells stand.

Comes in: a WordFile and a range of its text. Goes out: paragraphs and grids into `Blocks`, and doubts
where marks and rows disagree. Must not know: bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ogi.messages import in_both
from ogi.readers.blocks import Blocks
from ogi.readers.doc.file import WordFile
from ogi.readers.doc.properties import Row
from ogi.readers.grid import LAYOUT_CELLS, Placed, tidy
from ogi.readers.marked import UNREAD

_NEAR = 30  # twips: edges closer than this are one column's edge, drawn by hand


_Cell = list["str | _Table"]  # its paragraphs and the tables in it


@dataclass(slots=True)
class _Table:
    """`cells` are those of the row that is not ended yet, `open` what the cell not ended yet holds; `gone`: cells whose
    marks were deleted; what counts is whether the whole row was."""

    rows: list[tuple[list[_Cell], Row | None]] = field(default_factory=list)
    cells: list[_Cell] = field(default_factory=list)
    open: _Cell = field(default_factory=list)
    gone: int = 0
    nesting: bool = False


class Tables:
    def __init__(self, out: Blocks, word: WordFile) -> None:
        self._out = out
        self._word = word
        self._stack: list[_Table] = []  # the open table of each depth
        self._doubts = 0

    def blocks(self, start: int, end: int) -> None:
        """Every paragraph of the range, inside tables or outside."""
        stack, lists = self._stack, self._word.lists
        for text, mark, known, gone, contents, boxes in self._word.paragraphs(start, end):
            depth = known.depth
            if mark == "\x07" and not depth:
                depth = 1
                self._doubt("文件不认为是表的地方有单元格标记", "a cell mark stands where the file knows no table")
            if len(stack) > depth:
                self._close(depth)
            if known.list and not known.row_end:
                text = lists.next(*known.list) + text
            if depth:
                while len(stack) < depth:
                    stack.append(_Table())
                table = stack[-1]
                if known.row_end:
                    self._end_row(table, known.row, gone)
                    continue
                table.open.append(text)
                for box in boxes:
                    table.open.extend(self._word.texts(*box))
                if mark == "\x07" if depth == 1 else known.cell_end:
                    table.cells.append(table.open)
                    table.gone += gone
                    table.open = []
                continue
            if contents:
                self._out.aside("contents", text)
            else:
                self._out.paragraph(text, known.heading)
            for box in boxes:
                self.blocks(*box)
        self._close(0)

    def _end_row(self, table: _Table, row: Row | None, gone: bool) -> None:
        """`gone`: the mark at its end was deleted; where those of its cells were too, the row is not printed."""
        if not gone or table.gone < len(table.cells):
            if row is None or len(row.edges) - 1 != len(table.cells):
                cells, promised = len(table.cells), 0 if row is None else len(row.edges) - 1
                self._doubt(
                    f"有一行是 {cells} 格，文件写明的是 {promised} 格",
                    f"a row has {cells} cells where the file promises {promised or 'none'}",
                )
                row = None
            table.rows.append((table.cells, row))
        table.cells, table.open, table.gone = [], [], 0

    def _close(self, depth: int) -> None:
        """End the tables deeper than this: each is an item of the cell around it, or a block."""
        while len(self._stack) > depth:
            table = self._stack.pop()
            if table.cells or any(isinstance(item, _Table) or item.strip() for item in table.open):
                self._doubt("表在一行的中间断了", "a table ends in the middle of a row")
                table.rows.append(([*table.cells, *([table.open] if table.open else [])], None))
            if self._stack:
                self._stack[-1].open.append(table)
                self._stack[-1].nesting = True
            else:
                self._emit(table)

    def _emit(self, table: _Table) -> None:
        inner = [i for c in _cells(table) for i in c if isinstance(i, _Table)] if table.nesting else []
        if inner and not _boxes(table, inner):
            for cell in _cells(table):
                for item in cell:
                    if isinstance(item, _Table):
                        self._emit(item)
                    else:
                        self._out.paragraph(item)
            return
        placed, odd = _placed(table)
        if odd:
            self._doubt(
                "有一格标明被上面的一格盖住，看来并不是",
                "a cell is marked as covered by the one above, which does not look so",
            )
        self._out.grid(placed)

    def _doubt(self, zh: str, en: str) -> None:
        """Once is enough: one broken mark makes many follow."""
        self._doubts += 1
        if self._doubts == 1:
            self._out.issue(
                "table-incomplete",
                "warning",
                in_both(
                    f"文件的第 {self._out.tables + 1} 个表自相矛盾：{zh}，可能已损坏。请重新下载，或在 Word、WPS 里打开对照。",
                    f"Table {self._out.tables + 1} of the file contradicts itself: {en}; it may be damaged. "
                    "Download it again, or open it in Word or WPS and compare.",
                ),
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
    if len(cell) == 1 and isinstance(cell[0], str):
        return tidy(cell[0])
    text = "\n".join("\n".join(map(_text, _cells(i))) if isinstance(i, _Table) else i for i in cell)
    return tidy(text.replace(UNREAD, "")) or tidy(text.replace("\n", ""))  # a picture counts where nothing else does


def _placed(table: _Table) -> tuple[list[Placed], bool]:
    """Cells on the grid of all edges, covered ones left out; and whether one is marked as covered that cannot be."""
    odd = False
    column = _columns([row.edges for _, row in table.rows if row is not None])
    placed: list[Placed] = []
    above: list[Placed] = []
    merging: set[int] = set()  # the cells that a vertical merge may go on
    for number, (cells, row) in enumerate(table.rows, start=1):
        if row is None:
            above = [Placed(_text(cell), number, col) for col, cell in enumerate(cells, start=1)]
            placed += above
            continue
        here: list[Placed] = []
        left: Placed | None = None
        kind = 0
        columns = [column[edge] for edge in row.edges]
        for cell, col, end, across, down in zip(
            cells, columns, columns[1:], row.across, row.down, strict=False
        ):
            width = max(end - col, 1)
            if across and left is not None and kind and across != kind:
                left.colspan += width
                continue
            kind = across
            over = None
            if down == 1:
                over = _over(above, col, width)
                if over is None or id(over) not in merging or _text(cell):
                    odd = True
                    over = None
            if over is not None:
                over.rowspan += 1
                here.append(over)
                left = None
                continue
            left = Placed(_text(cell), number, col, 1, width)
            if down:
                merging.add(id(left))
            here.append(left)
            placed.append(left)
        above = here
    return placed, odd


def _over(above: Sequence[Placed], col: int, width: int) -> Placed | None:
    """The cell of the row above that stands over most of this one."""
    best, shared = None, 0
    for cell in above:
        if cell.col == col and cell.colspan == width:
            return cell
        common = min(cell.col + cell.colspan, col + width) - max(cell.col, col)
        if common > shared:
            best, shared = cell, common
    return best


def _columns(edges: Sequence[Sequence[int]]) -> dict[int, int]:
    """The number of the column that begins at each edge."""
    columns: dict[int, int] = {}
    number, last = 0, None
    for edge in sorted(set().union(*edges)):
        if last is None or edge - last > _NEAR:
            number += 1
            last = edge
        columns[edge] = number
    return columns
