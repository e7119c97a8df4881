"""Printed rows that are pieces of one, as where a page ends -> whole rows.

Comes in: the rows of one table, the labels of its form. Goes out: rows, those under one label put together. Must not know: what
numbers mean, identities, items beyond their labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ogi.extract.numbers import bare
from ogi.extract.rows.labels import Rows, letters, number_of
from ogi.extract.rows.locate import Row
from ogi.model import GridCell

PIECES = 12  # lines into which a narrow column cuts a label, one of them with the numbers
WIDE = 7  # columns
STEMS = tuple("甲乙丙丁戊")  # that count the columns of words


def whole_rows(labels: Rows, printed: Sequence[Row]) -> list[Row]:
    """Rows whose label a page break or a narrow column cut in pieces, put together."""
    rows = _one_row(labels, _halves(labels, printed))
    known = [bool(labels.exact(row.label)) for row in rows]
    if all(known):
        return list(rows)
    out: list[Row] = []
    at = 0
    while at < len(rows):
        count = 1
        while count < PIECES and at + count < len(rows) and not known[at + count]:
            count += 1
        while count > 1 and not _one_label(labels, rows[at : at + count]) and not (count == 2 and _below(labels, rows, at)):
            count -= 1
        out.append(_put_together(labels, rows[at : at + count]))
        at += count
    return out


def _one_label(labels: Rows, rows: Sequence[Row]) -> bool:
    """Whether rows, of which no later one is a label alone, are one: a single one has numbers, together they are a label.
    Numbers without a piece beside them stand among the pieces of their label, or below two or more."""
    if (rows[0].filled and labels.exact(rows[0].label)) or sum(row.filled for row in rows) > 1:
        return False
    alone = [at for at, row in enumerate(rows) if not letters(row.label)]
    if alone and (len(alone) > 1 or len(rows) < 3 or alone[0] == 0 or not rows[alone[0]].filled):
        return False
    return bool(labels.exact(label_of(rows)))


def _below(labels: Rows, rows: Sequence[Row], at: int) -> bool:
    """Whether numbers without a label are those of the line of text above them: the rows above and below both, of grids as the
    numbers are, are its neighbours in the form."""
    if not 0 < at < len(rows) - 2:
        return False
    above, label, row, below = rows[at - 1 : at + 3]
    if label.shape or label.values or row.labels or not all(near.shape and near.filled for near in (above, row, below)):
        return False
    items = [item for item in labels.form.items if not item.is_group]
    told = [labels.exact(row.label) for row in (above, label, below)]
    threes = zip(items, items[1:], items[2:], strict=False)
    return any(told == [(a,), (own,), (z,)] and len(row.values) == len(own.measures) for a, own, z in threes)


def _one_row(labels: Rows, printed: Sequence[Row]) -> Sequence[Row]:
    """A group with numbers and its first row, of empty cells, are one row where the table proves it. At a page break: its other
    groups share a cell with their first row, and none has numbers of its own. Without rules: it is so in all groups, and no
    other row is empty."""
    rows = _beside_groups(labels, printed)
    groups = [
        at
        for at, (above, below) in enumerate(pairwise(rows))
        if _opens(labels, above, below) and above.filled
    ]
    pairs = [(rows[at], rows[at + 1]) for at in groups]
    if not pairs or any(below.filled or not below.values for _, below in pairs):
        return printed
    shared = any(
        labels.members(a.text) and a.locator == b.locator for row in rows for a, b in pairwise(row.labels)
    )
    parted = shared and all(page_of(above) != page_of(below) for above, below in pairs)
    empty = sum(bool(row.values) and not row.filled and not labels.members(row.label) for row in rows)
    if not parted and not (all(map(is_loose, rows)) and len(pairs) == empty > 1):
        return printed
    whole = {at: rows[at]._replace(labels=(*rows[at].labels, rows[at + 1].labels[-1])) for at in groups}
    return [whole.get(at, row) for at, row in enumerate(rows) if at - 1 not in whole]


def _beside_groups(labels: Rows, rows: Sequence[Row]) -> Sequence[Row]:
    """Without rules, numbers that stand between the lines of a group and of its first row, put beside the group."""
    out = list(rows)
    for at in range(len(rows) - 2, 0, -1):
        group, row, below = rows[at - 1 : at + 2]
        if row.labels or not row.filled or group.filled or below.filled or not is_loose(row):
            continue
        if _opens(labels, group, below):
            out[at - 1 : at + 1] = [group._replace(values=row.values)]
    return out


def _opens(labels: Rows, above: Row, below: Row) -> bool:
    """Whether one is the label of a group, and the other that of its first row."""
    members = labels.members(above.label)
    return bool(members) and members[0] in labels.exact(below.label)


def is_loose(row: Row) -> bool:
    """Whether the row stands in a table without rules, whose lines are rows only as far as the columns tell."""
    return row.shape is not None and not row.shape.spans_known


def _halves(labels: Rows, rows: Sequence[Row]) -> list[Row]:
    """Rows at the foot of a page and at the head of the next, or of a table without rules, that both have numbers are one where
    their labels are one: what a padded or narrow cell wraps stands below. So are one that shows no more of its label than the
    number («4、»), and the rest of it."""
    out: list[Row] = []
    for row in rows:
        if out and _half(labels, out[-1], row):
            above = out.pop()
            whole = above.labels[-1]._replace(text=label_of([above, row]))
            values = tuple(_stacked(a, b) for a, b in zip(above.values, row.values, strict=True))
            row = above._replace(labels=(*above.labels[:-1], whole), values=values)
        out.append(row)
    return out


def _half(labels: Rows, above: Row, below: Row) -> bool:
    apart = page_of(above) != page_of(below) or (is_loose(above) and is_loose(below))
    if not apart or not above.filled or len(above.values) != len(below.values) or not letters(below.label):
        return False
    if not letters(above.label):
        numbers = {item.number.strip("（）") for item in labels.exact(below.label) if item.number}
        return number_of(below.label) is None and number_of(above.label) in numbers
    return below.filled and not labels.exact(below.label) and bool(labels.exact(label_of([above, below])))


def _stacked(above: GridCell, below: GridCell) -> GridCell:
    """Two pieces of one cell, each on lines of its own."""
    text = "\n".join(text for text in (above.text, below.text) if text)
    return above._replace(text=text, locator=f"{above.locator} + {below.locator}")


def page_of(row: Row) -> str:
    return row.locator.partition(";")[0] if row.locator.startswith("page=") else ""


def text_of(labels: Sequence[GridCell]) -> str:
    return "".join(cell.text for cell in labels)


def label_of(rows: Sequence[Row]) -> str:
    return "".join(row.labels[-1].text for row in rows if row.labels)


def _put_together(labels: Rows, rows: Sequence[Row]) -> Row:
    """The row that has the numbers under the whole label; one row whose label blanks hold apart under the label of both parts."""
    row = rows[0]
    if len(rows) > 1:
        row = next((row for row in rows if row.filled), next((row for row in rows if row.values), row))
        whole = rows[0].labels[-1]._replace(text=label_of(rows))
        return row._replace(labels=(*rows[0].labels[:-1], whole))
    if len(row.labels) > 1 and not labels.exact(row.label):
        both = row.labels[-2]._replace(text=row.labels[-2].text + row.labels[-1].text)
        if labels.exact(both.text) and letters(both.text) != letters(row.labels[-2].text):
            return row._replace(labels=(*row.labels[:-2], both))
    return row


def spans(above: Row, row: Row) -> bool:
    """Whether the row stands beside the label of the one above, which goes on downwards: print that a wall cut off."""
    label = above.labels[-1]
    return above.block == row.block and label.row < row.values[0].row < label.row + label.rowspan


def column_numbers(row: Row) -> bool:
    """Whether a row counts the columns of a table: 1, 2, … 7, or 栏次 before them, or fewer behind 甲, 乙. Its last is no sum."""
    texts = [text for v in row.values if (text := bare(v.text))]
    enough = len(texts) >= (1 if row.label in STEMS else WIDE)
    return enough and len(row.label) <= 2 and texts == [str(n) for n in range(1, len(texts) + 1)]
