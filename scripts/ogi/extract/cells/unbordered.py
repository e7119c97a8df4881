"""Text without borders between cells, a cell or a few a line: are the numbers below a label its own?

Comes in: the rows of a table, their cells, what was said of them. Goes out: doubts. Must not know: what other tables hold, text
layouts.
A page that was turned into such text may have given its numbers in another order: by columns, or before their label. Then rows
lack some, unless the text breaks off there, and others have theirs; a row that adds up nonetheless is proven, unless most of the
table is not read at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import pairwise

from ogi.extract.cells.fit import uneven
from ogi.extract.rows.locate import Printed, Row
from ogi.extract.rows.naming import NamedRow
from ogi.extract.sums.equations import counts, holds
from ogi.forms import Key, TableForm
from ogi.messages import in_both
from ogi.model import TABLES, Cell, Issue

BROKEN = 2  # the text's order is doubtful as a whole where one of so many rows cannot be read, or so many blocks do not add up


def unbordered(
    form: TableForm,
    printed: Printed,
    named: Sequence[NamedRow],
    cells: Sequence[Cell],
    issues: Sequence[Issue],
) -> Iterator[Issue]:
    """Of all rows that were printed, those without a label too."""
    loose = [row for row in printed.rows[form.table] if _is_open(row) and row.filled]
    if not loose:
        return
    codes = {n.row.locator: n.item.code for n in named}
    by_item: dict[str, list[Cell]] = {item.code: [] for item in form.items}
    for cell in cells:
        by_item[cell.item].append(cell)
    known = {
        item for item, own in by_item.items() if own and all(cell.status != "unreadable" for cell in own)
    }
    values = counts(cells)
    right = {item: _adds_up(form, item, own, values) for item, own in by_item.items()}
    if form.flat:
        items = [*by_item]
        wrong = [item for item in items if right[item] is False]
        broken = len(wrong) >= BROKEN or any(_holds_its_total(by_item[item]) for item in wrong)
        beside = [False] * len(items)
    else:
        items = [codes.get(row.locator, "") for row in loose]
        lost = [item not in known for item in items]
        if known.issuperset(code for code in codes.values() if code != items[-1]):
            lost[-1] = lost[-1] and not _breaks_off(form, printed, loose[-1], items[-1])
        wrong = [item for item in items if right.get(item) is False and not _is_slip(item, issues)]
        broken = BROKEN * sum(lost) >= len(lost)
        pairs = zip(pairwise(loose), lost, strict=False)
        beside = [False, *(gone and above.heads == row.heads for (above, row), gone in pairs)]
    for item, after_lost in zip(items, beside, strict=True):
        own = by_item.get(item, ())
        zeros = not any(cell.value for cell in own)
        if item not in known or (zeros and (right[item] or not broken)) or _is_doubted(own, issues):
            continue
        if item in wrong and (broken or not form.flat):
            yield _doubt(form, item, own, "合计不符", "do not add up")
        elif broken or (after_lost and not right[item]):
            why = "前后的数不完整，或合计不符", "stand among others that are not whole, or do not add up"
            yield _doubt(form, item, own, *why)


def _is_open(row: Row) -> bool:
    """Whether nothing shows which cells are the row's."""
    return (row.shape is None and not row.joined) or uneven(row)


def _breaks_off(form: TableForm, printed: Printed, last: Row, item: str) -> bool:
    """Whether the text ends in the row, above another row of the form: it need not have its numbers elsewhere."""
    later = TABLES[TABLES.index(form.table) + 1 :]
    ends = printed.rows[form.table][-1] is last and not any(printed.rows[table] for table in later)
    return ends and [code for code, _ in printed.prose[-1:]] == [form.table] and item not in ("", form.items[-1].code)


def _holds_its_total(cells: Sequence[Cell]) -> bool:
    """Whether one of the numbers is the sum of the others, though not the last."""
    numbers = [cell.value or 0 for cell in cells]
    return 2 * max(numbers) == sum(numbers)


def _adds_up(form: TableForm, item: str, cells: Sequence[Cell], values: Mapping[Key, int]) -> bool | None:
    """None where no sum is printed: in a row without one, with an empty total, or with nothing but its total."""
    if (
        item not in form.within
        or not cells
        or cells[-1].value is None
        or all(cell.value is None for cell in cells[:-1])
    ):
        return None
    return holds(form.within[item], values)


def _is_doubted(cells: Sequence[Cell], issues: Sequence[Issue]) -> bool:
    keys = [key for issue in issues if issue.severity != "info" for key in issue.cells]
    return all(any(fnmatchcase(cell.key, key) for key in keys) for cell in cells)


def _is_slip(item: str, issues: Sequence[Issue]) -> bool:
    """Whether one other number in one cell of the row mends all sums: the agency's."""
    slips = (issue.cells for issue in issues if issue.code == "suspect-cell" and issue.severity == "info")
    return any(not key.endswith(".*") and key.split(".")[1] == item for keys in slips for key in keys)


def _doubt(form: TableForm, item: str, cells: Sequence[Cell], zh: str, en: str) -> Issue:
    said = in_both(
        f"文字里各格之间没有分隔，「{form.label(item)}」的数{zh}，可能放错了位置，请对照原件。",
        f"{cells[0].locator}: nothing in the text parts the cells, and the numbers of «{form.label(item)}» {en}; "
        "they may stand in a wrong place. Compare them with the original.",
    )
    raw = " ".join(cell.raw or "" for cell in cells)
    return Issue("column-unclear", "warning", said, cells[0].locator, (f"{form.table}.{item}.*",), raw)
