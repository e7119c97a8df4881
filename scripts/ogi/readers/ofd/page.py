"""One OFD page -> what is drawn on it, in points.

Comes in: a page's texts, paths and pictures in drawing order. Goes out: characters, rules, coloured boxes, boxes of pictures.
Must not know: the zip, tables, other pages.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field

from ogi.readers.marked import UNREAD
from ogi.readers.ofd.file import Page, number
from ogi.readers.ofd.look import Look, filled
from ogi.readers.ofd.paths import figures
from ogi.readers.ofd.scene import Thing, size, things
from ogi.readers.page.drawn import FAINT, LIGHT, SLANT, THIN, UNPAINTED, WHITE, Drawn
from ogi.readers.page.glyphs import Glyph
from ogi.readers.page.places import Box, moved
from ogi.readers.radicals import fold

MOST_GLYPHS = 200_000
ASCENT, DESCENT = 0.88, 0.12
CLEAR = 10  # of 255, the opacity below which nothing is seen
CURVED = re.compile("[QBA]")
LETTER = 24.0  # points: in a path with curves, shorter strokes may be a letter's
SLIT = 0.5  # points: nothing is seen through a narrower window


@dataclass(slots=True)
class _Text:
    """`unpainted` are characters that nobody sees, as a recogniser lays them over a picture; `turns` counts quarter turns."""

    unpainted: list[Glyph] = field(default_factory=list)
    turns: Counter[int] = field(default_factory=Counter)


def draw(page: Page) -> Drawn:
    _, _, width, height = size(page)
    drawn, text = Drawn(width, height), _Text()
    for thing in things(page):
        if thing.kind == "TextObject":
            _draw_text(thing, filled(thing, page.parts.looks), drawn, text)
        elif thing.kind == "PathObject":
            _draw_path(thing, filled(thing, page.parts.looks), drawn)
        else:
            drawn.pictures.append(thing.bounds)
    unpainted, painted = len(text.unpainted), len(drawn.glyphs)
    drawn.hidden = bool(drawn.pictures) and unpainted > UNPAINTED * (painted + unpainted)
    says_shapes = drawn.pictures or 2 * unpainted > painted + unpainted
    (drawn.glyphs if says_shapes else drawn.aside).extend(text.unpainted)
    drawn.turned = text.turns.most_common(1)[0][0] if text.turns else 0
    return drawn


# ---- text ------------------------------------------------------------------------------------------------

def _draw_text(thing: Thing, look: Look, drawn: Drawn, text: _Text) -> None:
    obj, matrix, window = thing.element, thing.around.matrix, thing.around.window
    if window and min(window[2] - window[0], window[3] - window[1]) < SLIT:
        return
    high = number(obj.get("Size"), 3.175)
    stretch = number(obj.get("HScale"), 1.0)
    turn = round(math.atan2(-matrix[1], matrix[0]) / (math.pi / 2)) % 4
    along, up = abs(matrix[0]), abs(matrix[1])
    askew = min(along, up) > SLANT * max(along, up)
    unpainted = look.opacity < CLEAR or (obj.get("Fill") == "false" and obj.get("Stroke") != "true")
    light = look.colour is not None and min(look.colour) >= LIGHT and obj.get("Fill") != "false"
    x = y = 0.0
    for code in obj.iterfind("./{*}TextCode"):
        chars = code.text or ""
        x, y = number(code.get("X"), x), number(code.get("Y"), y)
        across, down = _deltas(code.get("DeltaX"), len(chars)), _deltas(code.get("DeltaY"), len(chars))
        place_x, place_y = x, y
        for i, char in enumerate(chars):
            wide = high * stretch * (0.5 if char.isascii() else 1.0)
            if not char.isspace() and len(drawn.glyphs) < MOST_GLYPHS:
                place = moved((place_x, place_y - ASCENT * high, place_x + wide, place_y + DESCENT * high), matrix)
                apart = askew or look.opacity < FAINT or (light and not _dark_behind(place, drawn))
                hand = text.unpainted if unpainted else drawn.aside if apart else drawn.glyphs
                _add(char, place, drawn, hand, window)
                text.turns[turn] += not apart
            place_x += _step(across, i, 0.0 if down else wide)
            place_y += _step(down, i, 0.0)


def _step(steps: list[float], i: int, default: float) -> float:
    """From the character to the next one; makers give one step for all, and the last counts on."""
    return steps[min(i, len(steps) - 1)] if steps else default


def _dark_behind(place: Box, drawn: Drawn) -> bool:
    x, y = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
    return any(x0 < x < x1 and top < y < bottom for x0, top, x1, bottom in (*drawn.fills, *drawn.pictures))


def _add(char: str, box: Box, drawn: Drawn, hand: list[Glyph], window: Box | None) -> None:
    if box[2] <= 0 or box[3] <= 0 or box[0] >= drawn.width or box[1] >= drawn.height:
        return
    if "\ue000" <= char <= "\uf8ff" or char == UNREAD:
        drawn.garbage += 1
        char = UNREAD
    glyph, (x, y) = Glyph(*box, fold(char)), ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    if window and not (window[0] < x < window[2] and window[1] < y < window[3]):
        drawn.cut.append((glyph, window))
    else:
        hand.append(glyph)


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

def _draw_path(thing: Thing, look: Look, drawn: Drawn) -> None:
    obj, matrix = thing.element, thing.around.matrix
    is_filled, stroked = obj.get("Fill") == "true", obj.get("Stroke") != "false"
    data = obj.findtext("./{*}AbbreviatedData") or ""
    found, least = list(figures(data)), LETTER if CURVED.search(data) else 0.0
    for strokes, around, square in found:
        box = _clipped(moved(around, matrix), thing, drawn)
        if is_filled and not stroked and box and square:
            if min(box[2] - box[0], box[3] - box[1]) <= THIN:
                drawn.rule(*box)
            elif look.opacity > CLEAR:
                coloured = look.colour is None or min(look.colour) < WHITE
                if look.opacity == 255 and len(found) == 1 and obj.get("BlendMode", "Normal") == "Normal":
                    _cover(box, coloured, drawn)
                if coloured or look.opacity == 255:
                    drawn.fill(box, coloured)
        for line in strokes if stroked else ():
            seen = _clipped(moved(line, matrix), thing, drawn)
            if seen and min(seen[2] - seen[0], seen[3] - seen[1]) <= THIN and max(seen[2] - seen[0], seen[3] - seen[1]) >= least:
                drawn.rule(*seen)


def _cover(box: Box, coloured: bool, drawn: Drawn) -> None:
    """What was drawn before stands under the box: what is painted over with paper is gone, a coloured box hides something."""
    x0, top, x1, bottom = box
    under = {n for n, g in enumerate(drawn.glyphs) if x0 < (g[0] + g[2]) / 2 < x1 and top < (g[1] + g[3]) / 2 < bottom}
    if not under:
        return
    hidden = [drawn.glyphs[n] for n in sorted(under)]
    drawn.glyphs = [glyph for n, glyph in enumerate(drawn.glyphs) if n not in under]
    if coloured:
        drawn.glyphs += [glyph._replace(text=UNREAD) for glyph in hidden]
    else:
        drawn.aside += hidden


def _clipped(box: Box, thing: Thing, drawn: Drawn) -> Box | None:
    """What the object's Boundary (with the width of a stroke to spare), its clips and the page leave to see."""
    left, high, right, low = thing.bounds
    x0, top = max(box[0], left - 1.0, 0.0), max(box[1], high - 1.0, 0.0)
    x1, bottom = min(box[2], right + 1.0, drawn.width), min(box[3], low + 1.0, drawn.height)
    if thing.around.window:
        left, high, right, low = thing.around.window
        x0, top, x1, bottom = max(x0, left - 1.0), max(top, high - 1.0), min(x1, right + 1.0), min(bottom, low + 1.0)
    return (x0, top, x1, bottom) if x1 >= x0 and bottom >= top else None
