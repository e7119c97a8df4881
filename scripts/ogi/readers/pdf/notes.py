"""Small digits beside a number and above its line, in whatever order a page draws them -> marked as a note's.

Comes in: the characters of a page as they stand. Goes out: them, such digits as raised ones. Must not know: files, tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from ogi.readers.marked import raised

SMALL = 0.72  # of the height of a page's digits
LIFTED = 0.15  # of it, that the foot of a note's stands higher
APART = 0.4  # of it, that the note may stand behind its number

Fields = tuple[float, float, float, float, str, float | None]  # of a glyph


def noted(glyphs: Sequence[Fields]) -> Sequence[Fields]:
    """The same glyphs where no digit is small."""
    digits = [(n, glyph) for n, glyph in enumerate(glyphs) if glyph[4].isdecimal()]
    if not digits:
        return glyphs
    usual = median([glyph[3] - glyph[1] for _, glyph in digits])
    small = [(n, glyph) for n, glyph in digits if glyph[3] - glyph[1] < SMALL * usual]
    if not small or 3 * len(small) > len(digits):
        return glyphs
    out = list(glyphs)
    large = [glyph for _, glyph in digits if glyph[3] - glyph[1] >= SMALL * usual]
    for n, glyph in sorted(small, key=lambda one: one[1][0]):
        before = [one for one in large if -1 < glyph[0] - one[2] < APART * usual and one[1] - usual / 2 < glyph[1] < one[3]]
        if any(one[3] - glyph[3] > LIFTED * usual and glyph[3] > one[1] for one in before):
            out[n] = (*glyph[:4], raised(glyph[4]), glyph[5])
            large.append((glyph[0], before[0][1], glyph[2], before[0][3], glyph[4], None))  # a second digit of the note
    return out
