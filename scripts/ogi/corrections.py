"""Corrections as records: applied where they match what was read, an issue where they no longer do.

Comes in: a Report with the records of its agency.yml. Goes out: the Report with `misread` cells put right. Must not know:
who wrote the record.
A `source_error` changes no cell: what the document prints stays, the right value stands beside it in `corrections`.
"""

from __future__ import annotations

from dataclasses import replace

from ogi.extract.numbers import bare
from ogi.forms import load as load_forms
from ogi.forms.codes import load_codes
from ogi.messages import in_both
from ogi.model import Cell, Correction, Issue, Reading, Report


def correct(report: Report) -> Report:
    """Every record applied or refused by name; a refused one is an issue of severity error and the report stands as printed."""
    if report.reading is None or not report.corrections:
        return report
    cells = list(report.reading.cells)
    issues = list(report.reading.issues)
    kept: list[Correction] = []
    for record in report.corrections:
        place = (record.table, record.item, record.measure)
        at = next((i for i, c in enumerate(cells) if (c.table, c.item, c.measure) == place), None)
        if at is None and record.kind == "misread" and _demanded(report.reading, record):
            at = len(cells)  # the row or the whole cell was not seen
            cells.append(Cell(*place, None, None, None, "absent", None, None))
        if at is None or not _matches(cells[at], record):
            seen = cells[at].raw or "" if at is not None else None
            zh, en = ("文件里没有这一格", "no such cell") if seen is None else (f"文件里是「{seen}」", f"«{seen}»")
            issues.append(
                Issue(
                    "correction-not-applied",
                    "error",
                    in_both(
                        f"更正记录（{_named(record)}）写的原值是「{record.printed}」，{zh}；未采用。"
                        "请再核对，改正或删去 agency.yml 里的这条记录。",
                        f"{report.path}: the correction of {record.table}.{record.item}.{record.measure} expects "
                        f"«{record.printed}», the document gives {en}; not applied. "
                        "Look again, then change or remove the record in agency.yml.",
                    ),
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


def _demanded(reading: Reading, record: Correction) -> bool:
    """Whether the form of the table has such a cell, so that the document may print it though it was not seen."""
    form = load_forms().templates.get(reading.templates.get(record.table, ""))
    table = form.tables.get(record.table) if form else None
    return table is not None and (record.item, record.measure) in table.cells and not bare(record.printed)


def _named(record: Correction) -> str:
    """The row and the column that the record is about, as they are called in Chinese."""
    names = {(code.kind, code.code): code.zh for code in load_codes()}
    parts = (("item", record.item), ("measure", record.measure))
    return "·".join(names.get(part, part[1]) for part in parts)


def _matches(cell: Cell, record: Correction) -> bool:
    return bare(cell.raw or "") == bare(record.printed)
