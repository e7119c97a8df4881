"""Whose report a document is and of which year, or the question that only a person can answer.

Comes in: a reading, the document's name, the agencies that are known, what the person has said already.
Goes out: a `Place`, or a `Question` with its candidates. Must not know: the disk, the terminal. Nothing is guessed:
two regions of one name, a body within a zone, two years that contradict each other are questions.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from ogi.collection import year_of
from ogi.collection.filenames import agency_parts
from ogi.contribute.whereabouts import candidates, chain_name, inner_place, slug, town_of
from ogi.forms.codes import codes_of
from ogi.forms.sectors import sector_of
from ogi.model import Agency, Reading
from ogi.regions import Region, find_regions, region

Flag = Literal["agency", "name", "region", "sector", "year"]
CENTRE = "100000"
EXAMPLES: dict[Flag, tuple[str, str]] = {
    "agency": ("360200-finance", "360200-finance"),
    "name": ("机关全称", "NAME (in full, in Chinese)"),
    "region": ("360200（6 位行政区划代码）", "360200 (six digits of GB/T 2260)"),
    "sector": ("finance", "finance"),
    "year": ("2021", "2021"),
}
NO_NAME = "文件里没有印出公布机关的名称 the document prints no name of its publisher"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person said; None where the document shall say it."""

    agency: str | None = None
    name: str | None = None
    region: str | None = None
    sector: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """`known`: the agency is in the collection already."""

    agency: Agency
    known: bool
    year: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What is not sure; `candidates` are (value for the flag, what it means)."""

    flag: Flag
    found: str
    candidates: tuple[tuple[str, str], ...] = ()


def place(reading: Reading, file_name: str, agencies: Mapping[str, Agency], asked: Asked) -> Place | Question:
    """`agencies` by id."""
    year = _year(reading, file_name, asked)
    if isinstance(year, Question):
        return year
    found = _agency(reading, year, agencies, asked)
    if isinstance(found, Question):
        return found
    agency, note = found
    return Place(agency, agency.agency_id in agencies, year, (note,) if note else ())


def _year(reading: Reading, file_name: str, asked: Asked) -> int | Question:
    if asked.year is not None:
        return asked.year
    named = year_of(None, file_name)
    if reading.year and named and reading.year != named:
        found = (
            f"内容写的是 {reading.year} 年，文件名写的是 {named} 年 "
            f"the document says {reading.year}, its name says {named}"
        )
        said = ((str(reading.year), "文件内容 the document"), (str(named), "文件名 the file's name"))
        return Question("year", found, said)
    found = "从内容和文件名都看不出统计的是哪一年 neither the document nor its name says which year it counts"
    return reading.year or named or Question("year", found)


def _agency(
    reading: Reading, year: int, agencies: Mapping[str, Agency], asked: Asked
) -> tuple[Agency, str | None] | Question:
    name = asked.name or reading.agency_name
    if asked.agency:
        return _named_by_id(asked.agency, name, agencies)
    if name is None:
        return Question("name", NO_NAME)
    named = [a for a in agencies.values() if name in {a.name, *(n.name for n in a.names)}]
    if named and asked.region is None and asked.sector is None:
        sure = find_regions(name, year) or named[0].region_code == CENTRE
        if len(named) == 1 and sure:
            return named[0], None
        found = f"「{name}」可能是这几个机关之一 «{name}» can be one of these"
        return Question("agency", found, tuple((a.agency_id, a.name) for a in named))
    return _by_region(name, year, agencies, asked)


def _named_by_id(
    agency_id: str, name: str | None, agencies: Mapping[str, Agency]
) -> tuple[Agency, str | None] | Question:
    if agency_id in agencies:
        return agencies[agency_id], None
    parts = agency_parts(agency_id)
    here = region(parts[0]) if parts else None
    if parts is None or here is None:
        known = _alike(agency_id, agencies)
        found = (
            f"「{agency_id}」不是已有的机关，也不是「行政区划代码-领域」 "
            f"«{agency_id}» is neither a known agency nor <region code>-<sector>"
        )
        return Question("agency", found, known)
    if name is None:
        return Question("name", NO_NAME)
    return _new(agency_id, name, here, parts[1]), None


def _alike(agency_id: str, agencies: Mapping[str, Agency]) -> tuple[tuple[str, str], ...]:
    """Known agencies whose ids look like it."""
    return tuple((a, agencies[a].name) for a in difflib.get_close_matches(agency_id, agencies, 5, 0.6))


def _by_region(
    name: str, year: int, agencies: Mapping[str, Agency], asked: Asked
) -> tuple[Agency, str | None] | Question:
    here = _region(name, year, asked)
    if isinstance(here, Question):
        return here
    sector = asked.sector or sector_of(name)
    known = {c.code: c.zh for c in codes_of("sector")}
    if sector not in known:
        found = f"从「{sector or name}」看不出属于哪个领域 no sector is known by «{sector or name}»"
        return Question("sector", found, tuple(known.items()))
    inner = inner_place(name, here)
    if inner and asked.region is None:
        town = town_of(inner, here)
        if town is None:
            found = (
                f"「{name}」在「{inner}」，那里没有自己的行政区划代码 "
                f"«{name}» lies in «{inner}», which has no code of its own"
            )
            meaning = f"NAME 换成{inner}的拼音 with NAME for {inner} in Latin letters"
            return Question("agency", found, ((f"{here.code}-{sector}-NAME", meaning),))
        here = town
    if sector in ("town", "sub-district") and len(here.code) == 6:
        town = town_of(name, here)
        if town is None:
            found = (
                f"代码表里没有「{name}」的 9 位行政区划代码 the code of «{name}» (9 digits) is not in the list"
            )
            meaning = f"NNN 是它在{here.zh}的编号 NNN: its number within {here.zh}"
            return Question("region", found, ((f"{here.code}NNN", meaning),))
        here = town
    base = f"{here.code}-{sector}"
    if here.level == "zone":
        base = f"{base}-{slug(here)}" if slug(here) else base
    elif sector == "zone" and here.level != "zone":
        found = f"「{name}」是没有行政区划代码的开发区 «{name}» is a zone without a code of its own"
        meaning = "NAME 换成开发区名称的拼音 with NAME for the zone in Latin letters"
        return Question("agency", found, ((f"{base}-NAME", meaning),))
    return _beside(base, name, here, sector, agencies)


def _beside(
    base: str, name: str, here: Region, sector: str, agencies: Mapping[str, Agency]
) -> tuple[Agency, str | None] | Question:
    """A new agency, or the one that is there already under a name that shortens to this one."""
    same = [a for a in agencies.values() if re.fullmatch(rf"{re.escape(base)}(-[0-9]+)?", a.agency_id)]
    if not same:
        return _new(base, name, here, sector), None
    close = [a for a in same if shortens(name, a.name) or shortens(a.name, name)]
    if len(close) == 1:
        agency = close[0]
        note = (
            f"「{name}」按「{agency.name}」处理；如果两个都是它的名称，在 agency.yml 的 names 下补上 "
            f"«{name}» is taken for «{agency.name}»; if both are its names, add it under «names» in agency.yml"
        )
        return agency, note
    free = next(f"{base}-{n}" for n in range(2, 1000) if f"{base}-{n}" not in agencies)
    options = [
        (a.agency_id, f"是{a.name}的另一名称就选它 {a.name}, if that is its other name") for a in same
    ]
    found = (
        f"「{name}」与一个名称不同的机关地区、领域都相同 "
        f"«{name}» has the region and sector of an agency with another name"
    )
    return Question("agency", found, (*options, (free, "是另一个机关就选它 if it is a second agency")))


def _region(name: str, year: int, asked: Asked) -> Region | Question:
    if asked.region is not None:
        here = region(asked.region, year)
        found = f"没有「{asked.region}」这个行政区划代码 no region has the code «{asked.region}»"
        return here or Question("region", found)
    regions = candidates(find_regions(name, year))
    if len(regions) == 1:
        return regions[0]
    if not regions:
        found = f"「{name}」开头没有地名 «{name}» begins with no region's name"
        return Question("region", found, ((CENTRE, "中央机关 the central government"),))
    found = f"「{name}」可能在这几个地方 «{name}» can lie in any of these"
    return Question("region", found, tuple((r.code, chain_name(r)) for r in regions))


def _new(agency_id: str, name: str, here: Region, sector: str) -> Agency:
    return Agency(
        agency_id=agency_id, name=name, region_code=here.code, level=here.level, sector=sector,
        scope="aggregate" if sector == "government" else "own",
    )


def shortens(short: str, full: str) -> bool:
    """Whether `short` is `full` with letters left out."""
    letters = iter(full)
    return all(c in letters for c in short)


def answered(asked: Asked, flag: Flag, value: str) -> Asked | str:
    """What is asked with one answer more; a sentence where the answer cannot be."""
    value = value.strip()
    if flag == "year":
        fits = re.fullmatch("20[0-9]{2}", value)
        return replace(asked, year=int(value)) if fits else "四位数字，如 2021 four digits, like 2021"
    if flag == "sector" and value not in {c.code for c in codes_of("sector")}:
        return "scripts/ogi/forms/sectors.yml 里的代码，如 education one of the codes of forms/sectors.yml, like education"
    if flag == "region" and region(value) is None:
        return "6 位行政区划代码，乡镇街道 9 位 the 6 digits of GB/T 2260, or 9 for a township"
    if not value:
        return "请填写 a word, please"
    return replace(
        asked,
        agency=value if flag == "agency" else asked.agency,
        name=value if flag == "name" else asked.name,
        region=value if flag == "region" else asked.region,
        sector=value if flag == "sector" else asked.sector,
    )


def remedy(question: Question, most: int = 12) -> str:
    """The flags that would answer it, for who has no terminal to answer at."""
    options = [f"--{question.flag} {value} ({meaning})" for value, meaning in question.candidates]
    if not options:
        zh, en = EXAMPLES[question.flag]
        return f"加上 --{question.flag} {zh}，再运行一次 run it again with --{question.flag} {en}"
    rest = f"; and {len(options) - most} more" if len(options) > most else ""
    return "从后面选一个加上，再运行一次 run it again with " + " or ".join(options[:most]) + rest
