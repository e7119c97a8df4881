"""A table cut by page breaks -> one grid: rows and cells that a break cuts are made whole.

Comes in: the lattice and texts of each piece, page by page. Goes out: one `Grid` with locators of both places,
and repeated header rows as furniture. Must not know: file formats, forms.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from ogi.messages import halves, in_both
from ogi.model import Grid, GridCell, Issue, Paragraph
from ogi.readers.page.cuts import (
    SAME,
    WORD,
    PieceCell,
    header,
    merge,
    pairs_at_break,
    plain,
    row_is_cut,
    spanning,
)
from ogi.readers.page.glyphs import CellText
from ogi.readers.page.places import Place, joined
from ogi.readers.page.ragged import absorb, close_up, mend, without_hollow_end
from ogi.readers.page.ruled import Lattice


@dataclass(slots=True)
class LongTable:
    """Grows page by page."""

    page: int
    lattice: Lattice
    texts: Sequence[CellText]
    _cells: list[PieceCell] = field(default_factory=list)
    _rows: int = 0
    _pieces: list[Place] = field(default_factory=list)
    _dropped: list[tuple[str, Place]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._cells = _cells(self.page, self.lattice, self.texts, 0.0)
        self._rows = close_up(self._cells)
        self._pieces = [(self.page, self.lattice.box)]

    @property
    def span(self) -> tuple[float, float]:
        return min(c.x0 for c in self._cells), max(c.x1 for c in self._cells)

    @property
    def empty(self) -> bool:
        """No cell holds text: a drawing, or a form never filled in and without labels."""
        return not any(cell.text for cell in self._cells)

    def add(self, page: int, lattice: Lattice, texts: Sequence[CellText]) -> None:
        """The piece on the next page."""
        self._pieces.append((page, lattice.box))
        cells = _cells(page, lattice, texts, self.span[0] - lattice.xs[0])
        close_up(cells)
        repeated = self._repeated(cells)
        if repeated:
            self._dropped += [(c.text, c.places[0]) for c in cells if c.row < repeated and c.text]
            cells = [c for c in cells if c.row >= repeated]
            for cell in cells:
                cell.row, cell.end = cell.row - repeated, cell.end - repeated
        rows = mend(cells)
        self._rows = without_hollow_end(self._cells)
        pairs = pairs_at_break([c for c in self._cells if c.end == self._rows], [c for c in cells if c.row == 0])
        cut = row_is_cut(pairs, more_below=rows > 1) and not self._again(pairs)
        whole = [(a, b) for a, b in pairs if a] if cut else [*header(pairs), *spanning(pairs)]
        shift = self._rows - 1 if cut else self._rows
        gone = set()
        for a, b in whole:
            if id(b) in gone:
                continue
            rows = absorb(b, cells) if b.end - b.row < rows else rows
            merge(a, b, b.end + shift)
            gone.add(id(b))
        for cell in cells:
            if id(cell) not in gone:
                cell.row, cell.end = cell.row + shift, cell.end + shift
                self._cells.append(cell)
        self._rows = rows + shift

    def _again(self, pairs: Sequence[tuple[PieceCell | None, PieceCell]]) -> bool:
        """Whether words above the break, with others below, stand whole in the table before: then they are whole here too."""
        before = {plain(c.text) for c in self._cells if c.end < self._rows and WORD.search(c.text)}
        return any(a is not None and b.text and plain(a.text) in before for a, b in pairs)

    def grid(self, number: int) -> tuple[Grid, list[Paragraph], list[Issue]]:
        edges = self._edges
        out = []
        for cell in sorted(self._cells, key=lambda c: (c.row, c.x0)):
            row, col = cell.row + 1, _nearest(edges, cell.x0) + 1
            out.append(GridCell(
                cell.text, row, col, joined(cell.places, table=number, row=row, col=col),
                rowspan=cell.end - cell.row, colspan=max(1, _nearest(edges, cell.x1) + 1 - col), score=cell.score,
            ))
        dropped = [Paragraph(text, joined([place], table=number)) for text, place in self._dropped]
        return Grid(tuple(out), joined(self._pieces, table=number)), dropped, self._doubts(number)

    def _doubts(self, number: int) -> list[Issue]:
        found = self._spilled(number)
        for cell in self._cells:
            if cell.doubt:
                zh, en = halves(cell.doubt)
                said = in_both(
                    f"这一格从图像识别，没有把握：{zh}请对照原件。",
                    f"A cell of table {number}, row {cell.row + 1} was read from its picture with doubt: {en}. "
                    "Compare with the page.",
                )
                found.append(Issue(
                    "recogniser-unsure", "warning", said,
                    joined(cell.places, table=number, row=cell.row + 1, col=self._col(cell)), raw=cell.text,
                ))
        return found

    def _spilled(self, number: int) -> list[Issue]:
        """One doubt on all cells whose numbers cross a rule, and on those beside them."""
        over = [cell for cell in self._cells if cell.spilled]
        cells = [c for c in self._cells if any(
            c is cell or (c.row < cell.end and cell.row < c.end and min(abs(c.x1 - cell.x0), abs(c.x0 - cell.x1)) <= SAME)
            for cell in over)]
        if not cells:
            return []
        rows = [str(row) for row in sorted({cell.row + 1 for cell in over})]
        places = tuple(joined(c.places, table=number, row=c.row + 1, col=self._col(c)) for c in cells)
        said = in_both(
            f"表中第 {'、'.join(rows)} 行有数字印过格线、紧挨着表外，或被纸边截断："
            "其中几位可能丢失，或属于相邻的一格。请对照原件。",
            f"Numbers of table {number}, row {', '.join(rows)}, are printed across the rules of their cells or right beside the "
            "table, or cut off at the side of the page: digits may be lost, or belong to the next cell. Compare with the page.",
        )
        return [Issue("text-crosses-rule", "warning", said, places[0], places, raw=" ".join(c.text for c in over)[:500])]

    def _col(self, cell: PieceCell) -> int:
        return _nearest(self._edges, cell.x0) + 1

    @property
    def _edges(self) -> list[float]:
        return _edges([x for c in self._cells for x in (c.x0, c.x1)])

    def _repeated(self, cells: Sequence[PieceCell]) -> int:
        """How many rows at the top of `cells` repeat the table's first rows (a repeated header)."""
        left = self.span[0]

        def row(of: Sequence[PieceCell], r: int) -> list[tuple[str, int, int]]:
            return [(plain(c.text), round((c.x0 - left) / SAME / 2), c.end - c.row)
                    for c in sorted(of, key=lambda c: c.x0) if c.row == r]

        same = 0
        rows = max(c.end for c in cells)
        while same < min(rows, self._rows) and row(cells, same) == row(self._cells, same):
            if not any(WORD.search(c.text) for c in cells if c.row == same) and same == 0:
                break
            same += 1
        while same and any(c.row < same < c.end for c in cells):
            same -= 1
        return 0 if same == rows else same


def continues(table: LongTable, lattice: Lattice) -> bool:
    """May the first table of a page be the rest of the last one of the page before? The outer edges agree."""
    first, last = table.span
    return abs((last - first) - (lattice.xs[-1] - lattice.xs[0])) <= 2 * SAME


def _cells(page: int, lattice: Lattice, texts: Sequence[CellText], shift: float) -> list[PieceCell]:
    return [
        PieceCell(
            text.text, text.room, text.full, text.spilled, text.doubt, text.score,
            cell.box[0] + shift, cell.box[2] + shift, cell.row - 1, cell.row - 1 + cell.rowspan,
            [(page, cell.box)], cell.box[3] - cell.box[1],
        )
        for cell, text in zip(lattice.cells, texts, strict=True)
    ]


def _edges(values: Sequence[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > SAME:
            out.append(value)
    return out


def _nearest(edges: Sequence[float], value: float) -> int:
    i = bisect_left(edges, value)
    return i if i == 0 or (i < len(edges) and edges[i] - value < value - edges[i - 1]) else i - 1
