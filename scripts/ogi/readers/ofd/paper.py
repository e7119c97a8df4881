"""The pictures of an OFD page laid on paper as they stand there, for a page that is scanned.

Comes in: a page, and what gives a picture's bytes. Goes out: one picture of the page. Must not know: text, tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PIL import Image

from ogi.errors import Unreadable
from ogi.readers import scan
from ogi.readers.ofd import jbig2
from ogi.readers.ofd.file import Page
from ogi.readers.ofd.scene import size, things
from ogi.readers.page.places import Box, Matrix, moved

DPI = 200
MOST_PIXELS = 40_000_000
MOST_PICTURES = 200
_UNIT: Box = (0.0, 0.0, 1.0, 1.0)
_TURNS = {  # by where a picture's right side and its foot point: (right, down)
    (1, 0, 0, 1): None,
    (0, 1, -1, 0): Image.Transpose.ROTATE_270,
    (-1, 0, 0, -1): Image.Transpose.ROTATE_180,
    (0, -1, 1, 0): Image.Transpose.ROTATE_90,
    (-1, 0, 0, 1): Image.Transpose.FLIP_LEFT_RIGHT,
    (1, 0, 0, -1): Image.Transpose.FLIP_TOP_BOTTOM,
    (0, 1, 1, 0): Image.Transpose.TRANSPOSE,
    (0, -1, -1, 0): Image.Transpose.TRANSVERSE,
}


def picture(page: Page, media: Callable[[str], bytes | None]) -> Image.Image | None:
    """The page in RGB, at DPI or less; None where no picture of it can be opened."""
    _, _, width, height = size(page)
    found = list(_pictures(page, media))
    if not found:
        return None
    finest = max(shown.width / max(box[2] - box[0], 1.0) for shown, box in found)
    scale = min(DPI / 72, finest, (MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    paper = Image.new("RGB", (max(1, round(width * scale)), max(1, round(height * scale))), "white")
    for shown, box in found:
        x0, top, x1, bottom = (round(n * scale) for n in box)
        if 0 < x1 - x0 <= 4 * paper.width and 0 < bottom - top <= 4 * paper.height:
            fit = shown.resize((x1 - x0, bottom - top), Image.Resampling.LANCZOS)
            paper.paste(fit.convert("RGB"), (x0, top), fit.getchannel("A") if "A" in fit.getbands() else None)
    return paper


def _pictures(page: Page, media: Callable[[str], bytes | None]) -> Iterator[tuple[Image.Image, Box]]:
    """Each picture upright as the page shows it, and where; what cannot be opened is passed over."""
    images = [thing for thing in things(page) if thing.kind == "ImageObject"]
    for thing in images[:MOST_PICTURES]:
        data = media(thing.element.get("ResourceID", ""))
        if not data:
            continue
        try:
            shown = jbig2.opened(data) if data.startswith(jbig2.MAGIC) else scan.opened(data)
        except Unreadable:
            continue
        if shown.mode == "P" or "transparency" in shown.info:
            shown = shown.convert("RGBA")
        placed = thing.element.get("CTM") is not None
        box = moved(_UNIT, thing.around.matrix) if placed else thing.bounds
        turn = _TURNS.get(_directions(thing.around.matrix)) if placed else None
        yield (shown.transpose(turn) if turn is not None else shown), box


def _directions(matrix: Matrix) -> tuple[int, int, int, int]:
    """Where right and down of a picture point on the page, to the nearest quarter turn."""
    a, b, c, d = matrix[:4]
    right = (1 if a > 0 else -1, 0) if abs(a) >= abs(b) else (0, 1 if b > 0 else -1)
    down = (0, 1 if d > 0 else -1) if abs(d) >= abs(c) else (1 if c > 0 else -1, 0)
    return (*right, *down)
