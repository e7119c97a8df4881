"""The page of one report: what it says in a sentence, its tables, prose, checks, doubts and document.

Comes in: a `Bundle` of the package. Goes out: a `Record` and the files beside it. Must not know: other
agencies' reports, MkDocs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from urllib.parse import urlsplit

from markupsafe import Markup

from ogi.doubts import DOUBTS, WHOLE
from ogi.site.book import PARTS, Book, Bundle, Row
from ogi.site.cells import Cells, Key, Tables, Touched, anchor, check_id, shown, touch
from ogi.site.downloads import Types, csv_columns, json_object, to_json
from ogi.site.layout import table_titles
from ogi.site.letter import letter, to_correct
from ogi.site.places import Trails
from ogi.site.proofs import Proofs
from ogi.site.prose import held, listed, prose, under_headings
from ogi.site.stamping import Record
from ogi.site.templating import render
from ogi.site.text import escaped, plain, safe
from ogi.site.words import as_link, cell_name, summary

CSV_COLUMNS = (
    "table",
    "item",
    "item_zh",
    "measure",
    "measure_zh",
    "value",
    "unit",
    "raw",
    "status",
    "label",
    "locator",
    "doubt",
)
_PASSED = itemgetter("rule", "scope", "message_zh", "basis")
ZERO = ' <span class="who">（空格作零）</span>'
NO_VIEWS: Mapping[Key, str] = {}
OTHER = re.compile(r"（([0-9]{6}[0-9a-z-]*-[0-9]{4})）")  # a report's id as a check names it


@dataclass(frozen=True, slots=True)
class Original:
    """Where the reader gets the document: a file beside the page, or a link elsewhere, or nowhere."""

    href: str
    name: str


class ReportPages:
    def __init__(
        self, book: Book, places: Trails, package_version: str, repo_url: str, site_url: str = ""
    ) -> None:
        self.book, self.places = book, places
        self.tables, self.proofs = Tables(book), Proofs(book)
        self.types = Types(book.package)
        self.zh = {key: row["zh"] for key, row in book.codes.items()}
        self.version, self.repo_url = package_version, repo_url
        self.site_url = site_url.rstrip("/") + "/" if site_url else ""
        statuses = ((code, row) for (kind, code), row in book.codes.items() if kind == "status")
        self.statuses = sorted(statuses, key=lambda pair: int(pair[1]["order"]))
        self._drafted = ("", "")

    def record(
        self, bundle: Bundle, original: Original | None, views: Mapping[Key, str] = NO_VIEWS
    ) -> Record:
        """`views` are the places of the cells to look at, as ready HTML."""
        report, agency = bundle.report, bundle.agency
        cells = Cells(bundle.columns["cells"], bundle.values["cells"])
        checks = bundle.parts["checks"]
        touched = touch(checks, cells)
        described, _ = summary(agency["name"], report["year"], cells)
        said_zh, said_en = summary(safe(agency["name"]), report["year"], cells, as_link)
        title = f"{agency['name']} {report['year']} 年政府信息公开工作年度报告"
        earlier, later = _neighbours(bundle)
        statements = held(bundle.parts["statements"], checks, cells, self.book.zh)
        sections = bundle.parts["sections"]
        texts, placed = prose(sections, statements)
        there = frozenset(
            table for table in ("disclosures", "requests", "reviews") if report[f"{table}_template"]
        )
        passed = [c for c in checks if c["status"] == "pass"]
        failed = sorted((c for c in checks if c["status"] == "fail"), key=_gravity)
        body = render(
            "report.html",
            book=self.book,
            places=self.places,
            report=report,
            agency=agency,
            document=bundle.document,
            parts=bundle.parts,
            original=original,
            said_zh=Markup(said_zh),
            said_en=Markup(said_en),
            earlier=earlier,
            later=later,
            older=[r for r in bundle.siblings if r["superseded_by"] == report["report_id"]],
            tables=list(self._tables(report, cells, touched, views)),
            absent=[t for t in table_titles().values() if not report[f"{_code(t)}_template"]],
            statuses=self._legend(cells),
            doubted=cells.met("doubt") - {""},
            made=Markup(self.proofs.rows(report, bundle.panel, cells) if bundle.panel else ""),
            sections=under_headings(sections, texts, self.book, there),
            statements=listed(statements, placed),
            failed=[c for c in failed if c["severity"] != "info"],
            notes=[c for c in failed if c["severity"] == "info"],
            cells_of=self._cells_of(cells),
            doubted_of=self._doubted_of(cells),
            whole=[i for i in bundle.parts["issues"] if i["code"] in WHOLE and i["severity"] in DOUBTS],
            letter=self._letter(bundle, cells),
            unknown=[c for c in checks if c["status"] == "unknown"],
            passed=passed,
            passed_list=Markup("".join([self._passed_check(*_PASSED(check)) for check in passed])),
            check_id=check_id,
            twin=_twin,
            version=self.version,
            repo_url=self.repo_url,
            permalink=f"{self.site_url}reports/{report['report_id']}/",
            cited=f"{_public(self.site_url)}reports/{report['report_id']}/",
            title=title,
        )
        head = Markup(
            '<link rel="alternate" type="application/json" href="index.json">'
            '<link rel="alternate" type="text/csv" href="index.csv">'
        )
        return Record(f"reports/{report['report_id']}/", plain(title), plain(described), body, head)

    def files(self, bundle: Bundle) -> Iterator[tuple[str, bytes]]:
        """`index.json` with everything the package says of the report, `index.csv` with its cells."""
        report, agency, typed = bundle.report, bundle.agency, self.types.row
        parts = {
            "report": to_json(typed("reports", report)),
            "agency": to_json(typed("agencies", agency)),
            "document": to_json(typed("documents", bundle.document)),
        }
        for name in PARTS:
            parts[name] = self.types.table(name, bundle.values[name], without="report_id")
        yield "index.json", json_object(parts)
        text = self._letter(bundle, Cells(bundle.columns["cells"], bundle.values["cells"]))
        if text:
            yield "letter.txt", b"\xef\xbb\xbf" + text.encode()
        yield "index.csv", csv_columns(_csv(bundle, self.zh))

    def _letter(self, bundle: Bundle, cells: Mapping[Key, Row]) -> str:
        """The draft that asks the agency to correct, or ''; asked for twice, by the page and by its files."""
        report = bundle.report
        if self._drafted[0] != report["report_id"]:
            self._drafted = report["report_id"], self._draft(bundle, cells)
        return self._drafted[1]

    def _draft(self, bundle: Bundle, cells: Mapping[Key, Row]) -> str:
        report, agency = bundle.report, bundle.agency
        checks = to_correct(report, bundle.parts["checks"], bundle.parts["corrections"])
        if not checks:
            return ""
        title = report["title"] or f"{agency['name']}{report['year']}年政府信息公开工作年度报告"
        link = f"{self.site_url}reports/{report['report_id']}/"
        return letter(title, agency["name"], checks, cells, bundle.document, link, self.book.zh)

    def _cells_of(self, cells: Mapping[Key, Row]) -> Callable[[Row], list[tuple[str, str, str]]]:
        """For a check: (link, name, what stands there) of the cells it is about, where they are named one by one."""

        zh = self.book.zh

        def of(check: Row) -> list[tuple[str, str, str]]:
            named = (name.split(".") for name in check["cells"].split() if "*" not in name and name.count(".") == 2)
            keys = [(table, item, measure) for table, item, measure in named]
            return [
                (
                    "-".join(key),
                    cell_name(zh("item", key[1]), zh("measure", key[2]), zh("measure", "total")),
                    shown(cells[key]),
                )
                for key in keys
                if key in cells and key[0] != "statistics"
            ]

        return of

    def _doubted_of(self, cells: Mapping[Key, Row]) -> Callable[[Row], list[tuple[str, str]]]:
        """For a doubt: (link, name) of the cells, rows, columns or tables that it is about."""

        def named(table: str, item: str, measure: str) -> str:
            if item == measure == "*":
                return table_titles()[table]["zh"]
            if item == "*":
                return self.book.zh("measure", measure)
            column = "total" if measure == "*" else measure  # a whole row is called as its total
            zh = self.book.zh
            return cell_name(zh("item", item), zh("measure", column), zh("measure", "total"))

        def of(doubt: Row) -> Iterator[tuple[str, str]]:
            for pattern in doubt["cells"].split():
                about = (*pattern.split("."), "*", "*")[:3]
                for key in cells if about[0] in table_titles() else ():
                    if all(part in ("*", own) for part, own in zip(about, key, strict=True)):
                        yield "-".join(key), named(*about)
                        break

        return lambda doubt: list(of(doubt))

    def _passed_check(self, rule: str, scope: str, message: str, basis: str) -> str:
        said = escaped(message or self.book.zh("rule", rule))
        return f"{_passed_head(rule, scope)}{said}{ZERO if basis == 'blank_as_zero' else ''}</li>\n"

    def _tables(
        self, report: Row, cells: Cells, touched: Touched, views: Mapping[Key, str]
    ) -> Iterator[Mapping[str, object]]:
        for code, titles in table_titles().items():
            layout = self.tables.layouts.get((code, report[f"{code}_template"]))
            if layout is None:
                continue
            table, proofs = self.tables.written(layout, cells, touched, views)
            yield {
                "code": code,
                "zh": titles["zh"],
                "en": titles["en"],
                "template": layout.template,
                "html": Markup(table),
                "proofs": Markup(proofs),
                "wide": len(layout.places) > 12,
            }

    def _legend(self, cells: Cells) -> list[tuple[str, Row]]:
        met = cells.met("status")
        return [(code, row) for code, row in self.statuses if code in met]


def _twin(check: Row) -> str:
    """The other agency's report that a check is about, or ''."""
    found = OTHER.search(check["message_zh"]) if check["scope"].endswith("#agencies") else None
    return found[1] if found else ""


def _public(site_url: str) -> str:
    """'' for an address that reaches one machine only: of such a page the path is what lasts."""
    return "" if urlsplit(site_url).hostname in ("localhost", "127.0.0.1", "::1") else site_url


@lru_cache(maxsize=4096)  # most reports pass the same checks
def _passed_head(rule: str, scope: str) -> str:
    return f'<li id="{anchor(rule, scope)}"><b>{escaped(rule)}</b> '


def _code(titles: Mapping[str, str]) -> str:
    return next(code for code, row in table_titles().items() if row is titles)


def _csv(bundle: Bundle, zh: Mapping[tuple[str, str], str]) -> Mapping[str, Sequence[str]]:
    """The columns of the report's cells, with names in Chinese beside the codes."""
    rows = bundle.values["cells"]
    own = dict(zip(bundle.columns["cells"], zip(*rows, strict=True), strict=False))
    first = {"agency": bundle.agency["name"], "year": bundle.report["year"]}
    out: dict[str, Sequence[str]] = {name: [value] * len(rows) for name, value in first.items()}
    for name in CSV_COLUMNS:
        if name.endswith("_zh"):
            kind = name.removesuffix("_zh")
            out[name] = [zh.get((kind, code), "") for code in own.get(kind, ())]
        else:
            out[name] = own.get(name, ())
    return out


def _gravity(check: Row) -> int:
    return ("error", "warning", "info").index(check["severity"])


def _neighbours(bundle: Bundle) -> tuple[Row | None, Row | None]:
    """The live reports of the years before and after, whether or not a year between was collected."""
    live = [r for r in bundle.siblings if not r["superseded_by"]]
    year = bundle.report["year"]
    earlier = [r for r in live if r["year"] < year]
    later = [r for r in live if r["year"] > year]
    return (earlier[-1] if earlier else None), (later[0] if later else None)
