"""A page as a browser shows it: what is not shown is taken out of the tree, and line breaks are written into its texts.

Comes in: the root of a page. Goes out: the same tree; from then on the text of an element is all the text inside it.
Must not know: tables, what belongs to the report.
"""

from __future__ import annotations

import re

from lxml import etree

from ogi.readers.marked import Marking, lowered, raised, struck

BREAK = "\u2028"  # stands for a line break while the blanks of the source are folded
CLING = "\ufdd1"  # what follows goes on in the same line; this is no character, so that no page holds it

_SILENT = """
head title script style noscript template select option datalist button textarea iframe object svg
canvas audio video rt rp map input
"""
_LINES = """
p div li ul ol dl dt dd section article main header footer h1 h2 h3 h4 h5 h6 center blockquote pre address form
fieldset hr figure figcaption
"""
_PARTS = ("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th")
BLOCK = frozenset((*_LINES.split(), *_PARTS, "body"))
_BLANK = re.compile(r"[ \t\r\n\f]+")
_CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CLINGING = re.compile(f"{CLING}[ {BREAK}]*")
_LOOKS = {"s": struck, "strike": struck, "del": struck, "sup": raised, "sub": lowered}
_STRUCK = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.I)
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def show(root: etree._Element, source: bytes) -> None:
    """`source`: the page as it was parsed; one that never says «none» or «hidden» hides nothing."""
    said = source.lower()
    if b"none" in said or b"hidden" in said:
        for element in root.iterdescendants(etree.Element):
            if _hidden(element):
                element.tag = "template"
    if b"<input" in said:
        for field in root.iter("input"):
            if next(field.iterancestors("td", "th"), None) is not None:
                field.tail = _clean(_filled_in(field)) + _clean(field.tail)
    for element in root.iter(*_LOOKS):
        _mark(element, _LOOKS[element.tag])
    if b"line-through" in said:
        for element in root.iterdescendants(etree.Element):
            if _STRUCK.search(element.get("style") or ""):
                _mark(element, struck)
    for kept in root.iter("pre"):
        kept.text = _clean(kept.text).replace("\n", BREAK)
    etree.strip_elements(root, *_SILENT.split(), with_tail=False)
    for line_end in root.iter("br"):
        line_end.tail = BREAK + _clean(line_end.tail)
    for block in root.iter(*_LINES.split()):
        break_around(block)
    if b"<ol" in said:
        for ordered in root.iter("ol"):
            _number(ordered)


def _mark(element: etree._Element, marking: Marking) -> None:
    for part in element.iter():
        part.text = marking(_clean(part.text))
        if part is not element:
            part.tail = marking(_clean(part.tail))


def break_around(element: etree._Element) -> None:
    """Line breaks before and after an element."""
    element.text = BREAK + _clean(element.text)
    element.tail = BREAK + _clean(element.tail)


def break_cells(element: etree._Element) -> None:
    """Line breaks around the cells of tables inside an element."""
    for part in element.iterdescendants(*_PARTS):
        break_around(part)


def all_text(element: etree._Element) -> str:
    """The text of an element and of all inside of it, not folded yet."""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def fold(text: str) -> str:
    """Blanks of the source to one blank, as browsers do; hard blanks and control characters are too, a soft hyphen nothing."""
    if text.isprintable() and "  " not in text:
        return text  # no blank but single ones, no hard or soft sign, none of our own marks
    text = _BLANK.sub(" ", _CONTROLS.sub(" ", text)).replace("\u00a0", " ").replace("\u00ad", "")
    return (_CLINGING.sub("", text) if CLING in text else text).replace(BREAK, "\n")


def _hidden(element: etree._Element) -> bool:
    """Whether the element says of itself that it is not shown."""
    style = element.get("style")
    return (
        (style is not None and _HIDING.search(style) is not None)
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
    )


def _filled_in(field: etree._Element) -> str:
    """What a form field shows: some pages print a table's numbers in fields."""
    return field.get("value") or "" if (field.get("type") or "text").lower() in ("text", "number") else ""


def _clean(text: str | None) -> str:
    """Without what a parser takes from a page, but a tree takes from nobody: control characters."""
    return _CONTROLS.sub(" ", text) if text and not text.isprintable() else text or ""


def _number(ordered: etree._Element) -> None:
    """The numbers that a browser writes before the items of a list, where there is any text behind them."""
    for number, item in enumerate(ordered.iterchildren("li"), start=1):
        if any(map(str.strip, item.itertext())):
            item.text = f"{BREAK}{number}. {CLING}{_clean(item.text)}"
