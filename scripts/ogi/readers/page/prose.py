"""Lines of running text -> paragraphs, also over page breaks.

Comes in: lines with their pages, in reading order, tables and furniture taken out. Goes out: paragraphs with
locators. Must not know: tables, file formats, what a text says beyond list marks.

A line belongs to the paragraph before it when that line ran to the right margin and this one is not indented, unless that
one ends a sentence, is a title or a heading, and this one begins with a list mark: where no line is full, the longest tells no
margin.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ogi.model import Paragraph
from ogi.readers.page.cuts import LIST_MARK
from ogi.readers.page.glyphs import Line
from ogi.readers.page.places import joined, union

HANGING = "，。、；："
ENDS = "。；：！？"  # of sentences
TITLE = 1.1  # times as high as a heading at the least
HEADING = re.compile("[一二三四五六七八九十]{1,3}、")
LONG_LINE = 15  # characters from which a line tells the margins


class PlacedLine(NamedTuple):
    page: int
    number: int
    line: Line


def paragraphs(lines: Sequence[PlacedLine]) -> list[Paragraph]:
    groups: list[list[PlacedLine]] = []
    margins = _margins(lines)
    sizes = sorted(placed.line.size for placed in lines)
    for placed in lines:
        if groups and _goes_on(groups[-1][-1], placed, margins, sizes[len(sizes) // 2]):
            groups[-1].append(placed)
        else:
            groups.append([placed])
    return [_paragraph(group) for group in groups]


def _paragraph(group: Sequence[PlacedLine]) -> Paragraph:
    text = ""
    for placed in group:
        line = placed.line.text
        apart = text and text[-1].isascii() and text[-1].isalpha() and line[0].isascii() and line[0].isalpha()
        text += f" {line}" if apart else line
    places = []
    for page in dict.fromkeys(placed.page for placed in group):
        places.append((page, union([p.line.box for p in group if p.page == page])))
    first = {page: next(p.number for p in group if p.page == page) for page, _ in places}
    return Paragraph(text, " + ".join(joined([place], line=first[place[0]]) for place in places))


def _margins(lines: Sequence[PlacedLine]) -> dict[int, tuple[float, float]]:
    """Left and right margin by page; a page without long lines takes the width of the others."""
    found: dict[int, tuple[float, float]] = {}
    for page in dict.fromkeys(placed.page for placed in lines):
        long = [p.line for p in lines if p.page == page and len(p.line.text) >= LONG_LINE]
        if long:
            found[page] = min(line.box[0] for line in long), max(map(_reach, long))
    return found


def _reach(line: Line) -> float:
    """Where the line ends, without a mark that may hang over the margin."""
    return line.box[2] - (0.8 * line.size if line.text[-1] in HANGING else 0.0)


def _goes_on(
    before: PlacedLine, now: PlacedLine, margins: dict[int, tuple[float, float]], body: float
) -> bool:
    a, b = before.line, now.line
    size = max(a.size, b.size)
    if abs(a.size - b.size) > 0.3 * size or "\t" in a.text or "\t" in b.text:
        return False
    headings = HEADING.match(a.text) and HEADING.match(b.text)
    if LIST_MARK.match(b.text) and (a.text[-1] in ENDS or a.size > TITLE * b.size or headings):
        return False
    if before.page == now.page and b.box[1] - a.box[3] > 1.3 * size:
        return False
    if before.page not in margins or now.page not in margins:
        return False
    em = 0.8 * size
    left, right = margins[before.page]
    if _centred(a, left, right, em) and _centred(b, *margins[now.page], em):
        return before.page == now.page and b.box[1] - a.box[3] < 0.9 * size
    if a.size > 1.25 * body and abs(a.size - b.size) < 0.05 * size and _centred(b, left, right, em):
        return before.page == now.page and a.box[2] >= right - 2.3 * em
    return a.box[2] >= right - 2.3 * em and b.box[0] <= margins[now.page][0] + em


def _centred(line: Line, left: float, right: float, em: float) -> bool:
    before, after = line.box[0] - left, right - line.box[2]
    return before > 2.5 * em and abs(before - after) < 1.5 * em
