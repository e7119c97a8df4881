"""A rule's judgement as a published Check: status, numbers, attribution and the sentence in both languages.

Comes in: a Rule and what was found. Goes out: a Check. Must not know: how it was found.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from ogi.checks.facts import Facts
from ogi.checks.names import Pair, name, plain
from ogi.checks.rules import Rule
from ogi.checks.terms import Basis
from ogi.model import Check, CheckStatus, LaidTo, Severity

NAMED = 6  # a sentence names no more cells than this


def judged(
    rule: Rule,
    facts: Facts,
    scope: str,
    status: CheckStatus,
    cells: Iterable[str],
    /,
    *,
    basis: Basis | None = "strict",
    left: Decimal | int | None = None,
    right: Decimal | int | None = None,
    sure: bool | None = None,
    severity: Severity | None = None,
    **words: Pair | str | int | None,
) -> Check:
    """The check; `sure` says whether all it is about was read with certainty (else the cells tell)."""
    cells = tuple(cells)
    left = Decimal(left) if left is not None else None
    right = Decimal(right) if right is not None else None
    laid_to: LaidTo | None = None
    if status == "fail":
        laid_to = "agency" if (facts.sure(cells) if sure is None else sure) else "reading"
    about = _scope(rule, scope, 0), _scope(rule, scope, 1)
    zh, en = sentences(rule, status, about, left, right, facts.year, **words)
    return Check(
        rule.code,
        scope or rule.scope,
        status,
        severity or rule.severity,
        cells,
        basis if status != "unknown" else None,
        left,
        right,
        left - right if left is not None and right is not None else None,
        laid_to,
        zh,
        en,
    )


def sentences(
    rule: Rule,
    status: CheckStatus,
    about: Pair,
    left: Decimal | None,
    right: Decimal | None,
    year: int | None,
    **words: Pair | str | int | None,
) -> Pair:
    """What the check says; `about` is its scope in words."""
    zh, en = (
        rule.messages[status][language].format(
            scope=about[language],
            left=_number(left),
            right=_number(right),
            year=year,
            **{k: w[language] if isinstance(w, tuple) else w for k, w in words.items()},
        )
        for language in (0, 1)
    )
    return zh, en


def listed(keys: Iterable[str], facts: Facts) -> Pair:
    """Cells in words with what is printed in them, the first few by name."""
    keys = tuple(keys)
    more = (f"等 {len(keys)} 处", f" and {len(keys) - NAMED} more") if len(keys) > NAMED else ("", "")
    zh = "、".join(_cell(k, facts, 0) for k in keys[:NAMED])
    en = ", ".join(_cell(k, facts, 1) for k in keys[:NAMED])
    return zh + more[0], en + more[1]


def cell_name(key: str, language: int) -> str:
    """Row and column in words."""
    _, item, measure = key.split(".")
    return name("item", item, language) + ("·", " / ")[language] + name("measure", measure, language)


def _cell(key: str, facts: Facts, language: int) -> str:
    cell = facts.cells.get(key)
    return cell_name(key, language) + (f"「{cell.raw}」" if cell and cell.raw else "")


def _scope(rule: Rule, scope: str, language: int) -> str:
    item, _, measure = scope.partition(".")
    if not measure:
        return name(rule.scope, scope, language)
    return name("item", item, language) + ("·", " / ")[language] + name("measure", measure, language)


def _number(value: Decimal | None) -> str:
    return "" if value is None else plain(value)
