"""The reports behind each count of the quality page: a page for a rule, a doubt, a form, a kind of file.

Comes in: what the quality page counts. Goes out: the pages below `quality/`, as `GroupPage`. Must not know: single checks.
Reports stand in the order of their ids: nobody is ranked.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import itemgetter
from typing import NamedTuple

from ogi.site.book import Row
from ogi.site.comparison import ROWS
from ogi.site.downloads import csv_table, json_list, to_json
from ogi.site.group_pages import HEAD, GroupPage, Made
from ogi.site.places import Places
from ogi.site.quality import Quality
from ogi.site.stamping import Record
from ogi.site.templating import render

COLUMNS = ("report_id", "agency_id", "agency", "year", "region", "sector", "failed_checks", "doubts")
TO_JSON: tuple[Callable[[str], str], ...] = (to_json, to_json, to_json, str, to_json, to_json, str, str, to_json)


class Part(NamedTuple):
    """Reports that share one thing; `code` is the word for it in the CSV and the anchor on the page."""

    code: str
    zh: str
    en: str
    where: array[int]


class Listing(NamedTuple):
    name: str
    zh: str
    en: str
    definition: str
    rule: str
    anchor: str  # where on a report's page the thing stands
    parts: Sequence[Part]


def quality_lists(quality: Quality, places: Places) -> Iterator[GroupPage]:
    """In the order of their names. A page hangs on what it shows of each of its reports."""
    lines = [_line(report, quality, places) for report in quality.book.live()]
    marks = [hashlib.blake2b(repr(line).encode(), digest_size=8).digest() for line in lines]
    for listing in sorted(_listings(quality), key=itemgetter(0)):
        seen = [hashlib.blake2b(b"".join([marks[n] for n in part.where])).hexdigest() for part in listing.parts]
        yield GroupPage(listing.name, (listing[:-1], *seen), partial(_made, listing, lines))


def _listings(quality: Quality) -> Iterator[Listing]:
    book = quality.book
    for rule in quality.rules:
        if rule.failing or rule.undecided:
            parts: tuple[Part, ...] = (
                Part("failed", "未通过的报告", "Reports that fail it", rule.failing),
                Part("undecided", "无法判断的报告", "Reports where it cannot be decided", rule.undecided),
            )
            zh, en = book.zh("rule", rule.code), book.en("rule", rule.code)
            definition = book.codes["rule", rule.code]["definition"]
            yield Listing(rule.code.lower(), f"{rule.code} {zh}", en, definition, rule.code, "checks", parts)
    for doubt in quality.doubts:
        parts = (Part("doubted", "有这种疑点的报告", "Reports with this doubt", doubt.where),)
        yield Listing(doubt.code, *_named(quality, "issue", doubt.code), "", "issues", parts)
    for group in quality.forms:
        parts = (Part("form", "用这一格式的报告", "Reports in this form", group.where),)
        zh, en, definition = _named(quality, "template", group.code)
        yield Listing(group.code or "none", zh or group.name, en or "No requests table", definition, "", "", parts)
    for group in quality.formats:
        parts = (Part("format", "这种文件的报告", "Reports of this kind of file", group.where),)
        yield Listing(group.code, group.name, "", "", "", "document", parts)


def _named(quality: Quality, kind: str, code: str) -> tuple[str, str, str]:
    row = quality.book.codes.get((kind, code))
    return (row["zh"], row["en"], row["definition"]) if row else ("", "", "")


def _line(report: Row, quality: Quality, places: Places) -> tuple[str, ...]:
    """The values of `COLUMNS`."""
    agency = quality.book.agencies[report["agency_id"]]
    ids = report["report_id"], agency["agency_id"], agency["name"], report["year"]
    return *ids, places.path(agency["region_code"]), agency["sector"], report["checks_failed"], report["doubts"]


def _made(listing: Listing, lines: Sequence[tuple[str, ...]]) -> Made:
    shown = [(part, [dict(zip(COLUMNS, lines[n], strict=True)) for n in part.where[:ROWS]]) for part in listing.parts]
    body = render("quality_list.html", listing=listing, parts=shown)
    count = len({n for part in listing.parts for n in part.where})
    description = f"{listing.zh}：{count} 份报告。{listing.definition}"
    record = Record(f"quality/{listing.name}/", f"{listing.zh}：所涉报告", description, body, HEAD)
    columns = (*COLUMNS, "why")
    flat = [(*lines[n], part.code) for part in listing.parts for n in part.where]
    objects = (_object(columns, line) for line in flat)
    data = json_list({"code": to_json(listing.name)}, "reports", objects)
    return record, [("index.json", data), ("index.csv", csv_table(columns, flat))]


def _object(columns: Sequence[str], line: Sequence[str]) -> str:
    members = (f'"{column}":{encode(value)}' for column, encode, value in zip(columns, TO_JSON, line, strict=True))
    return f"{{{','.join(members)}}}"
