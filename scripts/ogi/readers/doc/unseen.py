"""Text of a binary Word file that nobody sees: white where nothing in the file is shaded, or of one point and less.

Comes in: properties of a run, raw streams. Goes out: whether they say so. Must not know: where the text stands. What lies behind
a single run is not looked for: in a file that shades anything all colours count as seen.
"""

from __future__ import annotations

import re

from ogi.readers.marked import PAPER, alike

INDEXED, COLOUR, SIZE = 0x2A42, 0x6870, 0x4A43
TELLING = rb"\x42\x2a\x08|\x70\x68[\xf5-\xff]{3}\x00|\x43\x4a[\x01\x02]\x00"
_WHITE = 8
_SHADES = re.compile(rb"(?:[\x71]\xca|\x4d\xc6|[\x0c\x12\x16\x70]\xd6)(.)", re.S)
_SHADES_80 = re.compile(rb"(?:\x66\x48|\x2d\x44)(..)|\x09\xd6(.)", re.S)
_NO_SHADES_80 = (b"\0\0", b"\xff\xff", b"\0\x01")  # automatic, none, white


def is_white(code: int, operand: bytes) -> bool:
    if code == INDEXED:
        return operand[:1] == bytes([_WHITE])
    return code == COLOUR and len(operand) == 4 and not operand[3] and alike((*operand[:3],), PAPER)


def is_tiny(code: int, operand: bytes) -> bool:
    return code == SIZE and operand in (b"\1\0", b"\2\0")


def shades(raw: bytes) -> bool:
    """Whether a stream holds properties that colour the ground of any text, paragraph or cell."""
    for found in _SHADES.finditer(raw):
        operand = raw[found.end() : found.end() + found[1][0]]
        if any(_is_painted(operand[at : at + 10]) for at in range(0, len(operand) - 9, 10)):
            return True
    for found in _SHADES_80.finditer(raw):
        operand = found[1] or raw[found.end() : found.end() + found[2][0]]
        if any(operand[at : at + 2] not in _NO_SHADES_80 for at in range(0, len(operand) - 1, 2)):
            return True
    return False


def _is_painted(shade: bytes) -> bool:
    """A colour of the pattern and one behind it, four bytes each, and which pattern it is."""
    behind, pattern = shade[4:8], shade[8:]
    return pattern not in (b"\0\0", b"\xff\xff") or not (behind[3] or alike((*behind[:3],), PAPER))
