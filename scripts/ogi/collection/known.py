"""reports/coverage.yml: reports that are known to exist, or to be due, and are not collected.

Comes in: the file's bytes and the agencies that have a folder. Goes out: the agency-years it names, and the bodies among
them that have no folder yet; raises BadCollection with the line. Must not know: any document.

    known:                             # «not collected» never means «not published»
      - agency_id: 360200-finance      # an agency's folder, or the name that its folder will have
        name: 景德镇市财政局             # needed, like the next two, only where it has no folder yet
        level: prefecture              # may be left out: that of the region
        parent_id: 360200-government   # may be left out
        years: [2018, 2020-2023]
        source_url: https://…          # where it can be fetched, if known; for one year only
    complete: [360200-government]      # summaries below which every body is registered, here or by a folder
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ogi.collection.agency import read_listed
from ogi.collection.fields import Fields
from ogi.collection.filenames import agency_parts
from ogi.model import Agency
from ogi.yamlfile import check_keys, read_yaml

ENTRY = ("agency_id", "name", "level", "parent_id", "years", "source_url")
YEARS = re.compile(r"(20[0-9]{2})(?:-(20[0-9]{2}))?")


@dataclass(frozen=True, slots=True)
class Known:
    """`years`: (agency_id, year) -> where the report can be fetched, if known; `agencies` have no folder yet."""

    years: Mapping[tuple[str, int], str | None] = field(default_factory=dict)
    agencies: tuple[Agency, ...] = ()
    complete: frozenset[str] = frozenset()


def read_known(data: bytes, place: str, collected: Sequence[Agency]) -> Known:
    """`place` is the path of the file, for messages."""
    whole = Fields(read_yaml(data, place), place)
    check_keys(whole.data, ("known", "complete"), place)
    agencies = {a.agency_id: a for a in collected}
    new: dict[str, Agency] = {}
    years: dict[tuple[str, int], str | None] = {}
    for own in whole.maps("known", "agency_id: …, years: […]"):
        check_keys(own.data, ENTRY, place, required=("agency_id", "years"))
        agency_id = own.text("agency_id")
        if agency_parts(agency_id) is None:
            raise own.fault("agency_id", f"«{agency_id}» is no agency id", "write <region code>-<sector>")
        if agency_id not in agencies and agency_id not in new:
            new[agency_id] = read_listed(own, agency_id)
        named, address = tuple(_years(own)), own.address("source_url")
        if address and len(named) > 1:
            raise own.fault("source_url", "one address for several years", "give each year an entry of its own")
        years.update({(agency_id, year): address for year in named})
    return Known(years, tuple(new.values()), frozenset(_complete(whole, {*agencies, *new})))


def _years(own: Fields) -> Iterator[int]:
    years = own.data["years"]
    for value in years if isinstance(years, list) else [years]:
        match = YEARS.fullmatch(str(value))
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if last < first:
            raise own.fault("years", f"«{value}» is no year", "write years like [2019, 2021-2023]")
        yield from range(first, last + 1)


def _complete(whole: Fields, agencies: set[str]) -> Iterator[str]:
    named = whole.data.get("complete")
    for value in named if isinstance(named, list) else [] if named is None else [named]:
        if value not in agencies:
            raise whole.fault("complete", f"«{value}» is no agency here", "write the name of a summary's folder")
        yield str(value)
