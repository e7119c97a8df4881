"""Heads that name another order of columns than the form's: do the rows' own sums bear them out?

Comes in: the form, and what each row holds. Goes out: the same, in the form's order where the sums prove the heads misplaced,
and then an issue. Must not know: text layouts, other tables. A head whose cell spans a column too few pushes those after it
aside, and a page shows them so; its numbers still stand where the form has them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ogi.extract.cells.slots import Slots
from ogi.extract.numbers import read_number
from ogi.extract.sums.equations import holds
from ogi.forms import TableForm
from ogi.messages import in_both
from ogi.model import GridCell, Issue

ZERO = Decimal(0)
CLEARLY = 2  # times as many rows must fail by the heads as in the form's order


def straightened(form: TableForm, slots: Mapping[str, Slots]) -> tuple[dict[str, Slots], list[Issue]]:
    """Slots by item. A doubt on every column that the heads would have moved, since a sum says nothing of its parts' order."""
    moved = {code: fitted for code, fitted in slots.items() if fitted.moved}
    by_heads = sum(_fails(form, code, fitted.cells) for code, fitted in moved.items())
    if CLEARLY * sum(_fails(form, code, fitted.printed) for code, fitted in moved.items()) >= by_heads:
        return dict(slots), []
    measures = [
        measure.code
        for measure in form.measures
        if any(
            measure.code == m.code and by_head is not as_printed
            for code, fitted in moved.items()
            for m, by_head, as_printed in zip(form.measures_of[code], fitted.cells, fitted.printed, strict=True)
        )
    ]
    at = next(iter(moved.values())).printed[0].locator
    said = in_both(
        f"表头的次序与格式不同，按表头有 {by_heads} 行合计不符，按格式的次序则大多相符；数字按格式的次序认定，请对照原件。",
        f"{at}: the heads stand in another order than the form's, and by them {by_heads} rows do not add up; most of them "
        "do in the form's order, in which the numbers are taken. Compare the columns with the original.",
    )
    issue = Issue("heads-askew", "warning", said, at, tuple(f"{form.table}.*.{m}" for m in measures))
    back = {code: fitted._replace(cells=fitted.printed, moved=False) for code, fitted in moved.items()}
    return {**slots, **back}, [issue]


def _fails(form: TableForm, item: str, cells: Sequence[GridCell]) -> bool:
    """Whether the row's own sum does not hold with these cells; blanks count 0, and what cannot be read says nothing."""
    rule = form.within.get(item)
    if rule is None:
        return False
    numbers = zip(form.measures_of[item], cells, strict=True)
    read = {(item, measure.code): read_number(cell.text, measure.kind) for measure, cell in numbers}
    known = {key: number.value or ZERO for key, number in read.items() if number.status != "unreadable"}
    return holds(rule, known) is False
