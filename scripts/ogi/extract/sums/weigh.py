"""An identity fails: did the agency add wrongly, or did the page lose its order? The form's equations tell.

Comes in: the cells of a table as read. Goes out: issues. Must not know: text layouts, other tables.
One other number in one cell that would mend its row and its columns is an agency's slip: a note, no doubt. A row that no single
number mends is doubted, and named, where the rest adds up: a table that adds up nowhere tells nothing about a row. Where moving
or joining the printed numbers of a row mends everything, the issue says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import product

from ogi.extract.sums.equations import all_hold, counts, holds, mend
from ogi.extract.sums.moves import Move, moves, reach
from ogi.extract.sums.ways import beside_blank, printed_row, ways_of
from ogi.forms import Identity, Key, TableForm
from ogi.messages import in_both
from ogi.model import Cell, Issue

ZERO = Decimal(0)
MOST_ROWS = 3  # failing rows whose slips are weighed together
MOST_EMPTY = 3  # empty cells of a table beyond which an empty place at a row's edge tells nothing
MOST_IN_ROW = 2  # wrong numbers of one row that are still an agency's
CERTAIN = ("reported", "derived", "corrected", "blank", "nil")


def weigh(form: TableForm, cells: Sequence[Cell], doubted: Sequence[str]) -> list[Issue]:
    """`doubted`: keys that already lie under a warning; their rows are not weighed again."""
    if len(cells) == len(form.cells) and all_hold(form, [c.value or ZERO for c in cells]):
        return []
    printed = {(c.item, c.measure): c.value or 0 for c in cells if c.status in CERTAIN}
    if all(holds(rule, printed) is not False for rule in form.identities):
        return []
    values = counts(c for c in cells if c.status in CERTAIN)
    empty = {(c.item, c.measure) for c in cells if c.value is None}
    rows = {item: i for item, i in form.within.items() if f"{form.table}.{item}.*" not in doubted}
    rules = [i for i in form.identities if i.scope in rows or i.scope not in form.within]
    rules = [i for i in rules if _whole(i, values, empty, form) or holds(i, values)]
    failing = {item: rule for item, rule in rows.items() if holds(rule, values) is False}
    if not failing and all(holds(rule, values) for rule in rules):
        return []
    columns = [i for i in rules if i.scope not in form.within]
    by_item: dict[str, list[Cell]] = {item: [] for item in form.within}
    for cell in cells:
        by_item.get(cell.item, []).append(cell)
    full = [item for item, rule in failing.items() if empty.isdisjoint((*rule.left, *rule.right))]
    slips = _slips(full, rows, columns, values) if columns and full and len(full) <= MOST_ROWS else []
    misplaced = [] if slips and len(slips) == 1 else moves(form, values, rules, empty & values.keys())
    if misplaced:
        return [_misplaced(form, misplaced, cells)]
    if not columns:
        return [_alone(form, item, by_item[item]) for item in full]
    if slips is None and len(full) == 1 and not ways_of(rows[full[0]], columns, values, by_item[full[0]]):
        slips = _slips_in_row(rows[full[0]], columns, values)
    issues = [_slip(form, slips, cells)] if slips else []
    if slips is None:
        issues = [_doubt(form, item, rows[item], columns, values, by_item[item]) for item in full]
    few = len(empty) <= MOST_EMPTY
    edged = [
        item
        for item, rule in rows.items()
        if (
            (item in failing or few)
            and _empty_at_edge(rule, empty)
            or _total_slid(rule, values, empty)
            or (item in failing and beside_blank(printed_row(rule, by_item[item])))
        )
        and all(key in values for key in (*rule.left, *rule.right))
        and not _only_blank(rule, empty, form, values)
    ]
    odd: dict[str, Issue] = {}
    for item in edged:
        for across in dict.fromkeys((form.crossing[item], _filled(form, item, empty))):
            if any(holds(rule, values) is False for rule in across):
                issue = _doubt(form, item, rows[item], across, values, by_item[item])
                if issue.code != "suspect-cell" or _nowhere(form, item, values):
                    odd[item] = issue
    return [*issues, *odd.values()]


def _whole(rule: Identity, values: Mapping[Key, int], empty: set[Key], form: TableForm) -> bool:
    """Whether every cell of the identity holds a number; in a table of one line that ends in an empty cell they are zeros."""
    line = form.flat and (form.cells[-1] in empty or empty == {form.cells[0]})
    return all(k in values and (k not in empty or line) for k in (*rule.left, *rule.right))


def _alone(form: TableForm, item: str, cells: Sequence[Cell]) -> Issue:
    """The note of a row that only its own sum could prove, and does not."""
    printed = "/".join(str(c.value) for c in cells)
    label = form.label(item)
    said = in_both(
        f"「{label}」印出的数（{printed}）加起来与总计不符，无法判断是哪一个有误。",
        f"the numbers of «{label}» ({printed}) do not add up as printed; nothing tells which is wrong.",
    )
    return Issue("suspect-cell", "info", said, cells[0].locator, (f"{form.table}.{item}.*",), cells[0].raw)


def _misplaced(form: TableForm, found: Sequence[Move], cells: Sequence[Cell]) -> Issue:
    """The doubt of numbers that may stand in each other's place: on those numbers, or on their rows or columns."""
    touched = {key for move in found for key in move.cells}
    keys = tuple(dict.fromkeys(f"{form.table}.{place}" for move in found for place in reach(form, move)))
    first = next(c for c in cells if (c.item, c.measure) in touched)
    how = dict.fromkeys(_placed(form, move) for move in found)
    zh, en = "，或".join(one for one, _ in how), " or ".join(one for _, one in how)
    return Issue(
        found[0].code,
        "warning",
        in_both(
            f"印出的数与合计不符，{zh}，就全部相符。数字保持原样，请对照原件。",
            f"the sums do not hold as printed, and all of them do with {en}. The numbers stay as printed; "
            "the original would tell.",
        ),
        first.locator,
        keys,
        first.raw,
    )


def _placed(form: TableForm, move: Move) -> tuple[str, str]:
    """What would be done, in Chinese and in English."""
    names = []
    for place in move.whole:
        item, measure = place.split(".")
        if item == "*":
            names.append(next(m.labels[0] for m in form.measures if m.code == measure))
        else:
            names.append(form.label(item) if measure == "*" else _words(form, (item, measure)))
    zh, en = [f"「{name}」" for name in names], [f"«{name}»" for name in names]
    if move.code == "shifted":
        return f"把{'、'.join(zh)}的数顺移一格", f"the numbers of {', '.join(en)} one place further"
    also = ("，或连同中间各列顺移", " or moved on with all between") if len(reach(form, move)) > len(names) else ("", "")
    return f"把{'和'.join(zh)}的数对调{also[0]}", f"the numbers of {' and '.join(en)} exchanged{also[1]}"


def _empty_at_edge(rule: Identity, empty: set[Key]) -> bool:
    """Whether the row's only empty cell is its first or its last: what a row moved by one place looks like."""
    order = [*rule.left, *rule.right]
    return empty & {*order} in ({order[0]}, {order[-1]})


def _nowhere(form: TableForm, item: str, values: Mapping[Key, int]) -> bool:
    """Whether the row fits neither its own sum nor most of its columns."""
    crossing = [holds(rule, values) is False for rule in form.crossing[item]]
    return holds(form.within[item], values) is False and 2 * sum(crossing) > len(crossing)


def _filled(form: TableForm, item: str, empty: set[Key]) -> tuple[Identity, ...]:
    """The identities that cross the row and whose cells in other rows are all filled in."""
    others = {key for key in empty if key[0] != item}
    return tuple(rule for rule in form.crossing[item] if others.isdisjoint((*rule.left, *rule.right)))


def _total_slid(rule: Identity, values: Mapping[Key, int], empty: set[Key]) -> bool:
    """Whether the total is empty and a part is not: so ends a row that lost a cell and was filled up after it."""
    return empty.issuperset(rule.right) and any(values.get(key, 0) for key in rule.left)


def _only_blank(rule: Identity, empty: set[Key], form: TableForm, values: Mapping[Key, int]) -> bool:
    """Whether every column of the row holds with the number that it implies for its empty cell, or its empty total: nothing
    moved, it is blank."""
    key = next(k for k in (*rule.right, *rule.left) if k in empty)
    number = mend(rule, key, values)
    if number is None:
        return False
    after = {**values, key: number}
    return all(holds(c, after) is not False for c in form.crossing[key[0]])


def _slips(
    failing: Sequence[str],
    rows: Mapping[str, Identity],
    columns: Sequence[Identity],
    values: Mapping[Key, int],
) -> list[tuple[Key, int]] | None:
    """One cell a failing row and the numbers that mend rows and columns together; empty if several choices do, None if none."""
    touched = [c for c in columns if any(k[0] in failing for k in (*c.left, *c.right))]
    found: list[list[tuple[Key, int]]] = []
    for cells in product(*((*rows[item].left, *rows[item].right) for item in failing)):
        mended = [(key, mend(rows[item], key, values)) for item, key in zip(failing, cells, strict=True)]
        if any(number is None for _, number in mended):
            continue
        after = {**values, **{key: number for key, number in mended if number is not None}}
        if all(holds(c, after) is not False for c in touched):
            found.append([(key, number) for key, number in mended if number is not None])
    if not found:
        return None
    return found[0] if len(found) == 1 else []


def _slips_in_row(
    rule: Identity, columns: Sequence[Identity], values: Mapping[Key, int]
) -> list[tuple[Key, int]] | None:
    """Two cells of one row and the numbers that its columns demand of them, if the row is then right; else None."""
    wanted: dict[Key, int | None] = {}
    for column in columns:
        for key in (*column.left, *column.right):
            if key[0] == rule.scope and wanted.setdefault(key, mend(column, key, values)) != mend(
                column, key, values
            ):
                return None
    numbers = {key: number for key, number in wanted.items() if number is not None}
    if len(numbers) < len((*rule.left, *rule.right)) or not holds(rule, numbers):
        return None
    wrong = [(key, number) for key, number in numbers.items() if values[key] != number]
    return wrong if len(wrong) == MOST_IN_ROW else None


def _slip(form: TableForm, slips: Sequence[tuple[Key, int]], cells: Sequence[Cell]) -> Issue:
    """A note; a doubt where the number that would fit begins or ends with the printed digits: then some were lost on the way."""
    by_key = {(c.item, c.measure): c for c in cells}
    fits = [(_words(form, key), by_key[key].value, number) for key, number in slips]
    zh = "；".join(f"{name}印的是 {value}，应为 {number} 才相符" for name, value, number in fits)
    en = "; ".join(f"{name}: {value} printed, {number} would fit" for name, value, number in fits)
    cure = "one other number mends" if len(slips) == 1 else f"{len(slips)} other numbers mend"
    cut = any(_cut_short(by_key[key].value, number) for key, number in slips)
    return Issue(
        "suspect-cell",
        "warning" if cut else "info",
        in_both(
            f"印出的数与合计不符，{'换一个数' if len(slips) == 1 else f'换 {len(slips)} 个数'}就全部相符：{zh}。"
            + ("可能丢了一位数字。" if cut else "")
            + "数字保持原样。",
            f"the sums do not hold as printed, and {cure} them all ({en}). "
            + ("A digit may have been lost. " if cut else "")
            + "The number stays as printed.",
        ),
        by_key[slips[0][0]].locator,
        tuple(by_key[key].key for key, _ in slips),
        by_key[slips[0][0]].raw,
    )


def _cut_short(printed: Decimal | None, fitting: int) -> bool:
    """Whether the printed number is what is left of the fitting one when digits at an end are lost."""
    if not printed:
        return False
    short, whole = str(int(printed)), str(fitting)
    return len(short) < len(whole) and (whole.startswith(short) or whole.endswith(short))


def _doubt(
    form: TableForm,
    item: str,
    rule: Identity,
    columns: Sequence[Identity],
    values: Mapping[Key, int],
    cells: Sequence[Cell],
) -> Issue:
    """The doubt of a row, with the one way of moving its numbers that mends everything, if there is one; on the two cells alone
    where no other is touched."""
    ways = ways_of(rule, columns, values, cells)
    printed = printed_row(rule, cells)
    label = form.label(item)
    place = cells[0].locator
    key: tuple[str, ...] = (f"{form.table}.{item}.*",)
    raw = " ".join(printed)
    if len(ways) == 1:
        ((numbers, way),) = ways.items()
        after = "/".join(map(str, numbers))
        keys = (*rule.left, *rule.right)
        moved = [k for k, number in zip(keys, numbers, strict=True) if values[k] != number]
        key = tuple(f"{form.table}.{i}.{m}" for i, m in moved) if len(moved) == MOST_IN_ROW else key
        return Issue(
            way.code,
            "warning",
            in_both(
                f"「{label}」一行的数与本行、各列的合计不符，{way.zh}（{after}）就全部相符。数字保持原样，请对照原件。",
                f"the numbers of «{label}» contradict their sum and their columns; {way.en} "
                f"({after}) everything adds up. They stay as printed; the original would tell.",
            ),
            place,
            key,
            raw,
        )
    return Issue(
        "suspect-cell",
        "warning",
        in_both(
            f"「{label}」一行不止一格与本行、各列的合计不符，数字可能放错了位置。数字保持原样，请对照原件。",
            f"the row «{label}» contradicts its own sum and its columns in more than one cell; numbers "
            "may stand in a wrong place. They stay as printed; the original would tell.",
        ),
        place,
        key,
        raw,
    )


def _words(form: TableForm, key: Key) -> str:
    return f"{form.label(key[0])}·{form.measure(*key).labels[0]}"
