"""The characters of a PDF page, each in its place.

Comes in: a page opened by pdfium, and how its coordinates lead to the page as shown. Goes out: glyphs, put on what is
drawn. Must not know: paths, tables, what a text means.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from ogi.readers.marked import UNREAD, Marking, lowered, raised
from ogi.readers.page.drawn import FAINT, LIGHT, SLANT, Drawn
from ogi.readers.page.glyphs import Glyph
from ogi.readers.page.ruled import Box
from ogi.readers.pdf import calls as pdfium
from ogi.readers.pdf.clip import Shown, clip
from ogi.readers.pdf.cover import Covers
from ogi.readers.pdf.notes import Fields, noted
from ogi.readers.radicals import FOLD
from ogi.tuples import many

TALLEST = 60.0
TINIEST = 1.5  # points below which nobody reads a character
MOST_OBJECTS = 200_000
DESCENT = 0.12  # of its height, that an ideograph reaches below its line
LIFTED = 0.15  # of a digit's height: how far off its line a smaller one is a note's
HALF = (0.3, 0.67)  # the same for one as large; the next line of a cell beside is farther off
HYPHEN_AT_END = 2  # what pdfium gives for a hyphen that ends a line
HYPHEN_IN_TEXT = "\ufffe"  # the same, in a text asked for at once
_ODD = {**FOLD, HYPHEN_AT_END: "-"}
# signs, punctuation, Greek; full-width and compatibility forms; the other scripts of China's autonomous regions
_PLAUSIBLE = (
    (0xA5, 0xA6), (0xA7, 0xA8), (0xAB, 0xAC), (0xB0, 0xB2), (0xB7, 0xB8), (0xBB, 0xBC), (0xD7, 0xD8), (0xF7, 0xF8),
    (0x391, 0x3CA), (0x2000, 0x2C00), (0x2E80, 0x3400), (0xF900, 0xFB00), (0xFE10, 0xFE70), (0xFF00, 0xFFF0),
    (0x600, 0x700), (0xF00, 0x1000), (0x1800, 0x18B0), (0xA000, 0xA4D0), (0xAC00, 0xD7B0), (0xFB50, 0xFE00), (0xFE70, 0xFF00),
)
# blanks are told from gaps, not from characters
_BLANKS = frozenset([0x09, 0x0A, 0x0D, 0x20, 0xA0, 0xAD, *range(0x2000, 0x200E), 0x202F, 0x205F, 0x3000, 0xFEFF])


def draw_text(page: int, drawn: Drawn, shown: Shown, windows: bool, covers: Covers) -> None:
    """Every character that is more than a blank; those of text that runs askew, is faint, too small to read or painted over
    apart, unless nearly all is.

    `windows` says that some text is seen through clipping paths; `covers`: by text object, the boxes painted over it.
    """
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return
    try:
        count = min(pdfium.FPDFText_CountChars(text), MOST_OBJECTS)
        drawn.turned = (-_turned(text, count) - pdfium.FPDFPage_GetRotation(page)) % 4
        _draw_glyphs(text, count, drawn, shown, windows, covers)
    finally:
        pdfium.FPDFText_ClosePage(text)


def _draw_glyphs(text: int, count: int, drawn: Drawn, shown: Shown, windows: bool, covers: Covers) -> None:
    rect = pdfium.FS_RECTF()
    ref = ctypes.byref(rect)
    box_of, object_of = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetTextObject
    width, height = drawn.width, drawn.height
    plain: list[Fields] = []
    aside: list[Fields] = []
    looks: dict[int | None, tuple[bool, bool, Box | None]] = {}  # by text object: askew, faint, the window it is seen through
    high, last, level, slanted = 0, 0, math.nan, False
    marking: Marking | None = None
    for i, code in enumerate(_codes(text, count)):
        if code in _BLANKS:
            continue
        if 0xD800 <= code < 0xE000:  # two halves of one character
            if code < 0xDC00 or not high:
                high = code
                continue
            code, high = 0x10000 + ((high & 0x3FF) << 10) + (code & 0x3FF), 0
        box_of(text, i, ref)
        own = object_of(text, i)
        look = looks.get(own)
        if look is None and drawn.forms:
            _put_right(text, i, rect)
        if look is None:  # askew, no text is level with the one before
            slanted = slanted if rect.bottom == level else _slanted(text, i)
            look = looks[own] = slanted, _faint(text, i, drawn, shown, rect), clip(own, shown) if windows else None
        slanted, faint, window = look
        if rect.bottom != level:
            level = rect.bottom
            marking = _off_line(text, last, i) if 0x30 <= code < 0x3A else None
        last = i
        x0, top, x1, bottom = shown(rect.left, rect.bottom, rect.right, rect.top)
        tiny = 0 < bottom - top < TINIEST
        if not 3 < bottom - top < TALLEST or x1 <= x0:  # vertical writing gives boxes of no use
            x0, top, x1, bottom = shown(*_tight(text, i))
            tiny = tiny and max(x1 - x0, bottom - top) < TINIEST
        if x1 <= 0 or bottom <= 0 or x0 >= width or top >= height:
            continue
        char = _ODD.get(code) or (marking(chr(code)) if marking else chr(code))
        if not (0x4E00 <= code < 0xA000 or 0x20 < code < 0x7F) and _is_garbage(code):
            drawn.garbage += 1
            if code < 0x20 or 0xE000 <= code < 0xF900 or 0xFFF0 <= code < 0x10000:
                char = UNREAD
        over = _over(covers.get(own), x0, top, x1, bottom) if covers else None
        glyph = x0, top, x1, bottom, UNREAD if over else char, None
        if slanted or faint or tiny or over is False:
            aside.append(glyph)
        elif window and not (window[0] < (x0 + x1) / 2 < window[2] and window[1] < (top + bottom) / 2 < window[3]):
            drawn.cut.append((Glyph(*glyph), window))
        else:
            plain.append(glyph)
    if len(aside) > 9 * len(plain):  # the page itself lies askew
        plain, aside = plain + aside, []
    drawn.glyphs, drawn.aside = many(Glyph, noted(plain)), many(Glyph, aside)


def _codes(text: int, count: int) -> Sequence[int]:
    """The characters in UTF-16; asked for at once, unless that leaves some out, writes one as two or marks a hyphen at a
    line's end."""
    buffer = ctypes.create_string_buffer(2 * count + 2)
    whole = pdfium.FPDFText_GetText(text, 0, count, buffer) == count + 1
    chars = buffer.raw[:-2].decode("utf-16-le", "surrogatepass") if whole else ""
    if len(chars) == count and HYPHEN_IN_TEXT not in chars:
        return [*map(ord, chars)]
    return [pdfium.FPDFText_GetUnicode(text, i) for i in range(count)]


def _over(covers: Sequence[tuple[Box, bool]] | None, x0: float, top: float, x1: float, bottom: float) -> bool | None:
    """Whether what is painted over the character is coloured, as a redaction is, or paper; None where nothing is."""
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    return next((coloured for b, coloured in reversed(covers or ()) if b[0] < x < b[2] and b[1] < y < b[3]), None)


@lru_cache(maxsize=1024)
def _is_garbage(code: int) -> bool:
    """Whether no Chinese text holds the character: a font without Unicode gives its glyphs' numbers, which are letters of
    any script or none."""
    return code != HYPHEN_AT_END and not any(low <= code < high for low, high in _PLAUSIBLE)


_matrix = pdfium.FS_MATRIX()
_matrix_ref = ctypes.byref(_matrix)


def _slanted(text: int, i: int) -> bool:
    pdfium.FPDFText_GetMatrix(text, i, _matrix_ref)
    along, up = abs(_matrix.a), abs(_matrix.b)
    return min(along, up) > SLANT * max(along, up)


def _put_right(text: int, i: int, rect: ctypes.Structure) -> None:
    """A browser writes some characters with their text beside them, each as a text of its own, and within a form pdfium places
    those by a wrong matrix: the box is neither where the text begins nor as high."""
    pdfium.FPDFText_GetMatrix(text, i, _matrix_ref)
    size = pdfium.FPDFText_GetFontSize(text, i) * _matrix.d
    high, away = rect.top - rect.bottom, max(abs(rect.left - _matrix.e), abs(rect.bottom - _matrix.f))
    if _matrix.b or _matrix.c or size <= 0 or away < size or 0.6 * size < high < 1.7 * size:
        return
    rect.left, rect.right = _matrix.e, _matrix.e + size * _matrix.a / _matrix.d
    rect.bottom, rect.top = _matrix.f - DESCENT * size, _matrix.f + (1 - DESCENT) * size


_origins = [ctypes.c_double() for _ in range(4)]
_origin_refs = [ctypes.byref(origin) for origin in _origins]


def _off_line(text: int, last: int, i: int) -> Marking | None:
    """How to mark a digit right behind the last character, a digit too, where it is the number of a note: it stands higher, or
    lower and smaller."""
    if not 0x30 <= pdfium.FPDFText_GetUnicode(text, last) < 0x3A:
        return None
    (_, low, right, high), (start, _, _, top) = _tight(text, last), _tight(text, i)
    tall = high - low
    pdfium.FPDFText_GetCharOrigin(text, last, *_origin_refs[:2])
    pdfium.FPDFText_GetCharOrigin(text, i, *_origin_refs[2:])
    _, line, _, own = (origin.value for origin in _origins)
    small, up = top - own < 0.9 * tall, own - line
    if not right - 1 < start < right + 0.5 * tall or not LIFTED * tall < abs(up) < tall:
        return None
    return (raised if up > 0 else lowered) if small or HALF[0] * tall < up < HALF[1] * tall else None


_colours = (ctypes.c_uint * 4)()
_colour_places = [ctypes.addressof(_colours) + n * ctypes.sizeof(ctypes.c_uint) for n in range(4)]


def _faint(text: int, i: int, drawn: Drawn, shown: Shown, rect: ctypes.Structure) -> bool:
    """Whether the character lets the page shine through, or is too light to be read where nothing dark lies behind."""
    pdfium.FPDFText_GetFillColor(text, i, *_colour_places)
    red, green, blue, alpha = _colours
    if alpha < FAINT:
        return True
    if red < LIGHT or green < LIGHT or blue < LIGHT:
        return False
    left, high, right, low = shown(rect.left, rect.bottom, rect.right, rect.top)
    x, y = (left + right) / 2, (high + low) / 2
    behind = (*drawn.fills, *drawn.pictures)
    return not any(x0 < x < x1 and top < y < bottom for x0, top, x1, bottom in behind)


def _turned(text: int, count: int) -> int:
    """Quarter turns (with the clock) of most of the text, the page not yet turned; judged by a sample."""
    angles = [pdfium.FPDFText_GetCharAngle(text, i) for i in range(0, count, max(1, count // 40))]
    turns = Counter(round(angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0)
    return turns.most_common(1)[0][0] if turns else 0


def _tight(text: int, i: int) -> Box:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, i, *map(ctypes.byref, (left, right, bottom, top)))
    return left.value, bottom.value, right.value, top.value
