"""Rules about each number by itself, and about a table being whole: T3-05, T3-06, T4-04, T2-01.

Comes in: a Rule and Facts. Goes out: one Check a table. Must not know: any form by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ogi.checks.facts import NUMBERS, Facts
from ogi.checks.judged import judged, listed
from ogi.checks.names import Pair, name
from ogi.checks.rules import Rule
from ogi.model import Cell, Check, CheckStatus

DEMAND: Pair = ("非负整数，无单位", "whole, not negative, without a unit")
DEMAND_KINDS: Pair = ("件数为非负整数，金额不为负", "counts whole and not negative, amounts not negative")
NO_TABLE: Pair = ("没有找到这张表", "the table was not found")
TWICE = "row-duplicated"
_PLACE = re.compile(r"(page|table|sheet|row|line|chars|col)=(\d+)")


def numbers(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Every number is of the kind its column demands; for the reviews table every cell must be there too."""
    table = rule.table or ""
    keys = facts.expected(table)
    if not keys:
        return
    wrong = [k for k in keys if k in facts.cells and not _as_demanded(facts, table, facts.cells[k])]
    if table == "reviews":
        wrong = [k for k in keys if k in wrong or k in set(facts.missing(table))]
    unread = [k for k in keys if k not in facts.cells or facts.cells[k].status in ("unreadable", "absent")]
    status: CheckStatus = "fail" if wrong else "unknown" if unread else "pass"
    yield judged(
        rule,
        facts,
        table,
        status,
        wrong or (f"{table}.*.*",),
        left=len(wrong),
        right=0,
        sure=facts.sure(wrong),
        basis="strict"
        if all(facts.cells[k].status in NUMBERS for k in keys if k in facts.cells)
        else "blank_as_zero",
        cells=listed(wrong, facts),
        unread=len(unread),
        demand=DEMAND_KINDS if table == "disclosures" else DEMAND,
    )


def whole(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Every cell of the form is there and its rows stand in the form's order."""
    table = rule.table or ""
    year = facts.year
    if table not in facts.tables:
        if year is None or year >= (rule.from_year or 0):
            status: CheckStatus = "fail" if year else "unknown"
            yield judged(rule, facts, table, status, (f"{table}.*.*",), sure=False, found=NO_TABLE)
        return
    keys, missing = facts.expected(table), facts.missing(table)
    strays, twice = _out_of_order(facts, table), _twice(facts, table)
    cells = missing or tuple(k for item in dict.fromkeys((*twice, *strays)) for k in facts.keys(table, items=[item]))
    there = len(keys) - len(missing)
    found: Pair = (f"应有 {len(keys)} 格，见到 {there} 格", f"{there} of {len(keys)} cells are there")
    if twice:
        row = [name("item", twice[0], n) for n in (0, 1)]
        found = (f"{found[0]}；「{row[0]}」一行出现两次", f"{found[1]}; the row “{row[1]}” stands twice")
    if strays:
        row = [name("item", strays[0], n) for n in (0, 1)]
        found = (
            f"{found[0]}；「{row[0]}」一行的次序与格式不同",
            f"{found[1]}; the row “{row[1]}” stands out of order",
        )
    yield judged(
        rule,
        facts,
        table,
        "fail" if cells else "pass",
        cells or (f"{table}.*.*",),
        left=there,
        right=len(keys),
        sure=facts.sure(cells),
        found=found,
    )


def _as_demanded(facts: Facts, table: str, cell: Cell) -> bool:
    if cell.value is None:
        return True
    measure = facts.tables[table].measure(cell.item, cell.measure)
    if measure.kind == "signed":
        return cell.value == cell.value.to_integral_value()
    if measure.kind == "decimal":
        return cell.value >= 0
    bare = cell.unit is None or table == "disclosures"
    return cell.value >= 0 and cell.value == cell.value.to_integral_value() and bare


def _twice(facts: Facts, table: str) -> list[str]:
    """The rows that the reader met more than once."""
    about = {c for issue in facts.reading.issues if issue.code == TWICE for c in issue.cells}
    return [i.code for i in facts.tables[table].items if f"{table}.{i.code}.*" in about]


def _out_of_order(facts: Facts, table: str) -> list[str]:
    """The rows that stand before a row which the form prints above them."""
    strays: list[str] = []
    last: tuple[int, ...] = ()
    for item in facts.tables[table].items:
        cells = (facts.cells.get(f"{table}.{item.code}.{m}") for m in item.measures)
        places = [_place(c.locator) for c in cells if c is not None and c.locator]
        if not places or facts.tables[table].flat:
            continue
        if min(places) < last:
            strays.append(item.code)
        last = max(last, min(places))
    return strays


def _place(locator: str) -> tuple[int, ...]:
    """A locator as something to sort by: page, table and row, or line; the first place of a cell over two
    pages."""
    found = dict(_PLACE.findall(locator.split(" + ")[0]))
    return tuple(
        int(found[part]) for part in ("page", "sheet", "table", "row", "line", "chars") if part in found
    )


RULES = {"T3-05": numbers, "T4-04": numbers, "T2-01": numbers, "T3-06": whole}
