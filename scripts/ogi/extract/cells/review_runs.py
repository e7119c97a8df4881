"""A reviews table whose numbers ran together: cut where the sums of its three blocks leave no other way.

Comes in: the one row of numbers. Goes out: cells and issues. Must not know: heads, other tables.
Where no cut makes all blocks add up, one of them may be the agency's own wrong sum; cells on which every reading agrees are
derived, the rest stays open.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

from ogi.extract.numbers import digits_only, several
from ogi.extract.rows.locate import Row
from ogi.extract.sums.equations import Cut, adds_up_short, block_cuts
from ogi.forms import TableForm
from ogi.messages import in_both
from ogi.model import Cell, Issue

MAX_RUN = 60  # digits
MOST = 32  # readings from which nothing is concluded


def from_run(form: TableForm, row: Row, blanks_dropped: bool) -> tuple[list[Cell], list[Issue]]:
    """As many digits as cells, or what all cuts have in common under which every block adds up, or all but one do."""
    raw = " ".join(v.text for v in row.values)
    digits, keys = digits_only(raw), form.cells
    apart = several(raw)  # then only the sums tell that no cell is lost
    cuts: list[Cut] = []
    printed = False
    searched = digits is not None and 0 < len(digits) <= MAX_RUN
    if digits and searched and not (blanks_dropped and adds_up_short(digits, len(form.items), len(form.measures))):
        whole = block_cuts(digits, len(form.items), len(form.measures), most=MOST)
        cuts = [cut for cut in whole if _within(row, cut)]
        one_each = tuple(map(int, digits)) if len(digits) == len(keys) else None
        printed = one_each is not None and (not apart or one_each in cuts)
        if printed and one_each:
            cuts = [one_each]
        elif not cuts and not apart:
            cuts = _one_wrong(form, digits)
    read = [_common(numbers) for numbers in zip(*cuts, strict=True)] if 0 < len(cuts) < MOST else [None] * len(keys)
    cells = [
        Cell(
            "reviews",
            *key,
            None if number is None else Decimal(number),
            raw or None,
            None,
            "unreadable" if number is None else "reported" if printed else "derived",
            form.label(key[0]),
            row.locator,
        )
        for key, number in zip(keys, read, strict=True)
    ]
    if printed:
        return cells, []
    if None not in read:
        return cells, [_read(row.locator, raw)]
    return cells, [_told(form, item.code, cells, len(cuts), row.locator, raw) for item in form.items]


def _common(numbers: Sequence[int]) -> int | None:
    return numbers[0] if len(set(numbers)) == 1 else None


def _read(locator: str, raw: str) -> Issue:
    said = in_both(
        f"复议、诉讼表的数字连在一起（「{raw}」），各块的合计只容许一种读法。",
        f"{locator}: the numbers of the reviews ran together («{raw}»); the sums of their blocks leave one reading.",
    )
    return Issue("cells-run-together", "info", said, locator, ("reviews.*.*",), raw)


def _told(form: TableForm, item: str, cells: Sequence[Cell], cuts: int, locator: str, raw: str) -> Issue:
    """A note where the block is read, a doubt on the cells of it that stay open."""
    mine = [cell for cell in cells if cell.item == item]
    open_ = tuple(cell.key for cell in mine if cell.value is None)
    label = form.label(item)
    zh = f"有 {cuts} 种读法与合计相符" if cuts > 1 else "没有一种读法与合计相符"
    en = f"{cuts} readings satisfy the sums" if cuts > 1 else "no reading satisfies the sums"
    if open_:
        zh, en = f"{zh}，请对照原件", f"{en}. The original document would tell."
    else:
        zh = "各块合计都相符、或只有一块不符的读法，得出的都是这些数"
        en = "every reading under which the sums hold, or all but one, has these."
    return Issue(
        "cells-run-together",
        "warning" if open_ else "info",
        in_both(
            f"「{label}」的数字连在一起（「{raw}」）；{zh}。",
            f"{locator}: the numbers of «{label}» ran together («{raw}»); {en}",
        ),
        locator,
        (f"reviews.{item}.*",) if len(open_) in (0, len(mine)) else open_,
        raw,
    )


def _one_wrong(form: TableForm, digits: str) -> list[Cut]:
    """The cuts under which all blocks but one add up: the agency added wrongly, unless zeros may have been lost."""
    blocks, per = len(form.items), len(form.measures)
    if adds_up_short(digits, blocks, per):
        return []
    return block_cuts(digits, blocks, per, wrong=1, most=MOST)


def _within(row: Row, cut: Sequence[int]) -> bool:
    """Whether no number of the cut goes over the border of two cells, where the borders of the cells are known."""
    ends = {*accumulate(len(str(number)) for number in cut)}
    return row.joined or ends.issuperset(accumulate(len(digits_only(v.text) or "") for v in row.values))
