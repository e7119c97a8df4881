"""The place of every number, to look at: its row cut out of the page with the cell boxed, or the row or lines as read.

Comes in: a report's bundle and its document's bytes. Goes out: for each cell the HTML of its place, and the pictures.
Must not know: how pages are drawn, which page of the site shows it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from ogi.site.book import Bundle, Row
from ogi.site.cells import Key
from ogi.site.crop_worker import Cropper, Picture
from ogi.site.excerpts import lines_around, rows_as_read

ALL_CELLS = 300  # up to so many reports every cell has its picture, above that only those worth it
BUDGET = 150_000_000  # bytes of pictures in a site; then the place is said in words only
AROUND = 9.0  # points above and below a row
PICTURE = "crop-"  # how the names of their files begin
_BOX = re.compile(r"page=(\d+);table=(\d+);row=(\d+).*?bbox=([\d.]+),([\d.]+),([\d.]+),([\d.]+)")
_WEAK = ("unreadable", "derived", "corrected")
_DRAWN = {"pdf": "pdf", "ofd": "ofd", "scan": "picture"}

TableRow = tuple[int, int, int]  # page, table, row
Box = tuple[float, float, float, float]
Boxes = list[tuple[TableRow, Box]]


@dataclass(frozen=True, slots=True)
class Places:
    """What to show for each cell, and the files that it needs beside the page."""

    html: Mapping[Key, str] = field(default_factory=dict)
    files: Sequence[tuple[str, bytes]] = ()


class Crops:
    """`reports` tells how many there are; pictures stop when they come to BUDGET bytes. Use in a `with` block."""

    def __init__(self, cache: Path | None, reports: int) -> None:
        self._cropper, self.every = Cropper(cache), reports <= ALL_CELLS
        self._size = 0

    def __enter__(self) -> Crops:
        return self

    def __exit__(self, *_: object) -> None:
        self._cropper.end()

    def state(self) -> str:
        """What the next report's pictures hang on beside its own document."""
        return f"{self.every} {self._size > BUDGET}"

    def spend(self, files: Mapping[str, int]) -> None:
        """Counts the pictures among a page's files (name and size), made now or kept from the last build."""
        self._size += sum(size for name, size in files.items() if name.startswith(PICTURE))

    def of(self, bundle: Bundle, root: Path, data: bytes | None) -> Places:
        """`data` is None where the document is not the one that was read: then nothing is shown of it."""
        cells = [c for c in bundle.parts["cells"] if c["table"] != "statistics" and c["locator"]]
        form = bundle.document["format"]
        if form == "txt" and data is None:
            return Places()
        wanted = frozenset(map(_key, cells)) if self.every else _worth(bundle, cells)
        if form == "txt":
            return Places(lines_around(data, cells, wanted) if data else {})
        if form not in _DRAWN:
            return Places(rows_as_read(cells, wanted))
        if data is None or self._size > BUDGET:
            return Places()
        kind = "pdf" if data.startswith(b"%PDF") else _DRAWN[form]
        boxes = {_key(cell): _boxes(cell) for cell in cells}
        return self._pictures(bundle, root / bundle.document["path"], kind, boxes, wanted)

    def _pictures(
        self, bundle: Bundle, path: Path, kind: str, boxes: Mapping[Key, Boxes], keys: Collection[Key]
    ) -> Places:
        wanted = {key: boxes[key] for key in boxes if key in keys}
        rows: dict[TableRow, Box] = {}
        for key in boxes:
            for row, box in boxes[key]:
                rows[row] = _union(rows.get(row), box)
        needed = sorted({row for key in wanted for row, _ in wanted[key]})
        strips = [(row[0], max(0.0, rows[row][1] - AROUND), rows[row][3] + AROUND) for row in needed]
        if not strips:
            return Places()
        drawn = self._cropper.strips(path, bundle.document["sha256"], kind, strips)
        ending = "svg" if kind == "ofd" else "webp"
        pictures = {
            row: (f"{PICTURE}{'-'.join(map(str, row))}.{ending}", picture)
            for row, picture in zip(needed, drawn, strict=False)
        }
        html = {
            key: "".join(_window(*pictures[row], row[0], box) for row, box in places if row in pictures)
            for key, places in wanted.items()
        }
        return Places(
            {key: text for key, text in html.items() if text},
            [(name, picture.data) for name, picture in pictures.values()],
        )


def _window(name: str, picture: Picture, page: int, box: Box) -> str:
    """A window on the strip that holds the cell however narrow it is: the same share of the free width lies left of
    the cell in the window as in the picture."""
    scale = picture.scale
    left, top = (box[0] - picture.x) * scale, (box[1] - picture.y) * scale
    wide, tall = (box[2] - box[0]) * scale, (box[3] - box[1]) * scale
    share = min(1.0, max(0.0, left / max(picture.width - wide, 1.0)))
    return (
        f'<a class="crop" href="{escape(name)}" style="--c:{share:.4f};--w:{picture.width}px;--h:{picture.height}px">'
        f'<img src="{escape(name)}" width="{picture.width}" height="{picture.height}" loading="lazy" '
        f'alt="原件第 {page} 页上的这一行，框出的是这一格">'
        f'<i style="--b:{wide:.0f}px;top:{top:.0f}px;height:{tall:.0f}px"></i></a>'
    )


def _key(cell: Row) -> Key:
    return str(cell["table"]), str(cell["item"]), str(cell["measure"])


def _boxes(cell: Row) -> Boxes:
    """A cell over a page break stands in two places."""
    out = []
    for found in _BOX.finditer(str(cell["locator"])):
        page, table, row = (int(found[n]) for n in (1, 2, 3))
        x0, top, x1, bottom = (float(found[n]) for n in (4, 5, 6, 7))
        if x0 < x1 and top < bottom:
            out.append(((page, table, row), (x0, top, x1, bottom)))
    return out


def _union(one: Box | None, two: Box) -> Box:
    if one is None:
        return two
    return min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3])


def _worth(bundle: Bundle, cells: Sequence[Row]) -> frozenset[Key]:
    """Numbers other than zero, and what is in doubt or fails a check."""
    doubtful = {
        tuple(name.split("."))
        for row in [*bundle.parts["issues"], *(c for c in bundle.parts["checks"] if c["status"] == "fail")]
        if row["severity"] != "info"
        for name in row["cells"].split()
    }
    return frozenset(
        key
        for cell in cells
        if (key := _key(cell)) in doubtful or cell["value"].strip("0.") or cell["status"] in _WEAK
    )
