"""Text that keeps the columns of a page by blanks, as converters of PDF leave it: which lines are rows, and their cells.

Comes in: lines as texts. Goes out: runs of lines, and where the cells of a line begin and end. Must not know: any form or label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

SHORT = 60  # characters of a cell; longer ones are prose
WRAPPED = 6  # lines over which a label may go on
PIECE = 24  # characters of a piece of a label that wraps
ROWS = 8  # lines of words and numbers, from which on such lines are rows

COLUMNS = 3  # more of them in each row than prose that happens to be as wide

_DIGITS = re.compile(r"\d")
_APART = re.compile(r"[^ \u3000]+(?:[ \u3000][^ \u3000]+)*")
_WORD = re.compile(r"[^ \u3000]+")
_NUMBER = re.compile(r"[-+−]?\d[\d,，]*(?:\.\d+)?|[/／—–-]+")


def is_aligned(lines: Sequence[str]) -> bool:
    """Whether the cells of a row share its line: words, then numbers."""
    rows = ((line, found[0]) for line in lines if len(found := cells_of(line)) >= 3)
    return sum(not _NUMBER.fullmatch(line, *first) for line, first in rows) >= ROWS


def repeated_run(lines: Sequence[str], at: int) -> int:
    """The end of the run of rows whose cells one blank parts, an empty one too, each merged cell once for every column that it
    covers, as scripts print the rows of a document: all of one width, and words side by side that are the same."""
    width = lines[at].strip().count(" ") + 1
    if width <= COLUMNS:
        return at
    end, same = at, False
    while end < len(lines) and lines[end].count(" ") + 1 == width:
        cells = lines[end].split(" ")
        same = same or any(one == two and len(one) > 1 and not _DIGITS.search(one) for one, two in pairwise(cells))
        end += 1
    return end if same and any(map(_DIGITS.search, lines[at:end])) else at


def aligned_run(lines: Sequence[str], at: int) -> int:
    """The end of the run of lines of two cells or more, with the pieces of labels that wrap: lines of one cell between them, and
    short ones right before and after."""
    end = at
    for n in range(at, len(lines)):
        text = lines[n].strip()
        if not text or len(text) > SHORT and "  " not in lines[n] or n - end > WRAPPED:
            break
        if len(cells_of(lines[n])) >= 2:
            end = n + 1
        elif end == at and not _piece(text):
            break
    while at < end < len(lines) and _piece(lines[end].strip()):
        end += 1
    return end


def cells_of(line: str) -> list[tuple[int, int]]:
    """Start and end of each cell that two blanks or more hold apart, of numbers at an end that one does; none if one is prose."""
    if "|" in line or "\t" in line:
        return []
    found = [cell for match in _APART.finditer(line) for cell in _numbers(line, *match.span())]
    return [] if len(found) < 2 or any(end - start > SHORT for start, end in found) else found


def _numbers(line: str, start: int, end: int) -> list[tuple[int, int]]:
    """A part of a line, its last numbers each for itself where there are three or more, or one after a single word."""
    words = [match.span() for match in _WORD.finditer(line, start, end)]
    first = len(words)
    while first and _NUMBER.fullmatch(line, *words[first - 1]):
        first -= 1
    if len(words) - first < 3 and (first, len(words)) != (1, 2):
        return [(start, end)]
    return ([(start, words[first - 1][1])] if first else []) + words[first:]


def _piece(text: str) -> bool:
    return 0 < len(text) <= PIECE and not text.endswith(("。", "：", "；"))
