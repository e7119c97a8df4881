"""Where the objects of a PDF page stand, forms within forms included.

Comes in: handles of pdfium. Goes out: boxes and matrices in the page's own coordinates. Must not know: what is drawn.
"""

from __future__ import annotations

import ctypes

from ogi.readers.page.places import Box, Matrix, moved
from ogi.readers.pdf import calls as pdfium

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
