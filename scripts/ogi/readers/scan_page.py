"""One picture of a page -> its lines and tables: where ink stands, cut into lines, recognised, judged.

Comes in: an RGB picture and the page's size in points. Goes out: a leaf, and the way back from its boxes. Must not
know: files, forms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ogi.readers import scan_image, scan_text
from ogi.readers.glyphs import CellText, Line
from ogi.readers.leaves import Leaf, Table
from ogi.readers.ruled import Box, Lattice, lattices
from ogi.readers.scan_image import Grey
from ogi.readers.scan_text import Recognised

LOST = "\ufffd"  # stands for ink that could not be read, so that the cell is not taken for a blank one
SURE = 0.90
UNSURE = 0.70
CERTAIN = 0.98
LIKENESS = 0.85  # a six or an eight among noughts stays below
NARROWEST_TABLE = 0.25  # of the page: less is a stamp's frame or the strokes of a title
_WORD = re.compile(r"[\u4e00-\u9fff]{2}")
_PRINT = re.compile(r"\w")  # what has none is a speck
_NUMBERLIKE = re.compile(r"[-+\d.,/—一OoIl|]+")


class Strip(NamedTuple):
    """One line of ink, in pixels; `owner` is the cell (table, cell) it stands in, or the line number of prose."""

    owner: tuple[int, int]
    box: tuple[int, int, int, int]


def read_page(
    picture: Image.Image, number: int, width: float, height: float
) -> tuple[Leaf, Callable[[Box], Box]]:
    page = scan_image.prepare(picture)
    across, down = width / page.size[0], height / page.size[1]
    found = [lattice for lattice in lattices(*scan_image.rules(page.ink), snap=max(page.size) / 300)
             if lattice.box[2] - lattice.box[0] > NARROWEST_TABLE * page.size[0]]
    borders = [tuple(round(v) for v in cell.box) for lattice in found for cell in lattice.cells]
    clean = scan_image.without_rules(page, borders)
    unit = _unit(clean.ink)
    strips = [strip for t, lattice in enumerate(found) for strip in _cell_strips(clean.ink, lattice, t, unit)]
    strips += _prose_strips(clean.ink, found, unit)
    texts = scan_text.recognise([_crop(clean.grey, strip.box, unit) for strip in strips])
    doubts = _second_look(clean.grey, strips, texts, unit)
    read = list(zip(strips, texts, doubts, strict=True))
    tables = tuple(
        Table(_scaled(lattice, across, down), tuple(
            _cell([r for r in read if r[0].owner == (t, c)], cell.box) for c, cell in enumerate(lattice.cells)))
        for t, lattice in enumerate(found)
    )
    prose = tuple(_lines([r for r in read if r[0].owner[0] < 0], across, down))
    back = partial(scan_image.shown, angle=page.angle, width=width, height=height)
    return Leaf(number, width, height, prose, tables), back


# ---- where ink stands ------------------------------------------------------------------------------------

def _unit(ink: Grey) -> float:
    """Height of a typical character in pixels."""
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    heights = stats[1:, 3]
    likely = heights[(heights >= 10) & (heights <= 70)]
    return float(np.percentile(likely, 70)) if len(likely) else 24.0


def _cell_strips(ink: Grey, lattice: Lattice, table: int, unit: float) -> list[Strip]:
    out = []
    for c, cell in enumerate(lattice.cells):
        x0, top, x1, bottom = (round(v) for v in cell.box)
        for box in _strips(ink, (x0 + 3, top + 3, x1 - 2, bottom - 2), unit):
            out.append(Strip((table, c), box))
    return out


def _prose_strips(ink: Grey, found: Sequence[Lattice], unit: float) -> list[Strip]:
    """Lines outside tables, each cut at wide gaps; the owner tells the line."""
    rest = ink.copy()
    for lattice in found:
        x0, top, x1, bottom = (round(v) for v in lattice.box)
        rest[max(0, top - 4):bottom + 5, max(0, x0 - 4):x1 + 5] = 0
    out = []
    for n, box in enumerate(_strips(rest, (0, 0, ink.shape[1], ink.shape[0]), unit)):
        for x0, x1 in _runs(rest[box[1]:box[3], box[0]:box[2]].any(axis=0), 1.6 * unit):
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
    for start, end in _runs(part.any(axis=1), 0):
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


def _runs(filled: NDArray[np.bool_], gap: float) -> list[tuple[int, int]]:
    """Stretches of True, joined over gaps no wider than `gap`."""
    places = np.flatnonzero(filled)
    if not len(places):
        return []
    cuts = np.flatnonzero(np.diff(places) > gap + 1)
    starts, ends = [places[0], *places[cuts + 1]], [*places[cuts], places[-1]]
    return [(int(a), int(b) + 1) for a, b in zip(starts, ends, strict=True)]


def _crop(grey: Grey, box: tuple[int, int, int, int], unit: float) -> Grey:
    """The strip with some paper around it; at least a character high, so that a dash stays small."""
    x0, top, x1, bottom = box
    spare = max(0, round((1.15 * unit - (bottom - top)) / 2)) + round(0.12 * unit)
    side = round(0.25 * unit)
    part = grey[max(0, top - spare):bottom + spare, max(0, x0 - side):x1 + side]
    return part if part.size else np.full((8, 8), 255, dtype=np.uint8)


# ---- what it says ----------------------------------------------------------------------------------------

def _second_look(
    grey: Grey, strips: Sequence[Strip], texts: Sequence[Recognised], unit: float
) -> list[str]:
    """Against each text of a cell that may be a number: what a second look at another width finds otherwise."""
    out = [""] * len(strips)
    alike = _alike(grey, strips, texts)
    numbers = [i for i, (strip, text) in enumerate(zip(strips, texts, strict=True))
               if strip.owner[0] >= 0 and i not in alike
               and (not text.text or _NUMBERLIKE.fullmatch(text.text.replace(" ", "")))]
    again = scan_text.recognise([_crop(grey, strips[i].box, unit) for i in numbers], stretch=1.3)
    for i, second in zip(numbers, again, strict=True):
        first = texts[i]
        if not first.text:
            out[i] = "there is ink that could not be read"
        elif first.text != second.text:
            out[i] = f"a second look reads {second.text!r}"
        elif first.weakest < SURE:
            out[i] = f"one character has a score of {first.weakest:.2f}"
    for i, (strip, text) in enumerate(zip(strips, texts, strict=True)):
        plain = text.text.replace(" ", "")
        if strip.owner[0] < 0 or out[i] or _WORD.search(plain):
            continue
        if text.score < UNSURE:
            out[i] = f"its score is {text.score:.2f}"
        elif len(plain) < 4 and re.search("[A-Za-z]", plain):
            out[i] = f"{plain!r} may be a number"
    return out


def _alike(grey: Grey, strips: Sequence[Strip], texts: Sequence[Recognised]) -> set[int]:
    """Noughts that look like the page's other noughts: most cells hold one, and they need no second look."""
    import cv2

    noughts = [i for i, text in enumerate(texts) if text.text == "0" and text.weakest > CERTAIN]
    if len(noughts) < 6:
        return set()
    looks = []
    for i in noughts:
        x0, top, x1, bottom = strips[i].box
        look = cv2.resize(grey[top:bottom, x0:x1], (16, 24), interpolation=cv2.INTER_AREA).astype(np.float32).ravel()
        look -= look.mean()
        looks.append(look / (float(np.linalg.norm(look)) or 1.0))
    typical = np.median(np.stack(looks), axis=0)
    typical /= float(np.linalg.norm(typical)) or 1.0
    return {i for i, look in zip(noughts, looks, strict=True) if float(look @ typical) > LIKENESS}


def _cell(read: Sequence[tuple[Strip, Recognised, str]], box: Box) -> CellText:
    if not read:
        return CellText("", score=None)
    text = "\n".join(recognised.text.strip() or LOST for _, recognised, _ in read)
    last = read[-1][0].box
    high = last[3] - last[1]
    slack = box[2] - box[0] - (last[2] - last[0])
    doubt = next((doubt for _, _, doubt in read if doubt), "")
    return CellText(text, slack / max(high, 1), slack < 2 * high, min(r.score for _, r, _ in read), doubt=doubt)


def _lines(read: Sequence[tuple[Strip, Recognised, str]], across: float, down: float) -> list[Line]:
    out: dict[int, Line] = {}
    for strip, recognised, _ in read:
        text = recognised.text.strip()
        if _PRINT.search(text) and (len(text) > 1 or recognised.score > SURE):
            x0, top, x1, bottom = strip.box
            box = (x0 * across, top * down, x1 * across, bottom * down)
            line = out.get(strip.owner[1])
            if line:
                text, box = f"{line.text}\t{text}", (line.box[0], line.box[1], box[2], box[3])
            out[strip.owner[1]] = Line(text, box, box[3] - box[1])
    return list(out.values())


def _scaled(lattice: Lattice, across: float, down: float) -> Lattice:
    from dataclasses import replace

    return Lattice(
        tuple(x * across for x in lattice.xs), tuple(y * down for y in lattice.ys),
        tuple(replace(c, box=(c.box[0] * across, c.box[1] * down, c.box[2] * across, c.box[3] * down))
              for c in lattice.cells),
        lattice.owners,
    )
