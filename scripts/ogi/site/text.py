"""Text of documents made safe for a page: escaped, with invisible controls shown and direction isolated.

Comes in: any string. Goes out: `Markup`. Must not know: pages, the package, templates.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

# Direction marks can make a page read otherwise than it is; other controls are not allowed in HTML at all.
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROLS = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff{_DIRECTION}]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_NOTABLE = re.compile(f"[&<>\"']|{_CONTROLS.pattern}|{_RIGHT_TO_LEFT.pattern}")


def safe(text: str) -> Markup:
    """Escaped; a control character is shown by its number; right-to-left text is isolated."""
    return Markup(escaped(text))


def escaped(text: str) -> str:
    """The same for pages written by joins: formatting with `Markup` escapes again, and is slow."""
    if not _NOTABLE.search(text):  # nearly always, and ten times as fast
        return text
    shown = str(escape(text))
    if _CONTROLS.search(shown):
        return f"<bdi>{_CONTROLS.sub(_show, shown)}</bdi>"
    return f"<bdi>{shown}</bdi>" if _RIGHT_TO_LEFT.search(shown) else shown


def plain(text: str) -> str:
    """For titles and attributes, where no mark-up can stand: controls are left out. Not yet escaped."""
    return _CONTROLS.sub("", text)


def paragraphs(text: str) -> Markup:
    """Prose with its line breaks as paragraphs."""
    return Markup("\n").join(
        Markup("<p>{}</p>").format(safe(line)) for line in text.split("\n") if line.strip()
    )


def number(text: str) -> str:
    """A decimal of the package with groups of three for reading: 14069 is 14,069. Anything else as it is."""
    if len(text) < 4:  # nearly always
        return text
    whole, dot, rest = text.partition(".")
    if len(whole.lstrip("-")) < 4 or not whole.lstrip("-").isdigit():
        return text
    return f"{int(whole):,}{dot}{rest}"


def percent(text: str) -> str:
    """A share such as 0.666667 as 66.7 %, computed on its digits."""
    if not text:
        return ""
    sign = "-" * text.startswith("-")
    whole, _, rest = text.removeprefix("-").partition(".")
    thousandths = int((rest + "0000")[:4]) + int(whole or "0") * 10000
    tenths = (thousandths + 5) // 10
    return f"{sign}{tenths // 10}.{tenths % 10}%"


def size(count: float) -> str:
    """Bytes as people say them."""
    for unit in ("B", "kB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count = count / 1000
    return f"{count:.1f} GB"


def _show(match: re.Match[str]) -> str:
    point = ord(match.group())
    return f'<span class="control" title="U+{point:04X}">⟨U+{point:04X}⟩</span>'
