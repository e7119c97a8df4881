"""Which years of an agency are in the collection: one row from its first to its last collected year.

Comes in: what became of each document (`Seen`). Goes out: rows of `coverage`. Must not know: any
document's content. «Not collected» never means «not published».
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ogi.model import Agency
from ogi.package.table import Row

FIRST_YEAR_OF_ARTICLE_49 = (
    2019  # State Council Order 711, in force 2019-05-15; before it art. 32 of Order 492: 31 March
)


@dataclass(frozen=True, slots=True)
class Seen:
    """One document of an agency and year; `report_id` where it is the live report; `nil` is yes, no or
    unknown."""

    agency_id: str
    year: int
    report_id: str | None = None
    published_on: date | None = None
    nil: str = "unknown"


def coverage_rows(
    seen: Iterable[Seen], agencies: Mapping[str, Agency], listed: Iterable[tuple[str, int]] = ()
) -> list[Row]:
    """`listed` are agency-years that a hand-kept list names; they stretch the years of an agency."""
    found: dict[tuple[str, int], Seen] = {}
    for one in sorted(seen, key=lambda s: (s.report_id is None, s.agency_id, s.year)):
        found.setdefault((one.agency_id, one.year), one)
    years: dict[str, set[int]] = {}
    for agency_id, year in (*found, *listed):
        years.setdefault(agency_id, set()).add(year)
    return [
        _row(agencies[agency_id], year, found.get((agency_id, year)))
        for agency_id in sorted(years)
        for year in range(min(years[agency_id]), max(years[agency_id]) + 1)
    ]


def due_on(year: int, scope: str) -> date:
    """The last day on which the report of `year` may be published."""
    early = scope == "own" and year >= FIRST_YEAR_OF_ARTICLE_49
    return date(year + 1, 1, 31) if early else date(year + 1, 3, 31)


def _row(agency: Agency, year: int, seen: Seen | None) -> Row:
    due = due_on(year, agency.scope)
    published = seen.published_on if seen else None
    return {
        "agency_id": agency.agency_id,
        "year": year,
        "status": "not_collected" if seen is None else "failed" if seen.report_id is None else "collected",
        "report_id": seen.report_id if seen else None,
        "declared_nil": seen.nil if seen else "unknown",
        "due_on": due,
        "published_on": published,
        "days_late": max(0, (published - due).days) if published else None,
    }
