"""Pages about many reports: an agency, a region, a sector, a year, an indicator.

Comes in: the book. Goes out: for each page its name, what it hangs on, and how to make its `Record` and the files beside
it, so that a page of which nothing changed is not made. Must not know: cells, documents, MkDocs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain

from markupsafe import Markup

from ogi.site.book import Book, Row
from ogi.site.boundaries import boundary_changes
from ogi.site.comparison import EXPLORER, ROWS, Comparisons, Pair, head, whole
from ogi.site.downloads import Types, csv_table, json_list, json_object, to_json
from ogi.site.feeds import Feeds
from ogi.site.grounds import Grounds
from ogi.site.kept_pages import Content
from ogi.site.ledger import Ledgers
from ogi.site.outcomes import Outcomes
from ogi.site.peers import Peers
from ogi.site.places import Places
from ogi.site.stamping import Record
from ogi.site.templating import render
from ogi.site.text import plain, safe

Made = tuple[Record, Sequence[tuple[str, Content]]]
HEAD = Markup(
    '<link rel="alternate" type="application/json" href="index.json">'
    '<link rel="alternate" type="text/csv" href="index.csv">'
)


@dataclass(frozen=True, slots=True)
class GroupPage:
    """`hangs_on` is all that the page shows, beside what all pages share: code, shell, codes, version, address."""

    name: str
    hangs_on: Sequence[object]
    make: Callable[[], Made]


class GroupPages:
    """Each section's pages in the order of their names."""

    def __init__(
        self, book: Book, places: Places, grounds: Grounds, version: str, site_url: str = ""
    ) -> None:
        self.book, self.places = book, places
        self.types = Types(book.package)
        self.comparisons = Comparisons(book, places, version)
        self.outcomes, self.ledgers, self.feeds = Outcomes(book), Ledgers(book), Feeds(book, site_url)
        self.grounds = grounds
        self.peers = Peers(book.agencies.values())
        self._digests: dict[str, str] = {}
        self.live: dict[str, list[Row]] = {}
        for report in sorted(book.live(), key=lambda r: (r["agency_id"], r["year"])):
            self.live.setdefault(report["agency_id"], []).append(report)
        self.pairs = {agency_id: book.panel_rows(reports) for agency_id, reports in self.live.items()}
        self.all_years = sorted({report["year"] for report in chain(*self.live.values())})

    def agencies(self) -> Iterator[GroupPage]:
        for agency_id, agency in sorted(self.book.agencies.items()):
            reports = self.live.get(agency_id, [])
            similar = self.peers.of(agency)
            successor = self.book.agencies.get(agency["successor_id"])
            hangs_on = (
                agency,
                self.book.lineage(agency["region_code"]),
                self.book.names.get(agency_id),
                self.book.coverage.get(agency_id),
                self.book.ledger.get(agency_id),
                self.pairs.get(agency_id, []),
                [self.grounds.lines.get(report["report_id"]) for report in reports],
                [(other["agency_id"], other["name"]) for other in similar],
                successor and successor["name"],
                self.feeds.dates(agency_id),
            )
            yield GroupPage(agency_id, hangs_on, partial(self._agency, agency, reports, similar))

    def regions(self) -> Iterator[GroupPage]:
        moved = [region for region in self.book.regions.values() if region["successor"]]
        for code, region in self.places.regions.items():
            agencies = self.places.agencies_below(code)
            children = [
                (self.places.regions[c], len(self.places.agencies_below(c)))
                for c in self.places.children.get(code, [])
                if c != code
            ]
            changes = boundary_changes(self.book, code, moved)
            more = {
                "kicker": f"地区 · 区划代码 {code}",
                "trail": self.places.trail(code)[:-1],
                "children": children,
                "changes": changes,
            }
            reached = [change.region in self.places.regions for change in changes]
            hangs_on = (region, more, reached, *self._members(agencies))
            yield GroupPage(code, hangs_on, partial(self._group, f"regions/{code}/", region, agencies, more))

    def sectors(self) -> Iterator[GroupPage]:
        members: dict[str, list[Row]] = {}
        for agency in self.book.agencies.values():
            members.setdefault(agency["sector"], []).append(agency)
        more = {"kicker": "领域", "trail": [], "children": [], "changes": []}
        for code, agencies in sorted(members.items()):
            if row := self.book.codes.get(("sector", code)):
                make = partial(self._group, f"sectors/{code}/", row, agencies, more)
                yield GroupPage(code, [*self._members(agencies)], make)

    def years(self) -> Iterator[GroupPage]:
        years = self.all_years
        for earlier, year, later in zip((None, *years), years, (*years[1:], None), strict=False):
            reports = [r for r in chain(*self.live.values()) if r["year"] == year]
            shown = (
                (r, self.book.panel.get((r["agency_id"], year)), self._shown(r["agency_id"])) for r in reports
            )
            make = partial(self._year, year, reports, earlier, later)
            yield GroupPage(str(year), (earlier, later, *shown), make)

    def indicators(self) -> Iterator[GroupPage]:
        everything = [*self._members(self.book.agencies.values())]
        for indicator in sorted(self.book.indicators, key=lambda row: row["code"]):
            yield GroupPage(indicator["code"], everything, partial(self._indicator, indicator))

    def _shown(self, agency_id: str) -> object:
        """What other pages show of an agency."""
        agency = self.book.agencies[agency_id]
        return agency, self.places.path(agency["region_code"])

    def _members(self, agencies: Iterable[Row]) -> Iterator[str]:
        """What a page of many agencies shows of them and of their reports: the hash of each."""
        for agency_id in (agency["agency_id"] for agency in agencies):
            if agency_id not in self._digests:
                live = self.live.get(agency_id, [])
                grounds = [self.grounds.lines.get(report["report_id"]) for report in live]
                said = self._shown(agency_id), self.pairs.get(agency_id, []), grounds
                self._digests[agency_id] = hashlib.blake2b(repr(said).encode(), digest_size=16).hexdigest()
            yield self._digests[agency_id]

    def _agency(self, agency: Row, reports: list[Row], similar: Sequence[Row]) -> Made:
        agency_id = agency["agency_id"]
        names = self.book.names.get(agency_id, ())
        coverage = self.book.coverage.get(agency_id, ())
        pairs = self.pairs.get(agency_id, [])
        title = f"{agency['name']}：各年指标"
        figures = *self.outcomes.agency(agency["name"], pairs), self.grounds.of_agency(reports)
        body = render(
            "agency.html",
            book=self.book,
            places=self.places,
            agency=agency,
            reports=reports[::-1],
            comparison=self.comparisons.of(pairs, title, ["agency", "year", "region", "sector"]),
            names=[n for n in names if n["name"] != agency["name"]],
            coverage=coverage,
            similar=similar,
            figures=[f for f in figures if f],
            ledger=self.ledgers.figure(agency_id, agency["name"]),
        )
        title = f"{agency['name']}：政府信息公开年报数据"
        record = Record(
            f"agencies/{agency_id}/",
            plain(title),
            plain(f"{title}，已收录 {len(reports)} 年。"),
            body,
            HEAD,
        )
        parts = {
            "agency": to_json(self.types.row("agencies", agency)),
            "names": self.types.rows("agency_names", names, "agency_id"),
            "coverage": self.types.rows("coverage", coverage, "agency_id"),
            "reports": self.types.rows("reports", reports),
            "panel": self.types.rows("panel", [panel for _, panel in pairs]),
        }
        _, rows = self.comparisons.files(pairs)
        return record, [("index.json", json_object(parts)), rows, ("feed.xml", self.feeds.agency(agency_id))]

    def _group(self, url: str, row: Row, agencies: list[Row], more: Mapping[str, object]) -> Made:
        section, code, _ = url.split("/")
        chosen = f"{section.removesuffix('s')}={code}"
        reports = [r for agency in agencies for r in self.live.get(agency["agency_id"], [])]
        pairs, zh = (
            [pair for agency in agencies for pair in self.pairs.get(agency["agency_id"], [])],
            row["zh"],
        )
        table = self.comparisons.of(
            pairs,
            f"{zh}：各机关各年指标",
            ["sector"] if section == "sectors" else [],
            chosen,
        )
        body = render(
            "group.html",
            book=self.book,
            places=self.places,
            zh=zh,
            en=row["en"],
            **more,
            linked=self.places.regions,
            agencies=agencies[:ROWS],
            more=max(0, len(agencies) - ROWS),
            live=self.live,
            count=len(reports),
            comparison=table,
            figures=[
                self.outcomes.many(zh, pairs, EXPLORER, chosen),
                self.grounds.of_many(pairs, EXPLORER, chosen),
            ],
            aggregates=any(agency["scope"] == "aggregate" for agency in agencies),
        )
        title = f"{zh}：政府信息公开年报"
        record = Record(url, title, f"{title}，依据已收集的 {len(reports)} 份报告。", body, HEAD)
        return record, self.comparisons.files(pairs)

    def _year(self, year: str, reports: Sequence[Row], earlier: str | None, later: str | None) -> Made:
        pairs = self.book.panel_rows(reports)
        table = self.comparisons.of(pairs, f"{year} 年各机关指标", ["year"], f"year={year}")
        body = render(
            "year.html",
            book=self.book,
            year=year,
            count=len(reports),
            comparison=table,
            earlier=earlier,
            later=later,
            failed=sum(report["checks_failed"] != "0" for report in reports),
        )
        title = f"{year} 年：政府信息公开年报比较"
        record = Record(f"years/{year}/", title, f"{title}，依据已收集的 {len(reports)} 份报告。", body, HEAD)
        return record, self.comparisons.files(pairs)

    def _indicator(self, indicator: Row) -> Made:
        code, years = indicator["code"], self.all_years
        values = self.book.picker("panel", (code, f"{code}_basis", "doubted"))
        giving = [
            (self.book.agencies[agency_id], pairs)
            for agency_id, pairs in self.pairs.items()
            if any(values(panel)[0] for _, panel in pairs)
        ]
        flat = [
            (report["report_id"], agency["agency_id"], agency["name"], report["year"], agency["scope"])
            + (value, basis, code if value and code in doubted.split() else "")
            for agency, pairs in giving
            for report, panel in pairs
            for value, basis, doubted in (values(panel),)
        ]
        given = sum(1 for line in flat if line[5])
        body = render(
            "indicator.html",
            book=self.book,
            indicator=indicator,
            years=years,
            rows=[Markup(self._indicator_row(agency, code, years, pairs)) for agency, pairs in giving[:ROWS]],
            total=len(giving),
            head=head,
            all_rows=f"{EXPLORER}?show={code}" if len(giving) > ROWS else "",
            count=given,
            missing=len(flat) - given,
        )
        title = f"{indicator['zh']}：各机关比较"
        record = Record(f"indicators/{code}/", title, plain(indicator["definition"] or title), body, HEAD)
        columns = ("report_id", "agency_id", "agency", "year", "scope", code, f"{code}_basis", "doubted")
        known = {"indicator": to_json(self.types.row("codes", indicator))}
        objects = _value_objects(columns, flat)
        return record, [
            ("index.json", json_list(known, "values", objects)),
            ("index.csv", csv_table(columns, flat)),
        ]

    def _indicator_row(self, agency: Row, code: str, years: list[str], pairs: Sequence[Pair]) -> str:
        by_year = {report["year"]: (report, panel) for report, panel in pairs}
        cells = [
            self.comparisons.value(code, *by_year[year])
            if year in by_year
            else '<td class="n none" data-v="">·</td>'
            for year in years
        ]
        region = self.places.trail(agency["region_code"])[-1]
        return (
            f'<tr><th scope="row"><a href="../../agencies/{agency["agency_id"]}/">'
            f"{safe(agency['name'])}</a>{whole(agency)}</th>"
            f"<td>{safe(region['zh'])}</td><td>{safe(self.book.zh('sector', agency['sector']))}</td>"
            f"{''.join(cells)}</tr>"
        )


def _value_objects(columns: Sequence[str], lines: Iterable[Sequence[str]]) -> Iterator[str]:
    pattern = "{" + ",".join(f'"{column}":%s' for column in columns) + "}"
    encoded = cache(to_json)  # names and bases are met again and again
    for report_id, agency_id, agency, year, scope, value, *said in lines:
        ids = to_json(report_id), encoded(agency_id), encoded(agency)
        yield pattern % (*ids, year, encoded(scope), value or "null", *map(encoded, said))
