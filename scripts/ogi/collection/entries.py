"""What agency.yml says of single documents, of corrections to them, and of the agency's other names.

Comes in: the fields of an agency.yml. Goes out: `Entry`, `Correction` and `AgencyName` values; an entry that
is wrong costs its own document only. Must not know: the documents themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from ogi.collection.fields import Fields, twice
from ogi.collection.filenames import fault_of_name
from ogi.errors import BadCollection
from ogi.model import TABLES, AgencyName, Correction, Entry
from ogi.yamlfile import Map, check_keys

ENTRY = (
    "file", "source_url", "archived_url", "published_on", "retrieved_on",
    "reviewed_on", "reviewed_by", "version", "corrections",
)
CORRECTION = ("kind", "table", "item", "measure", "printed", "right", "reason", "evidence", "on")
NAME = ("name", "kind", "valid_from", "valid_to")
CorrectionKind = Literal["misread", "source_error"]
NameKind = Literal["official", "short", "former"]


@dataclass(frozen=True, slots=True)
class Entries:
    """`faults` and `lines` by file name."""

    good: tuple[Entry, ...]
    faults: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, int], ...]


def read_entries(fields: Fields) -> Entries:
    """`reports:` maps a year to one document, or to a list where a report was issued again."""
    good: list[Entry] = []
    faults: dict[str, str] = {}
    lines: dict[str, int] = {}
    for year, own in _entries(fields):
        file = own.text("file")
        if file in lines:
            first = lines[file]
            remedy = f"只留一条（第一条在第 {first} 行） keep one entry for it (the first is on line {first})"
            raise own.fault("file", f"文件「{file}」写了两次 «{file}» is named twice", remedy)
        lines[file] = own.data.lines["file"]
        try:
            good.append(_entry(own, year, file))
        except BadCollection as bad:
            faults[file] = str(bad)
    return Entries(tuple(good), tuple(faults.items()), tuple(lines.items()))


def names_of(fields: Fields) -> tuple[AgencyName, ...]:
    """Other names of the agency, with the days between which they held."""
    found: list[AgencyName] = []
    for own in fields.maps("names"):
        check_keys(own.data, NAME, own.place, required=("name", "kind"))
        name = own.name("name")
        if name in {other.name for other in found}:
            raise own.fault("name", *twice(name, "names"))
        found.append(AgencyName(
            name, own.one_of("kind", get_args(NameKind)),
            own.day("valid_from"), own.day("valid_to"),
        ))
    return tuple(found)


def _entries(fields: Fields) -> Iterator[tuple[int, Fields]]:
    reports = fields.data.get("reports")
    if reports is None:
        return
    if not isinstance(reports, Map):
        remedy = "在下面写 write `2021: {file: 2021.txt}` below it"
        raise fields.fault("reports", "「reports」下面没有年度 «reports» is no map", remedy)
    years = Fields(reports, fields.place)
    for year in reports:
        if not re.fullmatch("20[0-9]{2}", year):
            remedy = "写年报统计的年度，如 2021 write the year of the report: 2021"
            raise years.fault(year, f"「{year}」不是年度 «{year}» is not a year", remedy)
        own = [Fields(value, fields.place) for value in [reports[year]] if isinstance(value, Map)]
        for entry in own or years.maps(year):
            yield int(year), entry


def _entry(own: Fields, year: int, file: str) -> Entry:
    check_keys(own.data, ENTRY, own.place)
    if fault := fault_of_name(file):
        raise own.fault("file", fault, "写与 agency.yml 同一文件夹里的文件名 name a file that lies beside agency.yml")
    return Entry(
        file=file, year=year,
        source_url=own.address("source_url"), archived_url=own.address("archived_url"),
        published_on=own.day("published_on"), retrieved_on=own.day("retrieved_on"),
        reviewed_on=own.day("reviewed_on"), reviewed_by=own.optional("reviewed_by"),
        version=own.count("version"),
        corrections=tuple(_correction(record) for record in own.maps("corrections")),
    )


def _correction(own: Fields) -> Correction:
    check_keys(own.data, CORRECTION, own.place, required=("kind", "table", "reason", "evidence", "on"))
    day = own.day("on")
    assert day is not None
    return Correction(
        kind=own.one_of("kind", get_args(CorrectionKind)),
        table=own.one_of("table", TABLES),
        item=own.code_of("item"),
        measure=own.code_of("measure"),
        printed=own.printed("printed"), right=own.number("right"),
        reason=own.text("reason"), evidence=own.text("evidence"), on=day,
    )
