"""Numbers that a narrow cell broke over two lines: one number again where the form's sums prove it.

Comes in: the cells of a table as read, and what was said of them. Goes out: both, with the numbers that are proven.
Must not know: text layouts, other tables. «17», and «35» under it, may be two numbers in one cell; only sums tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ogi.extract.equations import holds
from ogi.extract.numbers import MAX_DIGITS, digits_only
from ogi.forms import TableForm
from ogi.model import Cell, Issue

PROOFS = 2  # identities that must hold with the number: its row's and its column's


def unwrapped(
    form: TableForm, cells: Sequence[Cell], issues: Sequence[Issue]
) -> tuple[list[Cell], list[Issue]]:
    """Broken numbers that two identities prove, or the only one of a block, are derived; the rest stays as it is."""
    broken = {i.cells[0] for i in issues if i.code == "number-unreadable" and len(i.cells) == 1}
    if not broken:
        return list(cells), list(issues)
    joined = {
        (c.item, c.measure): int(digits)
        for c in cells
        if c.key in broken and (digits := digits_only(c.raw or "")) and len(digits) <= MAX_DIGITS
    }
    if not joined:
        return list(cells), list(issues)
    values = {
        (c.item, c.measure): int(c.value or 0)
        for c in cells
        if c.status != "unreadable" and (c.value is None or c.value == int(c.value))
    }
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
    return out, [_told(issue) if issue.cells and issue.cells[0] in keys else issue for issue in issues]


def _told(issue: Issue) -> Issue:
    if issue.code != "number-unreadable":
        return issue
    said = f"{issue.locator}: «{issue.raw}» stands on two lines of its cell; the sums prove that it is one number."
    return replace(issue, code="value-derived", severity="info", message=said)
