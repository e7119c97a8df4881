"""What is said in Chinese and then in English, in one text; and places in a document, as people say them.

Comes in: both halves, a message, a locator. Goes out: text. Must not know: what it is about.
"""

from __future__ import annotations

import re
from functools import lru_cache

STOP = "。"
BOX = re.compile(r";bbox=[\d.,-]+")
_BLANKS = re.compile(rf"{STOP}\s+")
_PLACE = {
    "page": "第 {} 页",
    "sheet": "第 {} 张工作表",
    "table": "第 {} 个表",
    "row": "第 {} 行",
    "col": "第 {} 列",
    "cell": "单元格 {}",
    "paragraph": "第 {} 段",
    "line": "第 {} 行",
    "chars": "第 {} 字",
}


def in_both(zh: str, en: str) -> str:
    """`zh`, which ends with a full stop, and `en` after one blank. Whatever a document prints in them, the first full stop with
    a blank behind it is the end of the Chinese."""
    return f"{_BLANKS.sub(STOP, zh)} {en}"


def halves(message: str) -> tuple[str, str]:
    """The Chinese and the English of what `in_both` made; any other text is all English."""
    zh, gap, en = message.partition(f"{STOP} ")
    return (zh + STOP, en) if gap else ("", message)


def beside(message: str, locator: str | None) -> tuple[str, str]:
    """The halves for where the place stands beside them: the English does not open with it, and tells no boxes."""
    zh, en = halves(message)
    return zh, BOX.sub("", en.removeprefix(f"{locator}: "))


def placed(message: str, locator: str | None) -> str:
    """The message behind its place as people say it."""
    where = place(locator) if locator else ""
    return f"{where}：{message}" if where else message


@lru_cache(maxsize=4096)
def place(locator: str) -> str:
    """A locator as people say it: page=3;table=2;row=7;col=4 is 第 3 页第 2 个表第 7 行第 4 列."""
    bare = BOX.sub("", locator)
    parts = [part.partition("=") for one in bare.split(" + ") for part in [*one.split(";"), "+=、"]][:-1]
    return "".join(
        value if name == "+" else _PLACE.get(name, "").format(_span(value)) for name, _, value in parts
    )


def _span(value: str) -> str:
    """12–14 for 12-14, and 5 for 5-5."""
    first, _, last = value.partition("-")
    return f"{first}–{last}" if last.isdigit() and last != first else first if last.isdigit() else value
