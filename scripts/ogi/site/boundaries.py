"""What changed about a region: new codes, successors, former names, as its page says them.

Comes in: the book's regions. Goes out: sentences in both languages. Must not know: pages, links.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ogi.site.book import Book, Row

FIRST = 2008  # the first year that annual reports are about; older changes touch no report


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence that ends before the name of another region, where it speaks of one."""

    zh: str
    en: str
    region: str = ""


def boundary_changes(book: Book, code: str, moved: Iterable[Row] | None = None) -> list[Change]:
    """Nothing for a region that has been what it is since before there were reports. `moved` are the regions that have a
    successor, where they are known already."""
    row = book.regions[code]
    out = []
    if row["valid_from"] and int(row["valid_from"]) >= FIRST:
        out.append(
            Change(f"此代码自 {row['valid_from']} 年起使用", f"This code is in use since {row['valid_from']}")
        )
    if row["valid_to"]:
        out.append(Change(f"此代码使用至 {row['valid_to']} 年", f"This code was in use to {row['valid_to']}"))
    if row["successor"] and row["successor"] != code:
        out.append(Change("此后由其承接：", "It was taken over by", row["successor"]))
    if row["former_names"]:
        names = row["former_names"].replace(" | ", "、")
        out.append(Change(f"同一代码曾用名：{names}", f"Former names under this code: {row['former_names']}"))
    for other in book.regions.values() if moved is None else moved:
        if other["successor"] == code and other["region_code"] != code:
            until = f"（使用至 {other['valid_to']} 年）" if other["valid_to"] else ""
            since = f", in use to {other['valid_to']}" if other["valid_to"] else ""
            out.append(Change(f"承接原区划{until}：", f"It took over a region{since}:", other["region_code"]))
    return out
