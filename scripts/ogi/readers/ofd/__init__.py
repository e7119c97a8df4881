"""OFD (GB/T 33190-2016) -> Document: a zip of XML with placed text and paths.

Comes in: the bytes of an OFD. Goes out: a Document. Must not know: forms, other files.
Built from the standard's text, and tried on files of other kinds (invoices, papers) from several makers; no agency's report
was at hand.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PIL import Image

from ogi.errors import Unreadable
from ogi.messages import in_both
from ogi.model import Document, Issue
from ogi.readers import paged, zips
from ogi.readers.ofd.file import Package
from ogi.readers.ofd.page import draw
from ogi.readers.ofd.paper import picture
from ogi.readers.page.drawn import Drawn
from ogi.readers.remedies import FETCH

FORMAT = "ofd"


def sniff(head: bytes) -> bool:
    return zips.holds(head, "OFD.xml")


def read(data: bytes) -> Document:
    package = Package(zips.Archive(data))
    if not len(package):
        raise Unreadable("ofd", "文件里没有页 it has no pages", FETCH)
    issues: list[Issue] = []

    def drawn(number: int) -> Drawn:
        page = package.page(number)
        issues.extend(_missing(name, number) for name in page.missing)
        return draw(page)

    def shown(number: int) -> Image.Image | None:
        page = package.page(number)
        return picture(page, partial(package.media, page))

    if package.documents > 1:
        issues.append(_others(package.documents - 1))
    made = paged.document(FORMAT, data, len(package), drawn, shown)
    return replace(made, issues=(*issues, *made.issues))


def _missing(name: str, number: int) -> Issue:
    said = in_both(
        f"第 {number} 页所用的部件 {name} 缺失或已损坏，印在上面的内容没有读到。",
        f"Page {number} refers to the part {name}, which is missing or damaged: what is printed on it was not read.",
    )
    return Issue("part-not-read", "error", said, f"page={number}")


def _others(count: int) -> Issue:
    said = in_both(
        f"文件里另有 {count} 份文档，只读了第一份，请拆成几个文件。",
        f"The file holds {count} more documents; only the first was read. Split it.",
    )
    return Issue("part-not-read", "warning", said)
