"""OFD (GB/T 33190-2016) -> Document: a zip of XML with placed text and paths.

Comes in: the bytes of an OFD. Goes out: a Document. Must not know: forms, other files.
Built from the standard's text and on fixtures; no file of an agency was at hand.
"""

from __future__ import annotations

from PIL import Image

from ogi.errors import Unreadable
from ogi.model import Document
from ogi.readers import paged, scan, zips
from ogi.readers.ofd.file import Package
from ogi.readers.ofd.page import draw
from ogi.readers.remedies import FETCH

FORMAT = "ofd"


def sniff(head: bytes) -> bool:
    return zips.holds(head, "OFD.xml")


def read(data: bytes) -> Document:
    package = Package(zips.Archive(data))
    pages = package.pages()
    if not pages:
        raise Unreadable("ofd", "文件里没有页 it has no pages", FETCH)

    def picture(number: int) -> Image.Image | None:
        shown = package.picture(pages[number - 1])
        return scan.opened(shown) if shown else None

    return paged.document(FORMAT, data, len(pages), lambda number: draw(pages[number - 1]), picture)
