"""Reviews by what stands above and beside each number: outcomes one below the other, or fewer columns than the form has.

Comes in: the rows of the table. Goes out: the cells by block and outcome, and a doubt where the heads do not bear them out. Must
not know: values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from ogi.extract.numbers import read_number
from ogi.extract.rows.labels import letters, rows_in
from ogi.extract.rows.locate import Row
from ogi.forms import TableForm
from ogi.messages import in_both
from ogi.model import GridCell, Issue


def across(form: TableForm, rows: Sequence[Row]) -> dict[tuple[str, str], GridCell]:
    """Nothing unless each number has a head or label that names block and outcome, or a grid has one row an outcome, no other,
    and above each of its numbers the head of a block of its own."""
    if full := _in_full(form, rows):
        return full
    known = rows_in(form.template, form.table)
    found: dict[tuple[str, str], GridCell] = {}
    rows = [row for row in rows if row.values]
    if len(rows) != len(form.measures):
        return {}
    for row in rows:
        measure = known.columns.get(letters(row.label)) if row.shape and row.shape.spans_known else None
        blocks = {col: known.codes[head] for head, col in row.places if head in known.codes}
        named = [known.codes[head] for head in row.heads if head in known.codes]
        columns = [col for _, col in row.places]
        if len(blocks) < len(named) == len(row.values) and columns == sorted(set(columns)):  # in one line, named in brackets
            blocks = dict(zip((cell.col for cell in row.values), named, strict=True))
        if not measure or sorted(blocks.values()) != sorted(item.code for item in form.items):
            return {}
        if {cell.col for cell in row.values} != blocks.keys():
            return {}
        found.update({(blocks[cell.col], measure): cell for cell in row.values})
    return found if len(found) == len(form.cells) else {}


def beneath(form: TableForm, row: Row) -> dict[tuple[str, str], GridCell]:
    """The cells of a row that leaves out columns of the form, such as all totals or a block; nothing unless a grid has one
    outcome's head over each number, none without a number, and a known block's head over the first outcome of each block."""
    known = rows_in(form.template, form.table)
    outcomes = {col: known.columns[head] for head, col in row.places if head in known.columns}
    blocks = {col: known.codes.get(head) for head, col in row.places if head not in known.columns}
    if not row.shape or not row.shape.spans_known or row.labels or sorted(outcomes) != [cell.col for cell in row.values]:
        return {}
    found: dict[tuple[str, str], GridCell] = {}
    for cell in row.values:
        item = blocks.get(max((col for col in blocks if col <= cell.col), default=0))
        if not item or (item, outcomes[cell.col]) in found:
            return {}
        found[item, outcomes[cell.col]] = cell
    return found if len(found) > len(form.measures) and blocks.keys() <= outcomes.keys() else {}


def over_each(row: Row, count: int, columns: Mapping[str, str]) -> list[str]:
    """The outcomes from left to right where one stands over each number: heads of some blocks may be lines higher than others."""
    over = {(col, columns[head]) for head, col in row.places if head in columns}
    own = dict(over) if len(over) == count == len(row.values) else {}
    return [own[cell.col] for cell in row.values] if own.keys() == {cell.col for cell in row.values} else []


def blocks_down(form: TableForm, printed: Sequence[tuple[str | None, str]]) -> list[str | None]:
    """The block of each line of a table that runs downwards, of which the block that it names and its outcome are given: the one
    named last; where each block has all its outcomes and one of them names it, as from the middle of its lines, that one."""
    per = len(form.measures)
    parts = [printed[at : at + per] for at in range(0, len(printed), per)]
    named = [[block for block, _ in part if block] for part in parts]
    if all(len({m for _, m in part if m}) == per and len(own) == 1 for part, own in zip(parts, named, strict=True)):
        return [own[0] for own in named for _ in range(per)]
    out: list[str | None] = []
    for block, _ in printed:
        out.append(block or (out[-1] if out else None))
    return out


def out_of_place(form: TableForm, row: Row, values: Sequence[GridCell], order: Sequence[tuple[str, str]]) -> list[Issue]:
    """A doubt where a grid shows an outcome's head over a number that the order of the form gives to another one."""
    known = rows_in(form.template, form.table).columns
    heads = {col: known[head] for head, col in row.places if head in known}
    cells = list(zip(values, order, strict=True))
    if not row.shape or not row.shape.spans_known or all(heads.get(cell.col, code) == code for cell, (_, code) in cells):
        return []
    said = in_both(
        "表头的次序与格式不同，又有认不出的；各数按格式的次序列出，请对照原件。",
        f"{row.locator}: the heads stand in another order than the form's, and not all are known; the numbers are given in the "
        "order of the form. Compare with the original.",
    )
    about = tuple(f"{form.table}.{item}.*" for item in dict.fromkeys(item for item, _ in order))
    return [Issue("column-unclear", "warning", said, row.locator, about)]


def unheaded(form: TableForm, row: Row, values: Sequence[GridCell], order: Sequence[tuple[str, str]]) -> list[Issue]:
    """A doubt where no rules show which head stands over a number, not even two outcomes are known, and a block does not add up
    in the order of the form: another one may be printed."""
    known = rows_in(form.template, form.table).columns
    if row.shape is None or row.shape.spans_known or len({known[head] for head in row.heads if head in known}) > 1:
        return []
    read = {key: read_number(cell.text).value or 0 for key, cell in zip(order, values, strict=True)}
    *parts, total = (measure.code for measure in form.measures)
    items = list(dict.fromkeys(item for item, _ in order))
    if all(sum(read.get((item, part), 0) for part in parts) == read.get((item, total), 0) for item in items):
        return []
    said = in_both(
        "表头没有认出来，数字按格式的次序列出，合计不符；所印的次序可能不同，请对照原件。",
        f"{row.locator}: the heads are not known, and in the order of the form the numbers do not add up; another order may be "
        "printed. Compare with the original.",
    )
    return [Issue("column-unclear", "warning", said, row.locator, tuple(f"{form.table}.{item}.*" for item in items))]


@cache
def _names(template: str, table: str) -> Mapping[str, tuple[str, str]]:
    """Block and outcome by the letters of both («行政复议结果维持»)."""
    known = rows_in(template, table)
    return {block + name: (item, m) for block, item in known.codes.items() for name, m in known.columns.items()}


def _in_full(form: TableForm, rows: Sequence[Row]) -> dict[tuple[str, str], GridCell]:
    """The cells of heads, or of labels one below the other, that name block and outcome; nothing unless all are there, once."""
    names = _names(form.template, form.table)
    for above, row in zip(rows, rows[1:], strict=False):
        keys = [names.get(letters(cell.text)) for cell in above.labels]
        if len(keys) == len(row.values) == len(form.cells) == len(set(keys)) and None not in keys and not row.labels:
            return {key: cell for key, cell in zip(keys, row.values, strict=True) if key}
    down = {names[letters(row.label)]: row.values[0] for row in rows if len(row.values) == 1 and letters(row.label) in names}
    return down if len(down) == len(form.cells) == len(rows) else {}
