"""Rules of the requests table about blanks and about zero requests: T3-07, T3-08, T3-12.

Comes in: a Rule and Facts. Goes out: Checks. Must not know: any form by name; which rows are outcomes the
form's identities tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ogi.checks.facts import Facts
from ogi.checks.judged import judged
from ogi.checks.names import name, plain
from ogi.checks.relations import BLANK
from ogi.checks.rules import Rule
from ogi.checks.terms import Side, basis, side
from ogi.forms import Identity
from ogi.model import Check, CheckStatus


def counted(rule: Rule, facts: Facts) -> Iterator[Check]:
    """How many cells are blank or hold a mark."""
    keys = facts.expected(rule.table or "")
    if not keys:
        return
    by_status = {
        s: [k for k in keys if k in facts.cells and facts.cells[k].status == s] for s in ("blank", "nil")
    }
    unread = [k for k in keys if k not in facts.cells or facts.cells[k].status in ("unreadable", "absent")]
    empty = [k for k in keys if k in {*by_status["blank"], *by_status["nil"]}]
    yield judged(
        rule,
        facts,
        rule.table or "",
        "fail" if empty else "unknown" if unread else "pass",
        empty or (f"{rule.table}.*.*",),
        left=len(empty),
        right=0,
        sure=facts.sure(empty),
        blank=len(by_status["blank"]),
        nil=len(by_status["nil"]),
        unread=len(unread),
    )


def totals_blank(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Totals that are empty although some of their parts are numbers, with what the parts add up to."""
    form = facts.tables.get(rule.table or "")
    if form is None:
        return
    blank: dict[str, Decimal] = {}
    unread = False
    for identity in form.identities:
        total, parts = _total(rule, facts, identity)
        if total is None or parts is None:
            continue
        unread |= total.terms[0].state == "doubtful"
        if total.empty and any(t.state == "number" for t in parts.terms):
            blank[total.terms[0].key] = parts.total
    computed = tuple(
        ("、", ", ")[n].join(
            f"{name('item', k.split('.')[1], n)} {name('measure', k.split('.')[2], n)} {plain(v)}"
            for k, v in blank.items()
        )
        for n in (0, 1)
    )
    yield judged(
        rule,
        facts,
        rule.table or "",
        "fail" if blank else "unknown" if unread else "pass",
        tuple(blank) or (f"{rule.table}.*.*",),
        left=len(blank),
        right=0,
        sure=facts.sure(blank),
        computed=(computed[0], computed[1]),
    )


def conditional(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Per column: outcomes need requests, and a total above zero needs an outcome."""
    form = facts.tables.get(rule.table or "")
    for identity in form.identities if form else ():
        if identity.rule != "T3-02":
            continue
        column = identity.scope
        came = side(facts, [f"requests.new_received.{column}", f"requests.carried_in.{column}"])
        outcomes, total = _sides(rule, facts, identity)
        if not (came and outcomes and total):
            continue
        on = basis(came, outcomes, total)
        none_came = not _some(came) and _some(outcomes)
        none_done = total.total > 0 and not any(t.amount > 0 for t in outcomes.terms)
        untold = total.total > 0 and outcomes.empty  # the rows of outcomes leave this column blank
        if untold:
            on = None
        status: CheckStatus = "unknown" if on is None else "fail" if none_came or none_done else "pass"
        terms = (*came.terms, *outcomes.terms, *total.terms)
        if none_came:
            left, right = outcomes.total, came.total
        else:
            left, right = total.total, outcomes.total
        yield judged(
            rule,
            facts,
            column,
            status,
            (t.key for t in terms),
            basis=on,
            left=left if on else None,
            right=right if on else None,
            open=plain(came.total),
            total=plain(total.total),
            outcomes=plain(outcomes.total),
            blank=BLANK[on == "blank_as_zero"],
        )


def _some(side: Side) -> bool:
    """Whether any of its terms is another number than zero: terms below zero must not make up for others."""
    return any(t.amount != 0 for t in side.terms)


def _total(rule: Rule, facts: Facts, identity: Identity) -> tuple[Side | None, Side | None]:
    """The total and its parts where the identity is a sum with one total; (None, None) where it is a
    balance."""
    if len(identity.right) != 1:
        return None, None
    parts, total = _sides(rule, facts, identity)
    return total, parts


def _sides(rule: Rule, facts: Facts, identity: Identity) -> tuple[Side | None, Side | None]:
    halves = [[f"{rule.table}.{i}.{m}" for i, m in half] for half in (identity.left, identity.right)]
    return side(facts, halves[0]), side(facts, halves[1])


RULES = {"T3-07": counted, "T3-08": totals_blank, "T3-12": conditional}
