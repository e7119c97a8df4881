"""Rows with more places than the form has cells, and heads of which one is lost: is what was read the row's own?

Comes in: the rows of a table, how they were fitted, their cells. Goes out: doubts. Must not know: text layouts.
A row that goes on where all others of its table end, or in text has more places than most, has got one too many on its way:
its sum has to prove which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from ogi.extract.cells.fit import columns_of
from ogi.extract.cells.slots import Slots
from ogi.extract.numbers import bare
from ogi.extract.rows.locate import Row
from ogi.extract.rows.naming import NamedRow
from ogi.extract.sums.equations import counts, holds
from ogi.forms import Measure, TableForm
from ogi.messages import in_both
from ogi.model import Cell, Issue


def spare(
    form: TableForm, kept: Mapping[str, NamedRow], slots: Mapping[str, Slots], cells: Sequence[Cell]
) -> Iterator[Issue]:
    """A doubt on each row that is longer than the others and does not add up, or of which a place is left out that may be its
    own; and on each row under heads that tell another order than the form's although one of them is missing."""
    read = {code: fitted for code, fitted in slots.items() if fitted.kind == "cells"}
    lost = [code for code, fitted in slots.items() if fitted.kind == "lost"]
    longer = [code for code in lost if len(kept[code].row.values) > len(form.measures_of[code])]
    if 2 * len(longer) > len(slots):
        yield from _shorter(form, kept, read)
    if not any(fitted.spare > 0 or fitted.unclear for fitted in read.values()):
        return
    ends = sorted(_end(kept[code]) for code in read)
    rare = 2 * sum(fitted.spare > 0 for fitted in read.values()) <= len(read)
    values = counts(cells)
    taken = {place for code, fitted in read.items() for place, own in _places(kept[code].row, fitted) if own}
    for code, fitted in read.items():
        row, key = kept[code].row, (f"{form.table}.{code}.*",)
        raw = " ".join(cell.text for cell in row.values)
        filled = sum(bool(bare(cell.text)) for cell in row.values)
        nothing = not any(values.get((code, m.code)) for m in form.measures_of[code])
        proven = code in form.within and holds(form.within[code], values)
        if nothing and any(not bare(cell.text) for cell in fitted.cells) and filled == len(fitted.cells):
            proven = False  # as many zeros as cells, and one of them is left out: the row may stand a place too far on
        if _zero_beside(row, fitted, form.measures_of[code]):
            proven = False  # no sum tells whether it is that of the empty cell
        if row.shape and row.shape.spans_known:
            kept_out = len(fitted.cells) < sum(bool(bare(cell.text)) for cell in row.values)
            odd = kept_out or (len(ends) > 1 and _end(kept[code]) > ends[-2])
        else:
            ended = fitted.cells == row.values[: len(fitted.cells)]  # blanks at a line's end are none
            odd = rare and not (row.shape and row.shape.padded) and not (ended and code not in form.within)
        doubted = fitted.spare > 0 and not proven
        if doubted and (odd or (code in form.within and _gives_up(row, fitted, taken))):
            said = in_both(
                f"「{row.label}」一行 {len(fitted.cells)} 个数有 {len(row.values)} 个位置，比别的行多，"
                "无法确定哪些是它自己的，请对照原件。",
                f"{row.locator}: {len(row.values)} places for the {len(fitted.cells)} numbers of «{row.label}», more "
                "than in other rows; which of them are its own is not certain. Compare the row with the original.",
            )
            yield Issue("column-unclear", "warning", said, row.locator, key, raw)
        if fitted.unclear:
            said = in_both(
                f"表头的次序与格式不同，又缺一个；「{row.label}」的数按格式的次序列出，请对照原件。",
                f"{row.locator}: the heads stand in another order than the form's, and one of them is missing; "
                f"the numbers of «{row.label}» are shown in the form's order. Compare them with the original.",
            )
            yield Issue("column-unclear", "warning", said, row.locator, key, raw)


def _shorter(form: TableForm, kept: Mapping[str, NamedRow], read: Mapping[str, Slots]) -> Iterator[Issue]:
    """A doubt on each row that prints as many numbers as the form has, where most print one more: an empty cell may be lost."""
    for code, fitted in read.items():
        row = kept[code].row
        if not all(bare(cell.text) for cell in fitted.cells):
            continue
        said = in_both(
            f"多数行比格式多一个数，「{row.label}」一行却没有，可能少了一个空格，数字可能错位，请对照原件。",
            f"{row.locator}: most rows print a number more than the form has and «{row.label}» does not; it may have lost an "
            "empty cell, and its numbers may be shifted. Compare the row with the original.",
        )
        yield Issue("column-unclear", "warning", said, row.locator, (f"{form.table}.{code}.*",), fitted.raw)


def _gives_up(row: Row, fitted: Slots, taken: Set[tuple[int, int]]) -> bool:
    """Whether a place that was left out is one from which other rows have a number, or stands between two of the row's own."""
    own = [mine for _, mine in _places(row, fitted)]
    if True not in own:
        return True
    first, last = own.index(True), len(own) - own[::-1].index(True)
    return not all(own[first:last]) or any(place in taken for place, mine in _places(row, fitted) if not mine)


def _zero_beside(row: Row, fitted: Slots, measures: tuple[Measure, ...]) -> bool:
    """Whether a grid shows that a zero was taken from beside the columns of the heads."""
    columns, _ = columns_of(row.places, measures) if row.shape and row.shape.spans_known else ({}, None)
    return bool(columns) and any(cell.col not in columns and bare(cell.text) == "0" for cell in fitted.cells)


def _places(row: Row, fitted: Slots) -> Iterator[tuple[tuple[int, int], bool]]:
    """The place of each cell behind the label, and whether it is one of the form's: its column, where the grid tells it, else
    how many stand before it in rows of this length."""
    own = {id(cell) for cell in fitted.printed or fitted.cells}
    known = row.shape is not None and row.shape.spans_known
    for at, cell in enumerate(row.values):
        yield ((0, cell.col) if known else (len(row.values), at)), id(cell) in own


def _end(named: NamedRow) -> int:
    """The last column that the row reaches."""
    last = named.row.values[-1]
    return last.col + last.colspan - 1
