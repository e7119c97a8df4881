"""Places within places: the region of a body that lies in a town or a zone, and how places are told apart.

Comes in: names and regions. Goes out: regions, names. Must not know: agencies, documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ogi.forms.sectors import sector_of
from ogi.regions import Region, chain, region

SMALL = ("town", "sub-district", "zone")  # sectors that say what a whole body is, and so a place of their own
TOWNS = 1000


def candidates(found: Iterable[Region]) -> tuple[Region, ...]:
    """Each region once, by code."""
    return tuple({(r.code, r.level): r for r in found}.values())


def chain_name(here: Region) -> str:
    """江苏省徐州市鼓楼区: enough to tell it from its namesakes."""
    return "".join(r.zh for r in reversed(chain(here.code)) if r.level != "centre")


def inner_place(name: str, here: Region) -> str | None:
    """The town or zone, within the region, in which the body lies; None where the body is of the region itself."""
    rest = _rest(name, here)
    for length in range(len(rest) - 2, 1, -1):
        head = rest[:length]
        small = sector_of(head) if sector_of(rest) not in SMALL else None
        if small == "zone" and sector_of(head[:-1]) != small:
            return head
        if small in ("town", "sub-district") and town_of(head, here):  # 城乡 ends like a town and is none
            return head
    return None


def town_of(name: str, county: Region) -> Region | None:
    """The one town of a county that the name names."""
    numbers = (region(f"{county.code}{n:03}") for n in range(TOWNS)) if len(county.code) == 6 else ()
    named = {r.zh: r for r in numbers if r is not None and r.zh in name}
    return max(named.values(), key=lambda r: len(r.zh)) if named else None


def slug(zone: Region) -> str | None:
    """The first word of its English name, for an id: pingtan."""
    word = re.sub(r"[^a-z]", "", (zone.en or "").split(" ")[0].lower())
    return word or None


def _rest(name: str, here: Region) -> str:
    """The name without the places that it begins with."""
    rest = name
    for place in reversed((here, *chain(here.code))):
        for words in sorted(filter(None, (place.zh, place.short)), key=len, reverse=True):
            if rest.startswith(words):
                rest = rest[len(words):]
                break
    return rest

