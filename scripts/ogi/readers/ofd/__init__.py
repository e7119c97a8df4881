"""OFD (GB/T 33190-2016) -> Document: a zip of XML with placed text and paths.

Comes in: the bytes of an OFD. Goes out: a Document. Must not know: forms, other files.
Built from the standard's text and on fixtures; no file of an agency was at hand.
"""

from __future__ import annotations

from collections.abc import Callable

from ogi.errors import Unreadable
from ogi.model import Document, Issue
from ogi.readers import limits, scan, zips
from ogi.readers.ofd.file import Package
from ogi.readers.ofd.page import draw
from ogi.readers.page import drawn
from ogi.readers.page.leaves import Leaf
from ogi.readers.page.ruled import Box

FORMAT = "ofd"
MOST_PAGES = 100


def sniff(head: bytes) -> bool:
    return zips.holds(head, "OFD.xml")


def read(data: bytes) -> Document:
    package = Package(zips.Archive(data))
    issues: list[Issue] = []
    leaves: list[Leaf] = []
    backs: dict[int, Callable[[Box], Box]] = {}
    pages = package.pages()
    if not pages:
        raise Unreadable("ofd", "it has no pages", "fetch it again from its source")
    if len(pages) > MOST_PAGES:
        issues.append(Issue("too-many-pages", "warning",
                            f"The file has {len(pages)} pages; only the first {MOST_PAGES} were read. Split it."))
    for number, page in enumerate(pages[:MOST_PAGES], 1):
        sheet = draw(page)
        code = drawn.unread(sheet)
        if code:
            picture = package.picture(page) if scan.installed() else None
            issues += scan.said(code, number)
            if picture:
                limits.enter("scan")
                leaf, backs[number] = scan.read_page(scan.opened(picture), number, sheet.width, sheet.height)
            else:
                leaf, _ = scan.unread(number, sheet.width, sheet.height)
        else:
            if sheet.turned:
                backs[number] = sheet.sheet.back
            leaf = drawn.leaf(number, sheet)
        leaves.append(leaf)
    if issues and not any(leaf.lines or leaf.tables for leaf in leaves):
        raise Unreadable("ofd", issues[0].message.rstrip("."), scan.REMEDY)
    return drawn.document(FORMAT, data, leaves, backs, issues)

