"""Rows that a document prints more than once: which one is read, and what is said of the others.

Comes in: the named rows of a table in reading order. Goes out: one row an item, and issues. Must not know: values.
"""

from __future__ import annotations

from collections.abc import Sequence

from ogi.extract.cells.scope import SECOND
from ogi.extract.numbers import bare
from ogi.extract.rows.naming import NamedRow
from ogi.forms import TableForm
from ogi.messages import in_both, place
from ogi.model import Issue


def printed_once(form: TableForm, rows: Sequence[NamedRow], issues: list[Issue]) -> dict[str, NamedRow]:
    """One row an item: the first. A row printed again with other numbers is in doubt; where the rows begin anew, a second
    table begins, and none of its rows fills a gap of the first."""
    kept: dict[str, NamedRow] = {}
    for at, named in enumerate(rows):
        first = kept.get(named.item.code)
        if first is None or (not first.row.values and named.row.values):
            kept[named.item.code] = named
        elif named.row.values:
            if sum(n.item.code in kept and bool(n.row.values) for n in rows[at:]) >= SECOND:
                issues.append(_second_table(form, rows[at:], kept))
                break
            same, label = _texts(first) == _texts(named), named.row.label
            issues.append(
                Issue(
                    "row-duplicated",
                    "info" if same else "warning",
                    in_both(
                        f"「{label}」一行又印了一遍，数字{'相同' if same else '不同，取前一行'}。",
                        f"{named.row.locator}: the row «{label}» is printed again "
                        + ("with the same numbers." if same else "with other numbers; the first is shown."),
                    ),
                    named.row.locator,
                    (f"{form.table}.{named.item.code}.*",),
                    " ".join(v.text for v in named.row.values),
                )
            )
    return kept


def _texts(named: NamedRow) -> list[str]:
    return [bare(v.text) for v in named.row.values]


def _second_table(form: TableForm, others: Sequence[NamedRow], kept: dict[str, NamedRow]) -> Issue:
    """A doubt on the whole table, unless the second one prints the same numbers."""
    first = next(iter(kept.values())).row
    same = all(_texts(n) == _texts(kept[n.item.code]) for n in others if n.item.code in kept)
    return Issue(
        "second-table",
        "info" if same else "warning",
        in_both(
            f"又有一张同类的表，{'数字相同' if same else '无法确定哪一张是本机关的'}；取前一张（{place(first.locator)}起）。",
            f"{others[0].row.locator}: a second table of this kind begins"
            + (
                ", with the same numbers. "
                if same
                else "; which of the two is the publisher's own is not certain. "
            )
            + f"The first ({first.locator}) is shown.",
        ),
        others[0].row.locator,
        (f"{form.table}.*.*",),
    )
