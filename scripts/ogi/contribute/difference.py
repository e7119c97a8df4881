"""What a change does to the published data, as values.

Comes in: nothing. Goes out: `Difference` and its parts, made of rows of the package. Must not know: how it was found or is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from ogi.package.reader import Row


@dataclass(frozen=True, slots=True)
class WholeReport:
    """A report that is only on one side: its row, its agency's and its document's, and all that a review reads of it."""

    report: Row
    agency: Row
    document: Row
    panel: Row
    cells: tuple[Row, ...]
    failed: tuple[Row, ...]
    issues: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class CellChange:
    """`before` or `after` is None where that side has no such cell."""

    report_id: str
    table: str
    item: str
    measure: str
    before: Row | None
    after: Row | None


@dataclass(frozen=True, slots=True)
class Turn:
    """A check whose result is another one; None where that side does not evaluate it."""

    report_id: str
    rule: str
    scope: str
    before: str | None
    after: str | None
    message_zh: str | None
    message_en: str | None
    attribution: str | None


@dataclass(frozen=True, slots=True)
class IssueChange:
    """`appeared` is False for an issue that is gone."""

    report_id: str
    appeared: bool
    issue: Row


@dataclass(frozen=True, slots=True)
class RowChange:
    """Any other row of the package; `before`, `after` hold the columns that differ, or the whole row where one side has none."""

    resource: str
    key: str
    before: Row | None
    after: Row | None


@dataclass(frozen=True, slots=True)
class SecondReading:
    """Rows of numbers of a PDF: how many a second reader has as we have them, and those that only one has («5 | 0 | 12»)."""

    report_id: str
    path: str
    both: int
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """`refused` are documents that the change leaves unpublished, with the message why; `codes` names items and measures."""

    refused: tuple[Row, ...]
    added: tuple[WholeReport, ...]
    removed: tuple[WholeReport, ...]
    cells: tuple[CellChange, ...]
    checks: tuple[Turn, ...]
    issues: tuple[IssueChange, ...]
    rows: tuple[RowChange, ...]
    codes: dict[tuple[str, str], str]
    second: tuple[SecondReading, ...] = ()

    @property
    def empty(self) -> bool:
        return not any((self.refused, self.added, self.removed, self.cells, self.checks, self.issues, self.rows))
