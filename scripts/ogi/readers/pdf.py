"""PDF -> Document: pdfium's characters and paths, our own grids, pages bound together.

Comes in: the bytes of a PDF. Goes out: a Document. Must not know: forms, other files.
Pages that are pictures, or whose text is garbage, go to the recogniser where the extra `ocr` is installed.
"""

from __future__ import annotations

import hashlib

from ogi.errors import Unreadable
from ogi.model import Document, Issue
from ogi.readers import limits
from ogi.readers.glyphs import Line, deal, page_lines
from ogi.readers.leaves import Leaf, Table, bind
from ogi.readers.pdf_file import Opened, opened
from ogi.readers.pdf_page import Drawn
from ogi.readers.ruled import Lattice, Rule, lattices
from ogi.readers.turns import Sheet, laid_back, placed_back, upright_box, upright_glyphs, upright_rules

FORMAT = "pdf"
MOST_PAGES = 100
FEW = 20  # characters beside a picture of the page: a stamp, a page number
GARBAGE = 0.3
_OCR = "install the extra: pip install 'ogi-reports[ocr]'"


def sniff(head: bytes) -> bool:
    return b"%PDF-" in head[:1024]


def read(data: bytes) -> Document:
    issues: list[Issue] = []
    leaves: list[Leaf] = []
    sheets: dict[int, Sheet] = {}
    with opened(data) as document:
        if document.pages > MOST_PAGES:
            issues.append(Issue(
                "too-many-pages", "warning",
                f"The file has {document.pages} pages; only the first {MOST_PAGES} were read. Split it."))
        for number in range(1, min(document.pages, MOST_PAGES) + 1):
            drawn = document.draw(number)
            unread = _unread(drawn)
            if unread:
                leaf = _recognised(document, number, drawn, unread, issues)
            else:
                if drawn.turned:
                    sheets[number] = Sheet(drawn.width, drawn.height, drawn.turned)
                    drawn = _upright(drawn, sheets[number])
                leaf = _leaf(number, drawn)
            leaves.append(leaf)
    if issues and not any(leaf.lines or leaf.tables for leaf in leaves):
        raise Unreadable("pdf", issues[0].message.rstrip("."), _OCR)
    bound = bind(leaves)
    blocks, furniture, issues = bound.blocks, bound.furniture, issues + bound.issues
    if sheets:
        blocks = [laid_back(block, sheets) for block in blocks]
        furniture = [placed_back(paragraph, sheets) for paragraph in furniture]
        issues = [placed_back(issue, sheets) for issue in issues]
    return Document(FORMAT, hashlib.sha256(data).hexdigest(), len(data), tuple(blocks), tuple(furniture),
                    tuple(issues))


# ---- pages that are drawn --------------------------------------------------------------------------------

def _leaf(number: int, drawn: Drawn) -> Leaf:
    found = _lattices(drawn)
    texts, outside = deal(drawn.glyphs, found)
    tables = tuple(
        Table(lattice, tuple(cells), _frame_lines(lattice, drawn))
        for lattice, cells in zip(found, texts, strict=True)
    )
    return Leaf(number, drawn.width, drawn.height, tuple(page_lines(outside)), tables)


def _upright(drawn: Drawn, sheet: Sheet) -> Drawn:
    across, down = upright_rules(drawn.horizontals, drawn.verticals, sheet)
    width, height = (sheet.width, sheet.height) if sheet.turns == 2 else (sheet.height, sheet.width)
    return Drawn(width, height, upright_glyphs(drawn.glyphs, sheet), across, down,
                 [upright_box(fill, sheet) for fill in drawn.fills])


def _frame_lines(lattice: Lattice, drawn: Drawn) -> tuple[Line, ...]:
    if len(lattice.cells) > 1:
        return ()
    x0, top, x1, bottom = lattice.box
    return tuple(page_lines([g for g in drawn.glyphs
                             if x0 <= (g.x0 + g.x1) / 2 < x1 and top <= (g.top + g.bottom) / 2 < bottom]))


def _lattices(drawn: Drawn) -> list[Lattice]:
    found = lattices(drawn.horizontals, drawn.verticals)
    # coloured boxes count as cells only where no rules draw the table: else a highlight would split a cell
    free = [(x0, top, x1, bottom) for x0, top, x1, bottom in drawn.fills
            if not any(lattice.box[0] <= (x0 + x1) / 2 <= lattice.box[2]
                       and lattice.box[1] <= (top + bottom) / 2 <= lattice.box[3] for lattice in found)]
    if not free:
        return found
    across = [Rule(y, x0, x1) for x0, top, x1, bottom in free for y in (top, bottom)]
    down = [Rule(x, top, bottom) for x0, top, x1, bottom in free for x in (x0, x1)]
    return lattices(drawn.horizontals + across, drawn.verticals + down)


# ---- pages that are pictures -----------------------------------------------------------------------------

def _unread(drawn: Drawn) -> str:
    """Why the text of the page cannot be taken as it is, as the code of an issue; '' if it can."""
    if len(drawn.glyphs) > FEW and drawn.garbage > GARBAGE * len(drawn.glyphs):
        return "text-layer-garbage"
    area = sum((x1 - x0) * (bottom - top) for x0, top, x1, bottom in drawn.pictures)
    if area > 0.5 * drawn.width * drawn.height and (len(drawn.glyphs) <= FEW or drawn.hidden):
        return "page-is-picture"
    return ""


def _recognised(document: Opened, number: int, drawn: Drawn, code: str, issues: list[Issue]) -> Leaf:
    from ogi.readers import scan

    what = {"page-is-picture": "is a picture", "text-layer-garbage": "has a text layer whose fonts tell no Unicode"}
    found = f"Page {number} {what[code]}"
    if not scan.installed():
        issues.append(Issue(code, "error", f"{found}; without the recogniser it is not read.", f"page={number}"))
        return Leaf(number, drawn.width, drawn.height, (), ())
    limits.enter("scan")
    leaf, doubts = scan.read_page(document.picture(number), number, drawn.width, drawn.height)
    if code == "text-layer-garbage":
        issues.append(Issue(code, "info", f"{found}; it was read from its picture.", f"page={number}"))
    issues += doubts
    return leaf
