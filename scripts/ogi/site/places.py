"""How things are called and reached on pages two folders deep: regions, sectors, levels, agencies.

Comes in: the book. Goes out: names, links and trails. Must not know: what a page says.
"""

from __future__ import annotations

from collections.abc import Mapping

from ogi.site.book import Book, Row, lineage

ROOT = "../../"


class Trails:
    """Where a region lies: all that a single report's page may know of places."""

    def __init__(self, known: Mapping[str, Row]) -> None:
        self._known = known
        self._lineages: dict[str, list[Row]] = {}

    def lineage(self, region_code: str) -> list[Row]:
        """The region and those above it, the highest first."""
        if region_code not in self._lineages:
            self._lineages[region_code] = lineage(self._known, region_code)
        return self._lineages[region_code]

    def trail(self, region_code: str) -> list[Row]:
        """From the province down; the country itself says nothing new."""
        lineage = self.lineage(region_code)
        return [row for row in lineage if row["region_code"] != "100000"] or lineage

    def path(self, region_code: str) -> str:
        return " ".join(row["zh"] for row in self.trail(region_code))


class Places(Trails):
    """`regions`, `sectors` are those that have a page: an agency there, or below."""

    def __init__(self, book: Book) -> None:
        super().__init__(book.regions)
        self.book = book
        reached: dict[str, None] = {}
        for agency in book.agencies.values():
            for region in book.lineage(agency["region_code"]):
                reached[region["region_code"]] = None
        self.regions: Mapping[str, Row] = {code: book.regions[code] for code in sorted(reached)}
        self.children: dict[str, list[str]] = {}
        self.agencies_in: dict[str, list[Row]] = {}
        for code, row in self.regions.items():
            self.children.setdefault(row["parent"], []).append(code)
        for agency in sorted(book.agencies.values(), key=lambda a: a["agency_id"]):
            self.agencies_in.setdefault(agency["region_code"], []).append(agency)

    def below(self, region_code: str) -> list[str]:
        """The region and every region under it that has a page."""
        out = [region_code]
        for child in self.children.get(region_code, []):
            if child != region_code:
                out += self.below(child)
        return out

    def agencies_below(self, region_code: str) -> list[Row]:
        return [agency for code in self.below(region_code) for agency in self.agencies_in.get(code, [])]
