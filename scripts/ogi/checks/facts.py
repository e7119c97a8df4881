"""What a rule may ask of a reading: its cells by key, how surely each was read, whether a table is whole.

Comes in: a Reading, the Forms, and for rules over years the reading of the year before. Goes out: `Facts`, and `Term`. Must not
know: any rule, any file format.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from ogi.doubts import DOUBTS, covered
from ogi.forms import Forms, Key, TableForm
from ogi.model import Agency, Cell, Entry, Reading
from ogi.worths import Worth, table_worths

# A cell seen empty, or seen with a mark in it, is as surely read as one with a number.
SURE = frozenset({"reported", "blank", "nil", "corrected", "derived"})
NUMBERS = frozenset({"reported", "derived", "corrected"})
EMPTY = frozenset({"blank", "nil"})


@dataclass(frozen=True, slots=True)
class Facts:
    """One report as the rules see it; `before` is the same agency's report of the year before, if there is one, `filed` the
    year that it is published under."""

    reading: Reading
    tables: Mapping[str, TableForm]
    cells: Mapping[str, Cell]
    doubted: frozenset[str]
    demanded: Mapping[str, tuple[str, ...]]
    known: frozenset[str]
    lacking: frozenset[str]
    agency: Agency | None = None
    entry: Entry | None = None
    before: Facts | None = None
    filed: int | None = None
    terms: dict[tuple[str, bool, bool], Term] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )  # looked up once, by ogi.checks.terms
    _worths: dict[str, Mapping[Key, Worth]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    @property
    def year(self) -> int | None:
        """The year that the report is published under; what the document says where nobody filed it."""
        return self.filed or self.reading.year

    def expected(self, table: str) -> tuple[str, ...]:
        """The keys that the form of `table` demands, in its order; none where the table was not found."""
        return self.demanded.get(table, ())

    def missing(self, table: str) -> tuple[str, ...]:
        """The demanded cells that this document does not have."""
        return tuple(k for k in self.expected(table) if _missing(self.cells.get(k)))

    def complete(self, table: str) -> bool:
        return table in self.tables and table not in self.lacking

    def worths(self, table: str) -> Mapping[Key, Worth]:
        """What each cell of a whole table is worth, and on what that rests; found once."""
        if table not in self._worths:
            form, cells = (
                self.tables[table],
                {(c.item, c.measure): c for c in self.cells.values() if c.table == table},
            )
            self._worths[table] = table_worths(form, cells, form.cells)
        return self._worths[table]

    def sure(self, keys: Iterable[str]) -> bool:
        """Whether every one of the cells was read with certainty."""
        return all(k in self.cells and self.cells[k].status in SURE and k not in self.doubted for k in keys)

    def keys(self, table: str, *, items: Iterable[str] = (), measures: Iterable[str] = ()) -> tuple[str, ...]:
        """The demanded keys of some rows or columns (all where none is named)."""
        items, measures = tuple(items), tuple(measures)
        return tuple(
            key
            for key in self.expected(table)
            if (not items or key.split(".")[1] in items) and (not measures or key.split(".")[2] in measures)
        )


@dataclass(frozen=True, slots=True)
class Term:
    """A cell as an addend: `facts` is the report it stands in, `before` whether that is the report of the year before."""

    key: str
    negative: bool
    before: bool
    facts: Facts
    cell: Cell | None
    amount: Decimal  # with its sign, an empty cell counting as zero
    state: Literal["number", "empty", "doubtful"]

    @property
    def whole(self) -> bool:
        """Whether the table it stands in has every cell of its form."""
        return self.facts.complete(self.key.partition(".")[0])


def facts(
    reading: Reading,
    forms: Forms,
    agency: Agency | None = None,
    entry: Entry | None = None,
    year: int | None = None,
) -> Facts:
    """The reading prepared for the rules; `year` is the one that it is published under."""
    tables = {
        name: forms.templates[code].tables[name]
        for name, code in reading.templates.items()
        if code in forms.templates and name in forms.templates[code].tables
    }
    cells = {cell.key: cell for cell in reading.cells}
    patterns = [p for issue in reading.issues if issue.severity in DOUBTS for p in issue.cells]
    demanded = {
        t: tuple(f"{t}.{item}.{measure}" for item, measure in form.cells) for t, form in tables.items()
    }
    lacking = frozenset(t for t, keys in demanded.items() if any(_missing(cells.get(k)) for k in keys))
    known = frozenset(key for keys in demanded.values() for key in keys)
    return Facts(
        reading, tables, cells, covered(cells, patterns), demanded, known, lacking, agency, entry, None, year
    )


def _missing(cell: Cell | None) -> bool:
    return cell is None or cell.status == "absent"
