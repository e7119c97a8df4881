"""A small table with rows of the form and other columns (a comparison of two years, totals alone) beside the table itself.

Comes in: the named rows of a table. Goes out: those of the form's own columns, and a note. Must not know: numbers, identities.
"""

from __future__ import annotations

from collections.abc import Sequence

from ogi.extract.numbers import bare
from ogi.extract.rows.naming import NamedRow
from ogi.messages import in_both
from ogi.model import Issue


def without_comparisons(table: str, rows: list[NamedRow]) -> tuple[list[NamedRow], list[Issue]]:
    """A grid is left out if all its rows have as many values and the form's have others, and a longer grid, with the form's
    columns, prints all those rows: then it is no part of the table."""
    grids: dict[int, list[NamedRow]] = {}
    for named in rows:
        if named.row.shape and named.row.values:
            grids.setdefault(named.row.block, []).append(named)
    if len(grids) < 2:
        return rows, []
    whole = [grid for grid in grids.values() if not any(map(_misfits, grid))]
    aside = {block for block, grid in grids.items() if _is_aside(grid) and any(_holds(other, grid) for other in whole)}
    if not aside:
        return rows, []
    first = next(named.row.locator for named in rows if named.row.block in aside)
    said = in_both(
        "另有一张表印着同样的行名，列数却与格式不同（如与上年的对比），未采用。",
        f"{first}: a smaller table has rows of the same names and other columns than the form, as a comparison of two years; "
        "it is left out.",
    )
    return [n for n in rows if n.row.block not in aside], [Issue("second-table", "info", said, first, (f"{table}.*.*",))]


def _misfits(named: NamedRow) -> bool:
    """Whether a row has more numbers than columns, or less and no text that may be all of them."""
    count, values = len(named.item.measures), named.row.values
    texts = [text for value in values if (text := bare(value.text))]
    fewer = len(values) < count and (len(values) > 1 or len("".join(texts)) < count)
    return not named.row.joined and (fewer or len(texts) > count)


def _is_aside(grid: Sequence[NamedRow]) -> bool:
    return len({len(named.row.values) for named in grid}) == 1 and all(map(_misfits, grid))


def _holds(whole: Sequence[NamedRow], grid: Sequence[NamedRow]) -> bool:
    return len(grid) < len(whole) and {n.item.code for n in grid} <= {n.item.code for n in whole}
