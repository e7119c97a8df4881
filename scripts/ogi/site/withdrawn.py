"""The page that stays where a report was taken down: when, why, and where it is now.

Comes in: the book. Goes out: a `Record` and the files beside it, at the address that the report had. Must not know: what the
report said.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from ogi.site.book import Book, Row
from ogi.site.downloads import Types, csv_table, json_object, to_json
from ogi.site.kept_pages import Content
from ogi.site.stamping import Record, Shell
from ogi.site.templating import render
from ogi.site.text import plain

UNLISTED = Markup('<meta name="robots" content="noindex">')


def withdrawn_pages(book: Book, shell: str) -> Iterator[tuple[str, Content]]:
    """(place below the site, file); the addresses of the data beside a page last as well."""
    stamped, types = Shell(shell), Types(book.package)
    there = {report["report_id"] for report in book.reports} | set(book.withdrawn)
    for report_id, row in sorted(book.withdrawn.items()):
        place = f"reports/{report_id}"
        yield f"{place}/index.html", stamped.filled(_record(book, row, row["now_at"] in there)).encode()
        yield f"{place}/index.json", json_object({"withdrawn": to_json(types.row("withdrawn", row))})
        yield f"{place}/index.csv", csv_table([*row], [[*row.values()]])


def _record(book: Book, row: Row, moved: bool) -> Record:
    agency = book.agencies[row["agency_id"]]
    title = f"{agency['name']} {row['year']} 年政府信息公开工作年度报告（已撤下）"
    body = render("withdrawn.html", row=row, agency=agency, title=title, now_at=row["now_at"] if moved else "")
    return Record(f"reports/{row['withdrawn_id']}/", plain(title), "这份报告已从本站撤下。Withdrawn.", body, UNLISTED)
