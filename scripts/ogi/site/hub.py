"""What hand-written pages show of the data: a marker such as `<!-- ogi:newest -->` is replaced by a block.

Comes in: the book and a page's HTML. Goes out: the HTML with its markers filled. Must not know: MkDocs,
stamped pages.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from ogi.errors import BadPackage
from ogi.paths import PACKAGE
from ogi.site.book import Book, Row
from ogi.site.coverage import Coverage
from ogi.site.grounds import Grounds
from ogi.site.outcomes import Outcomes
from ogi.site.places import Places
from ogi.site.quality import Quality
from ogi.site.templating import render

MARKER = re.compile(r"(?:<p>)?<!-- ogi:([a-z-]+) -->(?:</p>)?")
NEWEST = 12
LISTED = 400  # agencies that one list can hold; above that the list goes by region


@dataclass(frozen=True, slots=True)
class Facts:
    """The figures of the whole collection."""

    reports: int
    agencies: int
    regions: int
    years: tuple[str, ...]
    cells: int
    passed: int
    failed: int
    unknown: int
    unread: int
    version: str
    as_of: str
    archive: int


def facts(book: Book, cells: int, archive: int) -> Facts:
    """`archive`: bytes of the package as one file."""
    live = book.live()
    descriptor = book.package.descriptor
    return Facts(
        reports=len(live),
        agencies=len({r["agency_id"] for r in live}),
        regions=len({book.agencies[r["agency_id"]]["region_code"] for r in live}),
        years=tuple(sorted({r["year"] for r in live})),
        cells=cells,
        passed=sum(int(r["checks_passed"]) for r in live),
        failed=sum(int(r["checks_failed"]) for r in live),
        unknown=sum(int(r["checks_unknown"]) for r in live),
        unread=sum(d["outcome"] == "failed" for d in book.documents.values()),
        version=str(descriptor.get("version", "")),
        as_of=str(descriptor.get("as_of", "")),
        archive=archive,
    )


class Hub:
    def __init__(self, book: Book, places: Places, figures: Facts, quality: Quality, grounds: Grounds) -> None:
        self.book, self.places, self.figures = book, places, figures
        self.quality, self.grounds = quality, grounds
        live = sorted(
            book.live(), key=lambda r: (r["year"], _published(book, r), r["report_id"]), reverse=True
        )
        self.newest = live[:NEWEST]
        self.by_year = Counter(r["year"] for r in live)
        self.by_agency = Counter(r["agency_id"] for r in live)
        self.latest: dict[str, Row] = {}
        for report in live:
            self.latest.setdefault(report["agency_id"], report)
        self.by_sector = Counter(a["sector"] for a in book.agencies.values())

    def fill(self, html: str, url: str) -> str:
        """The page with its blocks; `url` tells how deep it lies."""
        root = "../" * url.count("/")

        def block(match: re.Match[str]) -> str:
            name = f"hub/{match[1]}.html"
            if not (PACKAGE / "site" / "templates" / name).is_file():
                raise BadPackage(
                    f"docs page /{url}",
                    f"unknown block «ogi:{match[1]}»",
                    "see scripts/ogi/site/templates/hub",
                )
            return render(
                name,
                root=root,
                book=self.book,
                places=self.places,
                facts=self.figures,
                hub=self,
                all_agencies=len(self.book.agencies) <= LISTED,
                provinces=self._provinces(),
            )

        return MARKER.sub(block, html)

    def coverage(self) -> Coverage:
        return Coverage(self.book, self.places)

    def national(self, root: str) -> list[Markup]:
        """What became of requests in all own reports, by year, and why they were not given."""
        pairs = self.book.panel_rows(self.book.live())
        explorer = f"{root}compare/"
        return [Outcomes(self.book).many("全国（已收录）", pairs, explorer), self.grounds.of_many(pairs, explorer)]

    def sectors(self) -> list[Row]:
        return [r for (kind, code), r in self.book.codes.items() if kind == "sector" and self.by_sector[code]]

    def levels(self) -> list[Row]:
        used = {agency["level"] for agency in self.book.agencies.values()}
        return [row for (kind, code), row in self.book.codes.items() if kind == "level" and code in used]

    def region_list(self) -> list[dict[str, str]]:
        """Regions with a page, each after the one it belongs to and set in under it."""
        return [
            {
                "code": code,
                "zh": "\u3000" * (len(self.places.trail(code)) - 1) + self.places.regions[code]["zh"],
                "en": "\u2003" * (len(self.places.trail(code)) - 1) + self._english(code),
            }
            for province in self._provinces()
            for code in self.places.below(province["region_code"])
        ]

    def _english(self, region_code: str) -> str:
        row = self.places.regions[region_code]
        return f"{row['en']} {row['zh']}".strip()

    def kinds(self) -> dict[str, list[Row]]:
        out: dict[str, list[Row]] = {}
        for (kind, _), row in self.book.codes.items():
            out.setdefault(kind, []).append(row)
        return out

    def _provinces(self) -> list[Row]:
        tops = [
            row
            for code, row in self.places.regions.items()
            if row["parent"] in ("", "100000") and code != "100000"
        ]
        return tops or list(self.places.regions.values())


def _published(book: Book, report: Row) -> str:
    document = book.documents[report["document_id"]]
    return report["published_on"] or document["retrieved_on"]
