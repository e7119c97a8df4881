"""What the prose states against the cells of the tables: TX-01 to TX-07, TX-11, TX-12.

Comes in: a Reading's statements, and Facts. Goes out: the statements with the sum they were held
against and whether it agrees, and Checks. Must not know: how a statement was found, nor any form by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from ogi.checks.facts import Facts, Term, facts
from ogi.checks.judged import judged
from ogi.checks.names import Pair, both, plain
from ogi.checks.relations import BLANK
from ogi.checks.rules import Rule, Settings
from ogi.checks.terms import Basis, Side, basis, side, written
from ogi.forms import Forms
from ogi.forms.statements import load_statements
from ogi.model import Check, CheckStatus, Reading, Statement

# A government's report may count in its prose what its office alone received: another scope, not an error.
OFFICE = re.compile(r"(?:政府办|办公室|办公厅|本级|代表\S{0,8}政府)")
NOT_READ: Pair = ("未能确定读出，无法核对", "not read with certainty")
OTHER_SCOPE: Pair = (
    "正文只计本级机关，口径不同，不作错误",
    "the prose counts the office alone: another scope, not an error",
)


@dataclass(frozen=True, slots=True)
class Held:
    """A statement held against one sum of cells; `agrees` is None where it cannot be told."""

    side: Side
    total: Decimal
    basis: Basis | None
    agrees: bool | None


def compare(reading: Reading, forms: Forms) -> tuple[Statement, ...]:
    """The statements, each with the sum of cells it was held against, and whether it agrees."""
    if not reading.statements:
        return ()
    seen = facts(reading, forms)
    return tuple(_compared(statement, seen) for statement in reading.statements)


def stated(rule: Rule, seen: Facts) -> Iterator[Check]:
    """One check a statement of the kinds that the rule names."""
    settings = rule.settings
    told: dict[str, int] = {}
    for statement in seen.reading.statements:
        if statement.kind not in settings["kinds"] or not _quoted(settings, statement.quote):
            continue
        if statement.unit is None:  # that there were none: TX-14 holds it against the table
            continue
        held = hold(statement, seen)
        if held is None:
            continue
        told[statement.kind] = told.get(statement.kind, 0) + 1
        scope = statement.kind if told[statement.kind] == 1 else f"{statement.kind}#{told[statement.kind]}"
        yield _check(rule, seen, statement, held, scope)


def hold(statement: Statement, seen: Facts) -> Held | None:
    """The first of the kind's sums that it equals, else the first that can be told."""
    helds = [
        _held(statement, found, seen)
        for sum_ in sums().get(statement.kind, ())
        if (found := side(seen, sum_.split(" + ")))
    ]
    told = [h for h in helds if h.agrees] or [h for h in helds if h.agrees is False] or helds
    return told[0] if told else None


@cache
def sums() -> Mapping[str, tuple[str, ...]]:
    """The cells that each kind of statement may be held against, as forms/statements.yml names them."""
    return {kind["code"]: tuple(kind.get("sum", ())) for kind in load_statements()["kinds"]}


def amount(term: Term, seen: Facts) -> Decimal:
    """The cell's number; where a total is blank and its parts are given, what the parts add up to."""
    table, item, measure = term.key.split(".")
    if term.state != "empty" or measure != "total":
        return term.amount
    parts = [c for k in seen.keys(table, items=[item]) if (c := seen.cells.get(k)) and c.measure != "total"]
    return sum((c.value for c in parts if c.value is not None), Decimal(0))


def _held(statement: Statement, found: Side, seen: Facts) -> Held:
    on = basis(found)
    total = sum((amount(t, seen) for t in found.terms), Decimal(0))
    return Held(found, total, on, None if on is None else total == statement.value)


def _compared(statement: Statement, seen: Facts) -> Statement:
    held = hold(statement, seen)
    if held is None:
        return statement
    agrees = None if held.agrees is False and _other_scope(statement, held, seen) else held.agrees
    names = " + ".join(t.key for t in held.side.terms)
    return replace(statement, compared=names, agrees=agrees, basis=held.basis)


def _other_scope(statement: Statement, held: Held, seen: Facts) -> bool:
    name = seen.agency.name if seen.agency else seen.reading.agency_name or ""
    whole = seen.agency.scope == "aggregate" if seen.agency else name.endswith("政府")
    return whole and statement.value < held.total and OFFICE.search(statement.quote) is not None


def _check(rule: Rule, seen: Facts, statement: Statement, held: Held, scope: str) -> Check:
    other = held.agrees is False and _other_scope(statement, held, seen)
    status: CheckStatus = "unknown" if held.agrees is None or other else "pass" if held.agrees else "fail"
    computed = held.total != held.side.total
    shown = (written(held.side, held.side, 0), written(held.side, held.side, 1))
    if computed:
        sum_ = plain(held.total)
        shown = (f"总计空白，按分项计为 {sum_}", f"the totals are blank, their parts add up to {sum_}")
    keys = [t.key for t in held.side.terms]
    if computed:
        keys = [
            k for t in held.side.terms for k in seen.keys(t.key.split(".")[0], items=[t.key.split(".")[1]])
        ]
    return judged(
        rule,
        seen,
        scope,
        status,
        keys,
        basis=held.basis,
        left=statement.value,
        right=None if held.agrees is None else held.total,
        severity="info" if other else None,
        quote=statement.quote,
        right_side=shown,
        stated=f"{plain(statement.value)} {statement.unit or ''}".strip(),
        kind=both("statement", statement.kind),
        gap=plain(abs(statement.value - held.total)),
        blank=BLANK[held.basis == "blank_as_zero" and not computed],
        why=OTHER_SCOPE if other else NOT_READ,
        equals=_equals(statement.value, held, seen),
    )


def _equals(value: Decimal, held: Held, seen: Facts) -> Pair:
    """What a number that disagrees does equal, in the same rows: a single cell, or one row's total."""
    if value == 0:
        return "", ""
    found: list[Pair] = []
    for term in held.side.terms:
        table, item, _ = term.key.split(".")
        if amount(term, seen) == value and len(held.side.terms) > 1:
            found.append(both("item", item))
            continue
        for key in seen.keys(table, items=[item]):
            cell = seen.cells.get(key)
            if cell and cell.value == value:
                row, column = both("item", item), both("measure", cell.measure)
                found.append((f"{row[0]}·{column[0]}", f"{row[1]} / {column[1]}"))
    if not found:
        return "", ""
    return (
        f"；{plain(value)} 等于表中的 {found[0][0]}",
        f"; {plain(value)} is what the table has under {found[0][1]}",
    )


def _quoted(settings: Settings, quote: str) -> bool:
    return (settings.get("says") or "") in quote and not (
        settings.get("unless") and settings["unless"] in quote
    )


RULES = dict.fromkeys(
    ("TX-01", "TX-02", "TX-03", "TX-04", "TX-05", "TX-06", "TX-07", "TX-11", "TX-12"), stated
)
