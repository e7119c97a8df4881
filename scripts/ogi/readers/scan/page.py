"""One picture of a page -> its lines and tables: its strips of ink recognised and judged.

Comes in: an RGB picture and the page's size in points. Goes out: a leaf, and the way back from its boxes. Must not
know: files, forms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PIL import Image

from ogi.readers.marked import UNREAD
from ogi.readers.page.glyphs import CellText, Line
from ogi.readers.page.leaves import Leaf, Table
from ogi.readers.page.ruled import Box, Lattice
from ogi.readers.scan import image as scan_image
from ogi.readers.scan import text as scan_text
from ogi.readers.scan.doubts import SURE, judged
from ogi.readers.scan.strips import Strip, crop, upright
from ogi.readers.scan.text import Recognised

_PRINT = re.compile(r"\w")  # what has none is a speck


def read_page(
    picture: Image.Image, number: int, width: float, height: float
) -> tuple[Leaf, Callable[[Box], Box]]:
    page = upright(picture, width, height)
    clean, strips, unit = page.clean, page.strips, page.unit
    width, height = page.size
    rest = [i for i in range(len(strips)) if i not in page.read]
    texts = scan_text.recognise([crop(clean.grey, strips[i].box, unit) for i in rest])
    known = page.read | dict(zip(rest, texts, strict=True))
    texts, doubts = judged(clean, strips, [known[i] for i in range(len(strips))], unit)
    read = list(zip(strips, texts, doubts, strict=True))
    across, down = width / clean.size[0], height / clean.size[1]
    tables = tuple(
        Table(_scaled(lattice, across, down), tuple(
            _cell([r for r in read if r[0].owner == (t, c)], cell.box) for c, cell in enumerate(lattice.cells)))
        for t, lattice in enumerate(page.tables)
    )
    prose = tuple(_lines([r for r in read if r[0].owner[0] < 0], across, down))

    def back(box: Box) -> Box:
        return page.shown.back(scan_image.shown(box, clean, width, height))

    return Leaf(number, width, height, prose, tables), back


def _cell(read: Sequence[tuple[Strip, Recognised, str]], box: Box) -> CellText:
    if not read:
        return CellText("", score=None)
    text = "\n".join(recognised.text.strip() or UNREAD for _, recognised, _ in read)
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
