"""The rows of one report, resource by resource, in the form's order.

Comes in: a `model.Report` with its reading. Goes out: rows (column -> value) of every resource kept
by report. Must not know: CSV, files, or any item by name. A column has the name of the attribute that
it publishes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ogi.errors import BadPackage
from ogi.model import TABLES, Cell, Check, Correction, Reading, Report, Statistic
from ogi.package.cells import cell_rows, in_yuan
from ogi.package.panel import Panel
from ogi.package.pivots import Names, pivot
from ogi.package.schema import Resource, Schema
from ogi.package.table import Row, Value

REPORT_ID = re.compile(r"(?P<agency>.+?)-(?P<year>[0-9]{4})(-v(?P<version>[0-9]+))?")


@dataclass(frozen=True, slots=True)
class Meanings:
    """What rows are made with: schema, panel (indicators and forms) and the Chinese name of each code."""

    schema: Schema
    panel: Panel
    names: Names


def report_parts(report: Report) -> tuple[str, int, int | None]:
    """(agency_id, year, version) of a published report; raises BadPackage where its id does not hold them."""
    found = REPORT_ID.fullmatch(report.report_id or "")
    agency_id = report.agency.agency_id if report.agency else None
    if found is None or found["agency"] != agency_id or report.reading is None:
        raise BadPackage(
            f"datapackage: reports, row {report.report_id} ({report.path})",
            "没有读出内容，或没有机关，或编号不对 has no reading, no agency or an id that is not <agency_id>-<year>[-v<n>]",
            "把 outcome 设为 failed，或改正编号 set its outcome to failed, or correct its id",
        )
    return found["agency"], int(found["year"]), int(found["version"]) if found["version"] else None


def report_rows(report: Report, meanings: Meanings) -> dict[str, list[Row]]:
    """Rows of every resource that holds this report; the panel only where it is live."""
    agency_id, year, version = report_parts(report)
    reading, schema = report.reading, meanings.schema
    assert reading is not None
    report_id = str(report.report_id)
    cells = cell_rows(report_id, reading, meanings.panel.cells, schema.yuan)
    summary = _summary(report, reading, {"agency_id": agency_id, "year": year, "version": version})
    listed = {
        "statistics": reading.statistics,
        "sections": reading.sections,
        "statements": reading.statements,
        "checks": _in_order(reading, meanings.panel),
        "issues": reading.issues,
    }
    live = report.outcome == "report" and report.superseded_by is None
    return {
        "reports": [summary],
        "cells": cells,
        **{r.name: pivot(r, cells, meanings.names) for r in schema.pivots()},
        **{name: numbered(schema.resources[name], report_id, some, schema) for name, some in listed.items()},
        "corrections": _corrections(report_id, report.corrections),
        "revisions": [_revision(report_id, *one) for one in report.revisions],
        "panel": [_panel(summary, reading, meanings)] if live else [],
        "ledger": [{"agency_id": agency_id, "report_id": report_id, **report.ledger}]
        if live and report.ledger and "requests" in reading.templates
        else [],
    }


def numbered(resource: Resource, report_id: str, values: Iterable[object], schema: Schema) -> list[Row]:
    """One row a value: its attributes under their own names, numbered where the key says so."""
    rows: list[Row] = []
    for n, value in enumerate(values, 1):
        row: dict[str, Value] = {"report_id": report_id}
        for column in resource.columns[1:]:
            if column == "n":
                row["n"] = n
            elif column != "amount_yuan":
                row[column] = _plain(column, getattr(value, column))
            elif isinstance(value, Statistic):
                row[column] = in_yuan(value.value, value.unit, schema.yuan)
        rows.append(row)
    return rows


def _plain(column: str, value: Value | tuple[str, ...]) -> Value:
    if column == "agrees":
        return "unknown" if value is None else "yes" if value else "no"
    return " ".join(value) if isinstance(value, tuple) else value


def _summary(report: Report, reading: Reading, parts: Row) -> Row:
    entry, results = report.entry, Counter(map(_result, reading.checks))
    return {
        "report_id": report.report_id,
        **parts,
        "title": reading.title,
        "agency_name_printed": reading.agency_name_printed,
        "document_id": report.document_id,
        **{f"{table}_template": reading.templates.get(table) for table in TABLES},
        "checks_passed": results["pass"],
        "checks_failed": results["fail"],
        "checks_unknown": results["unknown"],
        "doubts": sum(issue.severity != "info" for issue in reading.issues),
        "published_on": entry.published_on if entry else None,
        "reviewed_on": entry.reviewed_on if entry else None,
        "reviewed_by": entry.reviewed_by if entry else None,
        "superseded_by": report.superseded_by,
    }


def _result(check: Check) -> str:
    """pass, fail, unknown; a fail of severity info is a note, which nobody need be warned about."""
    return "note" if check.status == "fail" and check.severity == "info" else check.status


def _panel(summary: Row, reading: Reading, meanings: Meanings) -> Row:
    same = ("agency_id", "year", "report_id", "doubts", *(f"{table}_template" for table in TABLES[:3]))
    return {
        **{column: summary[column] for column in same},
        "failed_checks": summary["checks_failed"],
        **meanings.panel.values(reading),
    }


def _in_order(reading: Reading, panel: Panel) -> list[Check]:
    """By rule, then in the order of the form where the scope is a row or column of it."""
    places: dict[str, int] = {}
    for place in sorted(reading.templates.items()):
        for key in panel.cells.get(place, ()):
            places.setdefault(key[0], len(places))
            places.setdefault(key[1], len(places))
    return sorted(reading.checks, key=lambda c: (c.rule, places.get(c.scope, len(places)), c.scope))


def _corrections(report_id: str, corrections: Iterable[Correction]) -> list[Row]:
    """By cell; several of one cell are numbered in the order given."""
    times: Counter[tuple[str, str, str]] = Counter()
    rows: list[Row] = []
    for one in sorted(corrections, key=lambda c: (TABLES.index(c.table), c.item, c.measure)):
        times[one.table, one.item, one.measure] += 1
        rows.append(
            {
                "report_id": report_id,
                "n": times[one.table, one.item, one.measure],
                **{c: getattr(one, c) for c in ("table", "item", "measure", "kind", "printed", "right")},
                **{c: getattr(one, c) for c in ("reason", "evidence")},
                "date": one.on,
            }
        )
    return rows


def _revision(report_id: str, previous_id: str, old: Cell, new: Cell) -> Row:
    row: dict[str, Value] = {"report_id": report_id, "previous_id": previous_id}
    row |= {"table": new.table, "item": new.item, "measure": new.measure}
    row |= {f"{word}_{c}": getattr(cell, c) for word, cell in (("old", old), ("new", new)) for c in ("value", "raw", "status")}
    return row
