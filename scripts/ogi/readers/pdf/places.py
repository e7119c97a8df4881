"""Where the objects of a PDF page stand, forms within forms included.

Comes in: handles of pdfium. Goes out: boxes and matrices in the page's own coordinates. Must not know: what is drawn.
"""

from __future__ import annotations

import ctypes

from ogi.readers.page.ruled import Box
from ogi.readers.pdf import calls as pdfium
from ogi.readers.pdf.clip import hull

Matrix = tuple[float, float, float, float, float, float]
DEEPEST_FORM = 8  # forms within forms that are followed

_numbers = (ctypes.c_float * 4)()
_number_refs = [ctypes.byref(ctypes.c_float.from_buffer(_numbers, 4 * n)) for n in range(4)]


def bounds(obj: int, outer: Matrix | None) -> Box:
    pdfium.FPDFPageObj_GetBounds(obj, *_number_refs)
    left, bottom, right, top = _numbers[:]
    return moved((left, bottom, right, top), outer) if outer else (left, bottom, right, top)


def matrix(obj: int) -> Matrix:
    m = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(obj, ctypes.byref(m))
    return m.a, m.b, m.c, m.d, m.e, m.f


def composed(inner: Matrix, outer: Matrix | None) -> Matrix:
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def moved(box: Box, matrix: Matrix | None) -> Box:
    if matrix is None:
        return box
    a, b, c, d, e, f = matrix
    if b == c == 0:
        return hull([(a * box[0] + e, d * box[1] + f), (a * box[2] + e, d * box[3] + f)])
    return hull([(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])])
