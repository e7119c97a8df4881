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
PRINTS = re.compile(r"\s*(?:=|(?:eq|quote|ref|docproperty|mergefield|formdropdown)\b)", re.I)
Marking = Callable[[str], str]

_RAISED = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")


def struck(text: str) -> str:
    """A stroke through every character that is no blank."""
    return "".join(c if c.isspace() else c + STROKE for c in text)


def raised(text: str) -> str:
    """Digits as small ones above the line: a note's, not the number's."""
    return text.translate(_RAISED)


def lowered(text: str) -> str:
    """Digits as small ones below the line."""
    return text.translate(_LOWERED)
