"""The rules that compare two sums, whether the form names them (identities) or rules.yml does (relations).

Comes in: a Rule and Facts. Goes out: Checks, each with the arithmetic written out. Must not know: which
rule it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from ogi.checks.facts import Facts
from ogi.checks.judged import judged
from ogi.checks.names import Pair, plain
from ogi.checks.rules import Rule
from ogi.checks.terms import Side, basis, one_side_empty, side, written
from ogi.model import Check, CheckStatus

BLANK: dict[bool, Pair] = {False: ("", ""), True: ("（空白按 0 计）", " (blanks counted as 0)")}
HOLDS = {
    "=": lambda left, right: left == right,
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
}


def identities(rule: Rule, facts: Facts) -> Iterator[Check]:
    """The equations that the form prints under this rule's code, in the form's order."""
    form = facts.tables.get(rule.table or "")
    for identity in form.identities if form else ():
        if identity.rule == rule.code:
            keys = [[f"{rule.table}.{i}.{m}" for i, m in half] for half in (identity.left, identity.right)]
            left, right = side(facts, keys[0]), side(facts, keys[1])
            if left and right:
                yield compare(rule, facts, identity.scope, left, "=", right)


def relations(rule: Rule, facts: Facts, *, over_years: bool) -> Iterator[Check]:
    """The comparisons of rules.yml within one report, or those with the year before, where every table in
    them is of a form that the rule is for."""
    for relation in rule.relations:
        if over_years != any("@" in key for key in (*relation.left, *relation.right)):
            continue
        for each in relation.each:
            left, right = side(facts, relation.left, each), side(facts, relation.right, each)
            if left and right and _forms_fit(rule, left, right):
                yield compare(rule, facts, relation.scope.format(each=each), left, relation.sign, right)


def compare(rule: Rule, facts: Facts, scope: str, left: Side, sign: str, right: Side) -> Check:
    """One comparison judged: pass or fail on its basis, unknown where a term is."""
    on = basis(left, right)
    if on == "blank_as_zero" and sign == "=" and one_side_empty(left, right):
        on = None
    difference = left.total - right.total
    status: CheckStatus = "unknown" if on is None else "pass" if HOLDS[sign](left.total, right.total) else "fail"
    terms = (*left.terms, *right.terms)
    terms, known = (*left.terms, *right.terms), on is not None
    return judged(
        rule,
        facts,
        scope,
        status,
        dict.fromkeys(t.key for t in terms if not t.before),
        basis=on,
        left=left.total if known else None,
        right=right.total if known else None,
        sure=all(t.facts.sure([t.key]) for t in terms),
        blank=BLANK[on == "blank_as_zero"],
        left_side=(written(left, right, 0), written(left, right, 1)),
        right_side=(written(right, left, 0), written(right, left, 1)),
        gap=plain(abs(difference)),
    )


def _forms_fit(rule: Rule, left: Side, right: Side) -> bool:
    used = {t.facts.tables[t.key.split(".")[0]].template for t in (*left.terms, *right.terms)}
    return not rule.templates or used <= set(rule.templates)
