"""Glyphs dealt to the cells they stand in.

Comes in: the glyphs and lattices of a page. Goes out: the text of each cell, and the glyphs outside. Must not know:
file formats, pages.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from ogi.readers.page.glyphs import CLOSE, CellText, Glyph, cell_text, rows
from ogi.readers.page.leaves import PAGE_NUMBER
from ogi.readers.page.ruled import SNAP, Box, Lattice

FOOTER = 2  # lines
GAP = 0.2  # characters between the texts of two cells, at the least
NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)
SPACED = 0.1  # of their height, from which characters are apart
LEADING = 2.5  # characters from one line of a text to the next, at the most
REACH = 60.0  # points above and below its lower edge where a table's lost lines are looked for
_APART = re.compile(r"(?<=[-+－＋\d.,．，]) (?=[\d.,．，])")


def deal(
    glyphs: Sequence[Glyph], lattices: Sequence[Lattice], cut: Sequence[tuple[Glyph, Box]] = ()
) -> tuple[list[list[CellText]], list[Glyph]]:
    """Texts of the cells of every lattice, and the glyphs that stand in none.

    What a row of fixed height cuts off is still its cell's, that of the window through which it would be seen.
    """
    hands: list[list[list[Glyph]]] = [[[] for _ in lattice.cells] for lattice in lattices]
    if not lattices:
        return [], list(glyphs)
    outside: list[Glyph] = []
    boxes = [lattice.box for lattice in lattices]
    here, room = outside, NOWHERE  # of the glyph before: most follow it into its cell
    for glyph in [*glyphs, *_cut_off(cut, lattices, hands)]:
        x, y = (glyph[0] + glyph[2]) / 2, (glyph[1] + glyph[3]) / 2
        if not (room[0] <= x < room[2] and room[1] <= y < room[3]):
            here, room = outside, NOWHERE
            for lattice, hand, (x0, top, x1, bottom) in zip(lattices, hands, boxes, strict=True):
                if top <= y < bottom and x0 <= x < x1 and (cell := lattice.at(x, y)) >= 0:
                    here, room = hand[cell], lattice.cells[cell].box
                    break
        here.append(glyph)
    for lattice, hand in zip(lattices, hands, strict=True):
        outside = _overflow(lattice, hand, outside, _at_foot(lattice, lattices, outside))
    return [_texts(lattice, hand, outside) for lattice, hand in zip(lattices, hands, strict=True)], outside


def _cut_off(
    cut: Sequence[tuple[Glyph, Box]], lattices: Sequence[Lattice], hands: Sequence[Sequence[list[Glyph]]]
) -> Iterator[Glyph]:
    """Deals what a cell cuts off to that cell; gives what is cut off by something larger, such as the page."""
    for glyph, (x0, top, x1, bottom) in cut:
        for lattice, hand in zip(lattices, hands, strict=True):
            cell = lattice.at((x0 + x1) / 2, (top + bottom) / 2)
            if cell >= 0:
                left, high, right, low = lattice.cells[cell].box
                if min(x0 - left, top - high, right - x1, low - bottom) > -SNAP:
                    hand[cell].append(glyph)
                    break
        else:
            yield glyph


def _texts(lattice: Lattice, hands: Sequence[list[Glyph]], outside: Sequence[Glyph]) -> list[CellText]:
    texts = [cell_text(hand, cell.box) for hand, cell in zip(hands, lattice.cells, strict=True)]
    if any(_APART.search(text.text) for text in texts) and _letter_spaced(hands):
        texts = [text._replace(text=_APART.sub("", text.text)) for text in texts]
    spilled = _touching(texts) | _pushed_out(lattice, outside)
    return [text._replace(spilled=True) if n in spilled else text for n, text in enumerate(texts)] if spilled else texts


def _touching(texts: Sequence[CellText]) -> set[int]:
    """Cells whose digits stand so close to those of another that they may be one number, the rule running between them."""
    edges = sorted((x, foot, n) for n, text in enumerate(texts) for x, foot in text.edges)
    return {
        cell
        for (x, foot, one), (x2, foot2, other) in pairwise(edges)
        if one != other and x2 - x < CLOSE and abs(foot - foot2) < 1.0
        for cell in (one, other)
    }


def _pushed_out(lattice: Lattice, outside: Sequence[Glyph]) -> set[int]:
    """Cells of the rows beside which digits stand right outside of the table: their own may have been pushed into the next."""
    left, top, right, bottom = lattice.box
    found: set[int] = set()
    for x0, high, x1, low, text, _ in [g for g in outside if top < (g[1] + g[3]) / 2 < bottom]:
        near = 2 * (low - high)
        if text.isdigit() and (-near < x0 - right < near or -near < left - x1 < near):
            found.update(lattice.owners[bisect_right(lattice.ys, (high + low) / 2) - 1])
    return found - {-1}


def _letter_spaced(hands: Sequence[list[Glyph]]) -> bool:
    """Whether no two digits of the table stand close, nor most ideographs: then blanks part characters, not numbers."""
    digits, others = [], []
    for a, b in (pair for hand in hands for pair in pairwise(hand)):
        if abs(a.bottom - b.bottom) < 1.0 and b.x0 > a.x0:
            gap = (b.x0 - a.x1) / (a.bottom - a.top or 1.0)
            if a.text.isdigit() and b.text.isdigit():
                digits.append(gap)
            elif not a.text.isascii() and not b.text.isascii():
                others.append(gap)
    return bool(digits and others) and min(digits) > SPACED and median(others) > SPACED


def _at_foot(lattice: Lattice, lattices: Sequence[Lattice], outside: Sequence[Glyph]) -> bool:
    """Whether the page ends with this table, but for a footer: only there can a page break cut its last row."""
    edge = lattice.ys[-1]
    later = [glyph for glyph in outside if glyph[1] > edge + REACH]
    return not any(other.ys[0] > edge for other in lattices) and len(rows(later)) <= FOOTER


def _overflow(lattice: Lattice, hands: list[list[Glyph]], outside: list[Glyph], foot: bool) -> list[Glyph]:
    """A browser lets the label of a cut cell run over the lower edge: lines that cross it, or at the foot of a page go on
    at the pitch of the cell's own lines, belong to the cell. Numbers in several columns below numbers are a row of their own."""
    edge = lattice.ys[-1]
    near = [g for g in outside if edge - REACH < g[1] < edge + REACH]
    if not near:
        return outside
    kept = [g for g in outside if not edge - REACH < g[1] < edge + REACH]
    reach: dict[int, list[float]] = {}  # tops of a cell's lines
    lowest = [cell.box for cell in lattice.cells if cell.box[3] == edge]
    lines_near = rows(near)
    numbers = [row for row in lines_near if row[0][1] > edge and PAGE_NUMBER.fullmatch("".join(g[4] for g in row))]
    kept += [glyph for row in numbers for glyph in row]
    parts = [_by_column(whole, lowest) for whole in lines_near if whole not in numbers]
    several = [sum(all(g[4].isdigit() for g in part) for part in line) > 2 for line in parts]
    for row, apart in ((part, many) for line, many in zip(parts, several, strict=True) for part in line):
        top, bottom, left, right = min(g[1] for g in row), max(g[3] for g in row), row[0][0], row[-1][2]
        for i, cell in enumerate(lattice.cells):
            x0, _, x1, low = cell.box
            if low != edge or left < x0 - 1 or right > x1 + 1 or not edge - (bottom - top) < top < edge + 40:
                continue
            if apart and row[0][4].isdigit() and any(g[4].isdigit() for g in hands[i]):
                continue
            lines = rows(hands[i])
            tops = reach.setdefault(i, [min(g[1] for g in line) for line in lines])
            pitch = tops[-1] - tops[-2] if len(tops) > 1 else 0.0
            flush = bool(lines) and abs(left - lines[-1][0][0]) < 0.4 * (bottom - top)
            if flush and not pitch and top - tops[-1] < LEADING * (bottom - top) and cell_text(hands[i], cell.box).full:
                pitch = top - tops[-1]
            if top < edge - 0.5 or (foot and tops and abs(top - tops[-1] - pitch) < 0.15 * pitch):
                hands[i] += row
                tops.append(top)
                break
        else:
            kept += row
    return kept


def _by_column(row: list[Glyph], boxes: Sequence[Box]) -> list[list[Glyph]]:
    """A line cut by the columns it stands in, if each of its characters stands in one; else the line, as where it runs on
    over a column's side without a gap."""
    parts: dict[Box, list[Glyph]] = {}
    for before, glyph in pairwise([row[0], *row]):
        x = (glyph[0] + glyph[2]) / 2
        box = next((box for box in boxes if box[0] <= x < box[2]), None)
        if box is None:
            return [row]
        if box not in parts and parts and glyph[0] - before[2] < GAP * (glyph[3] - glyph[1]):
            return [row]
        parts.setdefault(box, []).append(glyph)
    if any(part[0][0] < box[0] - 1 or part[-1][2] > box[2] + 1 for box, part in parts.items()):
        return [row]
    return list(parts.values())
