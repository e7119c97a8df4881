"""Characters whose look says that they are no part of a number: struck out, raised or lowered; or that cannot be seen.

Comes in: text that a format shows so. Goes out: the same with that said in its characters, as Unicode can: a stroke through
each, or the small digits. Must not know: any format, what the text means.
"""

from __future__ import annotations

import re
from collections.abc import Callable

STROKE = "\u0336"
UNREAD = "\ufffd"  # in the place of ink or of a character that cannot be read, so that its cell is not taken for a blank one
# Codes of Word's fields that print something: one of those without a result is not nothing.
PRINTS = re.compile(
    r"\s*(?:=|(?:eq|quote|ref|docproperty|mergefield|formdropdown|page|numpages|date|time|seq|listnum|autonum|symbol)\b)", re.I
)
Marking = Callable[[str], str]
Colour = tuple[int, int, int]  # red, green, blue, 0 to 255
PAPER: Colour = (255, 255, 255)
_NEAR = 10  # of 255: no eye tells two such parts of a colour apart

_HEXED = re.compile("[0-9A-Fa-f]{6}")
_RAISED = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")


def struck(text: str) -> str:
    """A stroke through every character that is no blank."""
    return "".join(c if c.isspace() else c + STROKE for c in text)


def unseen(text: str) -> str:
    """Nothing: of the colour of its ground."""
    return ""


def raised(text: str) -> str:
    """Digits as small ones above the line: a note's, not the number's."""
    return text.translate(_RAISED)


def lowered(text: str) -> str:
    """Digits as small ones below the line."""
    return text.translate(_LOWERED)


def alike(colour: Colour | None, ground: Colour | None) -> bool:
    """Whether text of this colour cannot be seen on that ground; both must be known."""
    if colour is None or ground is None:
        return False
    return all(abs(a - b) <= _NEAR for a, b in zip(colour, ground, strict=True))


def hexed(text: str) -> Colour | None:
    """A colour written as six hexadecimal digits; None for anything else."""
    if not _HEXED.fullmatch(text):
        return None
    red, green, blue = bytes.fromhex(text)
    return red, green, blue
