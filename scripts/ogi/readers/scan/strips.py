"""A picture of a page -> its strips of ink, the page turned until its words stand upright.

Comes in: an RGB picture and the page's size in points. Goes out: `Inked`: tables, strips, and what was read of some already.
Must not know: what a strip says beyond whether it can be read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from PIL import Image

from ogi.readers.page.frames import parted
from ogi.readers.page.ruled import Box, Lattice, lattices
from ogi.readers.page.turns import Sheet, upright_box
from ogi.readers.scan import image as scan_image
from ogi.readers.scan import rules as scan_rules
from ogi.readers.scan import text as scan_text
from ogi.readers.scan.image import Grey, Upright
from ogi.readers.scan.text import Recognised
from ogi.readers.scan.walls import mended

NARROWEST_TABLE = 0.25  # of the page: less is a stamp's frame or the strokes of a title
NARROWEST_CELL, LOWEST_CELL = 60, 100  # parts of the page's longer side: 5 and 3 mm
ENOUGH = 0.8  # of the cells that pale lines draw too: with fewer, some rules are too pale to be ink
SAMPLE = 6  # lines by which it is told whether the page stands upright
LEGIBLE = 0.68
CLEARLY, LEAST = 0.1, 0.6
LONG = 5  # characters of a line of words
FLAT = 0.5  # of a character's height
LOST, SEEN = 4, 0.2  # pixels from a cell's rules, and what a character is wider and higher than, by its height
_IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")
_TURNS = {  # quarter turns against the clock at which the text stands, and what turns it upright
    1: Image.Transpose.ROTATE_270,
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_90,
}


class Strip(NamedTuple):
    """One line of ink, in pixels; `owner` is the cell (table, cell) it stands in, or the line number of prose."""

    owner: tuple[int, int]
    box: tuple[int, int, int, int]


class Inked(NamedTuple):
    """`read` is what the page's longest strips say, by their number; `shown` the page as it came and how it lies there."""

    clean: Upright
    tables: list[Lattice]
    strips: list[Strip]
    unit: float
    read: dict[int, Recognised]
    shown: Sheet

    @property
    def size(self) -> tuple[float, float]:
        """Points, as the page is read."""
        width, height, turns = self.shown
        return (width, height) if turns % 2 == 0 else (height, width)


def upright(picture: Image.Image, width: float, height: float) -> Inked:
    """The page turned by quarters until its words can be read; as it came where no way is clearly better. The other ways are
    tried on lines of the page as prepared already: only the best is worth a whole look."""
    first = _inked(picture, Sheet(width, height, 0))
    legible = _legibility(first.strips, first.read)
    if legible >= LEGIBLE:
        return first
    ways = {turns: _legibility(*_turned(first, turns)) for turns in _TURNS}
    best = max(ways, key=lambda turns: ways[turns])
    if ways[best] <= max(legible + CLEARLY, LEAST):
        return first
    return _inked(picture.transpose(_TURNS[best]), Sheet(width, height, best))


def _turned(page: Inked, turns: int) -> tuple[list[Strip], dict[int, Recognised]]:
    """Strips of the page turned by quarters, and what the longest of them say."""
    sheet = Sheet(*page.clean.size, turns)
    tables = []
    for lattice in page.tables:
        cells = tuple(replace(cell, box=upright_box(cell.box, sheet)) for cell in lattice.cells)
        x0, top, x1, bottom = upright_box(lattice.box, sheet)
        tables.append(Lattice((x0, x1), (top, bottom), cells, ()))
    grey, ink = (np.ascontiguousarray(np.rot90(pixels, -turns)) for pixels in (page.clean.grey, page.clean.ink))
    strips = _page_strips(ink, tables, page.unit)
    return strips, _sample(grey, strips, page.unit)


def _inked(picture: Image.Image, shown: Sheet) -> Inked:
    page = scan_image.prepare(picture)
    found = _tables(page)
    borders = [_whole(cell.box) for lattice in found for cell in lattice.cells]
    clean = scan_rules.without_rules(page, borders)
    unit = _unit(clean.ink)
    found = [mended(lattice, clean.ink, unit) for lattice in found]
    clean = replace(clean, ink=_with_lost(clean, found, unit))
    strips = _page_strips(clean.ink, found, unit)
    return Inked(clean, found, strips, unit, _sample(clean.grey, strips, unit), shown)


def _page_strips(ink: Grey, tables: Sequence[Lattice], unit: float) -> list[Strip]:
    strips = [strip for t, lattice in enumerate(tables) for strip in _cell_strips(ink, lattice, t, unit)]
    return strips + _prose_strips(ink, tables, unit)


def _sample(grey: Grey, strips: Sequence[Strip], unit: float) -> dict[int, Recognised]:
    """What the longest strips say, by their number."""
    lines = [i for i, (_, (_, top, _, bottom)) in enumerate(strips) if bottom - top > FLAT * unit]  # no rest of a rule
    longest = sorted(lines, key=lambda i: strips[i].box[0] - strips[i].box[2])[:SAMPLE]
    texts = scan_text.recognise([crop(grey, strips[i].box, unit) for i in longest])
    return dict(zip(longest, texts, strict=True))


def _tables(page: Upright) -> list[Lattice]:
    """The tables that the ink draws, or the palest lines too, where that makes many more cells; a frame around them is none."""
    palest = scan_rules.pale_rules(page)
    plain, pale = (
        [lattice for lattice in lattices(*rules, snap=max(page.size) / 300)
         if lattice.box[2] - lattice.box[0] > NARROWEST_TABLE * page.size[0]]
        for rules in (scan_rules.rules(page, palest), palest)
    )
    plain_cells, pale_cells = (
        sum(_roomy(cell.box, max(page.size)) for lattice in found for cell in lattice.cells) for found in (plain, pale)
    )
    tables, _ = parted(plain if plain_cells >= ENOUGH * pale_cells else pale)
    return tables


def _roomy(box: Box, long: int) -> bool:
    """Whether a cell has room for print: strokes of characters, pale ones above all, make smaller ones."""
    return box[2] - box[0] >= long / NARROWEST_CELL and box[3] - box[1] >= long / LOWEST_CELL


def _legibility(strips: Sequence[Strip], read: Mapping[int, Recognised]) -> float:
    """The part of the ideographs that a line has room for that is read, as surely as the line: of words on their side or head
    hardly any. The better half of the page's longest lines tells, since others are a picture's or a seal's; on a page of
    short ones all do, since some are read on their side too."""
    parts: dict[int, float] = {}
    for i, text in read.items():
        x0, top, x1, bottom = strips[i].box
        room = max(2.0, (x1 - x0) / (bottom - top))
        parts[i] = text.score * len(_IDEOGRAPH.findall(text.text)) / room
    boxes = {i: strips[i].box for i in parts}
    long = [parts[i] for i, (x0, top, x1, bottom) in boxes.items() if x1 - x0 > LONG * (bottom - top)]
    telling = sorted(long, reverse=True)[: (len(long) + 1) // 2] if len(long) > 1 else list(parts.values())
    return sum(telling) / len(telling) if telling else 1.0


# ---- where ink stands ------------------------------------------------------------------------------------

def _unit(ink: Grey) -> float:
    """Height of a typical character in pixels."""
    heights = np.array([high for _, (_, _, _, high) in scan_image.outlines(ink)])
    likely = heights[(heights >= 10) & (heights <= 70)]
    return float(np.percentile(likely, 70)) if len(likely) else 24.0


def _with_lost(page: Upright, found: Sequence[Lattice], unit: float) -> Grey:
    """The ink, and in cells what was taken for a shadow of the edge, which a fold or a frame may join to print: a cell is never
    blank for that."""
    lost: Grey = np.where(page.ink, np.uint8(0), scan_image.dark(page.grey))
    out = page.ink
    for x0, top, x1, bottom in (_whole(cell.box) for lattice in found for cell in lattice.cells):
        area = (x0 + LOST, top + LOST, x1 - LOST, bottom - LOST)
        part = lost[area[1] : area[3], area[0] : area[2]]
        if part.any() and any(min(b[2] - b[0], b[3] - b[1]) > SEEN * unit for b in _strips(lost, area, unit)):
            out = out.copy() if out is page.ink else out
            out[area[1] : area[3], area[0] : area[2]] |= part
    return out


def _cell_strips(ink: Grey, lattice: Lattice, table: int, unit: float) -> list[Strip]:
    out = []
    for c, cell in enumerate(lattice.cells):
        x0, top, x1, bottom = _whole(cell.box)
        for box in _strips(ink, (x0 + 3, top + 3, x1 - 2, bottom - 2), unit):
            out.append(Strip((table, c), box))
    return out


def _prose_strips(ink: Grey, found: Sequence[Lattice], unit: float) -> list[Strip]:
    """Lines outside tables, each cut at wide gaps; the owner tells the line."""
    rest = ink.copy()
    for lattice in found:
        x0, top, x1, bottom = _whole(lattice.box)
        rest[max(0, top - 4):bottom + 5, max(0, x0 - 4):x1 + 5] = 0
    out = []
    for n, box in enumerate(_strips(rest, (0, 0, ink.shape[1], ink.shape[0]), unit)):
        for x0, x1 in stretches(rest[box[1]:box[3], box[0]:box[2]], 0, 1.6 * unit):
            if max(x1 - x0, box[3] - box[1]) >= 0.6 * unit:
                out.append(Strip((-1, n), (box[0] + x0, box[1], box[0] + x1, box[3])))
    return out


def _strips(ink: Grey, area: tuple[int, int, int, int], unit: float) -> list[tuple[int, int, int, int]]:
    """Lines of ink in the area, top to bottom; specks are none."""
    x0, top, x1, bottom = area
    part = _without_specks(ink[top:bottom, x0:x1], unit)
    if not part.any():
        return []
    runs: list[list[int]] = []
    for start, end in stretches(part, 1, 0):
        if runs and end - runs[-1][0] <= 1.3 * unit and min(end - start, runs[-1][1] - runs[-1][0]) < 0.7 * unit:
            runs[-1][1] = end  # strokes of one character, like those of «三»
        else:
            runs.append([start, end])
    out = []
    for start, end in runs:
        columns = np.flatnonzero(part[start:end].any(axis=0))
        out.append((x0 + int(columns[0]), top + start, x0 + int(columns[-1]) + 1, top + end))
    return out


def _without_specks(ink: Grey, unit: float) -> Grey:
    import cv2

    if not ink.size:
        return ink
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    keep = (np.maximum(stats[:, 2], stats[:, 3]) >= 0.3 * unit) & (stats[:, 4] >= 8)
    keep[0] = False
    real = keep[labels].astype(np.uint8)
    if len(keep) > keep.sum() + 1 and real.any():  # beside real ink a dot is a full stop
        around = cv2.dilate(real, np.ones((round(0.5 * unit) | 1, round(1.2 * unit) | 1), np.uint8))
        dots = np.unique(labels[(around == 1) & (real == 0)])
        keep[dots] |= stats[dots, 4] >= 8
        keep[0] = False
        real = keep[labels].astype(np.uint8)
    return real


def _whole(box: Box) -> tuple[int, int, int, int]:
    x0, top, x1, bottom = box
    return round(x0), round(top), round(x1), round(bottom)


def stretches(mask: Grey, axis: int, gap: float) -> list[tuple[int, int]]:
    """Where along its columns (axis 0) or rows (1) the mask is not empty, joined over gaps no wider than `gap`."""
    places = np.flatnonzero(mask.any(axis=axis))
    if not len(places):
        return []
    cuts = np.flatnonzero(np.diff(places) > gap + 1)
    starts, ends = [places[0], *places[cuts + 1]], [*places[cuts], places[-1]]
    return [(int(a), int(b) + 1) for a, b in zip(starts, ends, strict=True)]


def crop(grey: Grey, box: tuple[int, int, int, int], unit: float) -> Grey:
    """The strip with some paper around it; at least a character high, so that a dash stays small."""
    x0, top, x1, bottom = box
    spare = max(0, round((1.15 * unit - (bottom - top)) / 2)) + round(0.12 * unit)
    side = round(0.25 * unit)
    part = grey[max(0, top - spare):bottom + spare, max(0, x0 - side):x1 + side]
    return part if part.size else np.full((8, 8), 255, dtype=np.uint8)
