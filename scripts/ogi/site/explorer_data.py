"""The rows behind the explorer: every live report with its indicators, as compact as JSON gets.

Comes in: the book. Goes out: one JSON file. Must not know: the script that reads it, pages.
"""

from __future__ import annotations

from decimal import Decimal

from ogi.site.book import Book
from ogi.site.downloads import json_object, to_json
from ogi.site.places import Places
from ogi.site.proofs import Proofs


def explorer_data(book: Book, places: Places, version: str) -> bytes:
    """rows: [report, agency, agency_id, year, [regions], region path, sector, level, [values]]."""
    codes = [row["code"] for row in book.indicators]
    lines = []
    for report, panel in book.panel_rows(sorted(book.live(), key=lambda r: r["report_id"])):
        agency = book.agencies[report["agency_id"]]
        region = agency["region_code"]
        row = [
            report["report_id"],
            agency["name"],
            agency["agency_id"],
            int(report["year"]),
            [one["region_code"] for one in book.lineage(region)],
            places.path(region),
            agency["sector"],
            agency["level"],
            [Decimal(panel[code]) if panel[code] else None for code in codes],
        ]
        lines.append(to_json(row))
    known = ("code", "zh", "en", "definition", "definition_en")
    proofs = Proofs(book)
    indicators = [
        {**{k: row[k] for k in known}, "proof": proofs.anchor(row["code"])} for row in book.indicators
    ]
    parts = {"version": to_json(version), "indicators": to_json(indicators)}
    parts["rows"] = "[\n" + ",\n".join(lines) + "\n]"
    return json_object(parts)
