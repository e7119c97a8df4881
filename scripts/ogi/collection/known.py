"""reports/coverage.yml: reports that are known to exist, or to be due, and are not collected; and those that were taken down.

Comes in: the file's bytes and the agencies that have a folder. Goes out: the agency-years it names, the bodies among
them that have no folder yet, and what was withdrawn; raises BadCollection with the line. Must not know: any document.

    known:                             # «not collected» never means «not published»
      - agency_id: 360200-finance      # an agency's folder, or the name that its folder will have
        name: 景德镇市财政局             # needed, like the next two, only where it has no folder yet
        level: prefecture              # may be left out: that of the region
        parent_id: 360200-government   # may be left out
        years: [2018, 2020-2023]
        source_url: https://…          # where it can be fetched, if known; for one year only
    complete: [360200-government]      # summaries below which every body is registered, here or by a folder
    withdrawn:                         # taken down: the address stays, with a word about it
      - report_id: 360200-finance-2021 # its agency needs a folder, or a `name` as above
        on: 2026-03-01
        reason: 含有申请人的个人信息     # may be left out; never repeats what was taken down
        now_at: 360200-finance-2020    # where it is now, if it was only moved
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ogi.collection.agency import read_listed
from ogi.collection.fields import Fields, twice
from ogi.collection.filenames import agency_parts, no_agency_id
from ogi.model import Agency
from ogi.yamlfile import check_keys, missing, read_yaml

ENTRY = ("agency_id", "name", "level", "parent_id", "years", "source_url")
WITHDRAWN = ("report_id", "on", "reason", "now_at", "name", "level", "parent_id")
REPORT = re.compile(r"(?P<agency>.+)-(?P<year>20[0-9]{2})(-v[1-9][0-9]*)?")
YEARS = re.compile(r"(20[0-9]{2})(?:-(20[0-9]{2}))?")


Row = Mapping[str, str | int | date | None]


@dataclass(frozen=True, slots=True)
class Known:
    """`years`: (agency_id, year) -> where the report can be fetched, if known; `agencies` have no folder yet; `withdrawn`: rows
    of that resource of the package."""

    years: Mapping[tuple[str, int], str | None] = field(default_factory=dict)
    agencies: tuple[Agency, ...] = ()
    complete: frozenset[str] = frozenset()
    withdrawn: tuple[Row, ...] = ()


def read_known(data: bytes, place: str, collected: Sequence[Agency]) -> Known:
    """`place` is the path of the file, for messages."""
    whole = Fields(read_yaml(data, place), place)
    check_keys(whole.data, ("known", "complete", "withdrawn"), place)
    agencies = {a.agency_id: a for a in collected}
    new: dict[str, Agency] = {}
    years: dict[tuple[str, int], str | None] = {}
    for own in whole.maps("known", "agency_id: …, years: […]"):
        check_keys(own.data, ENTRY, place, required=("agency_id", "years"))
        agency_id = own.text("agency_id")
        if agency_parts(agency_id) is None:
            remedy = "写成「行政区划代码-领域」 write <region code>-<sector>"
            raise own.fault("agency_id", no_agency_id(agency_id), remedy)
        if agency_id not in agencies and agency_id not in new:
            new[agency_id] = read_listed(own, agency_id, "agency_id")
        named, address = tuple(_years(own)), own.address("source_url")
        if address and len(named) > 1:
            remedy = "每个年度单独写一条 give each year an entry of its own"
            raise own.fault("source_url", "几个年度共用一个网址 one address for several years", remedy)
        years.update({(agency_id, year): address for year in named})
    withdrawn: dict[str, Row] = {}
    for own in whole.maps("withdrawn", "report_id: …, on: …"):
        check_keys(own.data, WITHDRAWN, place, required=("report_id", "on"))
        report_id, agency_id, year = _report_id(own, "report_id")
        if agency_id not in agencies and agency_id not in new:
            new[agency_id] = read_listed(own, agency_id, "report_id")
        if report_id in withdrawn:
            raise own.fault("report_id", *twice(report_id, "withdrawn"))
        day, now_at = own.day("on"), _report_id(own, "now_at")[0] if own.optional("now_at") else None
        if day is None:
            raise own.fault("on", missing("on")[0], "写上日期 write the day: on: 2026-03-01")
        row: Row = {"withdrawn_id": report_id, "agency_id": agency_id, "year": year, "withdrawn_on": day}
        withdrawn[report_id] = {**row, "reason": own.optional("reason"), "now_at": now_at}
    return Known(years, tuple(new.values()), frozenset(_complete(whole, {*agencies, *new})), tuple(withdrawn.values()))


def _report_id(own: Fields, key: str) -> tuple[str, str, int]:
    """It, and the agency and year in it."""
    value = own.text(key)
    parts = REPORT.fullmatch(value)
    if parts is None or agency_parts(parts["agency"]) is None:
        remedy = "照网页地址写成「机关编号-年度」 write it as in the page's address: <agency_id>-<year>"
        raise own.fault(key, f"「{value}」不是年报编号 «{value}» is no report id", remedy)
    return value, parts["agency"], int(parts["year"])


def _years(own: Fields) -> Iterator[int]:
    years = own.data["years"]
    for value in years if isinstance(years, list) else [years]:
        match = YEARS.fullmatch(str(value))
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if last < first:
            remedy = "写成 [2019, 2021-2023] 的样子 write years like [2019, 2021-2023]"
            raise own.fault("years", f"「{value}」不是年度 «{value}» is no year", remedy)
        yield from range(first, last + 1)


def _complete(whole: Fields, agencies: set[str]) -> Iterator[str]:
    named = whole.data.get("complete")
    for value in named if isinstance(named, list) else [] if named is None else [named]:
        if value not in agencies:
            remedy = "写汇总报告所在的文件夹名 write the name of a summary's folder"
            raise whole.fault("complete", f"这里没有机关「{value}」 «{value}» is no agency here", remedy)
        yield str(value)
