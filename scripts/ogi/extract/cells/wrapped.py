"""Numbers that a narrow cell broke over two lines: one number again where the form's sums prove it.

Comes in: the cells of a table as read, and what was said of them. Goes out: both, with the numbers that are proven.
Must not know: text layouts, other tables. «17», and «35» under it, may be two numbers in one cell; only sums tell. Where they do
not, an empty cell beside may be the place of one of them; and words may stand for a whole row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ogi.extract.numbers import MAX_DIGITS, digits_only
from ogi.extract.sums.equations import counts, holds
from ogi.forms import TableForm
from ogi.model import Cell, Issue

TWO = re.compile(r"[0-9]+\s+[0-9\s]+|[0-9]{2,}")  # what two numbers look like, on one line or on two
WORDS = re.compile(r"[\u4e00-\u9fff].*[\u4e00-\u9fff].*[\u4e00-\u9fff]")
TWO_NUMBERS = ("number-unreadable", "number-begins-with-zero")
PROOFS = 2  # identities that must hold with the number: its row's and its column's


def unwrapped(
    form: TableForm, cells: Sequence[Cell], issues: Sequence[Issue]
) -> tuple[list[Cell], list[Issue]]:
    """Broken numbers that two identities prove, or the only one of a block, are derived; the rest stays as it is."""
    broken = {i.cells[0] for i in issues if i.code == "number-unreadable" and len(i.cells) == 1}
    if not broken:
        return list(cells), _with_blanks(form, issues, cells)
    joined = {
        (c.item, c.measure): int(digits)
        for c in cells
        if c.key in broken and (digits := digits_only(c.raw or "")) and len(digits) <= MAX_DIGITS
    }
    if not joined:
        return list(cells), _with_blanks(form, issues, cells)
    values = counts(c for c in cells if c.status != "unreadable")
    held = [rule for rule in form.identities if holds(rule, values | joined)]
    proven = {
        key: number
        for key, number in joined.items()
        if sum(key in (*rule.left, *rule.right) for rule in held) >= (1 if form.flat else PROOFS)
    }
    out = [
        c._replace(value=Decimal(number), status="derived", unit=form.measure(c.item, c.measure).unit)
        if (number := proven.get((c.item, c.measure))) is not None
        else c
        for c in cells
    ]
    keys = {f"{form.table}.{item}.{measure}" for item, measure in proven}
    told = [_told(issue) if issue.cells and issue.cells[0] in keys else issue for issue in issues]
    return out, _with_blanks(form, told, cells)


def _with_blanks(form: TableForm, issues: Sequence[Issue], cells: Sequence[Cell]) -> list[Issue]:
    """The issues, the doubt of a cell that holds two numbers laid on the empty cells right beside it too, and that of one that
    holds words on all others of its row where they are empty: the words may stand for them."""
    return [
        replace(issue, cells=(*issue.cells, *_blanks_beside(form, issue, cells)))
        if issue.code in TWO_NUMBERS and len(issue.cells) == 1
        else issue
        for issue in issues
    ]


def _blanks_beside(form: TableForm, issue: Issue, cells: Sequence[Cell]) -> list[str]:
    at = next(n for n, cell in enumerate(cells) if cell.key == issue.cells[0])
    if not TWO.fullmatch(issue.raw or ""):
        if not WORDS.search(issue.raw or ""):
            return []
        rest = [cell for cell in cells if cell.item == cells[at].item and cell is not cells[at]]
        return [cell.key for cell in rest] if all(cell.status == "blank" for cell in rest) else []
    beside = (cells[n] for n in (at - 1, at + 1) if 0 <= n < len(cells))
    return [cell.key for cell in beside if (form.flat or cell.item == cells[at].item) and cell.status == "blank"]


def _told(issue: Issue) -> Issue:
    if issue.code != "number-unreadable":
        return issue
    said = f"{issue.locator}: «{issue.raw}» stands on two lines of its cell; the sums prove that it is one number."
    return replace(issue, code="value-derived", severity="info", message=said)
