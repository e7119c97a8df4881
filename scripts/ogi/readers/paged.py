"""Drawn pages -> Document; those that are pictures, or whose text is garbage, go to the recogniser where it is installed.

Comes in: what draws a page, and what gives its picture. Goes out: a Document, every page left unread as an issue. Must not
know: file formats, forms.
"""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image

from ogi.errors import Unreadable
from ogi.messages import STOP, halves, in_both
from ogi.model import Document, Issue
from ogi.readers import limits, pasted, scan
from ogi.readers.page import drawn
from ogi.readers.page.drawn import Drawn
from ogi.readers.page.leaves import Leaf
from ogi.readers.page.ruled import Box
from ogi.readers.remedies import EXTRA, INSTALL_OCR, OCR

MOST_PAGES = 100
PAPER = 595.0, 842.0  # points, of a page that nothing is known of
_WHAT = {
    "page-is-picture": ("是图片，没有文字", "is a picture without text"),
    "text-layer-garbage": ("文字层没有可用的编码", "has a text layer whose fonts tell no Unicode"),
}


def document(
    form: str, data: bytes, pages: int, draw: Callable[[int], Drawn], picture: Callable[[int], Image.Image | None]
) -> Document:
    """Pages count from 1; `picture` is asked for where the text of one is no use, and the recogniser there."""
    issues: list[Issue] = []
    leaves: list[Leaf] = []
    backs: dict[int, Callable[[Box], Box]] = {}
    if pages > MOST_PAGES:
        said = in_both(
            f"文件有 {pages} 页，只读了前 {MOST_PAGES} 页，请拆成几份。",
            f"The file has {pages} pages; only the first {MOST_PAGES} were read. Split it.",
        )
        issues.append(Issue("too-many-pages", "warning", said))
    broken: Unreadable | None = None
    for number in range(1, min(pages, MOST_PAGES) + 1):
        try:
            page = draw(number)
        except Unreadable as failure:
            broken = broken or failure
            said = in_both(f"第 {number} 页残缺或已损坏，没有读出。", f"Page {number} is cut off or damaged: it was not read.")
            issues.append(Issue("part-not-read", "error", said, f"page={number}"))
            leaves.append(scan.unread(number, *PAPER).leaf)
            continue
        code = drawn.unread(page) or ("text-layer-garbage" if scan.installed() and drawn.without_digits(page) else "")
        if code:
            recognised = _recognised(number, page, picture) if scan.installed() else None
            issues += _said(code, number, recognised is not None)
            leaf, backs[number] = recognised or scan.unread(number, page.width, page.height)
        else:
            leaf = drawn.leaf(number, page)
            if boxes := pasted.pictures(page) if page.pictures and scan.installed() else []:
                leaf, told = _with_pictures(leaf, boxes, picture)
                issues += told
            if page.turned:
                backs[number] = page.sheet.back
        leaves.append(leaf)
    if issues and not any(leaf.lines or leaf.tables for leaf in leaves):
        if broken:
            raise broken
        remedy = "换更清楚的原件 add a better copy of the document" if scan.installed() else INSTALL_OCR
        zh, en = halves(issues[0].message)
        found = f"各页都没有读出文字：{zh.rstrip(STOP)} no text on any page: {en.rstrip('.')}"
        raise Unreadable(form, found, remedy)
    return drawn.document(form, data, leaves, backs, issues)


def _with_pictures(
    leaf: Leaf, boxes: list[Box], picture: Callable[[int], Image.Image | None]
) -> tuple[Leaf, list[Issue]]:
    """The page with the tables that its pictures show."""
    limits.enter("scan")
    shown = picture(leaf.number)
    return pasted.with_pictures(leaf, boxes, shown) if shown else (leaf, [])


def _recognised(number: int, page: Drawn, picture: Callable[[int], Image.Image | None]) -> scan.Recognised | None:
    """What the recogniser finds on the page; None where there is no picture of it."""
    limits.enter("scan")
    shown = picture(number)
    return scan.read_page(shown, number, page.width, page.height) if shown else None


def _said(code: str, number: int, recognised: bool) -> list[Issue]:
    """What became of a page that is no text, as issues."""
    what = _WHAT[code]
    zh, en, place = f"第 {number} 页{what[0]}", f"Page {number} {what[1]}", f"page={number}"
    if not scan.installed():
        zh, en = f"{zh}；没有安装识别组件（{OCR}），未能读出。", f"{en}; without the recogniser it was not read: {EXTRA}."
        return [Issue(code, "error", in_both(zh, en), place)]
    if not recognised:
        zh, en = f"{zh}；没有能打开的图像可供识别，未能读出。", f"{en}; with no picture that can be opened it was not read."
        return [Issue(code, "error", in_both(zh, en), place)]
    if code == "text-layer-garbage":
        return [Issue(code, "info", in_both(f"{zh}，改从图像识别。", f"{en}; it was read from its picture."), place)]
    return []
