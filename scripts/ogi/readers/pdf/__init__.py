"""PDF -> Document: pdfium's characters and paths, our own grids, pages bound together.

Comes in: the bytes of a PDF. Goes out: a Document. Must not know: forms, other files.
"""

from __future__ import annotations

from ogi.model import Document
from ogi.readers import paged
from ogi.readers.pdf.file import opened

FORMAT = "pdf"


def sniff(head: bytes) -> bool:
    return b"%PDF-" in head[:1024]


def read(data: bytes) -> Document:
    with opened(data) as file:
        return paged.document(FORMAT, data, file.pages, file.draw, file.picture)
