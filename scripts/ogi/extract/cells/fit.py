"""The values of a printed row -> one text for each column, or an honest «not knowable».

Comes in: a row, the columns of its block. Goes out: `Slots`. Must not know: identities.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import lru_cache

from ogi.extract.cells.fewer import by_own_heads
from ogi.extract.cells.head_order import displaced, flat_order, in_one_line, spanning, turned
from ogi.extract.cells.slots import Slots
from ogi.extract.numbers import bare, is_value, marked, several, words
from ogi.extract.rows.labels import heads_of, letters
from ogi.extract.rows.locate import Row
from ogi.forms import Measure
from ogi.model import GridCell

_SIGNED = re.compile(r"(\d+)([-－−+＋]\d+)")
_LINE_END = re.compile(r"\s*\n\s*")


def fit(row: Row, measures: tuple[Measure, ...], label_width: int, begin: int = 0) -> Slots:
    """`label_width`: the columns that labels take in this grid, as far as any row shows; `begin`: see `begins`."""
    count = len(measures)
    if row.joined and row.values and not _filled(row):
        return Slots("cells", (row.values[0],) * count)
    if row.joined:
        return _run(row.values, measures)
    if uneven(row):
        return _run(tuple(cell for cell in row.values if bare(cell.text)), measures)
    lost = _crowded(row, count, label_width) or _cut_short(row, count, begin) or _merged(row, measures)
    cells = None if lost else _trim(row, measures, label_width)
    if cells is None:
        filled = tuple(c for c in row.values if bare(c.text))
        if not lost and (part := by_own_heads(row, measures)):
            return Slots("part", filled, alone=part)
        one = len(filled) == 1 and count > 1 and "\n" not in filled[0].text.strip()  # two lines tell no order
        return _run(filled, measures) if one else Slots("lost", filled, alone=_alone(row, measures))
    spare = len(_after_labels(row, count, label_width)) - count
    order, unclear = column_order(row, measures), False
    if line := in_one_line(row, cells, measures):
        order = line if line != [m.code for m in measures] else None
    elif row.heads and (over := spanning(measures)):
        if over.isdisjoint(row.heads):
            order, unclear = flat_order(row, measures, order)
        elif order and not (row.shape and row.shape.spans_known) and (lines := _lines(row.places, over, measures)):
            order, unclear = None, any(line != sorted(line) for line in lines)
    if order is None:
        return Slots("cells", cells, spare=spare, unclear=unclear or turned(row, measures) or displaced(row, cells, measures))
    placed = dict(zip(order, cells, strict=True))
    told = bool(line or (row.shape and row.shape.spans_known))
    return Slots("cells", tuple(placed[m.code] for m in measures), moved=True, told=told, spare=spare, printed=cells)


def _run(values: tuple[GridCell, ...], measures: tuple[Measure, ...]) -> Slots:
    """Text without borders; as many words as cells are the cells, and so are marks and what stands between them («4/////4»), but
    for dashes where they may be signs."""
    found = [cell._replace(text=word.group()) for cell in values for word in words(cell.text)]
    if len(found) < len(measures):
        apart = [cell._replace(text=text) for cell in found for text in marked(cell.text) or [cell.text]]
        signed = any(m.kind == "signed" for m in measures) and any(c.text != "/" for c in apart if not c.text.isdigit())
        found = apart if len(apart) == len(measures) and not signed else found
    if len(found) == 1 and [m.kind for m in measures] == ["count", "signed"] and (two := _SIGNED.fullmatch(found[0].text)):
        found = [found[0]._replace(text=text) for text in two.groups()]  # no mark for none: both columns have their number
    return Slots("cells", tuple(found)) if len(found) == len(measures) else Slots("run" if found else "lost", values)


def uneven(row: Row) -> bool:
    """Whether text has several numbers in one cell, and no cells or an empty one beside it: they are not the form's."""
    shape = row.shape
    if shape and (shape.spans_known or all(bare(cell.text) for cell in row.values)):
        return False
    return any(several(cell.text) for cell in row.values)


def _crowded(row: Row, count: int, label_width: int) -> bool:
    """Whether the row begins with empty places that may be covered ones: every row of the grid was padded to one width that
    has no room for all labels and all values, so cells were lost and nothing tells which."""
    shape, values = row.shape, row.values
    if shape is None or shape.spans_known or not shape.padded or shape.padded >= label_width + count:
        return False
    return bool(values) and not bare(values[0].text) and values[0].col <= label_width


def begins(rows: Iterable[tuple[Row, int]]) -> int:
    """The column in which text begins the numbers of every row that has them all, 0 where rows differ; a row and its columns."""
    whole = [row for row, count in rows if row.shape and not row.shape.spans_known and len(_filled(row)) == count > 1]
    found = {_filled(row)[0].col for row in whole}
    return found.pop() if len(found) == 1 and len(whole) > 1 else 0


def _filled(row: Row) -> list[GridCell]:
    return [cell for cell in row.values if bare(cell.text)]


def _cut_short(row: Row, count: int, begin: int) -> bool:
    """Whether a row has its columns only with an empty place before those in which the others begin: its last was cut off."""
    return bool(begin and len(row.values) == count and row.values[0].col < begin and not bare(row.values[0].text))


def _merged(row: Row, measures: tuple[Measure, ...]) -> bool:
    """Whether the row goes on with empty places behind the last head, while a column has no cell of its own: one from a row above
    or from another column reaches into it, and the empty places are none of the row's."""
    if row.shape is None or not row.shape.spans_known or not row.values or bare(row.values[-1].text):
        return False
    columns, _ = columns_of(row.places, measures)
    if not columns or row.values[-1].col <= max(columns):
        return False
    labelled = max((cell.col + cell.colspan for cell in row.labels), default=1)
    if sum(col < labelled for col in columns) > 1:
        return False  # those heads are of another grid, on a page before
    taken = [sum(c.col <= col < c.col + c.colspan for c in row.values) for col in columns if col >= labelled]
    wide = any(c.colspan > 1 and sum(c.col <= col < c.col + c.colspan for col in columns) > 1 for c in row.values)
    return wide or not all(taken)


def _trim(row: Row, measures: tuple[Measure, ...], label_width: int) -> tuple[GridCell, ...] | None:
    """The row's own cells: without covered places before them and empty ones after, or None if they are not as many."""
    values, count = row.values, len(measures)
    if len(values) == count:
        return values
    if len(values) > count:
        filled = tuple(c for c in values if bare(c.text))
        if len(filled) == count and not _reaches_beyond(row, filled, measures):
            return filled
        if not filled:
            return values[:count]
        if _runs_over(row, count):
            return values[:count]
        if row.places:
            return _under_heads(row, measures)
    values = _after_labels(row, count, label_width)
    if row.shape is None:
        while len(values) > count and not bare(values[-1].text):
            values = values[:-1]
    return values if len(values) == count else None


def _reaches_beyond(row: Row, filled: Sequence[GridCell], measures: tuple[Measure, ...]) -> bool:
    """Whether one of these cells stands beside the heads of the columns, so that an empty one is the form's."""
    columns, _ = columns_of(row.places, measures)
    return bool(columns) and any(_beside(row, cell, columns, measures) for cell in filled)


def _beside(row: Row, cell: GridCell, columns: Mapping[int, str], measures: tuple[Measure, ...]) -> bool:
    """Whether a grid shows that a cell is none of the form's: under a head of its own («备注»), or behind all the columns; but a
    number behind them may be that of the last, where that is empty."""
    if row.shape is None or not row.shape.spans_known or cell.col in columns:
        return False
    last = max(columns)
    pushed = is_value(cell.text) and not any(c.col == last and bare(c.text) for c in row.values)
    return cell.col in _foreign(row.places, measures) or (cell.col > last and not pushed)


def _after_labels(row: Row, count: int, label_width: int) -> tuple[GridCell, ...]:
    """The row without the empty places before its numbers that stand in a grid where labels do."""
    values = row.values
    while len(values) > count and row.shape and not bare(values[0].text) and values[0].col <= label_width:
        values = values[1:]
    return values


def _runs_over(row: Row, count: int) -> bool:
    """Whether a row goes from its first number to its last and two empty places stand after it, in text whose rows differ in
    width: the end of a part of the table looks like two cells there."""
    shape, filled = row.shape, [bool(bare(cell.text)) for cell in row.values]
    if shape is None or shape.spans_known or shape.padded or len(filled) != count + 2:
        return False
    return filled[0] and filled[count - 1] and not any(filled[count:])


def _under_heads(row: Row, measures: tuple[Measure, ...]) -> tuple[GridCell, ...] | None:
    """The cells right under the printed heads, in the form's order, where every other place of the row is empty, a converter
    having written an empty cell for each place that a span covers; or prints the same again, as its head does; or stands beside
    the columns."""
    columns, _ = columns_of(row.places, measures)
    by_col = {cell.col: cell for cell in row.values}
    if not columns or not columns.keys() <= by_col.keys():
        return None
    outside = [cell for col, cell in by_col.items() if col not in columns and bare(cell.text)]
    beyond = [cell for cell in outside if not _beside(row, cell, columns, measures)]
    if beyond and not _printed_again(row, beyond, [by_col[col] for col in columns]):
        return None
    return tuple(by_col[col] for col in columns)


def _printed_again(row: Row, beyond: Sequence[GridCell], own: Sequence[GridCell]) -> bool:
    """Whether text has the number of a cell, and its head, in each place that the cell takes, and nothing else beyond."""
    if row.shape and row.shape.spans_known:
        return False
    heads: dict[int, set[str]] = {}
    for head, col in row.places:
        heads.setdefault(col, set()).add(head)

    def again(cell: GridCell, one: GridCell) -> bool:
        low, high = sorted((cell.col, one.col))
        return cell.text == one.text and bool(set.intersection(*(heads.get(col, set()) for col in range(low, high + 1))))

    return all(any(again(cell, one) for one in own) for cell in beyond)


@lru_cache(maxsize=1024)
def _foreign(places: tuple[tuple[str, int], ...], measures: tuple[Measure, ...]) -> Set[int]:
    """The columns whose heads all are of none of these measures, nor span any."""
    known = {*heads_of(measures), *(letters(m.under) for m in measures if m.under)}
    mine = {col for head, col in places if head in known}
    return {col for _, col in places} - mine


def _alone(row: Row, measures: tuple[Measure, ...]) -> tuple[GridCell | None, ...]:
    """By measure the cell under its head, None where that is under others too; nothing unless the cells of the row's own numbers
    stand for all columns."""
    if row.shape is None or not row.shape.spans_known:
        return ()
    columns, _ = columns_of(row.places, measures)
    under = {code: [c for c in row.values if col in range(c.col, c.col + c.colspan)] for col, code in columns.items()}
    if not under or any(len(cells) != 1 or not bare(cells[0].text) for cells in under.values()):
        return ()
    taken = Counter(cells[0].col for cells in under.values())
    return tuple(cell if taken[cell.col] == 1 else None for cell in (under[m.code][0] for m in measures))


def column_order(row: Row, measures: tuple[Measure, ...]) -> Sequence[str] | None:
    """The measures in the order of the printed heads; None where they stand as in the form or cannot be told.

    A grid that knows its spans tells by columns, where the heads stand over the values; else the heads are read line by line.
    """
    order = _by_line(row.heads, measures)
    if row.shape is not None and row.shape.spans_known:
        columns, by_column = columns_of(row.places, measures)
        if columns and order != by_column and columns.keys() <= {cell.col for cell in row.values}:
            return by_column
    return order


@lru_cache(maxsize=1024)
def columns_of(
    places: tuple[tuple[str, int], ...], measures: tuple[Measure, ...]
) -> tuple[Mapping[int, str], Sequence[str] | None]:
    """The measure under each column's head, left to right, and their order if it is not the form's; nothing unless every
    measure has a column of its own."""
    by_label = heads_of(measures)
    columns = {by_label[head].code: col for head, col in places if head in by_label}
    codes = dict(sorted((col, code) for code, col in columns.items()))
    if len(codes) < len(measures):
        return {}, None
    order = [*codes.values()]
    return codes, None if order == [m.code for m in measures] else order


@lru_cache(maxsize=1024)
def _by_line(heads: tuple[str, ...], measures: tuple[Measure, ...]) -> Sequence[str] | None:
    """The measures as the heads name them; those under a spanning head take its place, and without it nothing is concluded."""
    by_label = heads_of(measures)
    printed = [m.code for m in measures]
    over = {letters(m.under) for m in measures if m.under}
    seen = [by_label.get(head) for head in heads if head in over or head in by_label]
    if over and None not in seen:
        return None
    at = seen.index(None) if over else len(seen)
    rest = [m for m in seen[at:] if m]
    if rest and not rest[0].under and not rest[-1].under:
        own = [*seen[:at], *rest]  # one line below the spanning head has all the others
    else:
        own = [*seen[:at], *(m for m in rest if m.under), *(m for m in rest if not m.under)]
    codes = [m.code for m in own if m]
    return None if sorted(codes) != sorted(printed) or codes == printed else codes


@lru_cache(maxsize=1024)
def _lines(places: tuple[tuple[str, int], ...], over: Set[str], measures: tuple[Measure, ...]) -> list[list[int]]:
    """Where the head that spans others stands in a line of its own, the numbers of the measures named in each other line: a page
    without rules prints a head that is two lines high below it or above, and then its place among them says nothing."""
    by_label = heads_of(measures)
    numbers = {m.code: n for n, m in enumerate(measures)}
    lines: list[list[str]] = []
    last = 0
    for head, col in places:
        if col <= last or not lines:
            lines.append([])
        lines[-1].append(head)
        last = col
    alone = [line for line in lines if not over.isdisjoint(line)]
    if not alone or any(head in by_label for line in alone for head in line):
        return []
    return [[numbers[by_label[h].code] for h in line if h in by_label] for line in lines]


def label_width(rows: Iterable[Row]) -> int:
    """The last column in which a label of these rows stands."""
    return max((cell.col for row in rows if row.shape for cell in row.labels), default=1)


def tidy(text: str) -> str:
    """The text of a cell on one line, as raw text is published."""
    return _LINE_END.sub("", text) if "\n" in text else text
