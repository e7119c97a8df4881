"""HTML pages, saved pages and web archives (mht) -> Document.

Comes in: bytes. Goes out: paragraphs and innermost tables in reading order; page chrome as furniture.
Must not know: any form, and what the page declares of its encoding, since declarations lie. A table
that holds other tables, or one cell, or little but prose, lays out the page: what is in it is read as if it stood outside.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ogi.errors import Unreadable
from ogi.model import Document
from ogi.readers import html_chrome as chrome
from ogi.readers.blocks import Blocks
from ogi.readers.grid import is_layout, place
from ogi.readers.html_cells import BLOCK, BREAK, boxes, cell_text, fold, rows
from ogi.readers.html_drawn import drawn_rows
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
_SOUND = 2_000  # characters to one broken one
_CLOSING = re.compile(r"</(td|tr|p|div|span|table|h[1-6])\s*>", re.I)
_MHT = re.compile(rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", re.I)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def sniff(head: bytes) -> bool:
    """Whether these are tags: a page, a fragment of one, or a web archive."""
    if _MHT.match(head[:4000]):
        return True
    if b"<" not in head[:200_000]:
        return False
    try:
        text, _ = _decoded(head)
    except Unreadable:
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
    text, lost = _decoded(_archived(data) if _MHT.match(data[:4000]) else data)
    _measured(text)
    root = _parse(text)
    walk = _Walk(root)
    walk.page(root)
    if lost:
        message = f"{lost} character(s) of the page are broken (\ufffd here); compare them with the page."
        walk.out.issue("part-not-read", "warning", message, "paragraph=1")
    return walk.out.document(FORMAT, data)


def _decoded(data: bytes) -> tuple[str, int]:
    """The text, and how many of its characters are broken: a few do not make a page unreadable."""
    try:
        return decode(data), 0
    except (UnicodeDecodeError, Unreadable):
        for encoding in ("utf-8", "gb18030"):
            text = data.decode(encoding, "replace")
            lost = text.count("\ufffd")
            if lost <= max(2, len(text) // _SOUND) and "\0" not in text:
                return text, lost
    found = "the page's characters are of no known encoding"
    raise Unreadable("", found, "save it again as UTF-8, or print it from the browser as PDF")


def _measured(text: str) -> None:
    """Refuses what would cost too much, or be cut off by the parser."""
    tables, tags = len(re.findall(r"<table", text, re.I)), text.count("<")
    if tables > MAX_TABLES or tags > MAX_TAGS:
        raise Unreadable(
            "",
            f"{tables:,} tables and {tags:,} tags on the page, over the limits of {MAX_TABLES:,} and "
            f"{MAX_TAGS:,}",
            "save only the report's part of the page, or print it as PDF",
        )


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
            self.out.aside("title", fold(title.text or ""))
        for meta in root.iter("meta"):
            if (meta.get("name") or "").lower() in ("articletitle", "contentsource"):
                self.out.aside("meta", meta.get("content") or "")
        self._inside(root)
        self._flush()
        if self._pictures:
            self.out.issue(
                "table-is-picture",
                "info",
                f"The page shows {self._pictures} picture(s) large enough for a table, which is not read. "
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
                self._parts.append(BREAK)
            elif tag == "table":
                self._flush()
                if not chrome.hidden(child):
                    self._table(child)
            elif isinstance(tag, str) and tag not in chrome.SILENT and not chrome.hidden(child):
                if self._chrome.is_part(child):
                    self.out.aside("chrome", cell_text(child)[:2000])
                elif tag == "img":
                    self._pictures += chrome.large(child)
                elif tag in BLOCK and (drawn := drawn_rows(child)):
                    self._flush()
                    self.out.grid(place([[(text, 1, 1) for text in row] for row in drawn]), spans_known=False)
                elif tag in BLOCK:
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
            text = fold("".join(self._parts))
            if self._number and text.strip():
                text, self._number = self._number + text.lstrip(), ""
            for line in text.split("\n"):
                self.out.paragraph(line, self._level)
            self._parts.clear()

    def _table(self, table: etree._Element) -> None:
        nested = list(table.iter("table"))[1:]
        cells = [] if nested and not boxes(table, nested) else place(rows(table, bool(nested)))
        if is_layout(cells):
            self._inside(table)
            self._flush()
            return
        for caption in table.iter("caption"):
            self.out.paragraph(cell_text(caption))
        self.out.grid(cells)
