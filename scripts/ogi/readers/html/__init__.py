"""HTML pages, saved pages and web archives (mht) -> Document.

Comes in: bytes. Goes out: paragraphs and innermost tables in reading order; page chrome as furniture.
Must not know: any form, and what the page declares of its encoding, since declarations lie. A table
that holds other tables, or one cell, or little but prose, lays out the page: what is in it is read as if it stood outside.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ogi.errors import Unreadable
from ogi.model import Document
from ogi.readers.text import decode

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
    from ogi.readers.html.page import blocks  # late: every text is sniffed here first

    out = blocks(text)
    if lost:
        message = f"{lost} character(s) of the page are broken (\ufffd here); compare them with the page."
        out.issue("part-not-read", "warning", message, "paragraph=1")
    return out.document(FORMAT, data)


@lru_cache(maxsize=1)  # sniffed, then read
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
