"""How right a reading is, cell by cell, against a truth.

Comes in: a Reading and a Truth. Goes out: a `Score`. Must not know: formats, how a report was made or read.

    right        the value (or the blank, or the mark) is as printed, and no doubt lies on it
    false_doubt  as printed, but under an issue of severity warning or error
    missed       no value, and the reading says that it could not tell
    lost         no value where a number is printed, and nothing says so
    mark         a blank taken for a mark or the reverse: no number is wrong
    flagged      a wrong value under an issue of severity warning or error
    silent       a wrong, invented or shifted value that no such issue covers
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from benchmarks.generate.model import Key, TrueCell, Truth
from ogi.model import Cell, Issue, Reading

MEASURES = ("right", "false_doubt", "missed", "lost", "mark", "flagged", "silent")
WITH_VALUE = ("reported", "derived", "corrected")


@dataclass(frozen=True, slots=True)
class Finding:
    """One cell that is not plainly right: what is printed, what was read."""

    key: str
    verdict: str
    printed: str
    read: str


@dataclass(frozen=True, slots=True)
class Score:
    """The verdicts on one document."""

    counts: Counter[str]
    findings: tuple[Finding, ...]
    agency: bool
    year: bool
    templates: bool

    @property
    def perfect(self) -> bool:
        """Every cell is right, doubted or not."""
        return sum(self.counts.values()) == self.counts["right"] + self.counts["false_doubt"]


def doubts(issues: Iterable[Issue]) -> tuple[str, ...]:
    """The cell patterns that issues of severity warning or error cover."""
    return tuple(p for issue in issues if issue.severity in ("warning", "error") for p in issue.cells)


def covered(key: str, patterns: Iterable[str]) -> bool:
    """Whether one of the patterns (`table.item.measure`, `*` for all) is about the cell."""
    return any(fnmatchcase(key, pattern) for pattern in patterns)


def score(reading: Reading, truth: Truth) -> Score:
    """Every cell of the truth, and every value that the truth does not have."""
    verdicts = compare(reading, truth.cells)
    findings = tuple(f for f in verdicts if f.verdict != "right")
    wanted = {table: form for table, form in truth.templates.items() if table != "reviews"}
    got = {table: reading.templates.get(table) for table in ("disclosures", "requests")}
    forms_right = all(got[table] == wanted.get(table) for table in got)
    return Score(
        Counter(f.verdict for f in verdicts),
        findings,
        reading.agency_name == truth.agency,
        reading.year == truth.year,
        forms_right and ("reviews" in truth.templates) == bool(reading.templates.get("reviews")),
    )


def compare(reading: Reading, cells: Mapping[Key, TrueCell]) -> list[Finding]:
    """A verdict for each cell of the truth; a value where the truth has no cell is invented."""
    patterns = doubts(reading.issues)
    read = {(c.table, c.item, c.measure): c for c in reading.cells}
    out = []
    for key, true in cells.items():
        name = ".".join(key)
        cell = read.get(key)
        printed = f"{true.raw!r} ({true.status})"
        out.append(Finding(name, verdict(cell, true, covered(name, patterns)), printed, shown(cell)))
    for key, cell in read.items():
        if key not in cells and cell.value is not None:
            name = ".".join(key)
            kind = "flagged" if covered(name, patterns) else "silent"
            out.append(Finding(name, kind, "no such cell", shown(cell)))
    return out


def verdict(cell: Cell | None, true: TrueCell, doubted: bool) -> str:
    """The verdict on one cell."""
    if cell is not None and cell.value is not None:
        same_unit = true.unit is None or cell.unit == true.unit
        if true.value is not None and cell.value == true.value and same_unit and cell.status in WITH_VALUE:
            return "false_doubt" if doubted else "right"
        return "flagged" if doubted else "silent"
    status = cell.status if cell is not None else "absent"
    if true.value is None:
        if status == true.status:
            return "false_doubt" if doubted else "right"
        return "missed" if doubted or status == "unreadable" else "mark"
    return "missed" if doubted or status == "unreadable" else "lost"


def shown(cell: Cell | None) -> str:
    """A cell in a few characters, for a list of failures."""
    if cell is None:
        return "no cell"
    unit = f" {cell.unit}" if cell.unit else ""
    return f"{cell.value}{unit} ({cell.status}, {cell.raw!r}, {cell.locator})"
