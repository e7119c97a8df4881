"""A page as a browser shows it: what is not shown is taken out of the tree, and line breaks are written into its texts.

Comes in: the root of a page. Goes out: the same tree; from then on the text of an element is all the text inside it.
Must not know: tables, what belongs to the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from ogi.readers.html import unseen
from ogi.readers.html.styles import declared, hides, looks, shifts, strikes
from ogi.readers.marked import Marking, lowered, raised, struck

_TELLING = (b"none", b"hidden", b"line-through", b"super", b"sub")
BREAK = "\u2028"  # stands for a line break while the blanks of the source are folded
CLING = "\ufdd1"  # what follows goes on in the same line; this is no character, so that no page holds it

_SILENT = """
head title script style noscript template select option datalist button textarea iframe object svg
canvas audio video rt rp map input
"""
_FIELDS = ("input", "textarea", "select", "button")
_DRAWINGS = ("svg", "canvas", "object", "embed", "iframe", "script")
_UNSHOWN = frozenset(_SILENT.split())
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
_SHIFTED = {"super": raised, "sub": lowered}
_LEFT = 4  # where less than a quarter of a page's text is left, a script shows what its style sheets hide


def show(root: etree._Element, source: bytes) -> None:
    """`source`: the page as it was parsed; one that says none of the telling words hides and marks nothing by styles."""
    said = source.lower()
    if any(word in said for word in _TELLING):
        _styled(root)
    unseen.hide(root, said)
    for part in list(root.iter(*_FIELDS, *_DRAWINGS)):
        if next(part.iterancestors("td", "th"), None) is not None:
            _of_cell(part)
    for element in root.iter(*_LOOKS):
        _mark(element, _LOOKS[element.tag])
    for kept in root.iter("pre"):
        kept.text = _clean(kept.text).replace("\n", BREAK)
    etree.strip_elements(root, *_UNSHOWN, with_tail=False)
    for line_end in root.iter("br"):
        line_end.tail = BREAK + _clean(line_end.tail)
    for block in root.iter(*_LINES.split()):
        break_around(block)
    if b"<ol" in said:
        for ordered in root.iter("ol"):
            _number(ordered)


def _styled(root: etree._Element) -> None:
    """Hidden elements become templates, which are taken out; text that is struck out, raised or lowered is marked."""
    for element in root.xpath("//*[@hidden or @aria-hidden='true']"):
        element.tag = "template"
    hidden: list[etree._Element] = []
    for element, look in list(looks(root)):
        if hides(look):
            hidden.append(element)
        if strikes(look):
            _mark(element, struck)
        if (shift := shifts(look)) and element.tag not in BLOCK:
            _mark(element, _SHIFTED[shift])
    of_themselves = [element for element in hidden if hides(declared(element))]
    every, gone = _length(root), sum(map(_length, _outermost(hidden)))
    for element in hidden if _LEFT * (every - gone) >= every else of_themselves:
        element.tag = "template"


def _outermost(elements: Sequence[etree._Element]) -> Iterator[etree._Element]:
    inside = set(elements)
    return (element for element in elements if inside.isdisjoint(element.iterancestors()))


def _length(element: etree._Element) -> int:
    """Characters of text in an element, those of scripts and sheets not counted."""
    shown = (part for part in element.iter(etree.Element) if part.tag not in _UNSHOWN)
    return sum(len((part.text or "").strip()) + len((part.tail or "").strip()) for part in shown)


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


def _of_cell(part: etree._Element) -> None:
    """A field of a form becomes the text that it shows: some pages print a table's numbers in fields; a drawing, or what a script
    writes, becomes a picture."""
    if part.tag not in _FIELDS:
        part.clear(keep_tail=True)
        part.tag = "img"
    else:
        part.tail = _clean(_filled_in(part)) + _clean(part.tail)


def _filled_in(field: etree._Element) -> str:
    if field.tag in ("textarea", "button"):
        return "".join(field.itertext())
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        return " ".join("".join(option.itertext()) for option in chosen)
    return field.get("value") or "" if (field.get("type") or "text").lower() in ("text", "number") else ""


def _clean(text: str | None) -> str:
    """Without what a parser takes from a page, but a tree takes from nobody: control characters."""
    return _CONTROLS.sub(" ", text) if text and not text.isprintable() else text or ""


def _number(ordered: etree._Element) -> None:
    """The numbers that a browser writes before the items of a list, where there is any text behind them."""
    for number, item in enumerate(ordered.iterchildren("li"), start=1):
        if any(map(str.strip, item.itertext())):
            item.text = f"{BREAK}{number}. {CLING}{_clean(item.text)}"
