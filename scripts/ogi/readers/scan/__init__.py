"""Pictures of pages (png, jpg, scanned PDF and OFD) -> Document, by the extra `ocr`.

Comes in: pictures. Goes out: a Document, every cell with its score, doubts as issues. Must not know: forms.
Without the extra it says which one to install.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import NamedTuple

from PIL import Image

from ogi.errors import Unreadable
from ogi.model import Document
from ogi.readers.page import drawn
from ogi.readers.page.leaves import Leaf
from ogi.readers.page.ruled import Box
from ogi.readers.remedies import FETCH, INSTALL_OCR

FORMAT = "scan"
POINTS_WIDE = 595.0  # a picture without a size is taken for a page of A4
THINNEST = 40  # times as long as wide, no page is


class Recognised(NamedTuple):
    """`back` leads from boxes of the straightened page to boxes as it is shown."""

    leaf: Leaf
    back: Callable[[Box], Box]


def sniff(head: bytes) -> bool:
    return head.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"))


def read(data: bytes) -> Document:
    if not installed():
        found = "这是图片，要有识别组件才能读 it is a picture, which needs the recogniser"
        raise Unreadable("scan", found, INSTALL_OCR)
    picture = opened(data)
    width = POINTS_WIDE if picture.width <= picture.height else POINTS_WIDE * picture.width / picture.height
    leaf, back = read_page(picture, 1, width, width * picture.height / picture.width)
    return drawn.document(FORMAT, data, [leaf], {1: back}, [])


def installed() -> bool:
    """Is the recogniser there?"""
    from ogi.readers.scan import text as scan_text

    return scan_text.installed()


def unread(number: int, width: float, height: float) -> Recognised:
    return Recognised(Leaf(number, width, height, (), ()), lambda box: box)


def opened(data: bytes) -> Image.Image:
    """The picture, whole; Unreadable where it is broken or far too large."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit comes first, without a warning on the way
    try:
        picture = Image.open(io.BytesIO(data))
        if picture.width * picture.height > 200_000_000:
            found = f"图片太大：{picture.width} x {picture.height} 像素 {picture.width} x {picture.height} pixels"
            raise Unreadable("scan", found, "用 200 到 300 dpi 扫描 scan the page at 200 to 300 dpi")
        picture.draft("RGB", (2340, 2340))
        picture.load()
    except (OSError, ValueError, SyntaxError, EOFError) as broken:
        found = f"图片残缺或已损坏 the picture is cut off or damaged ({str(broken)[:80]})"
        raise Unreadable("scan", found, FETCH) from broken
    return picture


def read_page(picture: Image.Image, number: int, width: float, height: float) -> Recognised:
    """One page of the given size in points; a sliver of a page holds no line of text."""
    if THINNEST * min(picture.size) < max(picture.size):
        return unread(number, width, height)
    from ogi.readers.scan import page as scan_page

    return Recognised(*scan_page.read_page(picture, number, width, height))
