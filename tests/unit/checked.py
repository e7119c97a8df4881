"""Readings for the tests of the checks: tables of zeros in which a test sets the numbers it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from ogi.checks import check, check_levels, check_years
from ogi.extract.prose.statements import find_statements
from ogi.forms import load
from ogi.model import Cell, Check, Issue, Reading, Section

FORMS = load()
TABLES = ("disclosures", "requests", "reviews")


def reading(
    values: Mapping[str, int | str | None] | None = None,
    *,
    year: int = 2021,
    form: str = "2021-30",
    tables: tuple[str, ...] = TABLES,
    issues: tuple[Issue, ...] = (),
) -> Reading:
    """A report of zeros; `values` sets cells: a number, None for blank, or the name of another status."""
    cells = [
        _cell(table, item, measure, (values or {}).get(f"{table}.{item}.{measure}", 0), row)
        for table in tables
        for row, (item, measure) in enumerate(FORMS.templates[form].tables[table].cells)
    ]
    assert not set(values or {}) - {c.key for c in cells}, "a test sets a cell that the form does not have"
    return Reading(
        "txt",
        "0" * 64,
        1,
        "某市某局",
        "某市某局",
        year,
        f"某市某局{year}年政府信息公开工作年度报告",
        dict.fromkeys(tables, form),
        tuple(c for c in cells if c is not None),
        issues=issues,
    )


def column(measure: str = "natural_person", **items: int | str | None) -> dict[str, int | str | None]:
    """The same numbers in a column of applicants and in the total column."""
    return {f"requests.{i}.{m}": v for i, v in items.items() for m in {measure, "total"}}


def found(report: Reading, rule: str, scope: str | None = None, **context) -> list[Check]:
    """The checks of one rule, of one scope where it is named."""
    return [c for c in check(report, FORMS, **context) if c.rule == rule and scope in (None, c.scope)]


def one(report: Reading, rule: str, scope: str | None = None, **context) -> Check:
    (only,) = found(report, rule, scope, **context)
    return only


def over_years(rule: str, *reports: Reading) -> list[Check]:
    """The checks of one rule in the last of these years."""
    years = {r.year: r for r in reports}
    return [c for c in check_years(years, FORMS)[max(years)] if c.rule == rule]


def said(report: Reading, text: str, section: str = "overview") -> Reading:
    """The report with a section of prose and the statements in it."""
    sections = (*report.sections, Section(section, "一、总体情况", text, None))
    return replace(
        report, sections=sections, statements=find_statements(sections, report.year, report.agency_name)
    )


def below(rule: str, table: str, parent: Reading, *children: Reading, missing: tuple[str, ...] = ()) -> Check:
    """The check of one rule and table of a summary against the reports below it."""
    checks = check_levels(parent, children, FORMS, missing)
    (only,) = [c for c in checks if (c.rule, c.scope) == (rule, table)]
    return only


def doubt(*cells: str, severity: str = "warning") -> Issue:
    return Issue("cells-run-together", severity, "several readings", cells=cells)


def without(report: Reading, *keys: str) -> Reading:
    return replace(report, cells=tuple(c for c in report.cells if c.key not in keys))


def _cell(table: str, item: str, measure: str, value: int | str | None, row: int) -> Cell:
    line = f"line={row + 1}"
    if value is None or value in ("nil", "unreadable", "absent"):
        status = "blank" if value is None else value
        return Cell(table, item, measure, None, "/" if value == "nil" else None, None, status, None, line)
    status, number = (
        ("derived", value[1:]) if isinstance(value, str) and value[0] == "~" else ("reported", value)
    )
    return Cell(table, item, measure, Decimal(number), str(number), None, status, None, line)
