"""One PDF page -> what is drawn on it: characters, ruling lines, filled boxes, pictures.

Comes in: a page opened by pdfium. Goes out: everything in points of the page as shown (origin top left, after
the page's rotation). Must not know: tables, other pages, what a text means.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache

import pypdfium2.raw as pdfium

from ogi.readers.drawn import THIN, Drawn
from ogi.readers.glyphs import Glyph
from ogi.readers.radicals import FOLD
from ogi.readers.ruled import Box

WHITE = 245
TALLEST = 60.0
MOST_OBJECTS = 200_000
DEEPEST_FORM = 8
INVISIBLE = 3  # text render mode of a hidden text layer
HYPHEN_AT_END = 2  # what pdfium gives for a hyphen that ends a line
_ODD = {**FOLD, HYPHEN_AT_END: "-"}
# signs, punctuation, Greek; full-width and compatibility forms; the other scripts of China's autonomous regions
_PLAUSIBLE = (
    (0xA5, 0xA6), (0xA7, 0xA8), (0xAB, 0xAC), (0xB0, 0xB2), (0xB7, 0xB8), (0xBB, 0xBC), (0xD7, 0xD8), (0xF7, 0xF8),
    (0x391, 0x3CA), (0x2000, 0x2C00), (0x2E80, 0x3400), (0xF900, 0xFB00), (0xFE10, 0xFE70), (0xFF00, 0xFFF0),
    (0x600, 0x700), (0xF00, 0x1000), (0x1800, 0x18B0), (0xA000, 0xA4D0), (0xAC00, 0xD7B0), (0xFB50, 0xFE00), (0xFE70, 0xFF00),
)
# blanks are told from gaps, not from characters
_BLANKS = frozenset([0x09, 0x0A, 0x0D, 0x20, 0xA0, 0xAD, 0x200B, 0x200C, 0x200D, 0x3000, 0xFEFF])
Matrix = tuple[float, float, float, float, float, float]


def draw(page: pdfium.FPDF_PAGE) -> Drawn:
    """Everything on the page that a reader of tables needs."""
    drawn = Drawn(pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page))
    shown = _shown(page)
    count = min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS)
    get, kind_of, text = pdfium.FPDFPage_GetObject, pdfium.FPDFPageObj_GetType, pdfium.FPDF_PAGEOBJ_TEXT
    for i in range(count):
        obj = get(page, i)
        kind = kind_of(obj)
        if kind != text:
            _draw_object(obj, kind, drawn, shown, None, DEEPEST_FORM)
    _draw_text(page, drawn, shown)
    if drawn.pictures and drawn.glyphs:
        drawn.hidden = _hidden(page, count)
    return drawn


# ---- the page as shown -----------------------------------------------------------------------------------

Shown = Callable[[float, float, float, float], Box]


def _shown(page: pdfium.FPDF_PAGE) -> Shown:
    """From the page's own coordinates (left, bottom, right, top) to the box as shown."""
    rect = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(rect))
    west, south, east, north = rect.left, rect.bottom, rect.right, rect.top
    turn = pdfium.FPDFPage_GetRotation(page)
    if turn == 1:
        return lambda x0, y0, x1, y1: (y0 - south, x0 - west, y1 - south, x1 - west)
    if turn == 2:
        return lambda x0, y0, x1, y1: (east - x1, y0 - south, east - x0, y1 - south)
    if turn == 3:
        return lambda x0, y0, x1, y1: (north - y1, east - x1, north - y0, east - x0)
    return lambda x0, y0, x1, y1: (x0 - west, north - y1, x1 - west, north - y0)


# ---- paths -----------------------------------------------------------------------------------------------

def _draw_object(
    obj: object, kind: int, drawn: Drawn, shown: Shown, outer: Matrix | None, depth: int
) -> None:
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        _draw_path(obj, drawn, shown, outer)
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        drawn.pictures.append(shown(*_bounds(obj, outer)))
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth:
        matrix = _compose(_matrix(obj), outer)
        for i in range(min(pdfium.FPDFFormObj_CountObjects(obj), MOST_OBJECTS)):
            inner = pdfium.FPDFFormObj_GetObject(obj, i)
            _draw_object(inner, pdfium.FPDFPageObj_GetType(inner), drawn, shown, matrix, depth - 1)


_numbers = (ctypes.c_float * 4)()
_number_refs = [ctypes.byref(ctypes.c_float.from_buffer(_numbers, 4 * n)) for n in range(4)]
_colours = [ctypes.c_uint() for _ in range(4)]
_colour_refs = [ctypes.byref(n) for n in _colours]
_fill_mode, _stroked = ctypes.c_int(), ctypes.c_int()
_fill_ref, _stroked_ref = ctypes.byref(_fill_mode), ctypes.byref(_stroked)


def _draw_path(obj: object, drawn: Drawn, shown: Shown, outer: Matrix | None) -> None:
    if not pdfium.FPDFPath_GetDrawMode(obj, _fill_ref, _stroked_ref):
        return
    filled, stroked = _fill_mode.value != 0, _stroked.value != 0
    if not (filled or stroked):
        return
    bounds = _bounds(obj, outer)
    x0, top, x1, bottom = _clipped(obj, shown(*bounds), shown, drawn)
    width, height = x1 - x0, bottom - top
    if width < 0 or height < 0:
        return
    if width <= THIN or height <= THIN:
        drawn.rule(x0, top, x1, bottom)
        return
    segments = pdfium.FPDFPath_CountSegments(obj)
    if segments > MOST_OBJECTS:
        return
    if stroked:
        for line in _lines(obj, segments, outer, closed=filled):
            x0, top, x1, bottom = _clipped(obj, shown(*line), shown, drawn)
            if x1 - x0 <= THIN or bottom - top <= THIN:
                drawn.rule(x0, top, x1, bottom)
    elif segments <= 5:
        if _coloured(obj):
            drawn.fills.append((x0, top, x1, bottom))
    else:
        for box in _subpaths(obj, segments, outer):
            x0, top, x1, bottom = _clipped(obj, shown(*box), shown, drawn)
            if x1 - x0 <= THIN or bottom - top <= THIN:
                drawn.rule(x0, top, x1, bottom)
            elif _coloured(obj):
                drawn.fills.append((x0, top, x1, bottom))


def _coloured(obj: object) -> bool:
    pdfium.FPDFPageObj_GetFillColor(obj, *_colour_refs)
    red, green, blue, alpha = (c.value for c in _colours)
    return alpha > 10 and min(red, green, blue) < WHITE


def _bounds(obj: object, outer: Matrix | None) -> Box:
    pdfium.FPDFPageObj_GetBounds(obj, *_number_refs)
    left, bottom, right, top = _numbers[:]
    return _moved((left, bottom, right, top), outer) if outer else (left, bottom, right, top)


def _clipped(obj: object, box: Box, shown: Shown, drawn: Drawn) -> Box:
    """The part of the box that the clipping paths and the page leave to see."""
    x0, top, x1, bottom = box
    if x0 < 0 or top < 0 or x1 > drawn.width or bottom > drawn.height:
        x0, top, x1, bottom = max(x0, 0.0), max(top, 0.0), min(x1, drawn.width), min(bottom, drawn.height)
    clip = pdfium.FPDFPageObj_GetClipPath(obj)
    for i in range(pdfium.FPDFClipPath_CountPaths(clip) if clip else 0):
        count = pdfium.FPDFClipPath_CountPathSegments(clip, i)
        if not 2 <= count <= 6:
            continue  # a crooked clip is taken as open: a rule too long does less harm than one lost
        points = [_point(pdfium.FPDFClipPath_GetPathSegment(clip, i, k)) for k in range(count)]
        left, high, right, low = shown(*_hull(points))
        x0, top, x1, bottom = max(x0, left), max(top, high), min(x1, right), min(bottom, low)
    return x0, top, x1, bottom


def _point(segment: object) -> tuple[float, float]:
    pdfium.FPDFPathSegment_GetPoint(segment, _number_refs[0], _number_refs[1])
    return _numbers[0], _numbers[1]


def _hull(points: list[tuple[float, float]]) -> Box:
    if len(points) == 2:  # by far the most, and min() and max() are slow
        (x0, y0), (x1, y1) = points
        return (x0 if x0 < x1 else x1), (y0 if y0 < y1 else y1), (x1 if x0 < x1 else x0), (y1 if y0 < y1 else y0)
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def _lines(obj: object, count: int, outer: Matrix | None, closed: bool) -> Iterator[Box]:
    """Straight stretches of a stroked path."""
    matrix = _compose(_matrix(obj), outer)
    start = last = (0.0, 0.0)
    for i in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(obj, i)
        kind, point = pdfium.FPDFPathSegment_GetType(segment), _point(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield _moved(_hull([last, point]), matrix)
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment) and kind != pdfium.FPDF_SEGMENT_BEZIERTO:
            yield _moved(_hull([last, start]), matrix)


def _subpaths(obj: object, count: int, outer: Matrix | None) -> Iterator[Box]:
    """Boxes of the closed parts of a filled path."""
    matrix = _compose(_matrix(obj), outer)
    points: list[tuple[float, float]] = []
    for i in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(obj, i)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield _moved(_hull(points), matrix)
            points = []
        points.append(_point(segment))
    if points:
        yield _moved(_hull(points), matrix)


def _matrix(obj: object) -> Matrix:
    m = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(obj, ctypes.byref(m))
    return m.a, m.b, m.c, m.d, m.e, m.f


def _compose(inner: Matrix, outer: Matrix | None) -> Matrix:
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved(box: Box, matrix: Matrix | None) -> Box:
    if matrix is None:
        return box
    a, b, c, d, e, f = matrix
    if b == c == 0:
        return _hull([(a * box[0] + e, d * box[1] + f), (a * box[2] + e, d * box[3] + f)])
    return _hull([(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])])


# ---- text ------------------------------------------------------------------------------------------------

def _draw_text(page: pdfium.FPDF_PAGE, drawn: Drawn, shown: Shown) -> None:
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return
    try:
        count = min(pdfium.FPDFText_CountChars(text), MOST_OBJECTS)
        drawn.turned = (-_turned(text, count) - pdfium.FPDFPage_GetRotation(page)) % 4
        _draw_glyphs(text, count, drawn, shown)
    finally:
        pdfium.FPDFText_ClosePage(text)


def _draw_glyphs(text: pdfium.FPDF_TEXTPAGE, count: int, drawn: Drawn, shown: Shown) -> None:
    rect = pdfium.FS_RECTF()
    ref = ctypes.byref(rect)
    unicode_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    width, height, add = drawn.width, drawn.height, drawn.glyphs.append
    high = 0
    for i in range(count):
        code = unicode_of(text, i)
        if code in _BLANKS:
            continue
        if 0xD800 <= code < 0xE000:  # two halves of one character
            if code < 0xDC00 or not high:
                high = code
                continue
            code, high = 0x10000 + ((high & 0x3FF) << 10) + (code & 0x3FF), 0
        box_of(text, i, ref)
        x0, top, x1, bottom = shown(rect.left, rect.bottom, rect.right, rect.top)
        if not 3 < bottom - top < TALLEST or x1 <= x0:  # vertical writing gives boxes of no use
            x0, top, x1, bottom = shown(*_tight(text, i))
        if x1 <= 0 or bottom <= 0 or x0 >= width or top >= height:
            continue
        char = _ODD.get(code) or chr(code)
        if not (0x4E00 <= code < 0xA000 or 0x20 < code < 0x7F) and _is_garbage(code):
            drawn.garbage += 1
            if code < 0x20 or 0xE000 <= code < 0xF900 or 0xFFF0 <= code < 0x10000:
                char = "\ufffd"
        add(Glyph(x0, top, x1, bottom, char))


@lru_cache(maxsize=1024)
def _is_garbage(code: int) -> bool:
    """Whether no Chinese text holds the character: a font without Unicode gives its glyphs' numbers, which are letters of
    any script or none."""
    return code != HYPHEN_AT_END and not any(low <= code < high for low, high in _PLAUSIBLE)


def _turned(text: pdfium.FPDF_TEXTPAGE, count: int) -> int:
    """Quarter turns (with the clock) of most of the text, the page not yet turned; judged by a sample."""
    angles = [pdfium.FPDFText_GetCharAngle(text, i) for i in range(0, count, max(1, count // 40))]
    turns = Counter(round(angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0)
    return turns.most_common(1)[0][0] if turns else 0


def _hidden(page: pdfium.FPDF_PAGE, count: int) -> bool:
    texts = [obj for obj in (pdfium.FPDFPage_GetObject(page, i) for i in range(count))
             if pdfium.FPDFPageObj_GetType(obj) == pdfium.FPDF_PAGEOBJ_TEXT]
    hidden = sum(pdfium.FPDFTextObj_GetTextRenderMode(obj) == INVISIBLE for obj in texts)
    return hidden > 0.8 * len(texts) > 0


def _tight(text: pdfium.FPDF_TEXTPAGE, i: int) -> Box:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, i, left, right, bottom, top)
    return left.value, bottom.value, right.value, top.value
