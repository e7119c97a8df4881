"""Corrections as records: applied where they match what was read, an issue where they no longer do.

Comes in: a Report with the records of its agency.yml. Goes out: the Report with `misread` cells put right. Must not know:
who wrote the record.
A `source_error` changes no cell: what the document prints stays, the right value stands beside it in `corrections`.
"""

from __future__ import annotations

from dataclasses import replace

from ogi.extract.numbers import bare
from ogi.model import Cell, Correction, Issue, Report


def correct(report: Report) -> Report:
    """Every record applied or refused by name; a refused one is an issue of severity error and the report stands as printed."""
    if report.reading is None or not report.corrections:
        return report
    cells = list(report.reading.cells)
    issues = list(report.reading.issues)
    kept: list[Correction] = []
    for record in report.corrections:
        at = next(
            (
                i
                for i, c in enumerate(cells)
                if (c.table, c.item, c.measure) == (record.table, record.item, record.measure)
            ),
            None,
        )
        if at is None or not _matches(cells[at], record):
            seen = "no such cell" if at is None else f"«{cells[at].raw or ''}»"
            issues.append(
                Issue(
                    "correction-not-applied",
                    "error",
                    f"{report.path}: the correction of {record.table}.{record.item}.{record.measure} expects "
                    f"«{record.printed}», the document gives {seen}; not applied. "
                    "Look again, then change or remove the record in agency.yml.",
                    None,
                    (f"{record.table}.{record.item}.{record.measure}",),
                    record.printed,
                )
            )
            continue
        kept.append(record)
        if record.kind == "misread":
            cells[at] = cells[at]._replace(value=record.right, status="corrected")
    return replace(
        report,
        reading=replace(report.reading, cells=tuple(cells), issues=tuple(issues)),
        corrections=tuple(kept),
    )


def _matches(cell: Cell, record: Correction) -> bool:
    return bare(cell.raw or "") == bare(record.printed)
