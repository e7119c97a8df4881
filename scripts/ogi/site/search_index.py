"""The index of agencies behind the search box: names, other names, region, sector, years, initials in
pinyin.

Comes in: the book. Goes out: one JSON file, small enough to load whole. Must not know: pages, the
script that reads it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from ogi.site.book import Book
from ogi.site.downloads import to_json
from ogi.site.places import Places

# GB 2312 puts its 3,755 common characters in the order of pinyin: where each initial begins, by GBK code.
_STARTS = (
    0xB0A1,
    0xB0C5,
    0xB2C1,
    0xB4EE,
    0xB6EA,
    0xB7A2,
    0xB8C1,
    0xB9FE,
    0xBBF7,
    0xBFA6,
    0xC0AC,
    0xC2E8,
    0xC4C3,
    0xC5B6,
    0xC5BE,
    0xC6DA,
    0xC8BB,
    0xC8F6,
    0xCBFA,
    0xCDDA,
    0xCEF4,
    0xD1B9,
    0xD4D1,
    0xD7FA,
)
_INITIALS = "abcdefghjklmnopqrstwxyz"


def agency_index(book: Book, places: Places) -> bytes:
    """[[id, name, [other names], region path, sector, [years], initials], …], in the order of ids."""
    shorts = abbreviations(book)
    years: dict[str, list[str]] = {}
    for report in book.live():
        years.setdefault(report["agency_id"], []).append(report["year"])
    lines = []
    for agency_id, agency in sorted(book.agencies.items()):
        others = {row["name"] for row in book.names.get(agency_id, ())} - {agency["name"]}
        for short, full in shorts:
            for name in (agency["name"], *sorted(others)):
                if name.endswith(full):
                    others.add(name.removesuffix(full) + short)
                elif name.endswith(short):
                    others.add(name.removesuffix(short) + full)
        others.discard(agency["name"])
        line = (
            to_json(agency_id),
            to_json(agency["name"]),
            _list(sorted(others)),
            to_json(places.path(agency["region_code"])),
            to_json(book.zh("sector", agency["sector"])),
            "[" + ",".join(sorted(years.get(agency_id, []), reverse=True)) + "]",
            to_json(" ".join(initials(name) for name in (agency["name"], *sorted(others)))),
        )
        lines.append("[" + ",".join(line) + "]")
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


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


def initials(text: str) -> str:
    """jdzskxjsj for 景德镇市科学技术局; characters outside the common ones are left out."""
    out = []
    for character in text:
        code = int.from_bytes(character.encode("gbk", "ignore"), "big")
        if _STARTS[0] <= code < _STARTS[-1]:
            out.append(_INITIALS[bisect_right(_STARTS, code) - 1])
        elif character.isascii() and character.isalnum():
            out.append(character.lower())
    return "".join(out)


def _list(values: Iterable[str]) -> str:
    return "[" + ",".join(to_json(value) for value in values) + "]"
