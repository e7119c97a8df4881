"""PDF -> Document: pdfium's characters and paths, our own grids, pages bound together.

Comes in: the bytes of a PDF. Goes out: a Document. Must not know: forms, other files.
Pages without text are scans: they go to `scan` where the `ocr` extra is installed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2.raw as pdfium

from ogi.errors import Unreadable
from ogi.model import Document, Issue
from ogi.readers.glyphs import Line, deal, page_lines
from ogi.readers.leaves import Leaf, Table, bind
from ogi.readers.pdf_page import Drawn, draw
from ogi.readers.places import locator
from ogi.readers.ruled import Box, Lattice, Rule, lattices

FORMAT = "pdf"
MOST_PAGES = 100
_ERRORS = {
    pdfium.FPDF_ERR_PASSWORD: ("encrypted: a password is needed to open it",
                               "ask the agency for a copy without a password, or print it to a new PDF"),
    pdfium.FPDF_ERR_SECURITY: ("encrypted in a way that is not supported", "print it to a new PDF"),
}


def sniff(head: bytes) -> bool:
    return b"%PDF-" in head[:1024]


def read(data: bytes) -> Document:
    issues: list[Issue] = []
    leaves: list[Leaf] = []
    with _opened(data) as (document, count):
        if count > MOST_PAGES:
            issues.append(Issue("too-many-pages", "warning",
                                f"{count} pages: only the first {MOST_PAGES} were read; split the file"))
        for number in range(1, min(count, MOST_PAGES) + 1):
            with _page(document, number) as page:
                leaves.append(_leaf(number, draw(page)))
    bound = bind(leaves)
    return Document(FORMAT, hashlib.sha256(data).hexdigest(), len(data), tuple(bound.blocks),
                    tuple(bound.furniture), tuple(issues))


@contextmanager
def _opened(data: bytes) -> Iterator[tuple[pdfium.FPDF_DOCUMENT, int]]:
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        found, remedy = _ERRORS.get(pdfium.FPDF_GetLastError(),
                                    ("not a whole PDF: it is cut off or damaged", "fetch it again from its source"))
        raise Unreadable("pdf", found, remedy)
    try:
        count = pdfium.FPDF_GetPageCount(document)
        if count < 1:
            raise Unreadable("pdf", "it has no pages", "fetch it again from its source")
        yield document, count
    finally:
        pdfium.FPDF_CloseDocument(document)


@contextmanager
def _page(document: pdfium.FPDF_DOCUMENT, number: int) -> Iterator[pdfium.FPDF_PAGE]:
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        raise Unreadable("pdf", f"page {number} cannot be loaded", "fetch it again from its source")
    try:
        yield page
    finally:
        pdfium.FPDF_ClosePage(page)


def _leaf(number: int, drawn: Drawn) -> Leaf:
    found = _lattices(drawn)
    texts, outside = deal(drawn.glyphs, found)
    tables = tuple(Table(lattice, tuple(cells), _frame_lines(lattice, drawn)) for lattice, cells
                   in zip(found, texts, strict=True) if any(cell.text for cell in cells))
    return Leaf(number, drawn.width, drawn.height, tuple(page_lines(outside)), tables)


def _frame_lines(lattice: Lattice, drawn: Drawn) -> tuple[Line, ...]:
    if len(lattice.cells) > 1:
        return ()
    x0, top, x1, bottom = lattice.box
    return tuple(page_lines([g for g in drawn.glyphs
                             if x0 <= (g.x0 + g.x1) / 2 < x1 and top <= (g.top + g.bottom) / 2 < bottom]))


def _lattices(drawn: Drawn) -> list[Lattice]:
    found = lattices(drawn.horizontals, drawn.verticals)
    if not drawn.fills:
        return found
    # coloured boxes count as cells only where no rules draw the table: else a highlight would split a cell
    boxes = [lattice.box for lattice in found]
    free = [fill for fill in drawn.fills if not any(_within(fill, box) for box in boxes)]
    if not free:
        return found
    across = [Rule(y, x0, x1) for x0, top, x1, bottom in free for y in (top, bottom)]
    down = [Rule(x, top, bottom) for x0, top, x1, bottom in free for x in (x0, x1)]
    return lattices(drawn.horizontals + across, drawn.verticals + down)


def _within(fill: Box, box: Box) -> bool:
    x, y = (fill[0] + fill[2]) / 2, (fill[1] + fill[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
