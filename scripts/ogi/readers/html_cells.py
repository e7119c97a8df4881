"""The cells of an html table: which there are, in which rows, and their text as a browser shows it.

Comes in: elements. Goes out: rows of (text, rowspan, colspan). Must not know: pages, forms.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ogi.readers import html_chrome as chrome
from ogi.readers.grid import LAYOUT_CELLS, MAX_SPAN, clamp, tidy

if TYPE_CHECKING:
    from lxml import etree

_BLANK = re.compile(r"[ \t\r\n\f]+")
_CLING = "\x1d"  # what follows goes on in the same line
BREAK = "\x1e"  # stands for a line break while the blanks of the source are folded
_NAMES = """
p div li ul ol dl dt dd tr table tbody thead tfoot caption section article main header footer h1 h2 h3 h4 h5
h6 center blockquote pre address form fieldset hr body td th figure figcaption
"""
BLOCK = frozenset(_NAMES.split())
_CLINGING = re.compile(f"{_CLING}[ {BREAK}]*")


def boxes(table: etree._Element, nested: list[etree._Element]) -> bool:
    """Whether the tables inside are mere boxes of one cell, in a table that has many of its own."""
    boxed = [sum(1 for _ in inner.iter("td", "th")) for inner in nested]
    return max(boxed) <= 1 and sum(1 for _ in table.iter("td", "th")) - sum(boxed) > LAYOUT_CELLS


def rows(table: etree._Element, boxed: bool) -> list[list[tuple[str, int, int]]]:
    """Rows as shown; each `tr` opens one in document order, so that no stray cell is lost."""
    parts: dict[int, list[list[tuple[str, int, int]]]] = {0: [], 1: [], 2: []}
    row: list[tuple[str, int, int]] = []
    owner: etree._Element | None = None  # of the row
    for element in table.iter("tr", "td", "th"):
        if boxed and next(element.iterancestors("table")) is not table:
            continue
        if element.tag == "tr":
            parent = element.getparent()
            row, owner = [], element
            if not chrome.hidden(element) and not (
                parent is not None and parent is not table and chrome.hidden(parent)
            ):
                parts[{"thead": 0, "tfoot": 2}.get(parent.tag if parent is not None else "", 1)].append(row)
            continue
        parent = element.getparent()
        if parent is not owner:
            line = next(element.iterancestors("tr", "table"), None)
            if line is not owner and (line is None or line.tag == "table"):
                row, owner = [], parent
                parts[1].append(row)
        if not chrome.hidden(element):
            row.append((cell_text(element), _rowspan(element.get("rowspan")), clamp(element.get("colspan"))))
    return parts[0] + parts[1] + parts[2]


def _rowspan(span: str | None) -> int:
    return MAX_SPAN if span and span.strip() == "0" else clamp(span)  # 0 means: to the end


def cell_text(element: etree._Element) -> str:
    """The text as shown, blocks and `br` apart by line ends."""
    if len(element) == 0:
        return tidy(fold(element.text or ""))
    parts: list[str] = []
    _gather(element, parts)
    return tidy(fold("".join(parts)))


def _gather(element: etree._Element, parts: list[str]) -> None:
    if element.text:
        parts.append(element.text if element.tag != "pre" else element.text.replace("\n", BREAK))
    number = 0
    for child in element:
        tag = child.tag
        if tag == "br":
            parts.append(BREAK)
        elif tag == "input":
            parts.append(chrome.filled_in(child))
        elif isinstance(tag, str) and tag not in chrome.SILENT and not chrome.hidden(child):
            block = tag in BLOCK
            if block:
                parts.append(BREAK)
            if tag == "li" and element.tag == "ol":
                number += 1
                parts.append(f"{number}. {_CLING}")
            _gather(child, parts)
            if block:
                parts.append(BREAK)
        if child.tail:
            parts.append(child.tail)


def fold(text: str) -> str:
    """Blanks of the source to one blank, as browsers do; a hard blank is one too, a soft hyphen nothing."""
    if text.isprintable() and "  " not in text:
        return text  # no blank but single ones, no hard or soft sign, none of our own marks
    text = _BLANK.sub(" ", text).replace("\u00a0", " ").replace("\u00ad", "")
    return (_CLINGING.sub("", text) if _CLING in text else text).replace(BREAK, "\n")
