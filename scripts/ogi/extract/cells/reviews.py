"""The reviews table: three blocks side by side over one row of numbers, or one table a block.

Comes in: the label-less rows under the heads. Goes out: cells in the form's order, and issues. Must not know: other tables.
Blocks and columns follow the printed heads; a run of digits is cut only if the three sums leave one reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ogi.extract.cells.fit import tidy, uneven
from ogi.extract.cells.head_order import blocks_in_order
from ogi.extract.cells.review_columns import across, beneath, blocks_down, out_of_place, over_each, unheaded
from ogi.extract.cells.review_runs import from_run
from ogi.extract.cells.review_years import of_last_year
from ogi.extract.cells.strange import strange
from ogi.extract.cells.told import TOLD
from ogi.extract.numbers import Number, bare, read_number
from ogi.extract.rows.labels import inner, letters, rows_in
from ogi.extract.rows.locate import BLOCK, Row
from ogi.forms import TableForm
from ogi.messages import in_both
from ogi.model import Cell, GridCell, Issue


def settle_reviews(
    form: TableForm, rows: Sequence[Row], blanks_dropped: bool
) -> tuple[list[Cell], list[Issue]]:
    """Cells by the heads above them; what cannot be placed is under an issue, and nothing is guessed."""
    keys = list(form.cells)
    rows, issues = of_last_year(rows)
    filled = [row for row in rows if row.filled] or [
        row for row in rows if len(row.values) == len(keys) and not row.labels
    ][:1]
    filled += [row for row in rows if row not in filled and _is_blank_block(form, row, len(keys))]
    placed: dict[tuple[str, str], tuple[GridCell, Number]] = {}
    if down := _down(form, rows) or across(form, rows):
        filled, placed = [], {key: (cell, read_number(cell.text)) for key, cell in down.items()}
    foreign: list[tuple[Row, int]] = []
    for row in filled:
        values = _values(form, row)
        order = _order(form, row, len(values))
        if order is None and (under := beneath(form, row)):
            values, order = row.values, list(under)
        if order is None and len(filled) == 1:
            return from_run(form, row, blanks_dropped)
        if order is None and len(values) == BLOCK and len(filled) == len(form.items):
            order = [k for k in keys if k not in placed][:BLOCK]
            issues += [_by_place(form, row, item) for item in dict.fromkeys(item for item, _ in order)]
        if order and len(order) == len(values) and all(map(_same, map(placed.get, order), values)):
            label = form.label(order[0][0])
            said = in_both(
                f"「{label}」的数又印了一遍，数字相同。",
                f"{row.locator}: the numbers of «{label}» are printed again, the same ones.",
            )
            about = tuple(f"reviews.{item}.*" for item in dict.fromkeys(item for item, _ in order))
            issues.append(Issue("row-duplicated", "info", said, row.locator, about))
            continue
        if order is None or len(order) < len(values) or any(k in placed for k in order):
            foreign.append((row, len(values)))
            continue
        issues += (_by_order(form, row, order) or out_of_place(form, row, values, order) or unheaded(form, row, values, order)
                   or strange(form, order, row.heads, row.locator))
        here = {key: (value, read_number(value.text)) for key, value in zip(order, values, strict=True)}
        if len(values) < len(row.values) and not row.joined:
            issues += _padded(form, row, here)
        placed |= here
    issues += [_unnamed(form, row, count, placed) for row, count in foreign]
    cells = [_cell(form, key, *placed[key], issues) for key in keys if key in placed]
    return cells, [*issues, *_gone(form, cells)]


def _gone(form: TableForm, cells: Sequence[Cell]) -> Iterator[Issue]:
    """A doubt for each block that is not printed, and for each cell of those that are."""
    read = {(cell.item, cell.measure) for cell in cells}
    blocks = {item for item, _ in read}
    for item in form.items:
        label = item.labels[0]
        if cells and item.code not in blocks:
            said = in_both(f"文件里没有「{label}」这一块。", f"the block «{label}» is not in the document.")
            yield Issue("row-missing", "warning", said, None, (f"reviews.{item.code}.*",))
    for block, measure in form.cells:
        label, name = form.label(block), form.measure(block, measure).labels[0]
        if block in blocks and (block, measure) not in read:
            said = in_both(
                f"「{label}」的「{name}」文件里没有，或者是空的。", f"«{name}» of «{label}» is not in the document, or empty."
            )
            yield Issue("column-missing", "warning", said, None, (f"reviews.{block}.{measure}",))


def _by_place(form: TableForm, row: Row, item: str) -> Issue:
    label = form.label(item)
    said = in_both(
        f"这一行没有写明是「{label}」，只按位置认定。",
        f"{row.locator}: nothing but its place says that the row is that of «{label}».",
    )
    return Issue("label-unclear", "warning", said, row.locator, (f"reviews.{item}.*",))


def _by_order(form: TableForm, row: Row, order: Sequence[tuple[str, str]]) -> list[Issue]:
    """A doubt on blocks whose heads do not tell which of them comes first."""
    items = list(dict.fromkeys(item for item, _ in order))
    if len(items) == 1 or not blocks_in_order(form, row, items)[1]:
        return []
    said = in_both(
        "「行政诉讼」印在「行政复议」前面，看不出哪一块的数在左边；按格式的次序列出，请对照原件。",
        f"{row.locator}: the head of the lawsuits is printed before that of the reviews, and nothing tells whose numbers are "
        "on the left; they are given in the order of the form. Compare with the original.",
    )
    return [Issue("column-unclear", "warning", said, row.locator, tuple(f"reviews.{item}.*" for item in items))]


def _same(placed: tuple[GridCell, Number] | None, value: GridCell) -> bool:
    return placed is not None and bare(placed[0].text) == bare(value.text)


def _down(form: TableForm, rows: Sequence[Row]) -> dict[tuple[str, str], GridCell]:
    """The cells of a table that runs downwards, an outcome a row; empty where it does not, or names one twice."""
    known = rows_in(form.template, form.table)
    printed: list[tuple[str | None, str, GridCell | None]] = []
    for row in rows:
        names = [letters(c.text) for c in row.labels] or list(row.heads)
        block = next((known.codes[name] for name in reversed(names) if name in known.codes), None)
        measures = [known.columns[name] for name in names if name in known.columns]
        one = len(measures) == 1 and bool(row.values) and not any(bare(v.text) for v in row.values[1:])
        if one or block:
            printed.append((block, measures[0] if one else "", row.values[0] if one else None))
    found: dict[tuple[str, str], GridCell] = {}
    for block, (_, measure, cell) in zip(blocks_down(form, [line[:2] for line in printed]), printed, strict=True):
        if block and cell and (block, measure) in found:
            return {}
        found |= {(block, measure): cell} if block and cell else {}
    return found if len(found) > len(form.measures) else {}


def _unnamed(
    form: TableForm, row: Row, count: int, placed: Mapping[tuple[str, str], tuple[GridCell, Number]]
) -> Issue:
    """A doubt on the table, unless all cells are there and add up, and this row is no block and fills no empty cell."""
    numbers = {key: number.value or Decimal(0) for key, (_, number) in placed.items()}
    fills = {v.col for v in row.values if bare(v.text)} & {cell.col for cell, _ in placed.values() if not bare(cell.text)}
    whole = all(key in placed for key in form.cells) and count % BLOCK and not fills
    settled = whole and all(_adds_up(form, item.code, numbers) for item in form.items)
    return Issue(
        "row-unknown",
        "warning",
        in_both(
            f"有 {count} 个数没有写明属于哪一块，未采用。",
            f"{row.locator}: {count} numbers whose block is not named; left out.",
        ),
        row.locator,
        () if settled else ("reviews.*.*",),
        " ".join(v.text for v in row.values),
    )


def _adds_up(form: TableForm, item: str, numbers: Mapping[tuple[str, str], Decimal]) -> bool:
    """Whether the outcomes of a block make its total."""
    *parts, total = (numbers[item, measure.code] for measure in form.measures)
    return sum(parts) == total


def _is_blank_block(form: TableForm, row: Row, count: int) -> bool:
    """Whether a row of empty cells is that of a block, or two, that the heads right above it name."""
    places = len(_values(form, row))
    return bool(row.heads) and places < count and bool(_order(form, row, places))


def _values(form: TableForm, row: Row) -> tuple[GridCell, ...]:
    """The numbers of the row; empty places that pad it beyond the form, or beyond its heads, or a cell that has all, are none."""
    values, count = _headed(form, row), len(form.cells)
    if uneven(row) and len(own := tuple(v for v in values if bare(v.text))) == 1:
        values = own
    while len(values) > count and not bare(values[-1].text):
        values = values[:-1]
    while len(values) > count and not bare(values[0].text):
        values = values[1:]
    while len(values) % BLOCK and len(values) > BLOCK and not bare(values[-1].text):
        values = values[:-1]
    if row.joined or (len(values) == 1 and count > 1):
        words = [GridCell(w, v.row, v.col, v.locator) for v in values for w in v.text.split()]
        return tuple(words) if len(words) in (5, count) else values
    return values


def _headed(form: TableForm, row: Row) -> tuple[GridCell, ...]:
    """The places of the row, without the empty ones right of the last head where the others have one head each."""
    columns = [col for head, col in row.places if head in rows_in(form.template, form.table).columns]
    own, rest = row.values[: len(columns)], row.values[len(columns) :]
    whole = bool(columns) and len(columns) % BLOCK == 0
    alone = whole and [v.col for v in own] == sorted(columns) and not any(bare(v.text) for v in rest)
    return own if alone else row.values


def _padded(
    form: TableForm, row: Row, placed: Mapping[tuple[str, str], tuple[GridCell, Number]]
) -> list[Issue]:
    """A doubt where the empty places left out of a row may be its own: it does not add up without them, or it does as well
    without another one."""
    items = list(dict.fromkeys(item for item, _ in placed))

    def adds_up(numbers: Sequence[Decimal]) -> bool:
        shown = dict(zip(placed, numbers, strict=True))
        return all(_adds_up(form, item, shown) for item in items)

    read = [number.value or Decimal(0) for _, number in placed.values()]
    printed = [read_number(cell.text).value for cell in row.values]
    if len(printed) == len(read) + 1 and not _outside(form, row):
        others = [
            [n or Decimal(0) for n in (*printed[:at], *printed[at + 1 :])]
            for at, n in enumerate(printed)
            if n is None
        ]
    else:
        others = []
    if adds_up(read) and all(other == read or not adds_up(other) for other in others):
        return []
    said = in_both(
        f"{len(read)} 个数有 {len(printed)} 个位置，合计说不清哪个位置是多出的。",
        f"{row.locator}: {len(printed)} places for {len(read)} numbers; the sums do not tell which of them is none.",
    )
    return [
        Issue("column-unclear", "warning", said, row.locator, tuple(f"reviews.{item}.*" for item in items))
    ]


def _outside(form: TableForm, row: Row) -> bool:
    """Whether the row begins left of the first head of a number."""
    names = rows_in(form.template, form.table).columns
    return row.values[0].col < min((col for head, col in row.places if head in names), default=0)


def _order(form: TableForm, row: Row, count: int) -> list[tuple[str, str]] | None:
    """The cells that the heads name, in the order of the heads; None where heads and numbers do not match."""
    known = rows_in(form.template, form.table)
    columns, bodies = known.columns, known.codes
    heads = [*row.heads, *(word for c in row.labels for word in (letters(c.text), *inner(c.text)))]
    items = list(dict.fromkeys(bodies[h] for h in heads if h in bodies))
    measures = over_each(row, count, columns) or [columns[h] for h in heads if h in columns]
    per, whole = len(form.measures), len(form.items)
    if count == per < len(measures) and not (row.shape and row.shape.spans_known):
        return None  # some of the blocks that the heads stand over have lost their numbers
    if count == per:
        named = [i for i in items if i != form.items[0].code] or items
        ordered = (
            measures[-per:] if sorted(measures[-per:]) == sorted(m.code for m in form.measures) else None
        )
        return (
            [(named[-1], m) for m in ordered or [m.code for m in form.measures]] if len(named) == 1 else None
        )
    lawsuits = (
        form.items[0].code not in items and len(measures) < per * whole
    )  # 行政诉讼 in a table of its own
    if len(measures) > per * whole and len(measures) % (per * whole):
        return None  # a block more than the form has, such as all lawsuits together
    if count != per * whole and not (lawsuits and count == per * (whole - 1)):
        return None
    if count == per * whole and sorted(items) != sorted(i.code for i in form.items):
        items = [i.code for i in form.items]
    if len(items) * per != count:
        return None
    items, _ = blocks_in_order(form, row, items)
    chunks = [measures[at : at + per] for at in range(0, len(measures), per)]
    if len(chunks) < len(items) or any(
        sorted(c) != sorted(m.code for m in form.measures) for c in chunks[-len(items) :]
    ):
        chunks = [[m.code for m in form.measures]] * len(items)
    return [(item, m) for item, chunk in zip(items, chunks[-len(items) :], strict=True) for m in chunk]


def _cell(form: TableForm, key: tuple[str, str], cell: GridCell, number: Number, issues: list[Issue]) -> Cell:
    label = form.label(key[0])
    made = Cell(
        "reviews",
        *key,
        number.value,
        tidy(cell.text) or None,
        number.unit,
        number.status,
        label,
        cell.locator,
        cell.score,
    )
    if number.code:
        severity, zh, en = TOLD[number.code]
        issues.append(
            Issue(
                number.code,
                severity,
                in_both(
                    f"「{label}」的「{tidy(cell.text)}」{zh}。",
                    f"{cell.locator}: «{tidy(cell.text)}» under «{label}» {en}.",
                ),
                cell.locator,
                (made.key,),
                tidy(cell.text),
            )
        )
    return made
