"""Text of a PDF page that was painted over: an opaque box drawn after it hides it, as a correction or a redaction does.

Comes in: the page's objects in the order in which they are drawn, and its filled boxes. Goes out: by text object, the boxes
over it. Must not know: tables, what a text means.
"""

from __future__ import annotations

from collections.abc import Iterator

from ogi.readers.page.places import Box, Matrix, composed
from ogi.readers.pdf import calls as pdfium
from ogi.readers.pdf.clip import Shown
from ogi.readers.pdf.places import DEEPEST_FORM, bounds, matrix

BAND = 16.0  # points
MOST_BANDS = 2_000
NEAR = 1.5  # points by which a character's box may stand out

Covers = dict[int, list[tuple[Box, bool]]]  # by object: boxes of the page as shown, and whether they are coloured


def opaque(obj: int) -> bool:
    """Whether nothing shines through what is filled."""
    return not pdfium.FPDFPageObj_HasTransparency(obj)


def covered(page: int, count: int, shown: Shown, covers: Covers) -> Covers:
    """By text object, the `covers` that are drawn after it over a part of it; `count` objects of the page are looked at.
    A text that paper covers altogether is taken off the page."""
    texts: dict[int, list[tuple[Box, int]]] = {}
    found: Covers = {}
    for obj, within in _in_order(page, count):
        for box, coloured in covers.get(obj, ()):
            hidden = {text for band in _bands(box) for there, text in texts.get(band, ()) if _meet(box, there)}
            for text in hidden:
                found.setdefault(text, []).append((box, coloured))
        if pdfium.FPDFPageObj_GetType(obj) == pdfium.FPDF_PAGEOBJ_TEXT:
            there = shown(*bounds(obj, within))
            for band in _bands(there):
                texts.setdefault(band, []).append((there, obj))
    for there, text in {pair for band in texts.values() for pair in band if pair[1] in found}:
        if any(not coloured and _inside(there, box) for box, coloured in found[text]):
            pdfium.FPDFPage_RemoveObject(page, text)  # else what is printed there instead would be taken for the same text again
    return found


def _in_order(page: int, count: int) -> Iterator[tuple[int, Matrix | None]]:
    """What is drawn, in its order, with the matrix of the form it stands in."""
    for i in range(min(count, pdfium.FPDFPage_CountObjects(page))):
        yield from _with_inner(pdfium.FPDFPage_GetObject(page, i), None, DEEPEST_FORM)


def _with_inner(obj: int, outer: Matrix | None, depth: int) -> Iterator[tuple[int, Matrix | None]]:
    yield obj, outer
    if depth and pdfium.FPDFPageObj_GetType(obj) == pdfium.FPDF_PAGEOBJ_FORM:
        within = composed(matrix(obj), outer)
        for i in range(pdfium.FPDFFormObj_CountObjects(obj)):
            yield from _with_inner(pdfium.FPDFFormObj_GetObject(obj, i), within, depth - 1)


def _bands(box: Box) -> range:
    first = int(max(box[1], 0) // BAND)
    return range(first, min(int(max(box[3], 0) // BAND), first + MOST_BANDS) + 1)


def _inside(one: Box, two: Box) -> bool:
    return two[0] - NEAR < one[0] and one[2] < two[2] + NEAR and two[1] - NEAR < one[1] and one[3] < two[3] + NEAR


def _meet(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
