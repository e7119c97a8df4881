"""Lines of a text that was cut at a width, as PDF viewers copy it: words and sentences go on in the next line.

Comes in: the texts of a report's sections. Goes out: the same texts, as long, with a space where a line goes on. Must not know:
what the sentences say.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

END = re.compile(r"[。;；!！?？:：]\s*$")
ITEM = re.compile(r"\s*(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)|[-—–●■])")
PAGE = re.compile(r"\s*[-—–]?\s*\d{1,3}\s*[-—–]?\s*")  # a page number on a line of its own
LEAST_WIDTH, SPREAD, LEAST_LINES = 36, 8, 5


def joined(texts: Sequence[str]) -> list[str]:
    """The texts with the cut lines joined; as they are where no width is seen at which they were cut."""
    width = _width([line for text in texts for line in text.split("\n")])
    return [_joined(text, width) if width else text for text in texts]


def _width(lines: Sequence[str]) -> int | None:
    """The width at which most lines end and hardly any goes beyond."""
    widths = Counter(w for line in lines if (w := _columns(line)) > LEAST_WIDTH // 2)
    full = {w: sum(widths[n] for n in range(w - SPREAD + 1, w + 1)) for w in widths if w >= LEAST_WIDTH}
    if not full:
        return None
    width = max(full, key=lambda w: (full[w], w))
    beyond = sum(n for w, n in widths.items() if w > width)
    most = full[width] >= LEAST_LINES and full[width] * 5 >= widths.total() * 2
    return width if most and beyond * 10 <= widths.total() else None


def _joined(text: str, width: int) -> str:
    lines = text.split("\n")
    out = lines[0]
    last = lines[0]  # what a page number stands after is the line before it
    for line in lines[1:]:
        cut = width - SPREAD < _columns(last) <= width and not END.search(last)
        if cut and PAGE.fullmatch(line):
            out += " " * (len(line) + 1)
            continue
        out += (" " if cut and not ITEM.match(line) else "\n") + line
        last = line
    return out


def _columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line.strip())
