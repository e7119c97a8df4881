"""Text of documents, names and messages made harmless in Markdown: it mentions nobody, links nowhere, closes nothing.

Comes in: any text. Goes out: one line that a Markdown renderer shows as text. Must not know: what it is about. Characters
that mean something to GitHub become their full-width doubles, which look the same; the JSON has the text as it is.
"""

from __future__ import annotations

import unicodedata

ACTIVE = "`|@<>&[]\\"
PUNCTUATION = "!\"#$%&'()*+./:;<=>?@[\\]^_`{|}~-"
WIDE = 0xFEE0
IN_CODE = {ord(c): chr(ord(c) + WIDE) for c in ACTIVE}
IN_PROSE = {ord(c): chr(ord(c) + WIDE) for c in PUNCTUATION} | {ord("-"): "\u2010"}
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def straight(text: str) -> str:
    """One line without control characters, marks of direction, or runs of blanks."""
    seen = "".join(" " if unicodedata.category(c) in UNSEEN else c for c in text)
    return " ".join(seen.split())


def quoted(text: str | None, most: int = 160) -> str:
    """As code: for what documents print, for paths and messages. A dash for nothing."""
    plain = _cut(straight(text or ""), most)
    return f"`{plain.translate(IN_CODE)}`" if plain else "—"


def inside(line: str, most: int = 160) -> str:
    """A line within a block of code, which it cannot end."""
    return _cut(straight(line), most).translate(IN_CODE)


def prose(text: str | None, most: int = 80) -> str:
    """As plain words: for names and titles."""
    return _cut(straight(text or ""), most).translate(IN_PROSE) or "—"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
