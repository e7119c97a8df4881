"""HTML pages, saved pages and web archives (mht) -> Document.

Comes in: bytes. Goes out: paragraphs and innermost tables in reading order; page chrome as furniture.
Must not know: any form, and what the page declares of its encoding, since declarations lie. A table
that holds other tables lays out the page: its text becomes paragraphs. So does a table of one cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ogi.errors import Unreadable
from ogi.model import Document
from ogi.readers import html_chrome as chrome
from ogi.readers.blocks import Blocks
from ogi.readers.grid import LAYOUT_CELLS, MAX_SPAN, clamp, place, tidy
from ogi.readers.text import decode

if TYPE_CHECKING:
    from lxml import etree

FORMAT = "html"
MAX_BYTES = 8 << 20
MAX_TABLES = 2_000
MAX_TAGS = 1_000_000

_TAG = re.compile(
    r"<(!doctype\s+html|html|head|body|meta|title|div|p|table|span|font|center|article|section|h[1-6]|link|style"
    r"|script)\b[^<>]*>",
    re.I,
)
_CLOSING = re.compile(r"</(td|tr|p|div|span|table|h[1-6])\s*>", re.I)
_MHT = re.compile(rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", re.I)
_BLANK = re.compile(r"[ \t\r\n\f]+")
_CLING = "\x1d"  # what follows goes on in the same line
_BREAK = "\x1e"  # stands for a line break while the blanks of the source are folded
_BLOCKS = """
p div li ul ol dl dt dd tr table tbody thead tfoot caption section article main header footer h1 h2 h3 h4 h5
h6 center blockquote pre address form fieldset hr body td th figure figcaption
"""
_BLOCK = frozenset(_BLOCKS.split())
_CLINGING = re.compile(f"{_CLING}[ {_BREAK}]*")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def sniff(head: bytes) -> bool:
    """Whether these are tags: a page, a fragment of one, or a web archive."""
    if _MHT.match(head[:4000]):
        return True
    if b"<" not in head[:200_000]:
        return False
    try:
        text = decode(head)
    except (UnicodeDecodeError, Unreadable):
        return False
    start = text[:4000].lstrip("\ufeff \t\r\n\f")
    if start.startswith("<"):
        return _TAG.search(start) is not None
    return _TAG.search(text) is not None and len(_CLOSING.findall(text, 0, 200_000)) >= 3


def read(data: bytes) -> Document:
    """Raises Unreadable over the caps and where the page nests too deep to be seen whole."""
    if len(data) > MAX_BYTES:
        raise Unreadable(
            "",
            f"a page of {len(data) >> 20} MB, over the limit of {MAX_BYTES >> 20} MB",
            "save only the report's part of the page, or print it as PDF",
        )
    root = _parse(_text(data))
    walk = _Walk(root)
    walk.page(root)
    return walk.out.document(FORMAT, data)


def _text(data: bytes) -> str:
    if _MHT.match(data[:4000]):
        data = _archived(data)
    try:
        text = decode(data)
    except UnicodeDecodeError as failure:
        raise Unreadable(
            "", "the page's characters are of no known encoding", "save it again as UTF-8"
        ) from failure
    tables, tags = len(re.findall(r"<table", text, re.I)), text.count("<")
    if tables > MAX_TABLES or tags > MAX_TAGS:
        raise Unreadable(
            "",
            f"{tables:,} tables and {tags:,} tags on the page, over the limits of {MAX_TABLES:,} and "
            f"{MAX_TAGS:,}",
            "save only the report's part of the page, or print it as PDF",
        )
    return text


def _archived(data: bytes) -> bytes:
    """The first page inside a web archive."""
    from email import message_from_bytes

    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                return page
    raise Unreadable("", "a web archive (mht) without a page inside", "save the page as .html and add that")


def _parse(text: str) -> etree._Element:
    from lxml import etree  # late: every text is sniffed here first

    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True, no_network=True
    )
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if root is None:
        raise Unreadable("", "the page holds no element", "save it again from the browser")
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise Unreadable(
            "",
            "the page nests deeper than 256 elements, so that its end would be lost",
            "print it from the browser as PDF and add that",
        )
    return root


class _Walk:
    """Goes through the page once; inline text gathers until a block ends it."""

    def __init__(self, root: etree._Element) -> None:
        self.out = Blocks()
        self._parts: list[str] = []
        self._level = 0
        self._number = ""  # of a list's item, until its text comes
        self._chrome = chrome.Chrome(root)
        self._pictures = 0

    def page(self, root: etree._Element) -> None:
        for title in root.iter("title"):
            self.out.aside("title", _fold(title.text or ""))
        for meta in root.iter("meta"):
            if (meta.get("name") or "").lower() in ("articletitle", "contentsource"):
                self.out.aside("meta", meta.get("content") or "")
        self._inside(root)
        self._flush()
        if self._pictures:
            self.out.issue(
                "table-is-picture",
                "info",
                f"The page shows {self._pictures} picture(s) as large as a table; what stands in one is not read. "
                "If one is missing, add the picture itself or the page printed as PDF.",
            )

    def _inside(self, element: etree._Element) -> None:
        if element.text:
            self._parts.append(element.text)
        number = 0
        for child in element:
            tag = child.tag
            if tag == "li" and element.tag == "ol":
                number += 1
                self._flush()
                self._number = f"{number}. "
            if tag == "br":
                self._parts.append(_BREAK)
            elif tag == "table":
                self._flush()
                if not chrome.hidden(child):
                    self._table(child)
            elif isinstance(tag, str) and tag not in chrome.SILENT and not chrome.hidden(child):
                if self._chrome.is_part(child):
                    self.out.aside("chrome", cell_text(child)[:2000])
                elif tag == "img":
                    self._pictures += chrome.large(child)
                elif tag in _BLOCK:
                    self._flush()
                    self._level = _HEADINGS.get(tag, 0)
                    self._inside(child)
                    self._flush()
                    self._level = _HEADINGS.get(element.tag, 0)
                else:
                    self._inside(child)
            if child.tail:
                self._parts.append(child.tail)

    def _flush(self) -> None:
        if self._parts:
            text = _fold("".join(self._parts))
            if self._number and text.strip():
                text, self._number = self._number + text.lstrip(), ""
            for line in text.split("\n"):
                self.out.paragraph(line, self._level)
            self._parts.clear()

    def _table(self, table: etree._Element) -> None:
        nested = list(table.iter("table"))[1:]
        if nested and not _boxes(table, nested):
            self._inside(table)
            self._flush()
            return
        for caption in table.iter("caption"):
            self.out.paragraph(cell_text(caption))
        self.out.grid(place([list(row) for row in _rows(table, bool(nested))]))


def _boxes(table: etree._Element, nested: list[etree._Element]) -> bool:
    """Whether the tables inside are mere boxes of one cell, in a table that has many of its own."""
    boxed = [sum(1 for _ in inner.iter("td", "th")) for inner in nested]
    return max(boxed) <= 1 and sum(1 for _ in table.iter("td", "th")) - sum(boxed) > LAYOUT_CELLS


def _rows(table: etree._Element, boxed: bool) -> Iterator[list[tuple[str, int, int]]]:
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
    yield from parts[0] + parts[1] + parts[2]


def _rowspan(span: str | None) -> int:
    return MAX_SPAN if span is not None and span.strip() == "0" else clamp(span)  # 0 means: to the end


def cell_text(element: etree._Element) -> str:
    """The text as shown, blocks and `br` apart by line ends."""
    if len(element) == 0:
        return tidy(_fold(element.text or ""))
    parts: list[str] = []
    _gather(element, parts)
    return tidy(_fold("".join(parts)))


def _gather(element: etree._Element, parts: list[str]) -> None:
    if element.text:
        parts.append(element.text if element.tag != "pre" else element.text.replace("\n", _BREAK))
    number = 0
    for child in element:
        tag = child.tag
        if tag == "br":
            parts.append(_BREAK)
        elif tag == "input":
            parts.append(chrome.filled_in(child))
        elif isinstance(tag, str) and tag not in chrome.SILENT and not chrome.hidden(child):
            block = tag in _BLOCK
            if block:
                parts.append(_BREAK)
            if tag == "li" and element.tag == "ol":
                number += 1
                parts.append(f"{number}. {_CLING}")
            _gather(child, parts)
            if block:
                parts.append(_BREAK)
        if child.tail:
            parts.append(child.tail)


def _fold(text: str) -> str:
    """Blanks of the source to one blank, as browsers do; a hard blank is one too, a soft hyphen nothing."""
    text = _BLANK.sub(" ", text).replace("\u00a0", " ").replace("\u00ad", "")
    return (_CLINGING.sub("", text) if _CLING in text else text).replace(_BREAK, "\n")
