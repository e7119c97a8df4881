"""Atom feeds: new, changed and withdrawn reports of all agencies, and of each.

Comes in: the book. Goes out: the bytes of each feed. Must not know: pages, the clock: an entry changes
when its document was retrieved, its report published, compared with it by a person, corrected or taken down.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest
from itertools import chain
from xml.sax.saxutils import escape

from ogi.site.book import Book, Row
from ogi.site.text import plain

Dated = tuple[str, Row]  # when it changed, the report or what is left of one that was withdrawn
NEWEST = 50
NEVER = "1970-01-01"  # Atom demands a date; one that nobody will take for a real one


class Feeds:
    def __init__(self, book: Book, site_url: str) -> None:
        self.book = book
        self.base = site_url.rstrip("/") + "/" if site_url else ""
        self.as_of = str(book.package.descriptor.get("as_of") or NEVER)
        self.by_agency: dict[str, list[Dated]] = {}
        for report in book.live():
            self.by_agency.setdefault(report["agency_id"], []).append((_changed(book, report), report))
        for gone in book.withdrawn.values():
            self.by_agency.setdefault(gone["agency_id"], []).append((gone["withdrawn_on"], gone))

    def whole(self) -> bytes:
        """New, changed and withdrawn reports of all agencies."""
        title = "政府信息公开年报数据：新收录、有变化和撤下的报告 · OGI Reports"
        newest = nlargest(NEWEST, chain(*self.by_agency.values()), key=_newest)
        return self._feed("", title, newest)

    def agency(self, agency_id: str) -> bytes:
        """All reports of one, beside its page."""
        title = f"{plain(self.book.agencies[agency_id]['name'])}：政府信息公开年报 · OGI Reports"
        dated = sorted(self.by_agency.get(agency_id, []), key=_newest, reverse=True)
        return self._feed(f"agencies/{agency_id}/", title, dated)

    def dates(self, agency_id: str) -> list[str]:
        """What its feed hangs on beside its reports."""
        dated = self.by_agency.get(agency_id, [])
        said = [repr(row) if "withdrawn_id" in row else date for date, row in dated]
        return said if said and all(said) else [*said, self.as_of]

    def _feed(self, url: str, title: str, dated: Sequence[Dated]) -> bytes:
        updated = max((date for date, _ in dated), default="") or self.as_of
        address = escape(self.base + url)
        lines = [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh">',
            f"<title>{escape(title)}</title>",
            f"<id>urn:ogi-reports:feed:{escape(url.split('/')[1] if url else 'all')}</id>",
            f"<updated>{updated}T00:00:00Z</updated>",
            "<author><name>OGI Reports</name></author>",
            "<rights>CC BY 4.0</rights>",
            f'<link rel="self" type="application/atom+xml" href="{address}feed.xml"/>',
            f'<link rel="alternate" type="text/html" href="{address or "./"}"/>',
        ]
        lines += [_entry(self.book, self.base, date or self.as_of, report) for date, report in dated]
        return ("\n".join(lines) + "\n</feed>\n").encode()


def _newest(dated: Dated) -> tuple[str, str, str]:
    date, report = dated
    return date, report["year"], _id(report)


def _id(row: Row) -> str:
    return row.get("report_id") or row["withdrawn_id"]


def _changed(book: Book, report: Row) -> str:
    document = book.documents[report["document_id"]]
    dates = (document["retrieved_on"], document["published_on"], report["published_on"], report["reviewed_on"])
    corrected = book.corrected_on.get(report["report_id"], "")
    return max(filter(None, (*dates, corrected)), default="")


def _entry(book: Book, base: str, date: str, report: Row) -> str:
    agency = book.agencies[report["agency_id"]]
    report_id, gone = _id(report), "withdrawn_id" in report
    url, said = f"{base}reports/{report_id}/", _taken_down(report) if gone else _checked(report)
    return (
        f"<entry><title>{escape(plain(agency['name']))} {report['year']} 年政府信息公开工作年度报告{'（已撤下）' * gone}</title>"
        f"<id>urn:ogi-reports:report:{escape(report_id)}</id><updated>{date}T00:00:00Z</updated>"
        f'<link rel="alternate" type="text/html" href="{escape(url)}"/>'
        f'<link rel="alternate" type="application/json" href="{escape(url)}index.json"/>'
        f"<summary>{escape(plain(said))}</summary></entry>"
    )


def _checked(report: Row) -> str:
    return f"{report['checks_passed']} 项核验通过，{report['checks_failed']} 项未通过，{report['doubts']} 个疑点。"


def _taken_down(gone: Row) -> str:
    why = f"已从本站撤下：{gone['reason']}。" if gone["reason"] else "已从本站撤下。"
    return f"{why}现编号 {gone['now_at']}。" if gone["now_at"] else why
