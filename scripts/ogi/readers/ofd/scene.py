"""What stands on an OFD page, in the order in which it is drawn: blocks opened, units drawn where they are used.

Comes in: a page with its resources (GB/T 33190-2016, chapters 8 to 13). Goes out: each text, path and picture with the way
from its own coordinates to points, the window it is seen through, its colour and opacity. Must not know: the zip, tables.

An object stands in its Boundary; its own coordinates go through its CTM first. Lengths are millimetres.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from ogi.errors import Unreadable
from ogi.readers.ofd.file import Page, floats, number
from ogi.readers.ofd.paths import figures
from ogi.readers.page.places import Box, Matrix, composed, moved, union
from ogi.readers.remedies import ADD_AS_PDF

POINTS = 72 / 25.4
LARGEST = 15_000.0  # points: no paper is larger
MOST_DEPTH = 12
MOST_OBJECTS = 300_000
DRAWN = ("TextObject", "PathObject", "ImageObject")


@dataclass(frozen=True, slots=True)
class Around:
    """What an object stands in: how coordinates lead to points, what is seen of them, the number of the parameters it draws
    with, its opacity of 255."""

    matrix: Matrix
    window: Box | None = None
    look: str = ""
    opacity: float = 255.0


@dataclass(frozen=True, slots=True)
class Thing:
    """One object; `bounds` is its Boundary in points."""

    kind: str
    element: etree._Element
    around: Around
    bounds: Box


def size(page: Page) -> tuple[float, float, float, float]:
    """The page's left, top, width and height in points."""
    left, top, width, height = floats(page.box, 4, (0.0, 0.0, 210.0, 297.0))
    if not (0 < width * POINTS <= LARGEST and 0 < height * POINTS <= LARGEST):
        found = f"页面大小不对：{width:g} x {height:g} 毫米 a page of {width:g} x {height:g} mm"
        raise Unreadable("ofd", found, "重新导出，或改传 PDF export it anew, or add it as PDF")
    return left * POINTS, top * POINTS, width * POINTS, height * POINTS


def things(page: Page) -> Iterator[Thing]:
    """Everything that is drawn, in order."""
    left, top, _, _ = size(page)
    paper = Around((POINTS, 0.0, 0.0, POINTS, -left, -top))
    left_to_draw = [MOST_OBJECTS]
    for content in page.layers:
        for layer in content.iterfind("./{*}Content/{*}Layer"):
            yield from _inside(layer, replace(paper, look=layer.get("DrawParam", "")), page, left_to_draw, MOST_DEPTH)


def _inside(block: etree._Element, around: Around, page: Page, left: list[int], depth: int) -> Iterator[Thing]:
    for obj in block:
        if not isinstance(obj.tag, str) or obj.get("Visible") == "false":
            continue
        left[0] -= 1
        if left[0] < 0:
            most = f"{MOST_OBJECTS:,}"
            found = f"一页上的图元超过上限 {most} 个 a page draws more than {most} objects"
            raise Unreadable("ofd", found, ADD_AS_PDF)
        kind = etree.QName(obj).localname
        if kind in DRAWN:
            here = _within(obj, around)
            yield Thing(kind, obj, here, moved(_boundary(obj), around.matrix))
        elif kind == "PageBlock" and depth:
            yield from _inside(obj, around, page, left, depth - 1)
        elif kind == "CompositeObject" and depth:
            unit = page.parts.units.get(obj.get("ResourceID", ""))
            content = unit.find("./{*}Content") if unit is not None else None
            if content is not None:
                yield from _inside(content, _within(obj, around), page, left, depth - 1)


def _within(obj: etree._Element, around: Around) -> Around:
    """What the object's own coordinates stand in."""
    x, y, _, _ = _boundary(obj)
    at = 1.0, 0.0, 0.0, 1.0, x, y
    to_parent = composed(_matrix(obj), at)
    return Around(
        composed(to_parent, around.matrix), _window(obj, to_parent, at, around), obj.get("DrawParam") or around.look,
        around.opacity * min(255.0, max(0.0, number(obj.get("Alpha"), 255.0))) / 255.0,
    )


def _window(obj: etree._Element, own: Matrix, at: Matrix, around: Around) -> Box | None:
    """What the clips leave to see, in points; a crooked one is taken for the box around it."""
    window = around.window
    for clips in obj.iterfind("./{*}Clips"):
        to_parent = at if clips.get("TransFlag") == "false" else own
        for clip in clips.iterfind("./{*}Clip"):
            boxes = [box for area in clip.iterfind("./{*}Area") for box in _areas(area)]
            if boxes:
                x0, top, x1, bottom = moved(union(boxes), composed(to_parent, around.matrix))
                left, high, right, low = window or (x0, top, x1, bottom)
                window = max(x0, left), max(top, high), min(x1, right), min(bottom, low)
    return window


def _areas(area: etree._Element) -> Iterator[Box]:
    for path in area.iterfind("./{*}Path"):
        x, y, _, _ = _boundary(path)
        within = composed(composed(_matrix(path), (1.0, 0.0, 0.0, 1.0, x, y)), _matrix(area))
        for _, box, _ in figures(path.findtext("./{*}AbbreviatedData") or ""):
            yield moved(box, within)


def _matrix(obj: etree._Element) -> Matrix:
    a, b, c, d, e, f = floats(obj.get("CTM"), 6, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0))
    return a, b, c, d, e, f


def _boundary(obj: etree._Element) -> Box:
    x, y, width, height = floats(obj.get("Boundary"), 4, (0.0, 0.0, 0.0, 0.0))
    return x, y, x + width, y + height
