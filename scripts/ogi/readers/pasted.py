"""Pictures of tables that are pasted into pages of text -> the page's lines and tables, those of the pictures among them.

Comes in: a page as drawn and as read, and its picture. Goes out: the same page with what the recogniser found, as an issue too.
Must not know: file formats, forms. A picture counts that is large, has no text over it and shows the rules of a table.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PIL import Image

from ogi.messages import in_both
from ogi.model import Issue
from ogi.readers import scan
from ogi.readers.page.drawn import Drawn
from ogi.readers.page.glyphs import Line
from ogi.readers.page.leaves import Leaf, Table
from ogi.readers.page.places import locator
from ogi.readers.page.ruled import Box, Lattice

WIDE, HIGH = 227.0, 57.0  # points, 8 by 2 cm
FEW = 5  # characters over it
CELLS = 12  # of its table
MOST = 8  # on a page
LINES = 4  # rules across, and fewer by one down
DARK, LONG, THICK = 170, 0.5, 0.02  # of 255; of the picture's side
PADDED = 2.0  # points


def pictures(page: Drawn) -> list[Box]:
    """The boxes of pictures that may show a table."""
    large = [b for b in page.pictures if b[2] - b[0] >= WIDE and b[3] - b[1] >= HIGH] if not page.turned else []
    return [box for box in large[:MOST] if sum(_within(glyph[:4], box) for glyph in page.glyphs) <= FEW]


def with_pictures(leaf: Leaf, boxes: list[Box], shown: Image.Image) -> tuple[Leaf, list[Issue]]:
    """`shown` is the whole page."""
    issues = []
    for box in boxes:
        x0, top, x1, bottom = box[0] - PADDED, box[1] - PADDED, box[2] + PADDED, box[3] + PADDED
        scale = shown.width / leaf.width
        part = shown.crop((round(x0 * scale), round(top * scale), round(x1 * scale), round(bottom * scale)))
        if not _ruled(part):
            continue
        read = scan.read_page(part, leaf.number, x1 - x0, bottom - top).leaf
        if read.width != x1 - x0 or max((len(table.texts) for table in read.tables), default=0) < CELLS:
            continue
        tables = (Table(_moved(t.lattice, x0, top), t.texts) for t in read.tables)
        lines = (Line(line.text, _shifted(line.box, x0, top), line.size) for line in read.lines)
        leaf = replace(leaf, tables=(*leaf.tables, *tables), lines=(*leaf.lines, *lines))
        said = in_both(
            f"第 {leaf.number} 页的表是一张图片，改从图像识别。",
            f"A table on page {leaf.number} is a picture; it was read by the recogniser.",
        )
        issues.append(Issue("table-is-picture", "info", said, locator(leaf.number, box)))
    return leaf, issues


def _within(one: Box, box: Box) -> bool:
    return box[0] < (one[0] + one[2]) / 2 < box[2] and box[1] < (one[1] + one[3]) / 2 < box[3]


def _ruled(part: Image.Image) -> bool:
    """Whether straight dark lines cross the picture both ways, as a table's do."""
    import numpy as np

    dark = np.asarray(part.convert("L")) < DARK
    return _lines(dark.mean(axis=1) > LONG) >= LINES and _lines(dark.mean(axis=0) > LONG) >= LINES - 1


def _lines(along: Any) -> int:  # numpy is there with the recogniser only
    """How many thin lines there are in a profile across them."""
    import numpy as np

    edges = np.flatnonzero(np.diff(np.concatenate(([0], along.astype(np.int8), [0]))))
    return int(((edges[1::2] - edges[::2]) <= max(3, THICK * len(along))).sum())


def _shifted(box: Box, x: float, y: float) -> Box:
    return box[0] + x, box[1] + y, box[2] + x, box[3] + y


def _moved(lattice: Lattice, x: float, y: float) -> Lattice:
    cells = tuple(replace(cell, box=_shifted(cell.box, x, y)) for cell in lattice.cells)
    return Lattice(tuple(at + x for at in lattice.xs), tuple(at + y for at in lattice.ys), cells, lattice.owners)
