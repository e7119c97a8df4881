"""A summary against the reports below it: HI-01 (sum of all), HI-02 (not smaller than any).

Comes in: a Rule, the Facts of the summary and of those below it. Goes out: one Check a table.
Must not know: how a summary and those below it were found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ogi.checks.facts import Facts
from ogi.checks.judged import judged, listed
from ogi.checks.names import Pair
from ogi.checks.rules import Rule
from ogi.checks.years import number
from ogi.model import Check

LOST: Pair = ("有数未能确定读出，无法核对", "some numbers could not be read")
OTHER_FORM: Pair = ("各报告的格式不同，无法核对", "the reports are of different forms")


def sums(rule: Rule, parent: Facts, children: Sequence[Facts], missing: Sequence[str]) -> Iterator[Check]:
    """Every cell is the sum of those below; unknown, and by name, where a body below is not collected."""
    for table in parent.tables:
        if table == "statistics":
            continue
        why = _why_not(table, parent, children)
        if missing:
            names = "、".join(missing[:5])
            why = (
                f"尚缺 {len(missing)} 个机关：{names}",
                f"{len(missing)} bodies are not collected: {names}",
            )
        wrong, lost = [], False
        for key in parent.expected(table):
            own, below = number(parent, key), [number(c, key) for c in children]
            if own is None or None in below:
                lost = True
            elif own != sum((b for b in below if b is not None), Decimal(0)):
                wrong.append(key)
        yield _judge(rule, parent, children, table, wrong, why or (LOST if lost and not wrong else None))


def at_least(rule: Rule, parent: Facts, children: Sequence[Facts], missing: Sequence[str]) -> Iterator[Check]:
    """No cell is smaller than one below."""
    for table in parent.tables:
        if table == "statistics":
            continue
        wrong, lost = [], False
        for key in parent.expected(table):
            own, below = number(parent, key), [number(c, key) for c in children if key in c.known]
            lost |= own is None or None in below
            if own is not None and any(b is not None and b > own for b in below):
                wrong.append(key)
        yield _judge(rule, parent, children, table, wrong, LOST if lost and not wrong else None)


def _why_not(table: str, parent: Facts, children: Sequence[Facts]) -> Pair | None:
    forms = {f.tables[table].template for f in (parent, *children) if table in f.tables}
    if len(forms) > 1:
        return OTHER_FORM
    return LOST if any(table not in c.tables for c in children) else None


def _judge(
    rule: Rule, parent: Facts, children: Sequence[Facts], table: str, wrong: list[str], why: Pair | None
) -> Check:
    status = "unknown" if why else "fail" if wrong else "pass"
    sure = parent.sure(wrong) and all(c.sure(k for k in wrong if k in c.known) for c in children)
    count = len(wrong) if status == "fail" else len(parent.expected(table))
    return judged(
        rule,
        parent,
        table,
        status,
        wrong or (f"{table}.*.*",),
        left=count if not why else None,
        right=0 if status == "fail" else None,
        sure=sure,
        children=len(children),
        named=listed(wrong, parent),
        why=why or ("", ""),
    )


RULES = {"HI-01": sums, "HI-02": at_least}
