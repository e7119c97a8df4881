"""Pages about many reports: an agency, a region, a sector, a year, an indicator.

Comes in: the book. Goes out: for each page a `Record` and the files beside it. Must not know: cells,
documents, MkDocs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from ogi.site.book import Book, Row
from ogi.site.boundaries import Change, boundary_changes
from ogi.site.comparison import EXPLORER, ROWS, Comparisons, Pair, head
from ogi.site.downloads import Types, csv_table, json_object, to_json
from ogi.site.ledger import Ledgers
from ogi.site.outcomes import Outcomes
from ogi.site.places import Places
from ogi.site.stamping import Record
from ogi.site.templating import render
from ogi.site.text import plain, safe

Made = tuple[Record, list[tuple[str, bytes]]]
HEAD = Markup(
    '<link rel="alternate" type="application/json" href="index.json">'
    '<link rel="alternate" type="text/csv" href="index.csv">'
)


class GroupPages:
    def __init__(self, book: Book, places: Places, version: str) -> None:
        self.book, self.places = book, places
        self.types = Types(book.package)
        self.comparisons = Comparisons(book, places, version)
        self.version = version
        self.outcomes, self.ledgers = Outcomes(book), Ledgers(book)
        self.live: dict[str, list[Row]] = {}
        for report in sorted(book.live(), key=lambda r: (r["agency_id"], r["year"])):
            self.live.setdefault(report["agency_id"], []).append(report)

    def agencies(self) -> Iterator[Made]:
        for agency_id, agency in self.book.agencies.items():
            reports = self.live.get(agency_id, [])
            pairs = self.book.panel_rows(reports)
            table = self.comparisons.of(
                pairs, f"{agency['name']}：各年指标", ["agency", "year", "region", "sector"]
            )
            body = render(
                "agency.html",
                book=self.book,
                places=self.places,
                agency=agency,
                reports=reports[::-1],
                comparison=table,
                names=[n for n in self.book.names.get(agency_id, ()) if n["name"] != agency["name"]],
                coverage=self.book.coverage.get(agency_id, ()),
                similar=self._similar(agency),
                figures=self.outcomes.agency(agency["name"], pairs),
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
                "names": self.types.rows("agency_names", self.book.names.get(agency_id, ()), "agency_id"),
                "coverage": self.types.rows("coverage", self.book.coverage.get(agency_id, ()), "agency_id"),
                "reports": self.types.rows("reports", reports),
                "panel": self.types.rows("panel", [panel for _, panel in pairs]),
            }
            yield record, [("index.json", json_object(parts)), ("index.csv", table.csv)]

    def regions(self) -> Iterator[Made]:
        for code, region in self.places.regions.items():
            agencies = self.places.agencies_below(code)
            children = [
                (self.places.regions[c], len(self.places.agencies_below(c)))
                for c in self.places.children.get(code, [])
                if c != code
            ]
            yield self._group(
                f"regions/{code}/",
                region["zh"],
                region["en"],
                f"地区 · 区划代码 {code}",
                agencies,
                trail=self.places.trail(code)[:-1],
                children=children,
                changes=boundary_changes(self.book, code),
            )

    def sectors(self) -> Iterator[Made]:
        used = {agency["sector"] for agency in self.book.agencies.values()}
        for (kind, code), row in self.book.codes.items():
            if kind == "sector" and code in used:
                agencies = [a for a in self.book.agencies.values() if a["sector"] == code]
                yield self._group(
                    f"sectors/{code}/", row["zh"], row["en"], "领域", agencies, trail=[], children=[]
                )

    def years(self) -> Iterator[Made]:
        years = sorted({report["year"] for reports in self.live.values() for report in reports})
        for position, year in enumerate(years):
            reports = [r for reports in self.live.values() for r in reports if r["year"] == year]
            pairs = self.book.panel_rows(reports)
            table = self.comparisons.of(pairs, f"{year} 年各机关指标", ["year"], f"year={year}")
            body = render(
                "year.html",
                book=self.book,
                year=year,
                count=len(reports),
                comparison=table,
                earlier=years[position - 1] if position else None,
                later=years[position + 1] if position + 1 < len(years) else None,
                failed=sum(int(r["checks_failed"]) > 0 for r in reports),
            )
            title = f"{year} 年：政府信息公开年报比较"
            record = Record(
                f"years/{year}/", title, f"{title}，依据已收集的 {len(reports)} 份报告。", body, HEAD
            )
            yield record, [("index.json", table.json), ("index.csv", table.csv)]

    def indicators(self) -> Iterator[Made]:
        years = sorted({report["year"] for reports in self.live.values() for report in reports})
        for indicator in self.book.indicators:
            code = indicator["code"]
            rows, flat = [], []
            for agency_id, reports in self.live.items():
                pairs = {r["year"]: (r, p) for r, p in self.book.panel_rows(reports)}
                if not any(panel[code] for _, panel in pairs.values()):
                    continue
                agency = self.book.agencies[agency_id]
                rows.append(self._indicator_row(agency, code, years, pairs))
                for year, (report, panel) in pairs.items():
                    flat.append(
                        (
                            report["report_id"],
                            agency_id,
                            agency["name"],
                            year,
                            panel[code],
                            panel[f"{code}_basis"],
                        )
                    )
            body = render(
                "indicator.html",
                book=self.book,
                indicator=indicator,
                years=years,
                rows=[Markup(r) for r in rows[:ROWS]],
                total=len(rows),
                head=head,
                all_rows=f"{EXPLORER}?show={code}" if len(rows) > ROWS else "",
                count=sum(1 for line in flat if line[4]),
                missing=sum(1 for line in flat if not line[4]),
            )
            title = f"{indicator['zh']}：各机关比较"
            record = Record(f"indicators/{code}/", title, plain(indicator["definition"] or title), body, HEAD)
            columns = ("report_id", "agency_id", "agency", "year", code, f"{code}_basis")
            parts = {
                "indicator": to_json(self.types.row("codes", indicator)),
                "values": "[" + ",\n".join(_value_object(columns, line) for line in flat) + "]",
            }
            yield record, [("index.json", json_object(parts)), ("index.csv", csv_table(columns, flat))]

    def _group(
        self,
        url: str,
        zh: str,
        en: str,
        kicker: str,
        agencies: list[Row],
        trail: list[Row],
        children: Sequence[tuple[Row, int]],
        changes: Sequence[Change] = (),
    ) -> Made:
        section, code, _ = url.split("/")
        reports = [r for agency in agencies for r in self.live.get(agency["agency_id"], [])]
        table = self.comparisons.of(
            self.book.panel_rows(reports),
            f"{zh}：各机关各年指标",
            ["sector"] if url.startswith("sectors/") else [],
            f"{section.removesuffix('s')}={code}",
        )
        body = render(
            "group.html",
            book=self.book,
            places=self.places,
            zh=zh,
            en=en,
            kicker=kicker,
            trail=trail,
            children=children,
            changes=changes,
            linked=self.places.regions,
            agencies=agencies[:ROWS],
            more=max(0, len(agencies) - ROWS),
            live=self.live,
            count=len(reports),
            comparison=table,
            figure=self.outcomes.many(zh, self.book.panel_rows(reports)),
            aggregates=any(agency["scope"] == "aggregate" for agency in agencies),
        )
        title = f"{zh}：政府信息公开年报"
        record = Record(url, title, f"{title}，依据已收集的 {len(reports)} 份报告。", body, HEAD)
        return record, [("index.json", table.json), ("index.csv", table.csv)]

    def _indicator_row(self, agency: Row, code: str, years: list[str], pairs: dict[str, Pair]) -> str:
        cells = []
        for year in years:
            if year not in pairs:
                cells.append('<td class="n none" data-v="">·</td>')
                continue
            cells.append(self.comparisons.value(code, *pairs[year]))
        region = self.places.trail(agency["region_code"])[-1]
        return (
            f'<tr><th scope="row"><a href="../../agencies/{agency["agency_id"]}/">'
            f"{safe(agency['name'])}</a></th>"
            f"<td>{safe(region['zh'])}</td><td>{safe(self.book.zh('sector', agency['sector']))}</td>"
            f"{''.join(cells)}</tr>"
        )

    def _similar(self, agency: Row) -> list[Row]:
        """Same sector and level, elsewhere: the peers a reader would look for."""
        same = [a for a in self.book.agencies.values() if a is not agency and a["sector"] == agency["sector"]]
        near = sorted(
            same,
            key=lambda a: (a["level"] != agency["level"], a["region_code"][:2] != agency["region_code"][:2]),
        )
        return near[:8]


def _value_object(columns: Sequence[str], line: Sequence[str]) -> str:
    members = (
        f'"{c}":{(v or "null") if i in (3, 4) else to_json(v)}'
        for i, (c, v) in enumerate(zip(columns, line, strict=True))
    )
    return "{" + ",".join(members) + "}"
