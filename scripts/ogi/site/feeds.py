"""Atom feeds: new and changed reports of all agencies, and of each.

Comes in: the book. Goes out: (name, bytes) of each feed. Must not know: pages, the clock: an entry changes
when its document was retrieved, its report published or a person compared it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from ogi.site.book import Book, Row
from ogi.site.text import plain

NEWEST = 50
NEVER = "1970-01-01"  # Atom demands a date; one that nobody will take for a real one


def feeds(book: Book, site_url: str) -> Iterator[tuple[str, bytes]]:
    """`feed.xml`, and `agencies/<id>/feed.xml` for every agency."""
    base = site_url.rstrip("/") + "/" if site_url else ""
    dated = sorted(
        ((_changed(book, report), report) for report in book.live()),
        key=lambda pair: (pair[0], pair[1]["year"], pair[1]["report_id"]),
        reverse=True,
    )
    by_agency: dict[str, list[tuple[str, Row]]] = {}
    for pair in dated:
        by_agency.setdefault(pair[1]["agency_id"], []).append(pair)
    title = "政府信息公开年报数据：新收录和有变化的报告 · OGI Reports"
    yield "feed.xml", _feed(book, base, "", title, dated[:NEWEST])
    for agency_id, agency in book.agencies.items():
        url = f"agencies/{agency_id}/"
        title = f"{plain(agency['name'])}：政府信息公开年报 · OGI Reports"
        yield f"{url}feed.xml", _feed(book, base, url, title, by_agency.get(agency_id, []))


def _changed(book: Book, report: Row) -> str:
    document = book.documents[report["document_id"]]
    dates = (document["retrieved_on"], document["published_on"], report["published_on"], report["reviewed_on"])
    return max(filter(None, dates), default="")


def _feed(book: Book, base: str, url: str, title: str, dated: Sequence[tuple[str, Row]]) -> bytes:
    as_of = str(book.package.descriptor.get("as_of") or NEVER)
    updated = max((date for date, _ in dated), default="") or as_of
    name = url.split("/")[1] if url else "all"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh">',
        f"<title>{escape(title)}</title>",
        f"<id>urn:ogi-reports:feed:{escape(name)}</id>",
        f"<updated>{updated}T00:00:00Z</updated>",
        "<author><name>OGI Reports</name></author>",
        "<rights>CC BY 4.0</rights>",
        f'<link rel="self" type="application/atom+xml" href="{escape(base + url)}feed.xml"/>',
        f'<link rel="alternate" type="text/html" href="{escape(base + url) or "./"}"/>',
    ]
    lines += [_entry(book, base, date or as_of, report) for date, report in dated]
    return ("\n".join(lines) + "\n</feed>\n").encode()


def _entry(book: Book, base: str, date: str, report: Row) -> str:
    agency = book.agencies[report["agency_id"]]
    report_id, url = report["report_id"], f"{base}reports/{report['report_id']}/"
    said = f"{report['checks_passed']} 项核验通过，{report['checks_failed']} 项未通过，{report['doubts']} 个疑点。"
    return (
        f"<entry><title>{escape(plain(agency['name']))} {report['year']} 年政府信息公开工作年度报告</title>"
        f"<id>urn:ogi-reports:report:{escape(report_id)}</id><updated>{date}T00:00:00Z</updated>"
        f'<link rel="alternate" type="text/html" href="{escape(url)}"/>'
        f'<link rel="alternate" type="application/json" href="{escape(url)}index.json"/>'
        f"<summary>{said}</summary></entry>"
    )
