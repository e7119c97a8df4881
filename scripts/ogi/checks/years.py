"""Rules over an agency's years that are no plain equation: T3-21 to T3-24, T2-04.

Comes in: a Rule, the Facts of one year (with the year before) and the whole chain. Goes out: Checks of that
year. Must not know: any form by name. The equations between two years stand in forms/rules.yml.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from math import log
from statistics import median

from ogi.checks.facts import NUMBERS, Facts
from ogi.checks.judged import judged
from ogi.checks.names import name, plain
from ogi.checks.rules import Rule
from ogi.checks.terms import Basis
from ogi.model import Check, CheckStatus

PLACES = 9  # of a logarithm; what differs further behind is rounding
IN, OUT, NEW = "requests.carried_in", "requests.carried_out", "requests.new_received.total"


def chain(years: Mapping[int, Facts]) -> dict[int, Facts]:
    """The years in order, each knowing the very year before it; a gap ends the chain."""
    linked: dict[int, Facts] = {}
    for year in sorted(years):
        linked[year] = replace(years[year], before=linked.get(year - 1))
    return linked


def number(facts: Facts | None, key: str) -> Decimal | None:
    """The value of a cell; an empty one in a whole table is worth what the panel gives it: zero, or the sum of its parts,
    where every equation that it enters then holds. None where it cannot be told."""
    if facts is None or key not in facts.cells:
        return None
    cell = facts.cells[key]
    if cell.status in NUMBERS:
        return cell.value
    return facts.worths(cell.table)[cell.item, cell.measure][0] if facts.complete(cell.table) else None


def holds(facts: Facts) -> bool | None:
    """Whether the carried total agrees with the year before; None where it cannot be told."""
    came, left = number(facts, f"{IN}.total"), number(facts.before, f"{OUT}.total")
    return None if came is None or left is None else came == left


def dropped(rule: Rule, facts: Facts, years: Mapping[int, Facts]) -> Iterator[Check]:
    """Requests that the year before carried out and this year does not carry in at all."""
    came, left = number(facts, f"{IN}.total"), number(facts.before, f"{OUT}.total")
    if "requests" not in facts.tables or facts.before is None or "requests" not in facts.before.tables:
        return
    status: CheckStatus = "unknown" if came is None or left is None else "fail" if came == 0 and left > 0 else "pass"
    run, walk = 0, facts
    while walk.before is not None and holds(walk):
        run, walk = run + 1, walk.before
    yield judged(
        rule,
        facts,
        "",
        status,
        (f"{IN}.total",),
        left=came,
        right=left,
        run=run,
        before=facts.before.year,
        sure=facts.sure([f"{IN}.total"]) and facts.before.sure([f"{OUT}.total"]),
        basis=_basis(facts, [f"{IN}.total"], [f"{OUT}.total"]),
    )


def reclassified(rule: Rule, facts: Facts, years: Mapping[int, Facts]) -> Iterator[Check]:
    """The total carried agrees while some kind of applicant does not."""
    if not holds(facts):
        return
    columns = [k.split(".")[2] for k in facts.keys("requests", items=["carried_in"])]
    pairs = {c: (number(facts, f"{IN}.{c}"), number(facts.before, f"{OUT}.{c}")) for c in columns}
    apart = {c: p for c, p in pairs.items() if None not in p and p[0] != p[1]}
    unread = any(None in p for p in pairs.values())
    cells = tuple(f"{IN}.{c}" for c in apart or columns)
    words = [
        ("、", ", ")[n].join(
            f"{name('measure', c, n)} {plain(p[1] or Decimal(0))}→{plain(p[0] or Decimal(0))}"
            for c, p in apart.items()
        )
        for n in (0, 1)
    ]
    before = facts.before
    yield judged(
        rule,
        facts,
        "",
        "fail" if apart else "unknown" if unread else "pass",
        cells,
        left=pairs["total"][0],
        right=pairs["total"][1],
        columns=(words[0], words[1]),
        basis=_basis(facts, cells, (key.replace(IN, OUT) for key in cells)),
        sure=facts.sure(cells) and before is not None and before.sure(f"{OUT}.{c}" for c in apart),
    )


def jump(rule: Rule, facts: Facts, years: Mapping[int, Facts]) -> Iterator[Check]:
    """A change in requests received beyond what the agency's own earlier years show."""
    settings = rule.settings
    now, last = number(facts, NEW), number(facts.before, NEW)
    if now is None or last is None:
        return
    changed = _change(now, last)
    earlier = [y for y in years.values() if y.before and (y.year or 0) < (facts.year or 0)]
    counted = ((number(y, NEW), number(y.before, NEW)) for y in earlier)
    changes = [change for a, b in counted if (change := _change(a, b)) is not None]
    status: CheckStatus = "unknown"
    if changed is not None and len(changes) >= settings["years"]:
        middle = median(changes)
        spread = median(abs(c - middle) for c in changes)
        beyond = round(abs(changed - middle) - settings["deviations"] * spread, PLACES) > 0
        status = "fail" if beyond and max(now, last) >= settings["requests"] else "pass"
    sure = facts.sure([NEW]) and facts.before is not None and facts.before.sure([NEW])
    yield judged(rule, facts, "", status, (NEW,), left=now, right=last, sure=sure, basis=_basis(facts, [NEW], [NEW]))


def copied(rule: Rule, facts: Facts, years: Mapping[int, Facts]) -> Iterator[Check]:
    """Many non-zero cells, and most of them, are those of the year before."""
    before, keys = facts.before, facts.expected("requests")
    if not keys or before is None or "requests" not in before.tables:
        return
    now = {k: number(facts, k) for k in keys}
    last = {k: number(before, k) for k in keys if k in before.cells}
    filled = {k for k in now if now[k]} | {k for k in last if last[k]}
    same = [k for k in keys if now[k] and now[k] == last.get(k)]
    settings = rule.settings
    most = len(same) * 100 >= settings["percent"] * len(filled)
    copy = len(same) >= settings["cells"] and most and bool(now.get(NEW))
    unread = None in now.values() or None in last.values()
    yield judged(
        rule,
        facts,
        "",
        "fail" if copy else "unknown" if unread else "pass",
        tuple(same) or ("requests.*.*",),
        basis=_basis(facts, keys, (k for k in keys if k in last)),
        left=len(same),
        right=len(filled),
        sure=facts.sure(same) and before.sure(same),
    )


def unit_slip(rule: Rule, facts: Facts, years: Mapping[int, Facts]) -> Iterator[Check]:
    """A fee that is about ten thousand times last year's, or a ten-thousandth."""
    key = "disclosures.fees.amount"
    forms = {
        f.tables["disclosures"].template for f in (facts, facts.before) if f and "disclosures" in f.tables
    }
    if len(forms) != 1 or not forms <= set(rule.templates) or facts.before is None:
        return
    now, last = number(facts, key), number(facts.before, key)
    status: CheckStatus = "unknown" if now is None or last is None else "pass"
    if now and last:
        settings = rule.settings
        factor, tolerance = (
            Decimal(settings["factor"]),
            Decimal(settings["tolerance_percent"]) / 100,
        )
        ratio = max(now, last) / min(now, last) if min(now, last) > 0 else Decimal(0)
        status = "fail" if abs(ratio / factor - 1) <= tolerance else "pass"
    yield judged(
        rule,
        facts,
        "fees",
        status,
        (key,),
        left=now,
        right=last,
        sure=facts.sure([key]) and facts.before.sure([key]),
        basis=_basis(facts, [key], [key]),
    )


def _change(now: Decimal | None, last: Decimal | None) -> float | None:
    """By how much one count differs from the other, upwards or downwards; None where either is no count."""
    if now is None or last is None or min(now, last) < 0:
        return None
    return abs(log(float((now + 1) / (last + 1))))


def _basis(facts: Facts, keys: Iterable[str], before: Iterable[str]) -> Basis:
    """strict where the cells of this year, and those of the year before, are numbers."""
    last = facts.before.cells if facts.before else {}
    cells = (*map(facts.cells.get, keys), *map(last.get, before))
    return "strict" if all(cell and cell.status in NUMBERS for cell in cells) else "blank_as_zero"


RULES = {"T3-21": dropped, "T3-22": reclassified, "T3-23": jump, "T3-24": copied, "T2-04": unit_slip}
