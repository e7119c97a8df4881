"""A report laid out on pages by hand: where each line of text and each ruling stands, in millimetres.

Comes in: a `Made`. Goes out: pages of `Words` and `Stroke`s. Must not know: any file format.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from benchmarks.generate.model import Box, Layout, Made, Text, expand
from benchmarks.generate.writers.docx import MARK

WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 20.0
_INNER = WIDTH - 2 * MARGIN
_PAD = 0.8


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text: left, top, size; each character advances by `advance(char) * size`."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Page:
    """What stands on one page."""

    words: list[Words] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)


def advance(char: str) -> float:
    """Width of a character in parts of the size: half for Latin, whole for Chinese."""
    return 0.5 if ord(char) < 0x2000 else 1.0


def pages(made: Made, size: float = 3.2) -> list[Page]:
    """The report from the first page to the last; a table breaks between rows, wherever the page ends."""
    out = [Page()]
    y = MARGIN
    for block in made.blocks:
        if isinstance(block, Text):
            own = size * 1.6 if block.level == 1 else size * 1.1
            for line in _wrapped(block.text, _INNER, own):
                if y + own * 1.5 > HEIGHT - MARGIN:
                    out.append(Page())
                    y = MARGIN
                left = MARGIN + (_INNER - _length(line, own)) / 2 if block.level == 1 else MARGIN
                out[-1].words.append(Words(line, left, y, own))
                y += own * 1.5
            continue
        y = _table(block, out, y + 1, size) + 2
    return out


def _table(layout: Layout, out: list[Page], top: float, size: float) -> float:
    scale = _INNER / sum(layout.widths)
    edges = [MARGIN]
    for width in layout.widths:
        edges.append(edges[-1] + width * scale)
    grid = expand(layout)
    heights = _heights(layout, edges, size)
    start, y = 0, top
    while start < len(grid):
        end, bottom = start, y
        while end < len(grid) and bottom + heights[end] <= HEIGHT - MARGIN:
            bottom += heights[end]
            end += 1
        if end == start and y > MARGIN:
            out.append(Page())
            y = MARGIN
            continue
        end = max(end, start + 1)
        y = _piece(grid, start, end, heights, edges, y, size, out[-1])
        start = end
    return y


def _piece(
    grid: list,
    start: int,
    end: int,
    heights: list[float],
    edges: list[float],
    top: float,
    size: float,
    page: Page,
) -> float:
    tops = [top]
    for height in heights[start:end]:
        tops.append(tops[-1] + height)
    seen: set[int] = set()
    for r in range(start, end):
        for slot in grid[r]:
            if slot is None or id(slot.box) in seen and not slot.origin:
                continue
            if not slot.origin and not (r == start and slot.from_above):
                continue
            seen.add(id(slot.box))
            first = next(
                y
                for y in range(r, -1, -1)
                if grid[y][slot.col] is not None
                and grid[y][slot.col].box is slot.box
                and (y == 0 or grid[y - 1][slot.col] is None or grid[y - 1][slot.col].box is not slot.box)
            )
            last = min(first + slot.box.rowspan, end)
            x0, x1 = edges[slot.col], edges[slot.col + slot.box.colspan]
            y0, y1 = tops[r - start], tops[last - start]
            page.strokes += [
                Stroke(x0, y0, x1, y0),
                Stroke(x0, y1, x1, y1),
                Stroke(x0, y0, x0, y1),
                Stroke(x1, y0, x1, y1),
            ]
            if slot.origin:
                _fill(slot.box, x0, y0, x1, y1, size, page)
    return tops[-1]


def _fill(box: Box, x0: float, y0: float, x1: float, y1: float, size: float, page: Page) -> None:
    lines = _wrapped(box.text.removeprefix(MARK), x1 - x0 - 2 * _PAD, size)
    y = max(y0 + _PAD, (y0 + y1 - len(lines) * size * 1.3) / 2)
    for line in lines:
        if line.strip():
            page.words.append(Words(line, max(x0 + _PAD, (x0 + x1 - _length(line, size)) / 2), y, size))
        y += size * 1.3


def _heights(layout: Layout, edges: list[float], size: float) -> list[float]:
    grid = expand(layout)
    heights = [size * 1.3 + 2 * _PAD] * len(grid)
    for spanning in (False, True):
        for r, row in enumerate(grid):
            for slot in row:
                if slot is None or not slot.origin or (slot.box.rowspan > 1) != spanning:
                    continue
                room = edges[slot.col + slot.box.colspan] - edges[slot.col] - 2 * _PAD
                need = len(_wrapped(slot.box.text.removeprefix(MARK), room, size)) * size * 1.3 + 2 * _PAD
                rows = range(r, min(r + slot.box.rowspan, len(grid)))
                lack = need - sum(heights[y] for y in rows)
                if lack > 0:
                    heights[rows[-1]] += lack
    return heights


def _length(text: str, size: float) -> float:
    return sum(advance(c) for c in text) * size


def _wrapped(text: str, room: float, size: float) -> list[str]:
    lines: list[str] = []
    for part in text.split("\n"):
        line, used = "", 0.0
        for char in part:
            step = advance(char) * size
            if line and used + step > room and not (char.isascii() and char.isalnum() and line[-1].isascii()):
                lines.append(line)
                line, used = "", 0.0
            line, used = line + char, used + step
        lines.append(line)
    return lines
