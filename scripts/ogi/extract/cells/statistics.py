"""The old 统计表 (2014-32, its variants, annexes): label, unit, one number or this year's beside the cumulative one.

Comes in: its printed rows. Goes out: Statistics in printed order, and issues. Must not know: the other tables.
A row that the form does not know is kept with a null item: label, unit and number.
"""

from __future__ import annotations

from collections.abc import Sequence

from ogi.extract.cells.fit import tidy
from ogi.extract.cells.told import TOLD
from ogi.extract.numbers import MARKS, Number, bare, digits_only, read_number
from ogi.extract.rows.labels import Index, Rows, rows_in
from ogi.extract.rows.locate import Row
from ogi.extract.rows.naming import _choose
from ogi.extract.rows.pieces import column_numbers
from ogi.forms import Item, TableForm
from ogi.messages import in_both
from ogi.model import GridCell, Issue, Statistic

_WHY = {False: ("分不开", "cannot be told apart"), True: ("只有一个，看不出属于哪一栏", "are one only, of two columns")}
CODE = frozenset({"代码", "编号", "编码", "行次", "行号"})  # heads of the column that counts the rows


def settle_statistics(form: TableForm, rows: Sequence[Row]) -> tuple[tuple[Statistic, ...], list[Issue]]:
    """A line with neither unit nor number is a heading of the table; it opens a group if the form knows it. None is what counts
    the columns («甲 乙 丙 1 2»)."""
    labels = rows_in(form.template, form.table)
    index = Index.of_loaded()
    out: list[Statistic] = []
    issues: list[Issue] = []
    group: str | None = None
    unknown: list[str] = []
    doubtful: list[Row] = []
    sparse = any(r.joined and 0 < _digits(r) < len(_columns(form, r)) for r in rows)
    for row in rows:
        names = [c for c in row.labels if not index.unit(c.text)]
        unit, values = _unit(row, index)
        values = _without_codes(row, values)
        if not names or column_numbers(row):
            continue
        label = tidy(names[-1].text)
        item = _choose(_items(labels, label), row, group)
        if item:
            group = item.group or item.within
        columns = _columns(form, row)
        if unit is None and _is_heading(values, len(columns)):
            continue
        numbers = _numbers(values, len(columns), row.joined, sparse, headed=_headed(form, row))
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
    issues += [_apart(form, row, _label(row, index), _items(labels, _label(row, index))) for row in doubtful]
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


def _apart(form: TableForm, row: Row, label: str, items: Sequence[Item]) -> Issue:
    """The doubt on a row whose numbers cannot be told apart."""
    printed = " ".join(v.text for v in row.values)
    zh, en = _WHY[_lone(form, row)]
    said = in_both(
        f"「{tidy(label)}」的数字{zh}（「{printed}」），请对照原件。",
        f"{row.locator}: the numbers of «{tidy(label)}» {en} («{printed}»). The original document would tell.",
    )
    return Issue("cells-run-together", "warning", said, row.locator, (f"statistics.{_code(items)}.*",), printed)


def _items(labels: Rows, label: str) -> Sequence[Item]:
    """The rows that a label names; its last letter 数 may be left out («1.网站公开»)."""
    return labels.exact(label) or labels.exact(f"{label}数")


def _label(row: Row, index: Index) -> str:
    """The label of a row that may have its unit behind it."""
    return next((c.text for c in reversed(row.labels) if not index.unit(c.text)), row.label).replace("\n", "")


def _digits(row: Row) -> int:
    return sum(c.isdigit() or c in MARKS for v in row.values for c in bare(v.text))


def _lone(form: TableForm, row: Row) -> bool:
    """Whether a row prints one number under two heads."""
    return row.joined and len(row.values) == 1 and _digits(row) < len(_columns(form, row))


def _headed(form: TableForm, row: Row) -> bool:
    """Whether any head of the row names a column."""
    return any(h in rows_in(form.template, form.table).columns for h in row.heads)


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


def _is_heading(values: Sequence[GridCell], count: int) -> bool:
    """Whether there is no number, or a dash in each place, that of the unit too («—— ——»)."""
    marks = [read_number(v.text).status for v in values]
    return marks.count("blank") == len(marks) or (len(marks) > count and marks.count("nil") == len(marks))


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


def _numbers(
    values: Sequence[GridCell], count: int, joined: bool, sparse: bool, headed: bool
) -> list[tuple[GridCell, Number]]:
    """One number a column; a run that can be cut in more than one way is unreadable. `sparse`: other rows of the text lost an
    empty cell, so that two digits may be one number."""
    cells = list(values)
    while len(cells) > count and not bare(cells[-1].text):
        cells.pop()
    while len(cells) > count and not bare(cells[0].text):
        cells.pop(0)
    lost = joined and not headed and len(cells) == 1 and len(digits_only(cells[0].text) or "") > 1  # columns nobody names
    if len(cells) == count and not lost:
        return [(cell, read_number(cell.text, "decimal")) for cell in cells]
    raw = GridCell(" ".join(c.text for c in values), 1, 1, values[0].locator if values else "")
    if not joined and not bare(raw.text):
        return [(raw, Number(None, "blank"))] * count
    digits = digits_only(raw.text)
    if joined and digits and len(values) == 1 and (parts := _cut(digits, count, sparse)):
        return [(raw._replace(text=part), read_number(part)) for part in parts]
    return [(raw, Number(None, "unreadable"))] * count


def _cut(digits: str, count: int, sparse: bool) -> tuple[str, ...]:
    """The one way to cut a run into so many numbers: a digit each, or a nought and what is behind it."""
    if count == 2 and digits[0] == "0" and len(digits) > 1 and (digits[1] != "0" or len(digits) == 2):
        return digits[0], digits[1:]
    return tuple(digits) if count > 1 and len(digits) == count and not sparse else ()
