"""What is said of numbers that are more or less than a count, and of rows whose numbers ran together or are lost.

Comes in: a row with what was printed, and how far it was read. Goes out: messages, and the doubt of a row that stays open. Must
not know: other rows, how a table is solved.
"""

from __future__ import annotations

from collections.abc import Sequence

from ogi.extract.cells.slots import Slots
from ogi.extract.rows.locate import Row
from ogi.extract.rows.naming import NamedRow
from ogi.extract.sums.solve import Solution
from ogi.forms import TableForm
from ogi.messages import in_both
from ogi.model import Issue, Severity

TOLD: dict[str, tuple[Severity, str, str]] = {
    "number-unreadable": ("warning", "不是一个可以确定的数字", "is no number that can be read with certainty"),
    "number-of-wrong-kind": ("warning", "不是件数：是小数或负数", "is no count: a fraction, or less than nothing"),
    "number-struck-out": (
        "warning", "全部或部分带删除线，只取未划去的", "is struck out, all of it or a part; only what is not is taken",
    ),
    "number-begins-with-zero": (
        "warning", "以零开头，可能是两格的数字印在了一起",
        "begins with a zero, as no count does; two numbers may stand in one cell",
    ),
    "number-with-note": ("info", "带有说明文字，取前面的数字", "carries a note; the number before it is taken"),
    "number-with-unit": ("info", "带有单位，取其数字", "carries a unit; the number is taken"),
}  # fmt: skip
SHOWN = 4  # readings that an issue lists


def unproven(row: Row, raw: str | None, sole: bool) -> str:
    """`sole`: the digits read one way only; else they are as many as the cells."""
    why = "reads one way, no number being written with a zero before it" if sole else "has as many digits as cells"
    return in_both(
        f"「{row.label}」一行的「{raw}」{'只有一种读法，因为数字不以零开头' if sole else '恰好一格一位'}；没有合计可以证明。",
        f"{row.locator}: «{raw}» in the row «{row.label}» {why}; no sum proves it.",
    )


def contradicted(row: Row, raw: str | None) -> str:
    return in_both(
        f"「{row.label}」一行的「{raw}」恰好一格一位，但整张表没有一种读法与合计相符。",
        f"{row.locator}: «{raw}» in the row «{row.label}» has a digit a cell, yet no reading of the table adds up.",
    )


def one_reading(row: Row, raw: str | None, ran_together: bool, wrong: bool) -> str:
    """`wrong`: the row's own sum does not hold."""
    if wrong:
        why = "本行合计不符，只按各列切分", "its own sum does not hold, and only its columns cut it"
    else:
        why = "勾稽关系只容许一种读法", "the equations of the form leave one reading"
    what = ("数字连在一起", "cells ran together") if ran_together else ("有单元格缺失", "cells are lost")
    return in_both(
        f"「{row.label}」一行{what[0]}{_printed(raw)}；{why[0]}。",
        f"{row.locator}: in the row «{row.label}» {what[1]} («{raw or ''}»); {why[1]}.",
    )


def left_open(
    form: TableForm,
    named: NamedRow,
    slots: Slots,
    digits: str | None,
    solution: Solution,
    values: Sequence[int | None],
) -> Issue:
    """The doubt of a row of which not every number is known, on the cells that are not."""
    place, label, count = named.row.locator, named.row.label, len(named.item.measures)
    readings = solution.readings.get(named.item.code, ())
    if slots.kind == "run" and sum(c.isdigit() for c in slots.raw or "") >= count:
        code = "cells-run-together"
        zh = f"「{label}」一行的数字连在一起（「{slots.raw}」），"
        en = f"the numbers of «{label}» ran together («{slots.raw}»); "
        if readings:
            more = " …" if len(readings) > SHOWN else ""
            listed = ["/".join(map(str, r)) for r in readings[:SHOWN]]
            zh += f"有 {len(readings)} 种读法都相符：{'；'.join(listed)}{more}"
            en += f"{len(readings)} readings survive: {'; '.join(listed)}{more}"
        elif not digits:
            zh += "看不出一个数到哪里为止"
            en += "nothing tells where one ends and the next begins"
        elif named.item.code in solution.gaps:
            zh += "像是丢了空格：补上才与合计相符"
            en += "empty cells seem to be lost: with them it adds up"
        elif solution.complete:
            zh += "没有一种读法与本行合计相符"
            en += "no reading fits the row's own sum"
        else:
            zh += "可能的读法太多，没有逐一试算"
            en += "the readings are too many to try"
    else:
        code = "cells-lost"
        printed = sum(bool(c.text) for c in slots.cells)
        zh = f"「{label}」一行应有 {count} 个数，印出 {printed} 个{_printed(slots.raw)}，"
        en = f"the row «{label}» prints {printed} of {count} numbers («{slots.raw or ''}»); "
        zh += "多出的是哪一个无从得知" if printed > count else "缺的是哪几格无从得知"
        en += "which is one too many cannot be known" if printed > count else "which are lost cannot be known"
    said = in_both(f"{zh}。请对照原件。", f"{place}: {en}. The original document would tell.")
    row = f"{form.table}.{named.item.code}"
    open_ = (f"{row}.{m}" for m, v in zip(named.item.measures, values, strict=True) if v is None)
    keys = tuple(open_) if any(v is not None for v in values) else (f"{row}.*",)
    return Issue(code, "warning", said, place, keys, slots.raw)


def _printed(raw: str | None) -> str:
    return f"（「{raw}」）" if raw else ""
