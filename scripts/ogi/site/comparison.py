"""Tables that put reports side by side: one row a report, one column an indicator, each number with its
basis.

Comes in: reports with their rows of the panel. Goes out: the table as HTML, and the same rows as CSV
and JSON, piece by piece, since the country's are all there are. Must not know: which page it stands on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from ogi.site.book import Book, Row, TextRow
from ogi.site.downloads import csv_table, json_list, to_json
from ogi.site.places import Places
from ogi.site.proofs import SIGNS, Proofs, signed
from ogi.site.text import number, percent, safe

ROWS = 200  # more are in the CSV and, with a script, on the page that compares
EXPLORER = "../../compare/"
AGENCY = '>机关<span class="en" lang="en">Agency</span></th>'
YEARS = '>年度<span class="en" lang="en">Year</span></th>'
HEADS = {
    "year": ' class="n">年度<span class="en" lang="en">Year</span></th>',
    "region": '>地区<span class="en" lang="en">Region</span></th>',
    "sector": '>领域<span class="en" lang="en">Sector</span></th>',
}

KNOWN = ("report_id", "agency_id", "agency", "year", "region_code", "region", "sector", "scope")
COUNTED = ("failed_checks", "doubts", "doubted")
AT_HAND = 4096  # reports whose rows are kept while pages are made

Pair = tuple[Row, TextRow]  # report, its indicators


@dataclass(frozen=True, slots=True)
class Comparison:
    """`html` is a whole <table>; `total` counts all rows, `shown` those on the page; `all_rows` is where the rest is."""

    html: Markup
    total: int
    shown: int
    all_rows: str


class Comparisons:
    def __init__(self, book: Book, places: Places, version: str) -> None:
        self.book, self.places, self.version = book, places, version
        self.proofs = Proofs(book)
        self.codes = [row["code"] for row in book.indicators]
        self.shares = frozenset(code for code in self.codes if code.endswith("_share"))
        self.heads = {
            code: f' class="n"><a href="../../indicators/{code}/">{escape(book.zh("indicator", code))}</a>'
            f'<span class="en" lang="en">{escape(book.en("indicator", code))}</span></th>'
            for code in self.codes
        }
        self.columns = [column for code in self.codes for column in (code, f"{code}_basis")]
        self._indicators = book.picker("panel", self.columns)
        members = (column for column in (*KNOWN, *self.columns, *COUNTED) if column != "region")
        self._pattern = "{" + ",".join(f'"{column}":%s' for column in members) + "}"
        # A report stands on the pages of its agency, sector and year, and of every region up to the country.
        self._objects: dict[str, str] = {}

    def of(
        self, pairs: Sequence[Pair], caption: str, same: Sequence[str] = (), chosen: str = ""
    ) -> Comparison:
        """Reports in the order given; the first column names the agency, or its years, and leads to the report.

        `same` (agency, year, region, sector) is what all rows share, and gets no column; where there are more rows than
        the page shows, `chosen` is what the explorer shows all of them by.
        """
        all_rows = f"{EXPLORER}?{chosen}" if chosen and len(pairs) > ROWS else ""
        heads = [
            head(YEARS if "agency" in same else AGENCY, "agency", all_rows),
            *(head(text, name, all_rows) for name, text in HEADS.items() if name not in same),
            *(head(text, code, all_rows) for code, text in self.heads.items()),
            '<th scope="col" class="n">核验未通过<span class="en" lang="en">Failed checks</span></th>',
            '<th scope="col" class="n">疑点<span class="en" lang="en">Doubts</span></th>',
        ]
        lines = [
            f'<table class="compare" data-total="{len(pairs)}"><caption>{escape(caption)}</caption>',
            f"<thead><tr>{''.join(heads)}</tr></thead><tbody>",
            *(self._row(report, panel, same) for report, panel in pairs[:ROWS]),
            "</tbody></table>",
        ]
        html, shown = Markup("\n".join(lines)), min(ROWS, len(pairs))
        return Comparison(html, len(pairs), shown, all_rows)

    def files(self, pairs: Sequence[Pair]) -> list[tuple[str, Iterator[bytes]]]:
        """The rows as `index.json` and `index.csv`."""
        columns = (*KNOWN, *self.columns, *COUNTED)
        rows = ((*self._known(r), *self._indicators(p), *_counted(r), p["doubted"]) for r, p in pairs)
        objects = (self._object(report, panel) for report, panel in pairs)
        data = json_list({"version": to_json(self.version)}, "reports", objects)
        return [("index.json", data), ("index.csv", csv_table(columns, rows))]

    def value(self, code: str, report: Row, panel: Row) -> str:
        """A cell: the number, which leads to its proof, signs where it is not simply printed or is doubted; or a dash."""
        text = panel[code]
        if not text:
            return '<td class="n none" data-v="">—</td>'
        signs = "".join([f'<sup title="{sign}">{SIGNS[sign]}</sup>' for sign in signed(code, panel)])
        shown = percent(text) if code in self.shares else number(text)
        return f'<td class="n" data-v="{text}">{_link(report, self.proofs.anchor(code), shown)}{signs}</td>'

    def _row(self, report: Row, panel: Row, same: Sequence[str]) -> str:
        agency = self.book.agencies[report["agency_id"]]
        region = self.places.trail(agency["region_code"])[-1]
        values = "".join([self.value(code, report, panel) for code in self.codes])
        cells = {
            "year": f'<td class="n" data-v="{report["year"]}">{report["year"]}</td>',
            "region": f"<td>{escape(region['zh'])}</td>",
            "sector": f"<td>{escape(self.book.zh('sector', agency['sector']))}</td>",
        }
        shared = "".join(cell for name, cell in cells.items() if name not in same)
        return (
            f'<tr><th scope="row"><a href="../../reports/{report["report_id"]}/">'
            f"{report['year'] if 'agency' in same else safe(agency['name'])}</a>{whole(agency)}</th>{shared}{values}"
            f'<td class="n" data-v="{report["checks_failed"]}">{_link(report, "checks", report["checks_failed"])}</td>'
            f'<td class="n" data-v="{report["doubts"]}">{_link(report, "issues", report["doubts"])}</td></tr>'
        )

    def _known(self, report: Row) -> tuple[str, ...]:
        agency = self.book.agencies[report["agency_id"]]
        region = agency["region_code"]
        ids = report["report_id"], agency["agency_id"], agency["name"], report["year"]
        return *ids, region, self.places.path(region), agency["sector"], agency["scope"]

    def _object(self, report: Row, panel: TextRow) -> str:
        """A member for each column of the CSV, but for the name of the region."""
        found = self._objects.get(report["report_id"])
        if found is None:
            report_id, agency_id, name, year, region, _, *what = self._known(report)
            known = *map(to_json, (report_id, agency_id, name)), year, to_json(region), *map(to_json, what)
            values = self._indicators(panel)
            numbers, bases = [v or "null" for v in values[::2]], map(to_json, values[1::2])
            indicators = (text for pair in zip(numbers, bases, strict=True) for text in pair)
            if len(self._objects) == AT_HAND:
                self._objects.clear()
            found = self._objects[report["report_id"]] = self._pattern % (
                *known,
                *indicators,
                *_counted(report),
                to_json(panel["doubted"]),
            )
        return found


def _counted(report: Row) -> tuple[str, str]:
    return report["checks_failed"], report["doubts"]


def whole(agency: Row) -> str:
    """The sign of an agency whose reports hold the numbers of others."""
    return '<sup title="aggregate">汇</sup>' if agency["scope"] == "aggregate" else ""


def _link(report: Row, anchor: str, shown: str) -> str:
    return f'<a href="../../reports/{report["report_id"]}/#{anchor}">{shown}</a>'


def head(text: str, code: str, all_rows: str) -> str:
    """A column's head; where the page has not all rows, sorting by it is left to the explorer."""
    sort = (
        "" if code in ("region", "sector") or not all_rows else f' data-all="{all_rows}&amp;sort={code}:down"'
    )
    return f'<th scope="col"{sort}{text}'
