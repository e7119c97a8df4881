"""Which years of an agency are in the collection: one row from its first to its last collected or listed year.

Comes in: what became of each document (`Seen`), the list kept by hand. Goes out: rows of `coverage`. Must not know: any
document's content. «Not collected» never means «not published».
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ogi.due import due_on
from ogi.model import Agency
from ogi.package.table import Row

NONE: Mapping[tuple[str, int], str | None] = {}


@dataclass(frozen=True, slots=True)
class Seen:
    """One document of an agency and year; `report_id` where it is the live report, `published_on` when that or an earlier
    version of it first came out; `nil` is yes, no or unknown."""

    agency_id: str
    year: int
    report_id: str | None = None
    published_on: date | None = None
    nil: str = "unknown"
    source_url: str | None = None


def coverage_rows(
    seen: Iterable[Seen],
    agencies: Mapping[str, Agency],
    listed: Mapping[tuple[str, int], str | None] = NONE,
    withdrawn: Collection[tuple[str, int]] = (),
) -> list[Row]:
    """`listed` are agency-years that a hand-kept list names, with an address where one is known; they, and those of which the
    report was `withdrawn`, stretch the years of an agency. A document that failed stands for its own year only: its name alone
    tells the year."""
    found: dict[tuple[str, int], Seen] = {}
    for one in sorted(seen, key=lambda s: (s.report_id is None, s.agency_id, s.year)):
        found.setdefault((one.agency_id, one.year), one)
    years: dict[str, set[int]] = {}
    for agency_id, year in (*(key for key, one in found.items() if one.report_id), *listed, *withdrawn):
        years.setdefault(agency_id, set()).add(year)
    rows = {(agency, year) for agency, some in years.items() for year in range(min(some), max(some) + 1)}
    return [
        _row(
            agencies[agency_id],
            year,
            found.get((agency_id, year)),
            listed.get((agency_id, year)),
            "withdrawn" if (agency_id, year) in withdrawn else "not_collected",
        )
        for agency_id, year in sorted(rows | set(found))
    ]


def _row(agency: Agency, year: int, seen: Seen | None, address: str | None, unseen: str) -> Row:
    due = due_on(year, agency.scope)
    published = seen.published_on if seen else None
    return {
        "agency_id": agency.agency_id,
        "year": year,
        "status": unseen if seen is None else "failed" if seen.report_id is None else "collected",
        "report_id": seen.report_id if seen else None,
        "declared_nil": seen.nil if seen else "unknown",
        "due_on": due,
        "published_on": published,
        "days_late": max(0, (published - due).days) if published else None,
        "source_url": (seen.source_url if seen else None) or address,
    }
