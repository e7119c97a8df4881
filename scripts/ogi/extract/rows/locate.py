"""Lines -> the printed rows of each table, found by their labels wherever they stand.

Comes in: lines in reading order. Goes out: `Printed`: per table its rows with values still as text, and the lines that are prose.
Must not know: what numbers mean, identities, formats.
A grid row brings its values along; where no grid says what a row is (`shape` None), the values after a label are its row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from ogi.extract.numbers import bare, is_value, marked
from ogi.extract.rows.broken import rejoined
from ogi.extract.rows.labels import Index, inner, letters, number_of
from ogi.extract.rows.lines import Line, Shape, are_values, is_page_number, split_row, stated_money
from ogi.extract.rows.scan import apart, glued, run_together, scan
from ogi.extract.rows.stacked import group_and_row, heads_apart
from ogi.forms import Forms
from ogi.model import TABLES, GridCell

BLOCK = 5  # numbers of one block of the reviews: a row of so many empty cells is the blank row of that table
LABEL = 60  # characters of a line that may be a misprinted label: without its first, or numbered below numbers
PROSE = frozenset(("overview", "problems", "other"))  # sections that have no table


class Row(NamedTuple):
    """A printed row: the cells of its label (groups first), its values as text, and the letters of the column heads that stand
    above it, with their columns in `places` where a grid tells. `joined`: the borders between the values are not known."""

    table: str
    labels: tuple[GridCell, ...]
    values: tuple[GridCell, ...]
    locator: str
    block: int
    shape: Shape | None = None
    joined: bool = False
    heads: tuple[str, ...] = ()
    places: tuple[tuple[str, int], ...] = ()
    money: str | None = None

    @property
    def label(self) -> str:
        return self.labels[-1].text.replace("\n", "") if self.labels else ""

    @property
    def filled(self) -> bool:
        return any(bare(v.text) for v in self.values)


@dataclass
class Printed:
    """What was found, in reading order. `seen`: tables whose heading or frame is there, with rows or without. `apart`: tables
    of text whose cells are apart, and an empty one may have left no trace."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {t: [] for t in TABLES})
    prose: list[tuple[str, Line]] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)
    apart: set[str] = field(default_factory=set)


def find(lines: tuple[Line, ...], forms: Forms) -> Printed:
    """One pass over the lines: heads, rows, loose labels and values, prose."""
    walk = _Walk(Index.of(forms))
    section = "preface"
    for line in rejoined(lines, Index.of(forms)):
        section = line.heading or section
        alone = line.cells[0].text if len(line.cells) == 1 and section not in PROSE else ""
        if alone and (run_together(alone) or glued(alone)):
            for part in scan(line):
                walk.take(part)
        else:
            walk.take(apart(line) if alone else line)
    return walk.end()


class _Walk:
    """The state of the pass: the section, the table at hand, its heads, and the loose row that values still join."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.printed = Printed()
        self.section = "preface"
        self.table: str | None = None
        self.heads: tuple[str, ...] = ()
        self.places: tuple[tuple[str, int], ...] = ()
        self.first: int | None = None  # column of a head, but for that of the labels
        self.headed = False  # whether the last thing taken was a head: the next head goes on with it
        self.loose: Row | None = None
        self.unknown: Line | None = None  # the label of the loose row, where no form has it: prose unless numbers follow
        self.money: str | None = None

    def end(self) -> Printed:
        self._close()
        return self.printed

    def take(self, line: Line) -> None:
        self.money = stated_money(line) or (None if line.heading else self.money)
        if line.heading and not (self.table == "statistics" and self.index.tables(line.text)):
            self._open_section(line)
        elif line.shape is None and not line.joined:
            self._take_loose(line)
        else:
            self._take_row(line)
        if line.drops_empty and self.table:
            self.printed.apart.add(self.table)

    def _open_section(self, line: Line) -> None:
        self._close()
        code = line.heading or ""
        self.section, self.table = code, code if code in TABLES else None
        self.heads = ()
        if self.table:
            self.printed.seen.setdefault(self.table, line.locator)
        self.printed.prose.append((self.section, line))

    # ---- rows whose cells a grid (or the scan) holds together -------------------------------------------

    def _take_row(self, line: Line) -> None:
        labels, values = (line.cells[:1], line.cells[1:]) if line.joined else split_row(line)
        if line.joined and not all(is_value(v.text) or marked(v.text) or self.index.unit(v.text) for v in values):
            self._to_prose(line)
            return
        if line.shape and line.shape.spans_known and labels and values:
            labels, values = self._odd_values(line, labels, values)
        filled = any(bare(v.text) for v in values)
        labels = group_and_row(labels, self.index)
        if line.shape and not line.shape.spans_known and not values:
            labels = heads_apart(labels, self.index, self.table)
        named = [c for c in labels if not self.index.unit(c.text)]
        names = [c.text for c in named]
        self._turn(names, line)
        if self.table and names and (line.joined or not filled) and self._is_head(names, len(values)):
            self._close()
            self._head(names, [place for c in named for place in self._places(c)] if line.shape else [])
            if line.joined and filled:
                self._add(line, (), values)
        elif self.table and (labels or filled or (self.table == "reviews" and len(values) >= BLOCK)):
            self._close()
            self._add(line, labels if self.table == "statistics" else tuple(named), values)
        elif not self.table:
            self._to_prose(line)

    def _odd_values(
        self, line: Line, labels: tuple[GridCell, ...], values: tuple[GridCell, ...]
    ) -> tuple[tuple[GridCell, ...], tuple[GridCell, ...]]:
        """What stands under the heads of numbers and is no label («见附件») is a value, though it cannot be read."""
        if self.table == "reviews" and len(line.cells) % BLOCK == 0 and not any(self.index.tables(c.text) for c in labels):
            return (), line.cells
        first = self.first
        own = [cell for cell in labels if first and cell.col < first]
        odd = labels[len(own) :]
        known = any(self.index.tables(c.text) or number_of(c.text) for c in odd)
        if not odd or known or not own or not self.index.tables(own[-1].text):
            return labels, values
        return tuple(own), tuple(cell for cell in line.cells if cell.col >= (first or 0))

    def _is_head(self, names: list[str], values: int) -> bool:
        """A line without numbers is a head if it names a column or a frame, unless it is a row's label before empty cells."""
        kinds = [self.index.kinds(name, self.table) for name in names]
        blank = values == BLOCK <= len(self.heads) and self.table == "reviews"  # a block a row, under the outcomes
        if len(names) == 1 and values >= BLOCK and ("row" in kinds[0] or (blank and kinds[0])):
            return False
        return any(k and "row" not in k for k in kinds) or (bool(kinds[-1]) and not self._is_row(names[-1], kinds[-1]))

    def _is_row(self, name: str, kinds: Set[str]) -> bool:
        """A word that is both head and row («总计», «其他») is a row with its number, or below a first row."""
        if "row" not in kinds:
            return False
        return (
            len(kinds) == 1
            or bool(number_of(name))
            or (bool(self.printed.rows[self.table or ""]) and not self.headed)
        )

    # ---- one cell a line --------------------------------------------------------------------------------

    def _take_loose(self, line: Line) -> None:
        cell = line.cells[0]
        text = cell.text
        if self.loose and (is_page_number(text) or (self.table != "statistics" and self.index.counts(text))):
            return
        values = is_value(text) or self.index.unit(text) or are_values(text)
        opens = bare(text) or (self.table == "reviews" and self.headed)  # there no row has a label, and the first may be empty
        all_said = text.strip("。 ") == "无" and not self.heads  # of the section
        if self.table and values and (self.loose or (opens and not all_said)):
            loose = self.loose or self._row(line)
            self.loose = loose._replace(values=(*loose.values, cell))
            return
        if self._goes_on(text):
            return
        parts = group_and_row(line.cells, self.index)
        if len(parts) > 1:
            for part in parts:
                self._take_loose(line._replace(cells=(part,)))
            return
        self._turn([text], line)
        kinds = self.index.kinds(text, self.table)
        if kinds and len(text) <= 120:
            self._close()
            if self._is_row(text, kinds):
                self.loose = self._row(line, cell)
            else:
                self._head([text])
        elif self.table == "statistics" and len(text) <= 40 and bare(text):
            self._close()
            self.loose = self._row(line, cell)
        elif self.table and self.headed and not self.loose and self.index.is_other(text):
            self._head([text])
        elif len(text) <= LABEL and (self.index.beheaded(text, self.table or "") or (self.loose and number_of(text))):
            self._close()
            self.loose, self.unknown = self._row(line, cell), line
        else:
            self._to_prose(line)

    def _row(self, line: Line, *labels: GridCell) -> Row:
        return Row(self.table or "", labels, (), line.locator, line.block, heads=self._heads_here())

    def _goes_on(self, text: str) -> bool:
        """Whether the line goes on with the label before it: together they are a label, or this is its note."""
        if self.loose is None or self.loose.values or not self.loose.labels or not letters(text):
            return False
        label = self.loose.labels[-1]
        note = bare(text).startswith("(") and bare(text).endswith(")")
        if self.index.kinds(text, self.loose.table) and letters(label.text + text) == letters(label.text):
            return False  # a label of its own, behind a bracket that was not closed
        if not (
            note or (len(text) <= 60 and self.index.kinds(label.text + text, self.loose.table))
        ) or number_of(text):
            return False
        whole = label._replace(text=label.text + text)
        self.loose = self.loose._replace(labels=(*self.loose.labels[:-1], whole))
        return True

    # ---- shared -----------------------------------------------------------------------------------------

    def _turn(self, names: list[str], line: Line) -> None:
        """Go over to the table that the names belong to, where they belong to one only and none to the table at hand."""
        if self.section in PROSE and line.shape is None and not self.index.is_article(names[0]):
            return
        belongs = [self.index.tables(name) for name in names]
        if any(self.table in tables for tables in belongs):
            return
        for name, tables in zip(names, belongs, strict=True):
            if len(tables) == 1 and not self._goes_back(name, tables, line):
                self._close()
                self.table = next(iter(tables))
                self.heads = ()
                return

    def _goes_back(self, name: str, tables: Iterable[str], line: Line) -> bool:
        """Whether the name is a row of a table that is done, inside a grid of the table at hand: a foreign row; or a piece of a
        label that is a common word («三、| 本年 | 度办理结果»)."""
        (table,) = tables
        rows = self.printed.rows[self.table] if self.table else []
        if not rows or rows[-1].block != line.block or line.shape is None:
            return False
        piece = table == "statistics" and sum(bool(bare(c.text)) for c in line.cells) == 1
        return piece or (bool(self.printed.rows[table]) and self.index.kinds(name, table) == {"row"})

    def _places(self, cell: GridCell) -> list[tuple[str, int]]:
        """Where a head stands; a block of the reviews may be named in brackets («行政诉讼（复议后起诉）»)."""
        more = inner(cell.text) if self.table == "reviews" else ()
        return [(word, cell.col) for word in (letters(cell.text), *more)]

    def _head(self, names: list[str], places: Sequence[tuple[str, int]] = ()) -> None:
        words = [word for name in names for word in (letters(name), *inner(name)) if word]
        self.heads = (*(self.heads if self.headed else ()), *words)
        self.places = (*(self.places if self.headed else ()), *places)
        self.first = min((col for _, col in self.places if col > 1), default=None)
        self.printed.marks |= set(self.heads)
        self.headed = True

    def _heads_here(self) -> tuple[str, ...]:
        self.headed = False
        return self.heads

    def _add(self, line: Line, labels: tuple[GridCell, ...], values: tuple[GridCell, ...]) -> None:
        heads, places = self._heads_here(), self.places if line.shape else ()
        table, at = self.table or "", line.locator
        self._put(Row(table, labels, values, at, line.block, line.shape, line.joined, heads, places))

    def _to_prose(self, line: Line) -> None:
        self._close()
        self.printed.prose.append((self.section, line))

    def _close(self) -> None:
        if self.unknown and self.loose and not self.loose.filled:
            self.printed.prose.append((self.section, self.unknown))
        elif self.loose is not None:
            self._put(self.loose)
        self.loose = self.unknown = None

    def _put(self, row: Row) -> None:
        self.printed.marks.update([letters(c.text) for c in row.labels])
        self.printed.seen.setdefault(row.table, row.locator)
        self.printed.rows[row.table].append(row._replace(money=self.money) if self.money else row)
