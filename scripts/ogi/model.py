"""The frozen values that travel between the stages; no stage keeps state of its own.

    bytes -> Document -> Reading (cells, sections, checks, issues) -> Report -> rows of the data package

Comes in: nothing. Goes out: dataclasses only (codes: `forms/codes.yml`). Must not know: any format, form, rule or page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Literal, NamedTuple, get_args

Table = Literal["disclosures", "requests", "reviews", "statistics"]
TABLES: tuple[Table, ...] = get_args(Table)
Status = Literal["reported", "blank", "nil", "derived", "corrected", "unreadable", "absent"]
Severity = Literal["error", "warning", "info"]
CheckStatus = Literal["pass", "fail", "unknown"]
LaidTo = Literal["agency", "reading"]
Outcome = Literal["report", "part", "superseded", "duplicate", "failed"]

WEAKEST_FIRST: tuple[Status, ...] = ("unreadable", "absent", "blank", "nil", "derived", "corrected", "reported")

# ---- what a reader gives: the document as laid out, no meaning yet ---------------------------------------
@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line or paragraph of running text; `level` > 0 where the format itself says heading."""

    text: str
    locator: str
    level: int = 0


class GridCell(NamedTuple):
    """One real cell: an empty one has text '', a place covered by another cell's span has no GridCell.
    `row`, `col` count from 1 on the expanded grid; `text` keeps inner line breaks; `score` (0 to 1): how sure a recogniser was.
    """

    text: str
    row: int
    col: int
    locator: str
    rowspan: int = 1
    colspan: int = 1
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as laid out. `spans_known`: the format tells an empty cell from a covered one; `drops_empty`: not even that."""

    cells: tuple[GridCell, ...]
    locator: str
    spans_known: bool = True
    drops_empty: bool = False

    def rows(self) -> list[list[GridCell]]:
        """Cells by row, left to right; a row that only spans reach is an empty list."""
        out: list[list[GridCell]] = [[] for _ in range(max(map(attrgetter("row"), self.cells), default=0))]
        for cell in self.cells:
            out[cell.row - 1].append(cell)
        for row in out:
            row.sort(key=attrgetter("col"))
        return out


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Issue:
    """A doubt of the reader, published beside the values it is about: `cells` are `table.item.measure`, `*` for all (locators, as
    a reader gives it). `message` is `messages.in_both`: what was found, where, what would help; `raw` what was not understood."""

    code: str
    severity: Severity
    message: str
    locator: str | None = None
    cells: tuple[str, ...] = ()
    raw: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One collected file as laid out: blocks in reading order, page furniture (headers, footers) apart."""

    format: str
    sha256: str
    size: int
    blocks: tuple[Block, ...]
    furniture: tuple[Paragraph, ...] = ()
    issues: tuple[Issue, ...] = ()

# ---- what the extraction gives: values with their proof --------------------------------------------------
class Cell(NamedTuple):
    """One value with its proof: text as printed, place, status. `value` is exact, never a float."""

    table: Table
    item: str
    measure: str
    value: Decimal | None
    raw: str | None
    unit: str | None
    status: Status
    label: str | None
    locator: str | None
    score: float | None = None

    @property
    def key(self) -> str:
        return f"{self.table}.{self.item}.{self.measure}"


@dataclass(frozen=True, slots=True)
class Statistic:
    """One number of a 统计表 (2014-32, its variants, annexes). `item` is None where the row is not known."""

    label: str
    item: str | None
    measure: str
    value: Decimal | None
    unit: str | None
    raw: str | None
    status: Status
    locator: str | None


@dataclass(frozen=True, slots=True)
class Section:
    """Prose of one section; `section` is its code, `heading` as printed (None for the preface)."""

    section: str
    heading: str | None
    text: str
    locator: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """A number that the prose states. `compared` names the cells it was held against, as a sum."""

    kind: str
    value: Decimal
    unit: str | None
    quote: str
    section: str
    compared: str | None = None
    agrees: bool | None = None
    basis: str | None = None
    locator: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A rule evaluated on a report. `scope` tells which row, column or block; `basis` is None if unknown."""

    rule: str
    scope: str
    status: CheckStatus
    severity: Severity
    cells: tuple[str, ...]
    basis: Literal["strict", "blank_as_zero"] | None = None
    left: Decimal | None = None
    right: Decimal | None = None
    difference: Decimal | None = None
    attribution: LaidTo | None = None
    message_zh: str = ""
    message_en: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document says: everything `ogi read --json` prints and the package publishes.

    `templates` holds the form of each table found: {"requests": "2021-30", …}; a table not found is absent.
    """

    format: str
    sha256: str
    size: int
    agency_name: str | None
    agency_name_printed: str | None
    year: int | None
    title: str | None
    templates: Mapping[str, str]
    cells: tuple[Cell, ...]
    statistics: tuple[Statistic, ...] = ()
    sections: tuple[Section, ...] = ()
    statements: tuple[Statement, ...] = ()
    checks: tuple[Check, ...] = ()
    issues: tuple[Issue, ...] = ()

# ---- the collection: what people put under reports/ ------------------------------------------------------
@dataclass(frozen=True, slots=True)
class AgencyName:
    name: str
    kind: Literal["official", "short", "former"]
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A record of `agency.yml`: `printed` must equal what the document prints, or it is not applied."""

    kind: Literal["misread", "source_error"]
    table: Table
    item: str
    measure: str
    printed: str
    right: Decimal | None
    reason: str
    evidence: str
    on: date


@dataclass(frozen=True, slots=True)
class Entry:
    """What `agency.yml` says of one collected document; every field but `file` may be unknown (None)."""

    file: str
    year: int | None = None
    source_url: str | None = None
    archived_url: str | None = None
    published_on: date | None = None
    retrieved_on: date | None = None
    reviewed_on: date | None = None
    reviewed_by: str | None = None
    version: int | None = None
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Agency:
    """A body that publishes reports; `agency_id` is its folder's name, given once."""

    agency_id: str
    name: str
    region_code: str
    level: str
    sector: str
    scope: Literal["own", "aggregate"] = "own"
    names: tuple[AgencyName, ...] = ()
    parent_id: str | None = None
    closed_on: date | None = None
    successor_id: str | None = None
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Collected:
    """One file under reports/: `path` from the project's root, with '/'; `problem`: why it cannot be published at all."""

    path: str
    agency: Agency | None
    entry: Entry | None
    problem: str | None = None

    @property
    def folder(self) -> str:
        return self.path.rsplit("/", 1)[0]


@dataclass(frozen=True, slots=True)
class Report:
    """One document of the collection with its outcome; `reading` None where `outcome` is failed or duplicate.

    `revisions`: cells unlike the version before: (its id, its cell, this one's); `ledger`: its line of requests carried over.
    """

    path: str
    format: str | None
    sha256: str
    size: int
    outcome: Outcome
    agency: Agency | None
    entry: Entry | None
    report_id: str | None
    reading: Reading | None
    message: str | None = None
    superseded_by: str | None = None
    corrections: tuple[Correction, ...] = ()
    revisions: tuple[tuple[str, Cell, Cell], ...] = ()
    ledger: Mapping[str, Decimal | int | str | None] = field(default_factory=dict)

    @property
    def document_id(self) -> str:
        return self.sha256[:12]
