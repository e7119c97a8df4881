"""A table cut by page breaks -> one grid: rows and cells that a break cuts are made whole.

Comes in: the lattice and texts of each piece, page by page. Goes out: one `Grid` with locators of both places,
and repeated header rows as furniture. Must not know: file formats, forms; it sees list marks («1.», «（四）»),
ideographs and numbers, nothing of what they mean.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from ogi.model import Grid, GridCell, Issue, Paragraph
from ogi.readers.glyphs import CellText
from ogi.readers.places import Place, joined
from ogi.readers.ruled import Lattice

SAME = 5.0  # points between two rules that are the same column (pieces of one table differ by some)
WRAPPED_ROOM = 2.6  # characters of room that a wrapped line may leave (margins of the cell, no break before a mark)
SLIVER = 15.0  # points: an empty piece of a cut row is lower than a row of text
_LIST_MARK = re.compile(r"[（(]?\s*([一二三四五六七八九十]{1,3}|\d{1,2})\s*([）)、.．:：]|[）)])|[①-⑳]")
_NUMBER = re.compile(r"[\d.,]+")
_WORD = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]\s*[\u3400-\u9fff\uf900-\ufaff，。、；：“”（）《》]|[A-Za-z]{2}")


@dataclass(slots=True)
class _Cell:
    text: str
    room: float
    full: bool
    spilled: bool
    doubt: str
    score: float | None
    x0: float
    x1: float
    row: int
    end: int  # row after the last
    places: list[Place]
    height: float


@dataclass(slots=True)
class LongTable:
    """Grows page by page."""

    page: int
    lattice: Lattice
    texts: Sequence[CellText]
    _cells: list[_Cell] = field(default_factory=list)
    _rows: int = 0
    _pieces: list[Place] = field(default_factory=list)
    _dropped: list[tuple[str, Place]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._cells = _cells(self.page, self.lattice, self.texts, 0.0)
        self._rows = _close_up(self._cells)
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
        _close_up(cells)
        repeated = self._repeated(cells)
        if repeated:
            self._dropped += [(c.text, c.places[0]) for c in cells if c.row < repeated and c.text]
            cells = [c for c in cells if c.row >= repeated]
            for cell in cells:
                cell.row, cell.end = cell.row - repeated, cell.end - repeated
        rows = _mend(cells)
        self._rows = _without_hollow_end(self._cells)
        pairs = _pairs([c for c in self._cells if c.end == self._rows], [c for c in cells if c.row == 0])
        cut = _row_is_cut(pairs, more_below=rows > 1)
        whole = [(a, b) for a, b in pairs if a] if cut else [*_header(pairs), *_spanning(pairs)]
        shift = self._rows - 1 if cut else self._rows
        gone = set()
        for a, b in whole:
            if id(b) in gone:
                continue
            rows = _absorb(b, cells) if b.end - b.row < rows else rows
            _merge(a, b, b.end + shift)
            gone.add(id(b))
        for cell in cells:
            if id(cell) not in gone:
                cell.row, cell.end = cell.row + shift, cell.end + shift
                self._cells.append(cell)
        self._rows = rows + shift

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
        found = []
        for cell in self._cells:
            if cell.doubt:
                found.append(Issue(
                    "recogniser-unsure", "warning",
                    f"A cell of table {number}, row {cell.row + 1} was read from its picture with doubt: {cell.doubt}. "
                    "Compare with the page.",
                    joined(cell.places, table=number, row=cell.row + 1, col=self._col(cell)), raw=cell.text,
                ))
            if cell.spilled:
                beside = [c for c in self._cells if c.row < cell.end and cell.row < c.end
                          and min(abs(c.x1 - cell.x0), abs(c.x0 - cell.x1)) <= SAME]
                found += [Issue(
                    "text-crosses-rule", "warning",
                    f"A number of table {number}, row {cell.row + 1} is printed across the rule of its cell: digits "
                    "may belong to the next one. Compare with the page.",
                    joined(c.places, table=number, row=c.row + 1, col=self._col(c)), raw=c.text,
                ) for c in (cell, *beside)]
        return found

    def _col(self, cell: _Cell) -> int:
        return _nearest(self._edges, cell.x0) + 1

    @property
    def _edges(self) -> list[float]:
        return _edges([x for c in self._cells for x in (c.x0, c.x1)])

    def _repeated(self, cells: Sequence[_Cell]) -> int:
        """How many rows at the top of `cells` repeat the table's first rows (a repeated header)."""
        def row(of: Sequence[_Cell], r: int) -> list[tuple[str, int, int]]:
            return [(_plain(c.text), round((c.x0 - self.span[0]) / SAME / 2), c.end - c.row)
                    for c in sorted(of, key=lambda c: c.x0) if c.row == r]

        same = 0
        rows = max(c.end for c in cells)
        while same < min(rows, self._rows) and row(cells, same) == row(self._cells, same):
            if not any(_WORD.search(c.text) for c in cells if c.row == same) and same == 0:
                break
            same += 1
        while same and any(c.row < same < c.end for c in cells):
            same -= 1
        return 0 if same == rows else same


def continues(table: LongTable, lattice: Lattice) -> bool:
    """May the first table of a page be the rest of the last one of the page before? The outer edges agree."""
    first, last = table.span
    return abs((last - first) - (lattice.xs[-1] - lattice.xs[0])) <= 2 * SAME


def _cells(page: int, lattice: Lattice, texts: Sequence[CellText], shift: float) -> list[_Cell]:
    return [
        _Cell(text.text, text.room, text.full, text.spilled, text.doubt, text.score, cell.box[0] + shift, cell.box[2] + shift, cell.row - 1,
              cell.row - 1 + cell.rowspan, [(page, cell.box)], cell.box[3] - cell.box[1])
        for cell, text in zip(lattice.cells, texts, strict=True)
    ]


def _mend(cells: list[_Cell]) -> int:
    """A browser ends the rest of a cut cell too early: the empty gap below it belongs to it. Rows left."""
    rows = max(c.end for c in cells)
    for a in [c for c in cells if c.row == 0]:
        below = [c.row for c in cells if c.row >= a.end and c.x0 < a.x1 - SAME and c.x1 > a.x0 + SAME]
        a.end = min(below, default=rows)
        b = next((c for c in cells if c.row == a.end and abs(c.x0 - a.x0) <= SAME and abs(c.x1 - a.x1) <= SAME), None)
        others = (c for c in cells if c is not a and c is not b)
        if b and not (a.text and b.text) and not any(a.end in (c.row, c.end) for c in others):
            a.text, a.end = a.text or b.text, b.end
            cells.remove(b)
    return _close_up(cells)


def _without_hollow_end(cells: list[_Cell]) -> int:
    """The space left at the foot of a page below a cut row, no row having begun, is no cell. Rows left."""
    rows = max(c.end for c in cells)
    begun = [c for c in cells if c.row == rows - 1]
    if rows > 1 and not any(c.text for c in begun) and any(c.row < rows - 1 < c.end for c in cells):
        for cell in begun:
            cells.remove(cell)
        return _close_up(cells)
    return rows


def _absorb(a: _Cell, cells: list[_Cell]) -> int:
    """Gives the rest of a group's cell the empty place below it, if any: no group goes without a label."""
    b = next((c for c in cells if c.row == a.end and abs(c.x0 - a.x0) <= SAME and abs(c.x1 - a.x1) <= SAME), None)
    if b and not b.text and any(c.row == b.row and c.x0 >= b.x1 - SAME and _WORD.search(c.text) for c in cells):
        a.end = b.end
        cells.remove(b)
    return max(c.end for c in cells)


def _close_up(cells: Sequence[_Cell]) -> int:
    """Takes out rows in which no cell begins: they come of ragged edges at a page break. Rows left."""
    starts = sorted({c.row for c in cells})
    for c in cells:
        c.row, c.end = bisect_left(starts, c.row), bisect_left(starts, c.end)
    return len(starts)


def _pairs(above: Sequence[_Cell], below: Sequence[_Cell]) -> list[tuple[_Cell | None, _Cell]]:
    return [
        (next((a for a in above if abs(a.x0 - b.x0) <= SAME and abs(a.x1 - b.x1) <= SAME), None), b)
        for b in sorted(below, key=lambda c: c.x0)
    ]


def _row_is_cut(pairs: Sequence[tuple[_Cell | None, _Cell]], more_below: bool) -> bool:
    """Is the first row below the rest of the last row above: its label in two pieces, its numbers in one?

    A row without any text is such a rest too, unless it may be the only row of numbers under a header.
    """
    both = [(a, b) for a, b in pairs if a is not None]
    if len(both) < len(pairs) or not both:
        return False
    if any(a.text and b.text and not _wrapped(a, b) for a, b in both):
        return False
    if any(_WORD.search(b.text) for _, b in both) and any(_NUMBER.fullmatch(b.text) and a.text for a, b in both):
        return False  # numbers in both pieces are one wrapped number only where no label begins below
    fine = [(a, b) for a, b in both if a.end - a.row == 1 and b.end - b.row == 1]
    if any(a.text and b.text for a, b in fine):
        return True
    label_above, label_below = (any(_WORD.search(p[i].text) for p in fine) for i in (0, 1))
    number_above, number_below = (any(p[i].text and not _WORD.search(p[i].text) for p in fine) for i in (0, 1))
    if label_above != label_below and number_above != number_below and label_above != number_above:
        return True
    if not fine or any(p[1].text for p in fine):
        return bool(fine) and not any(p[0].text for p in fine) and min(p[0].height for p in both) < SLIVER
    return number_above or (label_above and more_below)


def _spanning(pairs: Sequence[tuple[_Cell | None, _Cell]]) -> list[tuple[_Cell, _Cell]]:
    """Group labels, left of the row's own label, that go on below the break."""
    out: list[tuple[_Cell, _Cell]] = []
    labelled = False
    for a, b in pairs:
        goes_on = a is not None and (not b.text or _plain(a.text) == _plain(b.text) or _wrapped(a, b))
        if not goes_on or a is None:
            labelled = bool(_WORD.search(b.text))
            break
        out.append((a, b))
    else:
        return []
    if labelled and any(a.text and b.text and _plain(a.text) != _plain(b.text) for a, b in out):
        return out
    return [(a, b) for a, b in out if b.end - b.row > 1 or (labelled and (a.end - a.row > 1 or not b.text))]


def _header(pairs: Sequence[tuple[_Cell | None, _Cell]]) -> list[tuple[_Cell, _Cell]]:
    """In a header cut between its rows, whole cells of the row above whose rest below is empty."""
    words = [b.text for _, b in pairs if b.text]
    if sum(bool(_WORD.search(text)) for text in words) < 3 or any(_NUMBER.fullmatch(text) for text in words):
        return []
    return [(a, b) for a, b in pairs if a and not b.text and _WORD.search(a.text)]


def _wrapped(above: _Cell, below: _Cell) -> bool:
    """Can the text below be the rest of the text above? That one filled its line, and no list mark begins here."""
    if above.full and _NUMBER.fullmatch(above.text) and _NUMBER.fullmatch(below.text):
        return True
    return (
        above.room <= WRAPPED_ROOM
        and not _LIST_MARK.match(below.text)
        and bool(_WORD.search(above.text + below.text))
        and not below.text.strip().replace(".", "").isdigit()
    )


def _merge(above: _Cell, below: _Cell, end: int) -> None:
    if _plain(above.text) != _plain(below.text):
        between = "" if _NUMBER.fullmatch(below.text) and _NUMBER.fullmatch(above.text) else "\n"
        above.text = between.join(text for text in (above.text, below.text) if text)
    above.places += below.places
    above.doubt = above.doubt or below.doubt
    above.end = end
    if below.text:
        above.room, above.full = below.room, below.full
    scores = [s for s in (above.score, below.score) if s is not None]
    above.score = min(scores) if scores else None


def _plain(text: str) -> str:
    return "".join(text.split())


def _edges(values: Sequence[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > SAME:
            out.append(value)
    return out


def _nearest(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))
