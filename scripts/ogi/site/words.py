"""What a report says, in a sentence of Chinese and one of English.

Comes in: cells and the report's names. Goes out: text, not yet escaped. Must not know: HTML, checks,
forms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from ogi.site.book import Row
from ogi.site.text import number

_NUMBERED = re.compile(r"^(?:[（(]?[一二三四五六七八九十]+[）)、.])+\s*")

Cells = Mapping[tuple[str, str, str], Row]
Show = Callable[[str, str], str]  # (table-item-measure, its number) -> how the number stands in the sentence

_NO_NUMBER = {
    "blank": ("申请数一格留空", "leaves the number of requests blank"),
    "nil": ("申请数一格没有数字", "prints a mark instead of the number of requests"),
    "unreadable": ("申请数未能读准", "has a number of requests that could not be read with certainty"),
    "absent": ("没有印申请总数", "prints no total of requests"),
}
_NO_TABLE = ("没有申请情况表", "has no table of requests")
_ITEMS = ("new_received", "carried_in", "granted", "partly_granted", "total_disposed", "carried_out")
_SAID = [*(("requests", i) for i in _ITEMS), *(("reviews", i) for i in ("review", "direct", "after_review"))]


def as_text(_: str, shown: str) -> str:
    return shown


def as_link(name: str, shown: str) -> str:
    """A number that leads to its proof on the same page."""
    return f'<a href="#c-{name}">{shown}</a>'


def summary(agency: str, year: str, cells: Cells, show: Show = as_text) -> tuple[str, str]:
    """One sentence on requests and one on reviews and lawsuits, as far as the report gives the numbers.

    With `as_link` it is HTML: then `agency` has to be safe.
    """
    first_zh, first_en = _requests(cells, show)
    last_zh, last_en = _reviews(cells, show)
    doubted = any((cells.get((*key, "total")) or {}).get("doubt") for key in _SAID)
    zh = f"{agency} {year} 年{first_zh}{'；' + last_zh if last_zh else ''}。{'其中有读取存疑的数。' if doubted else ''}"
    en = f"In {year} this agency {first_en}{'; ' + last_en if last_en else ''}."
    return zh, f"{en} Some of these numbers are doubted by the reader." if doubted else en


def _requests(cells: Cells, show: Show) -> tuple[str, str]:
    new = cells.get(("requests", "new_received", "total"))
    if new is None or not new["value"]:
        zh, en = _NO_NUMBER.get(new["status"], _NO_NUMBER["absent"]) if new is not None else _NO_TABLE
        return f"的报告{zh}", f"published a report that {en}"

    def said(item: str) -> str:
        return show(f"requests-{item}-total", _value(cells, item))

    received, carried = _value(cells, "new_received"), _value(cells, "carried_in")
    if received == "0":
        zh, en = "没有收到政府信息公开申请", "got no requests for information"
    else:
        zh = f"收到政府信息公开申请 {said('new_received')} 件"
        en = f"got {said('new_received')} request{_s(received)} for information"
    if carried not in ("", "0"):
        zh = f"{zh}，上年结转 {said('carried_in')} 件"
        en = f"{en}, with {said('carried_in')} carried over from the year before"
    if _value(cells, "total_disposed") not in ("", "0"):
        granted, partly = _value(cells, "granted"), _value(cells, "partly_granted")
        detail = [f"予以公开 {said('granted')} 件"] if granted else []
        detail += [f"部分公开 {said('partly_granted')} 件"] if partly else []
        zh += f"，办结 {said('total_disposed')} 件" + (f"（{'、'.join(detail)}）" if detail else "")
        en += f", disposed of {said('total_disposed')}"
        en += f" (granted {said('granted')}, partly {said('partly_granted')})" if granted and partly else ""
    if _value(cells, "carried_out") not in ("", "0"):
        zh = f"{zh}，结转下年度 {said('carried_out')} 件"
        en = f"{en}, and carried {said('carried_out')} over"
    return zh, en


def _reviews(cells: Cells, show: Show) -> tuple[str, str]:
    reviews, *suits = (_value(cells, item, "reviews") for item in ("review", "direct", "after_review"))
    if not reviews or not all(suits):
        return "", ""
    lawsuits = number(f"{sum(Decimal(s.replace(',', '')) for s in suits):f}")
    if reviews == lawsuits == "0":
        return "没有行政复议，也没有行政诉讼", "there were no administrative reviews and no lawsuits"
    said = show("reviews-review-total", reviews)
    return (
        f"行政复议 {said} 件，行政诉讼 {lawsuits} 件",
        f"there were {said} administrative review{_s(reviews)} and {lawsuits} lawsuit{_s(lawsuits)}",
    )


def _value(cells: Cells, item: str, table: str = "requests") -> str:
    cell = cells.get((table, item, "total"))
    return number(cell["value"]) if cell else ""


def _s(count: str) -> str:
    return "" if count == "1" else "s"


def cell_name(item: str, measure: str, total: str) -> str:
    """A row and a column without the form's numbering; the column `total` goes without saying."""
    row = _NUMBERED.sub("", item) or item
    if measure != total:
        return f"{row}·{measure}"
    return item if row == total else row
