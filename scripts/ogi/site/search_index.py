"""The index of agencies behind the search box: names, other names, region, sector, years, initials in
pinyin.

Comes in: the book. Goes out: one JSON file, small enough to load whole. Must not know: pages, the
script that reads it.
"""

from __future__ import annotations

from collections.abc import Iterable

from ogi.site.book import Book
from ogi.site.downloads import json_object, to_json
from ogi.site.initials import initials
from ogi.site.places import Places


def agency_index(book: Book, places: Places, texts: int = 0) -> bytes:
    """agencies: [[id, name, [other names], n of its region, n of its sector, [years], initials], …] by id.

    regions: [[code, path, English], …], sectors: [[code, zh, en], …]; `texts` counts full-text indexes.
    """
    shorts = abbreviations(book)
    years: dict[str, list[str]] = {}
    for report in book.live():
        years.setdefault(report["agency_id"], []).append(report["year"])
    regions = _numbered(agency["region_code"] for agency in book.agencies.values())
    sectors = _numbered(agency["sector"] for agency in book.agencies.values())
    lines = []
    for agency_id, agency in sorted(book.agencies.items()):
        others = _others(agency["name"], [row["name"] for row in book.names.get(agency_id, ())], shorts)
        letters = dict.fromkeys(initials(name) for name in (agency["name"], *others))
        line = (
            to_json(agency_id),
            to_json(agency["name"]),
            _list(others),
            str(regions[agency["region_code"]]),
            str(sectors[agency["sector"]]),
            "[" + ",".join(sorted(years.get(agency_id, []), reverse=True)) + "]",
            to_json(" ".join(letters)),
        )
        lines.append("[" + ",".join(line) + "]")
    return json_object(
        {
            "texts": str(texts),
            "regions": to_json([[code, places.path(code), _english(book, code)] for code in regions]),
            "sectors": to_json([[code, book.zh("sector", code), book.en("sector", code)] for code in sectors]),
            "agencies": "[\n" + ",\n".join(lines) + "\n]",
        }
    )


def _others(name: str, known: Iterable[str], shorts: Iterable[tuple[str, str]]) -> list[str]:
    """Every other name: those on record, and each with its kind of body shortened or written out."""
    others = set(known) - {name}
    for short, full in shorts:
        for one in (name, *sorted(others)):
            if one.endswith(full):
                others.add(one.removesuffix(full) + short)
            elif one.endswith(short):
                others.add(one.removesuffix(short) + full)
    return sorted(others - {name})


def abbreviations(book: Book) -> list[tuple[str, str]]:
    """(科技局, 科学技术局), …: where official and short names of an agency differ.

    So that one agency's short name serves every agency of its kind.
    """
    pairs: set[tuple[str, str]] = set()
    for agency_id, names in book.names.items():
        official = book.agencies[agency_id]["name"] if agency_id in book.agencies else ""
        for row in names:
            short = row["name"]
            if row["kind"] != "short" or not official or len(short) >= len(official):
                continue
            same = 0
            while same < len(short) and short[same] == official[same]:
                same += 1
            # The first character of the kind of body is common to both: 科 of 科技局 and 科学技术局.
            start = max(0, same - 1)
            if len(short) - start >= 2:
                pairs.add((short[start:], official[start:]))
    return sorted(pairs)


def _numbered(codes: Iterable[str]) -> dict[str, int]:
    return {code: n for n, code in enumerate(sorted(set(codes)))}


def _english(book: Book, code: str) -> str:
    return " ".join(row["en"] for row in book.lineage(code) if row["en"] and row["region_code"] != "100000")


def _list(values: Iterable[str]) -> str:
    return "[" + ",".join(to_json(value) for value in values) + "]"
