"""HTML pages, saved pages and web archives (mht) -> Document.

Comes in: bytes. Goes out: paragraphs and innermost tables in reading order; page chrome as furniture.
Must not know: any form, and what the page declares of its encoding, since declarations lie. A table
that holds other tables, or one cell, or little but prose, lays out the page: what is in it is read as if it stood outside.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ogi.errors import Unreadable
from ogi.messages import in_both
from ogi.model import Document
from ogi.readers.radicals import folded
from ogi.readers.remedies import PART_OF_PAGE
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
        size, most = f"{len(data) >> 20} MB", f"{MAX_BYTES >> 20} MB"
        found = f"网页有 {size}，超过上限 {most} a page of {size}, over the limit of {most}"
        raise Unreadable("", found, PART_OF_PAGE)
    text, lost = _decoded(_archived(data) if _MHT.match(data[:4000]) else data)
    _measured(text)
    from ogi.readers.html.page import blocks  # late: every text is sniffed here first

    out = blocks(folded(text))
    if lost:
        message = in_both(
            f"网页里有 {lost} 个字损坏（这里写作 \ufffd），请对照网页。",
            f"{lost} character(s) of the page are broken (\ufffd here); compare them with the page.",
        )
        out.issue("part-not-read", "warning", message, "paragraph=1")
    return out.document(FORMAT, data)


@lru_cache(maxsize=1)  # sniffed, then read
def _decoded(data: bytes) -> tuple[str, int]:
    """The text, and how many of its characters are broken: a few do not make a page unreadable."""
    try:
        return decode(data), 0
    except (UnicodeDecodeError, Unreadable):
        for encoding in ("utf-8", "gb18030"):
            text = data.decode(encoding, "replace").replace("\0", "\ufffd")  # at a NUL the parser would end
            lost = text.count("\ufffd")
            if lost <= max(2, len(text) // _SOUND):
                return text, lost
    found = "网页文字的编码认不出 the page's characters are of no known encoding"
    remedy = "另存为 UTF-8 编码，或在浏览器里打印成 PDF save it again as UTF-8, or print it from the browser as PDF"
    raise Unreadable("", found, remedy)


def _measured(text: str) -> None:
    """Refuses what would cost too much, or be cut off by the parser."""
    tables, tags = len(re.findall(r"<table", text, re.I)), text.count("<")
    if tables > MAX_TABLES or tags > MAX_TAGS:
        found = (
            f"网页有 {tables:,} 个表格、{tags:,} 个标签，超过上限 {MAX_TABLES:,} 和 {MAX_TAGS:,} "
            f"{tables:,} tables and {tags:,} tags on the page, over the limits of {MAX_TABLES:,} and "
            f"{MAX_TAGS:,}"
        )
        raise Unreadable("", found, PART_OF_PAGE)


def _archived(data: bytes) -> bytes:
    """The first page inside a web archive."""
    from email import message_from_bytes

    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                return page
    found = "网页存档（mht）里没有网页 a web archive (mht) without a page inside"
    raise Unreadable("", found, "把网页另存为 .html 再上传 save the page as .html and add that")
