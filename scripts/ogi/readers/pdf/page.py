"""One PDF page -> what is drawn on it: characters, ruling lines, filled boxes, pictures.

Comes in: a page opened by pdfium. Goes out: everything in points of the page as shown (origin top left, after
the page's rotation). Must not know: tables, other pages, what a text means.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

from ogi.readers.page.drawn import THIN, UNPAINTED, WHITE, Drawn
from ogi.readers.page.places import Box, Matrix, composed, hull, moved
from ogi.readers.pdf import calls as pdfium
from ogi.readers.pdf.clip import Shown, clip, point
from ogi.readers.pdf.cover import Covers, covered, opaque
from ogi.readers.pdf.places import DEEPEST_FORM, bounds, matrix
from ogi.readers.pdf.text import MOST_OBJECTS, draw_text

INVISIBLE = 3  # the text render mode that paints nothing
NEAR = 0.5  # points


def draw(page: int) -> Drawn:
    """Everything on the page that a reader of tables needs."""
    drawn = Drawn(pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page))
    shown = _shown(page)
    count = min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS)
    get, kind_of, text = pdfium.FPDFPage_GetObject, pdfium.FPDFPageObj_GetType, pdfium.FPDF_PAGEOBJ_TEXT
    clip_of, paths_of, windows = pdfium.FPDFPageObj_GetClipPath, pdfium.FPDFClipPath_CountPaths, False
    covers: Covers = {}
    mode_of, texts, unpainted = pdfium.FPDFTextObj_GetTextRenderMode, 0, []
    for i in range(count):
        obj = get(page, i)
        kind = kind_of(obj)
        if kind != text:
            drawn.forms = drawn.forms or kind == pdfium.FPDF_PAGEOBJ_FORM
            _draw_object(obj, kind, drawn, shown, covers, None, DEEPEST_FORM)
            continue
        texts += 1
        if mode_of(obj) == INVISIBLE:
            unpainted.append(obj)
        elif not windows:
            windows = paths_of(clip_of(obj)) > 0
    drawn.hidden = bool(drawn.pictures) and len(unpainted) > UNPAINTED * texts
    few = not drawn.pictures and 2 * len(unpainted) < texts  # else they say what pictures or shapes show
    for obj in unpainted if few else ():
        pdfium.FPDFPage_RemoveObject(page, obj)
    draw_text(page, drawn, shown, windows, covered(page, count, shown, covers) if covers else {})
    return drawn


# ---- the page as shown -----------------------------------------------------------------------------------

def _shown(page: int) -> Shown:
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
    obj: int, kind: int, drawn: Drawn, shown: Shown, covers: Covers, outer: Matrix | None, depth: int
) -> None:
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        _draw_path(obj, drawn, shown, covers, outer)
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        drawn.pictures.append(shown(*bounds(obj, outer)))
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth:
        within = composed(matrix(obj), outer)
        for i in range(min(pdfium.FPDFFormObj_CountObjects(obj), MOST_OBJECTS)):
            inner = pdfium.FPDFFormObj_GetObject(obj, i)
            _draw_object(inner, pdfium.FPDFPageObj_GetType(inner), drawn, shown, covers, within, depth - 1)


_colours = [ctypes.c_uint() for _ in range(4)]
_colour_refs = [ctypes.byref(n) for n in _colours]
_fill_mode, _stroked = ctypes.c_int(), ctypes.c_int()
_fill_ref, _stroked_ref = ctypes.byref(_fill_mode), ctypes.byref(_stroked)


def _draw_path(obj: int, drawn: Drawn, shown: Shown, covers: Covers, outer: Matrix | None) -> None:
    if not pdfium.FPDFPath_GetDrawMode(obj, _fill_ref, _stroked_ref):
        return
    filled, stroked = _fill_mode.value != 0, _stroked.value != 0
    if not (filled or stroked):
        return
    x0, top, x1, bottom = _clipped(obj, shown(*bounds(obj, outer)), shown, drawn)
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
        for line in _lines(obj, segments, outer):
            x0, top, x1, bottom = _clipped(obj, shown(*line), shown, drawn)
            if x1 - x0 <= THIN or bottom - top <= THIN:
                drawn.rule(x0, top, x1, bottom)
    else:
        coloured = _coloured(obj)
        for box, square in _subpaths(obj, segments, outer):
            x0, top, x1, bottom = _clipped(obj, shown(*box), shown, drawn)
            if x1 - x0 <= THIN or bottom - top <= THIN:
                drawn.rule(x0, top, x1, bottom)
            elif square:
                clear = not opaque(obj)
                if coloured or not clear:
                    drawn.fill((x0, top, x1, bottom), coloured)
                if not clear:
                    covers.setdefault(obj, []).append(((x0, top, x1, bottom), coloured))


def _coloured(obj: int) -> bool:
    pdfium.FPDFPageObj_GetFillColor(obj, *_colour_refs)
    red, green, blue, alpha = (c.value for c in _colours)
    return alpha > 10 and min(red, green, blue) < WHITE


def _clipped(obj: int, box: Box, shown: Shown, drawn: Drawn) -> Box:
    """The part of the box that the clipping paths and the page leave to see."""
    x0, top, x1, bottom = box
    if x0 < 0 or top < 0 or x1 > drawn.width or bottom > drawn.height:
        x0, top, x1, bottom = max(x0, 0.0), max(top, 0.0), min(x1, drawn.width), min(bottom, drawn.height)
    window = clip(obj, shown)
    if window:
        left, high, right, low = window
        x0, top, x1, bottom = max(x0, left), max(top, high), min(x1, right), min(bottom, low)
    return x0, top, x1, bottom


def _lines(obj: int, count: int, outer: Matrix | None) -> Iterator[Box]:
    """Straight stretches of a stroked path."""
    within = composed(matrix(obj), outer)
    start = last = (0.0, 0.0)
    for i in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(obj, i)
        kind, here = pdfium.FPDFPathSegment_GetType(segment), point(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = here
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield moved(hull([last, here]), within)
        last = here
        if pdfium.FPDFPathSegment_GetClose(segment) and kind != pdfium.FPDF_SEGMENT_BEZIERTO:
            yield moved(hull([last, start]), within)


def _subpaths(obj: int, count: int, outer: Matrix | None) -> Iterator[tuple[Box, bool]]:
    """Boxes of the closed parts of a filled path, and whether the part is its box: the shapes of letters are not."""
    within = composed(matrix(obj), outer)
    points: list[tuple[float, float]] = []
    for i in range(count + 1):
        segment = pdfium.FPDFPath_GetPathSegment(obj, i) if i < count else None
        if points and (segment is None or pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO):
            x0, y0, x1, y1 = box = hull(points)
            corners = all(min(x - x0, x1 - x) < NEAR and min(y - y0, y1 - y) < NEAR for x, y in points)
            yield moved(box, within), corners and len(points) > 3
            points = []
        if segment is not None:
            points.append(point(segment))
