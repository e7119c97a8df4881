"""The old 统计表 (2014-32, its variants, annexes): label, unit, one number or this year's beside the cumulative one.

Comes in: its printed rows. Goes out: Statistics in printed order, and issues. Must not know: the other tables.
A row that the form does not know is kept with a null item: label, unit and number.
"""

from __future__ import annotations

from collections.abc import Sequence

from ogi.extract.cells.fit import tidy
from ogi.extract.cells.told import TOLD
from ogi.extract.numbers import Number, bare, digits_only, read_number
from ogi.extract.rows.labels import Index, rows_in
from ogi.extract.rows.locate import Row
from ogi.extract.rows.naming import _choose
from ogi.forms import Item, TableForm
from ogi.messages import in_both
from ogi.model import GridCell, Issue, Statistic

CODE = frozenset({"代码", "编号", "编码", "行次", "行号"})  # heads of the column that counts the rows


def settle_statistics(form: TableForm, rows: Sequence[Row]) -> tuple[tuple[Statistic, ...], list[Issue]]:
    """A line with neither unit nor number is a heading of the table; it opens a group if the form knows it."""
    labels = rows_in(form.template, form.table)
    index = Index.of_loaded()
    out: list[Statistic] = []
    issues: list[Issue] = []
    group: str | None = None
    unknown: list[str] = []
    doubtful: list[Row] = []
    for row in rows:
        names = [c for c in row.labels if not index.unit(c.text)]
        unit, values = _unit(row, index)
        values = _without_codes(row, values)
        if not names:
            continue
        label = tidy(names[-1].text)
        item = _choose(labels.exact(label), row, group)
        if item:
            group = item.group or item.within
        if unit is None and not any(bare(v.text) for v in values):
            continue
        columns = _columns(form, row)
        numbers = _numbers(values, len(columns), row.joined)
        code = item.code if item and not item.is_group else None
        if code is None:
            unknown.append(label)
        if any(n.status == "unreadable" for _, n in numbers):
            doubtful.append(row)
        for measure, (cell, number) in zip(columns, numbers, strict=False):
            if number.code in TOLD and number.status != "unreadable":
                severity, zh, en = TOLD[number.code]
                said = in_both(
                    f"「{label}」一行的「{tidy(cell.text)}」{zh}。",
                    f"{cell.locator}: «{tidy(cell.text)}» in the row «{label}» {en}.",
                )
                key = f"statistics.{code or '*'}.{measure}"
                issues.append(Issue(number.code, severity, said, cell.locator, (key,), tidy(cell.text)))
            out.append(
                Statistic(
                    label,
                    code,
                    measure,
                    number.value,
                    number.unit or unit,
                    tidy(cell.text) or None,
                    number.status,
                    cell.locator,
                )
            )
    issues += [
        Issue(
            "cells-run-together",
            "warning",
            in_both(
                f"「{tidy(row.label)}」的数字分不开（「{' '.join(v.text for v in row.values)}」），请对照原件。",
                f"{row.locator}: the numbers of «{tidy(row.label)}» cannot be told apart "
                f"(«{' '.join(v.text for v in row.values)}»). The original document would tell.",
            ),
            row.locator,
            (f"statistics.{_code(labels.exact(row.label))}.*",),
            " ".join(v.text for v in row.values),
        )
        for row in doubtful
    ]
    if unknown:
        issues.append(
            Issue(
                "statistics-row-unknown",
                "info",
                in_both(
                    f"统计表有 {len(unknown)} 行不在 {form.template[:4]} 年格式里，"
                    f"按行名保留：{'、'.join(unknown[:5])[:300]}{'等' if len(unknown) > 5 else ''}。",
                    f"{len(unknown)} rows of the statistics table are none of form "
                    f"{form.template} and are kept by their label: {'; '.join(unknown[:5])[:300]}",
                ),
            )
        )
    return tuple(out), issues


def _code(items: Sequence[Item]) -> str:
    return items[0].code if items else "*"


def _unit(row: Row, index: Index) -> tuple[str | None, tuple[GridCell, ...]]:
    """The unit of the row, from a cell of its own or glued before the number, and the number cells."""
    unit = next((index.unit(c.text) for c in row.labels if index.unit(c.text)), None)
    values: list[GridCell] = []
    for cell in row.values:
        glued = index.unit(cell.text)
        if glued:
            unit = unit or glued
            rest = cell.text.strip().removeprefix(glued).strip()
            if rest:
                values.append(GridCell(rest, cell.row, cell.col, cell.locator, score=cell.score))
        else:
            values.append(cell)
    return unit, tuple(values)


def _without_codes(row: Row, values: tuple[GridCell, ...]) -> tuple[GridCell, ...]:
    """The number cells but for the one of the row's own code, where the heads have a column of codes before those of numbers."""
    return values[1:] if CODE.intersection(row.heads) and values and bare(values[0].text).isdigit() else values


def _columns(form: TableForm, row: Row) -> list[str]:
    """The measures that the heads name; one column is this year's."""
    columns = rows_in(form.template, form.table).columns
    named = list(dict.fromkeys(columns[h] for h in row.heads if h in columns))
    return (
        named
        if "cumulative" in named and len(named) == 2
        else (["year", "cumulative"] if "cumulative" in named else ["year"])
    )


def _numbers(values: Sequence[GridCell], count: int, joined: bool) -> list[tuple[GridCell, Number]]:
    """One number a column; a run that can be cut in more than one way is unreadable."""
    cells = list(values)
    while len(cells) > count and not bare(cells[-1].text):
        cells.pop()
    while len(cells) > count and not bare(cells[0].text):
        cells.pop(0)
    if len(cells) == count:
        return [(cell, read_number(cell.text, "decimal")) for cell in cells]
    raw = GridCell(" ".join(c.text for c in values), 1, 1, values[0].locator if values else "")
    digits = digits_only(raw.text)
    if joined and digits and len(digits) == count:
        return [(GridCell(d, 1, 1, raw.locator), read_number(d)) for d in digits]
    return [(raw, Number(None, "unreadable"))] * count
