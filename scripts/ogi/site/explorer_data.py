"""The rows behind the explorer: every live report with its indicators, as compact as JSON gets.

Comes in: the book. Goes out: one JSON file; the numbers of grounds, for which few ask, are in another (`grounds.py`). Must
not know: the script that reads them, pages.
"""

from __future__ import annotations

from collections.abc import Iterator

from ogi.site.book import Book
from ogi.site.downloads import json_list, to_json
from ogi.site.grounds import Grounds
from ogi.site.places import Places
from ogi.site.proofs import Proofs, signed


def explorer_data(book: Book, places: Places, grounds: Grounds, version: str) -> Iterator[bytes]:
    """rows: [report, agency, agency_id, year, [regions], region path, sector, level, [values], {place: signs}, scope,
    failed checks, doubts]; signs (`proofs.signed`) of those values that have any. Piece by piece."""
    known = ("code", "zh", "en", "definition", "definition_en")
    proofs = Proofs(book)
    indicators = [
        {
            **{k: row[k] for k in known},
            "proof": proofs.anchor(row["code"]),
            "page": f"indicators/{row['code']}/",
        }
        for row in book.indicators
    ]
    reasons = [
        {
            **{k: row[k] for k in known},
            "proof": f"c-requests-{row['code']}-total",
            "page": f"glossary/#item-{row['code']}",
        }
        for row in grounds.items
    ]
    english = {code: row["en"] or row["zh"] for code, row in places.regions.items()}
    parts = {
        "version": to_json(version),
        "indicators": to_json(indicators),
        "grounds": to_json(reasons),
        "regions_en": to_json(english),
    }
    return json_list(parts, "rows", _rows(book, places), "\n")


def _rows(book: Book, places: Places) -> Iterator[str]:
    values_of = book.picker("panel", [row["code"] for row in book.indicators])
    for report, panel in book.panel_rows(sorted(book.live(), key=lambda r: r["report_id"])):
        agency = book.agencies[report["agency_id"]]
        region = agency["region_code"]
        regions = [one["region_code"] for one in places.lineage(region)]
        texts = map(to_json, (report["report_id"], agency["name"], agency["agency_id"]))
        where = map(to_json, (regions, places.path(region), agency["sector"], agency["level"]))
        values = ",".join([value or "null" for value in values_of(panel)])
        signs = ",".join(
            [
                f'"{n}":"{" ".join(said)}"'
                for n, row in enumerate(book.indicators)
                if (said := signed(row["code"], panel))
            ]
        )
        rest = f"{to_json(agency['scope'])},{report['checks_failed']},{report['doubts']}"
        yield f"[{','.join(texts)},{report['year']},{','.join(where)},[{values}],{{{signs}}},{rest}]"
