"""Points of a PDF's paths, and the window through which a thing on the page is seen.

Comes in: handles of pdfium. Goes out: points in the path's own coordinates, boxes of the page as shown. Must not know:
what is drawn.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable

from ogi.readers.page.places import Box, Point, hull
from ogi.readers.pdf import calls as pdfium

Shown = Callable[[float, float, float, float], Box]
EVERYWHERE: Box = (float("-inf"), float("-inf"), float("inf"), float("inf"))


def clip(obj: int, shown: Shown) -> Box | None:
    """What the clipping paths of a page object leave to see of it; None if there are none.

    A crooked clip is taken as open: a rule too long does less harm than one lost.
    """
    path = pdfium.FPDFPageObj_GetClipPath(obj)
    count = pdfium.FPDFClipPath_CountPaths(path) if path else 0
    if count < 1:
        return None
    x0, top, x1, bottom = EVERYWHERE
    for i in range(count):
        corners = pdfium.FPDFClipPath_CountPathSegments(path, i)
        if 2 <= corners <= 6:
            points = [point(pdfium.FPDFClipPath_GetPathSegment(path, i, k)) for k in range(corners)]
            left, high, right, low = shown(*hull(points))
            x0, top, x1, bottom = max(x0, left), max(top, high), min(x1, right), min(bottom, low)
    return x0, top, x1, bottom


_place = ctypes.c_float(), ctypes.c_float()
_refs = [ctypes.byref(value) for value in _place]


def point(segment: int) -> Point:
    pdfium.FPDFPathSegment_GetPoint(segment, _refs[0], _refs[1])
    return _place[0].value, _place[1].value
