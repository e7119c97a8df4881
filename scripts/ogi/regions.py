"""Regions through time: which region a code or a name means in a given year.

Comes in: `forms/regions/*.csv`. Goes out: `Region` values and candidates, all of them where a name is shared.
Must not know: any document, agency or page; settling between candidates is the caller's, by evidence.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from ogi.paths import FORMS

FOLDER = FORMS / "regions"
CODE = re.compile(r"[0-9]{6}([0-9]{3})?")
LONGEST_NAME = 24


@dataclass(frozen=True, slots=True)
class Region:
    """One code with one name; `valid_from`, `valid_to` are years, both included, None where open or unknown.

    `short` is the name as agencies shorten it. A zone without a code of its own has the code of its host.
    """

    code: str
    zh: str
    en: str | None
    level: str
    parent: str | None
    valid_from: int | None = None
    valid_to: int | None = None
    successor: str | None = None
    short: str | None = None

    def valid_in(self, year: int | None) -> bool:
        return year is None or (self.valid_from or 0) <= year <= (self.valid_to or 9999)


@cache
def load_regions() -> tuple[Region, ...]:
    """Every region of the table, by code, then by time; towns and zones without a code are not among them."""
    return tuple(
        Region(
            code=row["region_code"], zh=row["zh"], en=row["en"] or None,
            level=row["level"], parent=row["parent"] or None,
            valid_from=int(row["valid_from"]) if row["valid_from"] else None,
            valid_to=int(row["valid_to"]) if row["valid_to"] else None,
            successor=row["successor"] or None, short=row["short"] or None,
        )
        for row in _table("regions.csv")
    )


def region(code: str, year: int | None = None) -> Region | None:
    """The region of a code in a year (the latest without one, or where the year is outside its time).

    A code of nine digits is a town: one that the list does not know carries its county's name, marked.
    """
    if len(code) == 9 and CODE.fullmatch(code):
        return _town(code, year)
    entries = _by_code().get(code, ())
    fitting = tuple(r for r in entries if r.valid_in(year)) or entries
    return fitting[-1] if fitting else None


def chain(code: str, year: int | None = None) -> tuple[Region, ...]:
    """The region and what it lies in, outermost last: county, city, province, centre."""
    found: list[Region] = []
    here = region(code, year)
    while here is not None and here not in found:
        found.append(here)
        here = region(here.parent, year) if here.parent else None
    return tuple(found)


def find_regions(text: str, year: int | None = None) -> tuple[Region, ...]:
    """All regions that the beginning of `text` can mean: «江西省上饶市广信区教育局» one, «鼓楼区司法局» four.

    The longest name wins, then the longest name of something inside it. Names not in use in `year` count only
    where they cover more of the text than those in use.
    """
    text = "".join(text.split())
    in_use, ever = (_longest(text, _names(when), None) for when in (year, None))
    return ever[1] if ever[0] > in_use[0] else in_use[1]


def _longest(
    text: str, names: Mapping[str, tuple[Region, ...]], within: frozenset[str] | None
) -> tuple[int, tuple[Region, ...]]:
    """How many characters are covered, and what they mean."""
    for length in range(min(len(text), LONGEST_NAME), 1, -1):
        here = tuple(r for r in names.get(text[:length], ()) if within is None or within & _above(r))
        if here:
            more, deeper = _longest(text[length:], names, frozenset(r.code for r in here))
            return length + more, deeper or here
    return 0, ()


@cache
def _above(region_: Region) -> frozenset[str]:
    """The codes of everything a region lies in; a zone without a code lies in its host too."""
    codes = {r.code for r in chain(region_.code)} | ({region_.parent} if region_.parent else set())
    return frozenset(codes - ({region_.code} if region_.level != "zone" else set()))


@cache
def _names(year: int | None) -> Mapping[str, tuple[Region, ...]]:
    names: dict[str, list[Region]] = {}
    for entry in (*load_regions(), *_zones()):
        if entry.valid_in(year) and entry.level != "centre":
            for name in {entry.zh, entry.short} - {None}:
                names.setdefault(str(name), []).append(entry)
    return {name: _distinct(entries) for name, entries in names.items()}


def _distinct(entries: Iterable[Region]) -> tuple[Region, ...]:
    """One entry a code, the latest: a region that kept code and name is not two candidates."""
    return tuple({(r.code, r.level): r for r in entries}.values())


@cache
def _by_code() -> Mapping[str, tuple[Region, ...]]:
    codes: dict[str, tuple[Region, ...]] = {}
    for entry in load_regions():
        codes[entry.code] = (*codes.get(entry.code, ()), entry)
    return codes


@cache
def _zones() -> tuple[Region, ...]:
    return tuple(
        Region(row["region_code"], row["zh"], row["en"] or None, level="zone", parent=row["region_code"])
        for row in _table("zones.csv")
    )


def _town(code: str, year: int | None) -> Region | None:
    host = region(code[:6], year) or region(code[:4] + "00", year)
    if host is None or host.level in ("centre", "province"):
        return None
    name = _towns().get(code) or f"{host.zh}（乡镇代码{code[6:]}）"
    return Region(code=code, zh=name, en=None, level="town", parent=host.code)


@cache
def _towns() -> Mapping[str, str]:
    return {row["region_code"]: row["zh"] for row in _table("towns.csv")}


def _table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
