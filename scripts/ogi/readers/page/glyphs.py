"""Placed characters -> lines of text, on a page or within a cell.

Comes in: glyphs in display coordinates (points, origin top left). Goes out: lines with their boxes, and the text
of a cell with its line breaks. Must not know: rulings, pages, file formats.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ogi.readers.marked import UNREAD
from ogi.readers.page.ruled import Box

WIDE_GAP = 1.6  # ems between two words of one line from which they are columns, parted by a tab
COLUMNS = 2  # such gaps in a line, from which on they part cells, and so does
NEXT_GAP = 0.8  # ems
WORD_GAP = 0.25
CLOSE = 2.0  # points between a digit and the side of its cell, or the digit beyond it
PADDING = 11.5  # points that a cell keeps free left and right of its text together
_NUMBER_CHARACTERS = re.compile(r"[0-9０-９.．,，]")
_IN_COLUMNS = re.compile(r"(?m)(?:^|(?<= ))\d+(?: \d+){2}")  # numbers of several columns in one cell


class Glyph(NamedTuple):
    x0: float
    top: float
    x1: float
    bottom: float
    text: str
    score: float | None = None


class Part(NamedTuple):
    """Words of a line that stand apart from others; `glyphs` where they are known."""

    text: str
    x0: float
    x1: float
    glyphs: Sequence[Glyph] = ()


class Line(NamedTuple):
    """One line of text; `size` is the height of its characters, left to right in `glyphs` where they are known."""

    text: str
    box: Box
    size: float
    glyphs: Sequence[Glyph] = ()


class CellText(NamedTuple):
    """`room` is what is left beside the last line, in characters; `full`: one more would not have fitted.

    `spilled`: digits stand across a rule, so that parts of a number may be dealt to two cells; `edges`: where they stand close
    to a side, as (x, foot). `doubt` is what the recogniser says against its own reading.
    """

    text: str
    room: float = 99.0
    full: bool = False
    score: float | None = None
    spilled: bool = False
    doubt: str = ""
    edges: tuple[tuple[float, float], ...] = ()


def page_lines(glyphs: Sequence[Glyph]) -> list[Line]:
    """Lines from top to bottom; words of one line that stand far apart are parted by a tab."""
    out = []
    for row in rows(glyphs):
        text = _text(row, "\t").strip()
        if text.count("\t") >= COLUMNS:
            text = _text(row, "\t", NEXT_GAP).strip()
        if text:
            heights = sorted(g.bottom - g.top for g in row)
            box = (row[0].x0, min(g.top for g in row), max(g.x1 for g in row), max(g.bottom for g in row))
            out.append(Line(text, box, heights[len(heights) // 2], row))
    return out


def cell_text(glyphs: Sequence[Glyph], box: Box) -> CellText:
    """Text of one cell: lines joined by a line break, but a number wrapped for want of room stays whole."""
    text, room, full, spilled = "", 99.0, False, False
    edges: list[tuple[float, float]] = []
    for row in rows(glyphs):
        line = _text(row, " ").strip()
        if not line:
            continue
        wrapped = full and _NUMBER_CHARACTERS.match(line) and _NUMBER_CHARACTERS.match(text[-1:])
        text += line if not text or wrapped else "\n" + line
        first, last = row[0], row[-1]
        right, widest = last.x1, last.x1 - last.x0
        if first is not last:
            right, widest = max(g.x1 for g in row), max(g.x1 - g.x0 for g in row)
        em = max(widest, 0.5 * (first.bottom - first.top), 1.0)
        slack = box[2] - box[0] - (right - first.x0)
        room, full = slack / em, slack <= em + PADDING
        spilled = spilled or (first.x0 < box[0] - 0.15 * em and first.text.isdigit()) or (
            last.x1 > box[2] + 0.15 * em and last.text.isdigit())
        if first.x0 < box[0] + CLOSE and first.text.isdigit():
            edges.append((first.x0, first.bottom))
        if last.x1 > box[2] - CLOSE and last.text.isdigit():
            edges.append((last.x1, last.bottom))
    spilled = spilled or ("\n" in text and _IN_COLUMNS.search(text) is not None)
    return CellText(text, room, full, spilled=spilled, edges=tuple(edges))


def rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs by line, each left to right; a character printed twice to look bold counts once.

    Some fonts give the box of the ink, so that «一», «-» and «，» are flat and off the middle: they follow the
    tall characters whose band holds them.
    """
    if len(glyphs) < 2:
        return [list(glyphs)] if glyphs else []
    heights = sorted([g[3] - g[1] for g in glyphs])
    least = 0.6 * heights[len(heights) * 3 // 4]
    rows: list[list[Glyph]] = []
    middle = height = foot = 0.0
    for y, glyph in sorted([(g[1] + g[3], g) for g in glyphs if g[3] - g[1] >= least]):
        h = glyph[3] - glyph[1]
        low = min(h, height)
        if rows and (y / 2 - middle <= 0.4 * low or abs(glyph[3] - foot) < 0.15 * low):  # a font may count twice the height
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            middle, height, foot = y / 2, h, glyph[3]
    if heights[0] < least:
        _place_flat([g for g in glyphs if g[3] - g[1] < least], rows)
    return [_single(row) if len(row) > 1 else row for row in rows]


def _place_flat(flat: Sequence[Glyph], rows: list[list[Glyph]]) -> None:
    bands = [(min(g[1] for g in row), max(g[3] for g in row)) for row in rows]
    tops = [top for top, _ in bands]
    lost: list[Glyph] = []
    for glyph in flat:
        y = (glyph[1] + glyph[3]) / 2
        i = bisect_right(tops, y)
        near = [(max(bands[k][0] - y, y - bands[k][1], 0.0), k) for k in range(max(i - 2, 0), min(i + 2, len(bands)))]
        inside = any(gap == 0.0 for gap, _ in near)
        at = [k for gap, k in near if gap == 0.0 or (not inside and gap <= 0.3 * (bands[k][1] - bands[k][0]))]
        if at:  # beside lines half a line apart, that of the nearest character
            k = at[0] if len(at) == 1 else min(at, key=lambda k: min(abs(glyph[0] - g[0]) for g in rows[k]))
            rows[k].append(glyph)
        else:
            lost.append(glyph)
    for glyph in sorted(lost, key=lambda g: g[1] + g[3]):
        y = (glyph[1] + glyph[3]) / 2
        if rows and rows[-1][0] in lost and y - (rows[-1][0][1] + rows[-1][0][3]) / 2 < 4.0:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    if lost:
        rows.sort(key=lambda row: row[0][1] + row[0][3])


def _single(row: list[Glyph]) -> list[Glyph]:
    """Left to right; of two digits printed in one place nobody can tell which is meant."""
    row.sort()
    out = [row[0]]
    for glyph in row[1:]:
        last = out[-1]
        if glyph[0] - last[0] > 0.25 * (last[2] - last[0]):
            out.append(glyph)
        elif glyph[4] != last[4]:
            both = glyph[4].isdigit() and last[4].isdigit() and glyph[3] > last[1] and last[3] > glyph[1]
            out.append(glyph._replace(text=UNREAD) if both else glyph)
    return out


def parts(line: Line) -> list[Part]:
    """The line cut at gaps as wide as those between columns, and at each gap between two numbers."""
    row = line.glyphs
    if not row:
        return [Part(line.text, line.box[0], line.box[2])]
    cuts = [0]
    for n, (a, b) in enumerate(pairwise(row), start=1):
        gap = (b.x0 - a.x1) / (0.8 * (b.bottom - b.top) or 1.0)
        if gap > NEXT_GAP or (gap > WORD_GAP and a.text.isdigit() and b.text.isdigit()):
            cuts.append(n)
    runs = [row[start:stop] for start, stop in pairwise([*cuts, len(row)])]
    return [Part(_text(run, " ").strip(), run[0].x0, max(g.x1 for g in run), run) for run in runs]


def _text(row: Sequence[Glyph], wide: str, from_gap: float = WIDE_GAP) -> str:
    if len(row) == 1:
        return row[0].text
    parts: list[str] = []
    end, before = row[0][0], ""
    for x0, top, x1, bottom, text, _ in row:
        gap = x0 - end
        if gap > 1.0:
            em = 0.8 * (bottom - top)
            if gap > from_gap * em:
                parts.append(wide)
            elif gap > WORD_GAP * em and (before.isascii() and text.isascii()):
                parts.append(" ")
        parts.append(text)
        before, end = text, max(end, x1)
    return "".join(parts)
