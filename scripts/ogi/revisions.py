"""What a re-issued report prints otherwise than the version before it, cell by cell.

Comes in: the reports of one agency. Goes out: the same, each later version with what it changed. Must not know: what a
cell means. What is printed counts: a number that was read in another way in the other layout is no revision.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ogi.model import Cell, Reading, Report


def revised(reports: Sequence[Report]) -> list[Report]:
    """In the order given; only reports of which an earlier version is there change."""
    versions: dict[str, list[Report]] = {}
    for report in reports:
        if report.outcome in ("report", "superseded") and report.reading:
            versions.setdefault(report.superseded_by or str(report.report_id), []).append(report)
    changed: dict[str, Report] = {}
    for rivals in versions.values():
        ordered = sorted(rivals, key=lambda r: r.entry.version if r.entry and r.entry.version else 0)
        for old, new in zip(ordered, ordered[1:], strict=False):
            if old.reading and new.reading:
                revisions = tuple(differences(str(old.report_id), old.reading, new.reading))
                changed[new.path] = replace(new, revisions=revisions)
    return [changed.get(report.path, report) for report in reports]


def differences(previous_id: str, old: Reading, new: Reading) -> Iterator[tuple[str, Cell, Cell]]:
    """The cells that differ, in the order of the new reading, then those that only the old one has."""
    before, after = ({c.key: c for c in reading.cells} for reading in (old, new))
    for key in dict.fromkeys((*after, *before)):
        was, now = before.get(key) or _absent(after[key]), after.get(key) or _absent(before[key])
        if was.value != now.value or (now.value is None and was.status != now.status):
            yield previous_id, was, now


def _absent(cell: Cell) -> Cell:
    return Cell(cell.table, cell.item, cell.measure, None, None, None, "absent", None, None)
