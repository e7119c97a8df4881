"""An agency's pending requests from year to year: what came, what went, what was carried, and each break
priced.

Comes in: an agency's readings by year, and the Forms. Goes out: one `Line` a year. Must not know: any page
or file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ogi.checks.facts import Facts, facts
from ogi.checks.years import IN, NEW, OUT, chain, number
from ogi.forms import Forms
from ogi.model import Reading

Break = Literal["carry-dropped", "carry-appeared", "carry-changed", "applicant-reclassified", "year-missing"]


@dataclass(frozen=True, slots=True)
class Line:
    """One year: `opening` is what the year before carried out, `carried` what this year prints as carried in.

    `gap` prices the break (carried − opening), `residual` what the year itself leaves open (received +
    carried − disposed − closing). None is a number that was not printed, not read, or a year that was not
    collected.
    """

    year: int
    opening: Decimal | None
    carried: Decimal | None
    received: Decimal | None
    disposed: Decimal | None
    closing: Decimal | None
    gap: Decimal | None
    residual: Decimal | None
    broken: Break | None


def ledger(readings: Mapping[int, Reading], forms: Forms) -> tuple[Line, ...]:
    """The lines of an agency in order of years, from the first to the last year that was collected."""
    years = chain({year: facts(reading, forms, year=year) for year, reading in readings.items()})
    return tuple(_line(year, seen, first=index == 0) for index, (year, seen) in enumerate(years.items()))


def _line(year: int, seen: Facts, *, first: bool) -> Line:
    opening, carried = number(seen.before, f"{OUT}.total"), number(seen, f"{IN}.total")
    received, disposed = number(seen, NEW), number(seen, "requests.total_disposed.total")
    closing = number(seen, f"{OUT}.total")
    gap = carried - opening if carried is not None and opening is not None else None
    residual = None
    if received is not None and carried is not None and disposed is not None and closing is not None:
        residual = received + carried - disposed - closing
    return Line(year, opening, carried, received, disposed, closing, gap, residual, _break(seen, first, gap))


def _break(seen: Facts, first: bool, gap: Decimal | None) -> Break | None:
    if seen.before is None:
        return None if first else "year-missing"
    if gap is None:
        return None
    if gap == 0:
        return "applicant-reclassified" if _moved(seen) else None
    if number(seen, f"{IN}.total") == 0:
        return "carry-dropped"
    return "carry-appeared" if number(seen.before, f"{OUT}.total") == 0 else "carry-changed"


def _moved(seen: Facts) -> bool:
    """Whether some kind of applicant is carried in otherwise than it was carried out."""
    for key in seen.keys("requests", items=["carried_in"]):
        came, left = number(seen, key), number(seen.before, key.replace(IN, OUT))
        if came is not None and left is not None and came != left:
            return True
    return False
