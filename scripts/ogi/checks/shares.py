"""Arithmetic inside the prose: percentages (TX-08), growth (TX-09), parts of a sentence (TX-10).

Comes in: a Reading's statements where they stand in its sections, and Facts. Goes out: Checks. Must not
know: any form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ogi.checks.facts import Facts
from ogi.checks.judged import judged
from ogi.checks.names import Pair, plain
from ogi.checks.rules import Rule
from ogi.checks.years import NEW, number
from ogi.model import Check, CheckStatus, Statement

BASES: tuple[tuple[tuple[str, ...], Pair], ...] = (
    (("requests.total_disposed.total",), ("办理总计", "those disposed of")),
    ((NEW,), ("本年新收", "those received this year")),
    ((NEW, "requests.carried_in.total"), ("本年新收加上年结转", "those received and carried in")),
)
ENDS = "。；;！!？?\n"


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement with the text between it and the one before it, None where it opens its section."""

    statement: Statement
    gap: str | None


def placed(seen: Facts) -> list[Placed]:
    """The statements in reading order, each with what stands between it and the one before."""
    out: list[Placed] = []
    for section in seen.reading.sections:
        end: int | None = None
        for statement in (s for s in seen.reading.statements if s.section == section.section):
            start = section.text.find(statement.quote, end or 0)
            if start < 0:
                continue
            out.append(Placed(statement, section.text[end:start] if end is not None else None))
            end = start + len(statement.quote)
    return out


def shares(rule: Rule, seen: Facts) -> Iterator[Check]:
    """A percentage right behind a count: of some total the table has, or not."""
    settings = rule.settings
    order = placed(seen)
    for n, (before, here) in enumerate(zip(order, order[1:], strict=False), start=1):
        part, share = before.statement, here.statement
        close = here.gap is not None and len(here.gap.strip("，, （(")) <= 1
        if share.kind != "share" or part.kind not in settings["of"] or not close:
            continue
        tolerance = _tolerance(share.value, Decimal(settings["tolerance"]))
        tries = []
        for keys, words in BASES:
            amounts = [number(seen, key) for key in keys]
            whole = sum((a for a in amounts if a is not None), Decimal(0))
            if None not in amounts and whole > 0:
                tries.append((abs(share.value - 100 * part.value / whole), keys, words, whole))
        best = min(
            (t for t in tries if t[0] <= tolerance), default=tries[0] if tries else None, key=lambda t: t[0]
        )
        base: Pair = best[2] if best else ("", "")
        yield judged(
            rule,
            seen,
            f"share#{n}",
            "unknown" if best is None else "pass" if best[0] <= tolerance else "fail",
            best[1] if best else (),
            left=share.value,
            right=_rounded(100 * part.value / best[3]) if best else None,
            count=plain(part.value),
            stated=plain(share.value),
            base=base,
            computed=plain(_rounded(100 * part.value / best[3])) if best else "",
        )


def growth(rule: Rule, seen: Facts, years: Mapping[int, Facts]) -> Iterator[Check]:
    """Growth stated right behind the requests received, against the tables of both years."""
    settings = rule.settings
    order = placed(seen)
    for n, (before, here) in enumerate(zip(order, order[1:], strict=False), start=1):
        said = here.statement
        near = here.gap is not None and not any(e in here.gap for e in ENDS) and len(here.gap) <= 12
        if said.kind != "change_on_year" or before.statement.kind not in settings["of"] or not near:
            continue
        now, last = number(seen, NEW), number(seen.before, NEW)
        computed = _rounded(100 * (now / last - 1)) if now is not None and last else None
        status: CheckStatus = "unknown"
        if computed is not None:
            tolerance = _tolerance(said.value, Decimal(settings["tolerance"]))
            status = "pass" if abs(said.value - computed) <= tolerance else "fail"
        previous = seen.before.sure([NEW]) if seen.before else False
        yield judged(
            rule,
            seen,
            f"change_on_year#{n}",
            status,
            (NEW,),
            left=now,
            right=last,
            stated=plain(said.value),
            computed=plain(computed) if computed is not None else "",
            sure=seen.sure([NEW]) and previous,
        )


def parts(rule: Rule, seen: Facts) -> Iterator[Check]:
    """Parts and total of one sentence; cells are not asked."""
    settings = rule.settings
    for n, sentence in enumerate(_sentences(placed(seen)), start=1):
        for group in settings["groups"]:
            totals = [s.value for s in sentence if s.kind == group["total"]]
            named = [s for s in sentence if s.kind in group["parts"]]
            if (
                len(totals) != 1
                or len({s.kind for s in named}) < group["least"]
                or len(named) > len(group["parts"])
            ):
                continue
            left = sum((s.value for s in named), Decimal(0))
            yield judged(
                rule,
                seen,
                f"{group['total']}#{n}",
                "pass" if left == totals[0] else "fail",
                (),
                left=left,
                right=totals[0],
                sure=True,
            )


def _sentences(order: list[Placed]) -> list[list[Statement]]:
    out: list[list[Statement]] = []
    for item in order:
        if item.gap is None or any(end in item.gap for end in ENDS) or not out:
            out.append([])
        out[-1].append(item.statement)
    return out


def _tolerance(stated: Decimal, least: Decimal) -> Decimal:
    """Half of the last printed place, as numbers are rounded, and never less than the rule's own."""
    exponent = stated.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return max(least, Decimal(5).scaleb(-places - 1))


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"))


RULES = {"TX-08": shares, "TX-10": parts}
OVER_YEARS = {"TX-09": growth}
