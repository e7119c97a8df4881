"""PDF -> Document: pdfium's characters and paths, our own grids, pages bound together.

Comes in: the bytes of a PDF. Goes out: a Document. Must not know: forms, other files.
Pages that are pictures, or whose text is garbage, go to the recogniser where the extra `ocr` is installed.
"""

from __future__ import annotations

from collections.abc import Callable

from ogi.errors import Unreadable
from ogi.model import Document, Issue
from ogi.readers import limits, scan
from ogi.readers.page import drawn
from ogi.readers.page.drawn import Drawn
from ogi.readers.page.leaves import Leaf
from ogi.readers.page.ruled import Box
from ogi.readers.pdf.file import Opened, opened

FORMAT = "pdf"
MOST_PAGES = 100


def sniff(head: bytes) -> bool:
    return b"%PDF-" in head[:1024]


def read(data: bytes) -> Document:
    issues: list[Issue] = []
    leaves: list[Leaf] = []
    backs: dict[int, Callable[[Box], Box]] = {}
    with opened(data) as file:
        if file.pages > MOST_PAGES:
            issues.append(Issue(
                "too-many-pages", "warning",
                f"The file has {file.pages} pages; only the first {MOST_PAGES} were read. Split it."))
        for number in range(1, min(file.pages, MOST_PAGES) + 1):
            page = file.draw(number)
            code = drawn.unread(page)
            if code:
                leaf, back = _recognised(file, number, page, code, issues)
                leaves.append(leaf)
                backs[number] = back
                continue
            if page.turned:
                backs[number] = page.sheet.back
            leaves.append(drawn.leaf(number, page))
    if issues and not any(leaf.lines or leaf.tables for leaf in leaves):
        raise Unreadable("pdf", issues[0].message.rstrip("."), scan.REMEDY)
    return drawn.document(FORMAT, data, leaves, backs, issues)


def _recognised(file: Opened, number: int, page: Drawn, code: str, issues: list[Issue]) -> scan.Recognised:
    issues += scan.said(code, number)
    if not scan.installed():
        return scan.unread(number, page.width, page.height)
    limits.enter("scan")
    return scan.read_page(file.picture(number), number, page.width, page.height)
