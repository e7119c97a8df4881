"""A summary against the reports below it: HI-01 (sum of all), HI-02 (not smaller than any).

Comes in: a Rule, the Facts of the summary and of those below it. Goes out: one Check a table.
Must not know: how a summary and those below it were found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ogi.checks.facts import Facts
from ogi.checks.judged import NAMED, cell_name, judged
from ogi.checks.names import Pair, plain
from ogi.checks.rules import Rule
from ogi.checks.years import number
from ogi.model import Check, CheckStatus

LOST: Pair = ("有数未填或未能确定读出，无法核对", "some numbers were left blank or could not be read")
PERHAPS: Pair = (
    "；其下机关未必全部登记，故只作提示",
    "; not every body below need be registered, so this is a note",
)
OTHER_FORM: Pair = ("各报告的格式不同，无法核对", "the reports are of different forms")


def sums(
    rule: Rule, parent: Facts, children: Sequence[Facts], missing: Sequence[str], complete: bool
) -> Iterator[Check]:
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
        wrong: dict[str, Decimal] = {}
        lost = False
        for key in parent.expected(table):
            own, below = number(parent, key), [number(c, key) for c in children]
            total = sum((b for b in below if b is not None), Decimal(0))
            if own is None or None in below:
                lost = True
            elif own != total:
                wrong[key] = total
        short = all((number(parent, key) or 0) > total for key, total in wrong.items())
        why = why or (LOST if lost and not wrong else None)
        yield _judge(rule, parent, children, table, wrong, why, in_doubt=short and not complete)


def at_least(
    rule: Rule, parent: Facts, children: Sequence[Facts], missing: Sequence[str], complete: bool
) -> Iterator[Check]:
    """No cell is smaller than one below, but where numbers may be less than nothing: a fall below says nothing above."""
    for table in parent.tables:
        if table == "statistics" or not children:
            continue
        wrong: dict[str, Decimal] = {}
        lost = False
        for key in parent.expected(table):
            if parent.tables[table].measure(*key.split(".")[1:]).kind == "signed":
                continue
            own, below = number(parent, key), [number(c, key) for c in children if key in c.known]
            lost |= own is None or None in below
            largest = max((b for b in below if b is not None), default=Decimal(0))
            if own is not None and largest > own:
                wrong[key] = largest
        yield _judge(rule, parent, children, table, wrong, LOST if lost and not wrong else None)


def _why_not(table: str, parent: Facts, children: Sequence[Facts]) -> Pair | None:
    forms = {f.tables[table].template for f in (parent, *children) if table in f.tables}
    if len(forms) > 1:
        return OTHER_FORM
    return LOST if any(table not in c.tables for c in children) else None


def _judge(
    rule: Rule,
    parent: Facts,
    children: Sequence[Facts],
    table: str,
    wrong: Mapping[str, Decimal],
    why: Pair | None,
    in_doubt: bool = False,
) -> Check:
    """`wrong`: what those below come to in each cell that is not right; `in_doubt`: bodies that nobody has
    registered would explain it, so that it is a note and laid to our reading."""
    status: CheckStatus = "unknown" if why else "fail" if wrong else "pass"
    in_doubt = in_doubt and status == "fail"
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
        sure=sure and not in_doubt,
        severity="info" if in_doubt else None,
        children=len(children),
        named=_written(parent, wrong),
        why=why or ("", ""),
        perhaps=PERHAPS if in_doubt else ("", ""),
    )


def _written(parent: Facts, wrong: Mapping[str, Decimal]) -> Pair:
    """The first of the cells, each with its own number and what those below come to."""
    first = list(wrong.items())[:NAMED]
    parts = [[cell_name(key, n) + f" {plain(number(parent, key) or Decimal(0))}" for key, _ in first] for n in (0, 1)]
    zh = "、".join(f"{part}（其下 {plain(v)}）" for part, (_, v) in zip(parts[0], first, strict=True))
    en = ", ".join(f"{part} (below: {plain(v)})" for part, (_, v) in zip(parts[1], first, strict=True))
    more = len(wrong) - len(first)
    return (f"{zh}等 {len(wrong)} 处", f"{en} and {more} more") if more else (zh, en)


RULES = {"HI-01": sums, "HI-02": at_least}
