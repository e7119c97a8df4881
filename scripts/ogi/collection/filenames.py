"""What the name of a file or folder says: year, agency, place; and whether a name can be published at all.

Comes in: names, never contents. Goes out: a year, parts of an agency_id, a guess. Must not know: the disk.
"""

from __future__ import annotations

import re
import unicodedata

from ogi.forms.codes import codes_of
from ogi.forms.sectors import sector_of
from ogi.model import Entry
from ogi.regions import find_regions, region

YEAR = r"(?<![0-9])(20[0-9]{2})(?![0-9]|[-./][0-9]{1,2}(?![0-9]))"  # not the year of a date: 2022-01-31
RANGE = re.compile(r"20[0-9]{2}年?\s*[-–—~～至到]\s*20[0-9]{2}")
AGENCY_ID = re.compile(r"([0-9]{6}|[0-9]{9})-([a-z][a-z0-9]*(?:-[a-z0-9]+)*)")
BEGIN_WITH_CODE = "开头写 scripts/ogi/forms/regions/regions.csv 里的代码 begin it with a code of forms/regions/regions.csv"
IGNORED = re.compile(r"\..*|~\$.*|README\.md|Thumbs\.db|desktop\.ini")
SAVED_PAGE = re.compile(r".*(_files|\.files)")
UNFIT = ("Cc", "Cf", "Cs", "Co", "Cn")  # control, invisible and broken characters: a path with them misleads


def year_of(entry: Entry | None, file_name: str) -> int | None:
    """The year that agency.yml gives, else the one that the name begins with, has before 年, or has alone."""
    if entry is not None and entry.year is not None:
        return entry.year
    stem = file_name.rsplit("/", 1)[-1]
    if RANGE.search(stem):
        return None
    for pattern in ("^" + YEAR, YEAR + r"(?=\s*年)", YEAR):
        years = set(re.findall(pattern, stem))
        if len(years) == 1:
            return int(years.pop())
    return None


def agency_parts(agency_id: str) -> tuple[str, str] | None:
    """Region and sector of an id like 360200-science-technology or 350128-zone-pingtan, or None."""
    match = AGENCY_ID.fullmatch(agency_id)
    if not match:
        return None
    sectors = [c.code for c in codes_of("sector") if f"{match[2]}-".startswith(f"{c.code}-")]
    return (match[1], max(sectors, key=len)) if sectors else None


def fault_of_name(name: str) -> str | None:
    """What is wrong with a name as a part of a path, if anything."""
    if any(unicodedata.category(c) in UNFIT for c in name):
        return "文件名里有看不见的字符 control or invisible characters in the name"
    if name in (".", "..") or "\\" in name or "/" in name:
        return "这里只能写文件名，不能带路径 a path where a plain name belongs"
    return None


def shown(name: str) -> str:
    """The name with unfit characters written as escapes, so that a message or a table can hold it."""
    return "".join(
        c.encode("unicode_escape").decode() if unicodedata.category(c) in UNFIT else c for c in name
    )


def unknown_code(code: str) -> str:
    """What is found, where no region has the code."""
    return f"没有「{code}」这个行政区划代码 unknown region code «{code}»"


def no_agency_id(value: str) -> str:
    """What is found, where text is not the name of any agency's folder."""
    return f"「{value}」不是机关编号 «{value}» is no agency id"


def likely_folder(text: str, year: int | None, words: tuple[str, str, str]) -> str:
    """Where a document of that name belongs: `36/360200-finance`; `words` stand for an unknown province, region, sector."""
    found = {r.code for r in find_regions(text, year)}
    code = found.pop() if len(found) == 1 else None
    sector = sector_of(re.split(YEAR, text)[0]) or sector_of(text)
    unknown = [f"<{word}>" for word in words]
    return f"{code[:2] if code else unknown[0]}/{code or unknown[1]}-{sector or unknown[2]}"


def agency_lines(agency_id: str) -> str:
    """The agency.yml to paste for a folder of that name."""
    parts = agency_parts(agency_id)
    code = parts[0] if parts else agency_id.split("-", 1)[0]
    place = region(code)
    return "\n".join((
        "name: <机关全称 official name in full, in Chinese>",
        f'region_code: "{code if place else "<6 位行政区划代码 6 digits of GB/T 2260>"}"',
        f"level: {place.level if place else '<级别 level>'}",
        f"sector: {parts[1] if parts else '<领域代码 one of forms/sectors.yml>'}",
    ))
