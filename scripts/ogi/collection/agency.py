"""One agency.yml: who the agency is, and what is known of each of its documents.

Comes in: the file's bytes and its folder's name. Goes out: an `Agency`, or what is wrong with it,
and per document what is wrong with its entry. Must not know: the documents themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

from ogi.collection.entries import names_of, read_entries
from ogi.collection.fields import Fields
from ogi.collection.filenames import BEGIN_WITH_CODE, agency_parts, no_agency_id, unknown_code
from ogi.errors import OgiError
from ogi.model import Agency
from ogi.regions import region
from ogi.yamlfile import check_keys, read_yaml

KEYS = (
    "name", "names", "region_code", "level", "sector", "scope",
    "parent_id", "closed_on", "successor_id", "reports",
)
Scope = Literal["own", "aggregate"]


@dataclass(frozen=True, slots=True)
class AgencyFile:
    """`problem`: why the whole file cannot be used.

    By file name, `faults`: what is wrong with single entries; `lines`: where they stand.
    """

    agency: Agency | None
    problem: str | None = None
    faults: tuple[tuple[str, str], ...] = ()
    lines: tuple[tuple[str, int], ...] = ()


def read_agency(data: bytes, agency_id: str, place: str) -> AgencyFile:
    """`place` is the path of the file, for messages."""
    try:
        fields = Fields(read_yaml(data, place), place)
        check_keys(fields.data, KEYS, place, required=("name", "region_code", "sector"))
        agency = _agency(fields, agency_id)
        entries = read_entries(fields)
    except OgiError as bad:
        return AgencyFile(None, str(bad))
    return AgencyFile(replace(agency, entries=entries.good), None, entries.faults, entries.lines)


def read_listed(fields: Fields, agency_id: str, key: str) -> Agency:
    """An agency without a folder: its region and sector are those of the id that its folder would have; `key` names it."""
    parts = agency_parts(agency_id)
    here = region(parts[0]) if parts else None
    if parts is None or here is None:
        raise fields.fault(key, f"「{agency_id}」的行政区划代码查不到 unknown region in «{agency_id}»", BEGIN_WITH_CODE)
    level = fields.code_of("level", here.level)
    return Agency(agency_id, fields.name("name"), parts[0], level, parts[1], parent_id=_other(fields, "parent_id"))


def _agency(fields: Fields, agency_id: str) -> Agency:
    code = fields.code("region_code")
    here = region(code)
    if here is None:
        remedy = "从 scripts/ogi/forms/regions/regions.csv 里抄 6 位代码 take the 6 digits from forms/regions/regions.csv"
        raise fields.fault("region_code", unknown_code(code), remedy)
    sector = fields.code_of("sector")
    _agrees(fields, agency_id, code, sector)
    scope: Scope = "aggregate" if fields.one_of("scope", get_args(Scope), "own") == "aggregate" else "own"
    return Agency(
        agency_id=agency_id,
        name=fields.name("name"),
        region_code=code,
        level=fields.code_of("level", here.level),
        sector=sector,
        scope=scope,
        names=names_of(fields),
        parent_id=_other(fields, "parent_id"),
        closed_on=fields.day("closed_on"),
        successor_id=_other(fields, "successor_id"),
    )


def _agrees(fields: Fields, agency_id: str, code: str, sector: str) -> None:
    """The folder was named once; the region may since have got another code, so its successors agree too."""
    parts = agency_parts(agency_id)
    if parts is None:
        return
    if parts[1] != sector:
        found = f"「{sector}」与文件夹 {agency_id} 的领域不同 «{sector}» is not the sector of the folder {agency_id}"
        raise fields.fault("sector", found, _write(parts[1]))
    agreeing, here = [parts[0]], region(parts[0])
    while here is not None and here.successor and here.successor not in agreeing:
        agreeing.append(here.successor)
        here = region(here.successor)
    if code not in agreeing:
        found = f"「{code}」与文件夹 {agency_id} 的行政区划代码不同 «{code}» is not the region of the folder {agency_id}"
        raise fields.fault("region_code", found, _write(f'"{parts[0]}"'))


def _write(value: str) -> str:
    return (
        f"改为 {value}；该机关的年报还没有公布过，也可以给文件夹改名 "
        f"write {value}, or rename the folder if no report of it is published yet"
    )


def _other(fields: Fields, key: str) -> str | None:
    value = fields.optional(key)
    if value is not None and agency_parts(value) is None:
        remedy = "写另一机关的文件夹名 write the name of the other agency's folder"
        raise fields.fault(key, no_agency_id(value), remedy)
    return value
