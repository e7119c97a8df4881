"""One OFD page -> what is drawn on it, in points.

Comes in: the XML of a page and its templates (GB/T 33190-2016, chapters 8 to 11). Goes out: characters, rules,
coloured boxes, pictures. Must not know: the zip, tables, other pages.

An object stands in its Boundary; its own coordinates go through its CTM first. Lengths are millimetres.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from ogi.errors import Unreadable
from ogi.readers.marked import UNREAD
from ogi.readers.ofd.file import Page, floats, number
from ogi.readers.page.drawn import FAINT, SLANT, THIN, Drawn
from ogi.readers.page.glyphs import Glyph
from ogi.readers.page.places import Box, Matrix, hull, moved
from ogi.readers.radicals import fold

POINTS = 72 / 25.4
LARGEST = 15_000.0  # points: no paper is larger
MOST_GLYPHS = 200_000
MOST_DEPTH = 12
ASCENT, DESCENT = 0.88, 0.12
_STEP = re.compile(r"[MLCBQASZ]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_TAKES = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7}


def draw(page: Page) -> Drawn:
    left, top, width, height = floats(page.box, 4, (0.0, 0.0, 210.0, 297.0))
    if not (0 < width * POINTS <= LARGEST and 0 < height * POINTS <= LARGEST):
        found = f"页面大小不对：{width:g} x {height:g} 毫米 a page of {width:g} x {height:g} mm"
        raise Unreadable("ofd", found, "重新导出，或改传 PDF export it anew, or add it as PDF")
    drawn = Drawn(width * POINTS, height * POINTS)
    turns: Counter[int] = Counter()
    for layer in page.layers:
        for content in layer.iterfind("./{*}Content"):
            for part in content.iterfind("./{*}Layer"):
                _draw_block(part, drawn, (-left, -top), turns, MOST_DEPTH)
    drawn.turned = turns.most_common(1)[0][0] if turns else 0
    return drawn


def _draw_block(
    block: etree._Element, drawn: Drawn, shift: tuple[float, float], turns: Counter[int], depth: int
) -> None:
    for obj in block:
        if not isinstance(obj.tag, str) or obj.get("Visible") == "false":
            continue
        kind = etree.QName(obj).localname
        if kind == "PageBlock" and depth:
            _draw_block(obj, drawn, shift, turns, depth - 1)
        elif kind == "TextObject":
            _draw_text(obj, drawn, shift, turns)
        elif kind == "PathObject":
            _draw_path(obj, drawn, shift)
        elif kind == "ImageObject":
            drawn.pictures.append(_points(_boundary(obj, shift)))


# ---- text ------------------------------------------------------------------------------------------------

def _draw_text(obj: etree._Element, drawn: Drawn, shift: tuple[float, float], turns: Counter[int]) -> None:
    matrix = _matrix(obj, shift)
    size = number(obj.get("Size"), 3.175)
    stretch = number(obj.get("HScale"), 1.0)
    turn = round(math.atan2(-matrix[1], matrix[0]) / (math.pi / 2)) % 4
    along, up = abs(matrix[0]), abs(matrix[1])
    apart = min(along, up) > SLANT * max(along, up) or _opacity(obj) < FAINT
    hand = drawn.aside if apart else drawn.glyphs
    x = y = 0.0
    for code in obj.iterfind("./{*}TextCode"):
        text = code.text or ""
        x, y = number(code.get("X"), x), number(code.get("Y"), y)
        across, down = _deltas(code.get("DeltaX"), len(text)), _deltas(code.get("DeltaY"), len(text))
        place_x, place_y = x, y
        for i, char in enumerate(text):
            wide = size * stretch * (0.5 if char.isascii() else 1.0)
            if not char.isspace() and len(hand) < MOST_GLYPHS:
                box = (place_x, place_y - ASCENT * size, place_x + wide, place_y + DESCENT * size)
                _add(char, _points(moved(box, matrix)), drawn, hand)
                turns[turn] += not apart
            place_x += across[i] if i < len(across) else (0.0 if down else wide)
            place_y += down[i] if i < len(down) else 0.0


def _opacity(obj: etree._Element) -> float:
    """Of 255, of the object and of what fills its characters."""
    colour = obj.find("./{*}FillColor")
    own = 255.0 if colour is None else number(colour.get("Alpha"), 255.0)
    return min(own, number(obj.get("Alpha"), 255.0))


def _add(char: str, box: Box, drawn: Drawn, hand: list[Glyph]) -> None:
    if box[2] <= 0 or box[3] <= 0 or box[0] >= drawn.width or box[1] >= drawn.height:
        return
    if "\ue000" <= char <= "\uf8ff" or char == UNREAD:
        drawn.garbage += 1
        char = UNREAD
    hand.append(Glyph(*box, fold(char)))


def _deltas(text: str | None, most: int) -> list[float]:
    """Steps from character to character; «g 3 4.2» stands for 4.2 three times."""
    out: list[float] = []
    parts = iter((text or "").split())
    for part in parts:
        if part == "g":
            count, value = next(parts, "0"), next(parts, "0")
            out += [number(value, 0.0)] * min(int(number(count, 0.0)), most)
        else:
            out.append(number(part, 0.0))
        if len(out) >= most:
            break
    return out[:most]


# ---- paths -----------------------------------------------------------------------------------------------

def _draw_path(obj: etree._Element, drawn: Drawn, shift: tuple[float, float]) -> None:
    matrix = _matrix(obj, shift)
    filled, stroked = obj.get("Fill") == "true", obj.get("Stroke") != "false"
    clip = _points(_boundary(obj, shift))
    for strokes, around in _figures(obj.findtext("./{*}AbbreviatedData") or ""):
        box = _clipped(_points(moved(around, matrix)), clip, drawn)
        if filled and not stroked and box:
            if min(box[2] - box[0], box[3] - box[1]) <= THIN:
                drawn.rule(*box)
            elif _coloured(obj):
                drawn.fills.append(box)
        for line in strokes if stroked else ():
            seen = _clipped(_points(moved(line, matrix)), clip, drawn)
            if seen and min(seen[2] - seen[0], seen[3] - seen[1]) <= THIN:
                drawn.rule(*seen)


def _figures(data: str) -> Iterator[tuple[list[Box], Box]]:
    """Each figure of a path: its straight strokes, and the box around all of it."""
    strokes: list[Box] = []
    points: list[tuple[float, float]] = []
    start = here = (0.0, 0.0)
    tokens = _STEP.findall(data)
    i = 0
    while i < len(tokens):
        step = tokens[i]
        count = _TAKES.get(step, 0)
        numbers = [number(token, 0.0) for token in tokens[i + 1:i + 1 + count]]
        i += 1 + (count if len(numbers) == count else 0)
        if step in ("M", "S") and len(numbers) == 2:
            if len(points) > 1:
                yield strokes, hull(points)
            strokes, start, here = [], (numbers[0], numbers[1]), (numbers[0], numbers[1])
            points = [here]
        elif step == "C":
            strokes.append(hull([here, start]))
            here = start
        elif step in _TAKES and len(numbers) == count:
            end = (numbers[-2], numbers[-1])
            if step == "L":
                strokes.append(hull([here, end]))
            points.append(end)
            here = end
    if len(points) > 1:
        yield strokes, hull(points)


def _coloured(obj: etree._Element) -> bool:
    """A filled path is black unless it says otherwise; white ones are no cells."""
    colour = obj.find("./{*}FillColor")
    if colour is None:
        return True
    values = [number(value, 0.0) for value in (colour.get("Value") or "0 0 0").split()[:4]]
    return number(colour.get("Alpha"), 255.0) > 10 and bool(values) and min(values) < 245


def _clipped(box: Box, clip: Box, drawn: Drawn) -> Box | None:
    """What the object's Boundary (with the width of a stroke to spare) and the page leave to see."""
    x0, top = max(box[0], clip[0] - 1.0, 0.0), max(box[1], clip[1] - 1.0, 0.0)
    x1, bottom = min(box[2], clip[2] + 1.0, drawn.width), min(box[3], clip[3] + 1.0, drawn.height)
    return (x0, top, x1, bottom) if x1 >= x0 and bottom >= top else None


# ---- numbers ---------------------------------------------------------------------------------------------

def _matrix(obj: etree._Element, shift: tuple[float, float]) -> Matrix:
    a, b, c, d, e, f = floats(obj.get("CTM"), 6, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0))
    x, y, _, _ = floats(obj.get("Boundary"), 4, (0.0, 0.0, 0.0, 0.0))
    return a, b, c, d, e + x + shift[0], f + y + shift[1]


def _boundary(obj: etree._Element, shift: tuple[float, float]) -> Box:
    x, y, width, height = floats(obj.get("Boundary"), 4, (0.0, 0.0, 0.0, 0.0))
    return x + shift[0], y + shift[1], x + shift[0] + width, y + shift[1] + height


def _points(box: Box) -> Box:
    return box[0] * POINTS, box[1] * POINTS, box[2] * POINTS, box[3] * POINTS
