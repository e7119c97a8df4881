"""The far side of `crop_worker`: a process of its own that draws strips of a document's pages.

Comes in: one JSON line a request on standard input. Goes out: one JSON line and the strips' bytes on standard
output. Must not know: reports, cells, pages of the site. A document that is too much for it kills only it.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageOps

SCALE = 1.6  # pixels a point: printed digits stay easy to read
MEMORY = 2 << 30
MOST_PIXELS = 6_000_000
MOST_BYTES = 100_000_000
POINTS_WIDE = 595.0  # a picture without a size is taken for a page of A4, as when it was read
TALLEST = 600.0  # points of one strip: a row with long notes may take most of a page
QUALITY = 45

Strip = tuple[int, float, float]  # page, top and bottom in points
Drawn = tuple[dict[str, float | int], bytes]


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    _limit_memory()
    for line in requests:
        try:
            found = list(draw(**json.loads(line)))
            head: dict[str, object] = {"strips": [about for about, _ in found]}
        except Exception as broken:  # whatever a document does, the next one gets its answer
            found, head = [], {"error": f"{type(broken).__name__}: {broken}"[:200]}
        answers.write(json.dumps(head).encode() + b"\n" + b"".join(data for _, data in found))
        answers.flush()


def draw(path: str, sha256: str, kind: str, strips: list[Strip]) -> Iterator[Drawn]:
    """Each strip as (where it lies on its page, bytes), in the order asked."""
    data = Path(path).read_bytes()
    if len(data) > MOST_BYTES or hashlib.sha256(data).hexdigest() != sha256:
        raise ValueError("not the document that was read")
    if kind == "ofd":
        from ogi.site.ofd_strips import draw_ofd

        yield from draw_ofd(data, strips)
        return
    pages: dict[int, Page] = {}
    for number, top, bottom in strips:
        if number not in pages:
            pages = {number: _picture(data) if kind == "picture" else _pdf_page(data, number)}
        yield pages[number].strip(top, bottom)


class Page:
    """A page in grey, `scale` pixels a point, and where its ink begins and ends."""

    def __init__(self, picture: Image.Image, scale: float) -> None:
        self.picture, self.scale = picture, scale
        ink = ImageOps.invert(picture).point(lambda v: 255 if v > 90 else 0).getbbox()
        self.left, self.right = (ink[0], ink[2]) if ink else (0, picture.width)

    def strip(self, top: float, bottom: float) -> Drawn:
        bottom = min(bottom, top + TALLEST)
        box = (
            max(0, self.left - 6),
            max(0, round(top * self.scale)),
            min(self.picture.width, self.right + 6),
            min(self.picture.height, round(bottom * self.scale)),
        )
        if box[0] >= box[2] or box[1] >= box[3]:
            raise ValueError("a place outside of its page")
        out = io.BytesIO()
        cut = self.picture.crop(box)
        cut.save(out, "WEBP", quality=QUALITY, method=4)
        about = {"x": box[0] / self.scale, "y": box[1] / self.scale, "scale": self.scale}
        data = out.getvalue()
        return {**about, "width": cut.width, "height": cut.height, "bytes": len(data)}, data


def _pdf_page(data: bytes, number: int) -> Page:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(SCALE, (MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
        return Page(bitmap.to_pil().convert("L").copy(), scale)
    finally:
        document.close()


def _picture(data: bytes) -> Page:
    picture = Image.open(io.BytesIO(data))
    wide = POINTS_WIDE if picture.width <= picture.height else POINTS_WIDE * picture.width / picture.height
    points = wide * wide * picture.height / picture.width
    scale = min(SCALE, picture.width / wide, (MOST_PIXELS / points) ** 0.5)
    picture.draft("L", (round(wide * scale), round(wide * scale * picture.height / picture.width)))
    size = (max(1, round(wide * scale)), max(1, round(wide * scale * picture.height / picture.width)))
    return Page(picture.convert("L").resize(size, Image.Resampling.LANCZOS), scale)


def _limit_memory() -> None:
    Image.MAX_IMAGE_PIXELS = 200_000_000
    try:
        import resource
    except ImportError:  # not on Windows; the time limit still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
