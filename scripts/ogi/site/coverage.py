"""Which agency-years are collected, which could not be read, which are missing, and what help is wanted.

Comes in: the book. Goes out: rows for the coverage page. Must not know: single reports' pages. «Not collected» never means
«not published», and nobody is late whose date of publication is not known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ogi.site.book import Book, Row
from ogi.site.places import Places

LISTED = 200  # agencies with a line of their own; above that by region
WANTED = 60


@dataclass(frozen=True, slots=True)
class Years:
    """One agency over all years: its row of the resource, or None for a year outside of its own."""

    agency: Row
    years: Sequence[Row | None]


@dataclass(frozen=True, slots=True)
class Sum:
    """One province and year."""

    collected: int
    failed: int
    missing: int


class Coverage:
    def __init__(self, book: Book, places: Places) -> None:
        self.book, self.places = book, places
        self.rows = [row for rows in book.coverage.values() for row in rows]
        self.years = sorted({row["year"] for row in self.rows})
        self.counts = Counter(row["status"] for row in self.rows)
        self.nil = sum(row["declared_nil"] == "yes" for row in self.rows)
        self.dated = [row for row in self.rows if row["status"] == "collected" and row["published_on"]]
        self.late = [row for row in self.dated if row["days_late"] not in ("", "0")]
        self.every_agency = len(book.coverage) <= LISTED

    def agencies(self) -> list[Years]:
        order = sorted(self.book.coverage, key=lambda a: (self.book.agencies[a]["region_code"], a))
        out = []
        for agency_id in order[:LISTED]:
            by_year = {row["year"]: row for row in self.book.coverage[agency_id]}
            out.append(Years(self.book.agencies[agency_id], [by_year.get(y) for y in self.years]))
        return out

    def provinces(self) -> list[tuple[Row, list[Sum]]]:
        counts: Counter[tuple[str, str, str]] = Counter()
        for row in self.rows:
            region = self.places.trail(self.book.agencies[row["agency_id"]]["region_code"])[0]
            counts[region["region_code"], row["year"], row["status"]] += 1
        codes = sorted({code for code, _, _ in counts})
        return [
            (
                self.book.regions[code],
                [
                    Sum(*(counts[code, year, status] for status in ("collected", "failed", "not_collected")))
                    for year in self.years
                ],
            )
            for code in codes
        ]

    def wanted(self) -> list[Row]:
        """First what was found and could not be read, then gaps with a known address, then the newest gaps."""
        gaps = [row for row in self.rows if row["status"] not in ("collected", "withdrawn")]
        rank = {"failed": 0, "not_collected": 1}
        gaps.sort(key=lambda r: (rank[r["status"]], not r["source_url"], -int(r["year"]), r["agency_id"]))
        return gaps[:WANTED]
