"""The sounds that mirrors of pages put in brackets behind a character: 統(tǒng)計. No report prints them.

Comes in: text. Goes out: the same without them, or where they stand. Must not know: anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_GLOSS = re.compile(r"(?<=[\u3400-\u9fff])[（(][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7}[）)]")


def unglossed(text: str) -> str:
    return _GLOSS.sub("", text) if "(" in text or "（" in text else text


def glosses(text: str) -> Iterator[int]:
    """The places of their characters."""
    if "(" in text or "（" in text:
        for found in _GLOSS.finditer(text):
            yield from range(*found.span())
