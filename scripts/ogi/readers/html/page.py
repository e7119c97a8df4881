"""The text of a page -> blocks: paragraphs and tables as they stand on it, what surrounds the report as furniture.

Comes in: the page's source as text. Goes out: Blocks. Must not know: encodings, archives, forms.
"""

from __future__ import annotations

from lxml import etree

from ogi.errors import Unreadable
from ogi.messages import in_both
from ogi.readers.blocks import Blocks
from ogi.readers.grid import is_layout, place
from ogi.readers.html import chrome as chrome
from ogi.readers.html.cells import boxes, cell_text, rows
from ogi.readers.html.drawn import drawn_rows
from ogi.readers.html.shown import BLOCK, CLING, break_cells, fold, show
from ogi.readers.remedies import PRINT_PAGE

_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def blocks(text: str) -> Blocks:
    """Raises Unreadable where the page nests too deep to be seen whole."""
    page = text.encode("utf-8", "replace")
    root = _parse(page)
    walk = _Walk(root)
    walk.page(root, page)
    return walk.out


def _parse(page: bytes) -> etree._Element:
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True, no_network=True
    )
    root = etree.fromstring(page, parser)
    if root is None:
        remedy = "在浏览器里重新保存 save it again from the browser"
        raise Unreadable("", "网页是空的 the page holds no element", remedy)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        found = (
            "网页嵌套超过 256 层，后面的内容会丢失 "
            "the page nests deeper than 256 elements, so that its end would be lost"
        )
        raise Unreadable("", found, PRINT_PAGE)
    return root


class _Walk:
    """Goes through the page once; inline text gathers until a block ends it."""

    def __init__(self, root: etree._Element) -> None:
        self.out = Blocks()
        self._parts: list[str] = []
        self._level = 0
        self._chrome = chrome.Chrome(root)
        self._pictures = 0

    def page(self, root: etree._Element, source: bytes) -> None:
        for title in root.iter("title"):
            self.out.aside("title", fold(title.text or ""))
        for meta in root.iter("meta"):
            if (meta.get("name") or "").lower() in ("articletitle", "contentsource"):
                self.out.aside("meta", meta.get("content") or "")
        show(root, source)
        self._inside(root)
        self._flush()
        if self._pictures:
            self.out.issue(
                "table-is-picture",
                "info",
                in_both(
                    f"网页里有 {self._pictures} 张大图片，里面如果有表，没有读。缺表的，请上传图片本身，或把网页打印成 PDF。",
                    f"The page shows {self._pictures} picture(s) large enough for a table, which is not read. "
                    "If one is missing, add the picture itself or the page printed as PDF.",
                ),
            )

    def _inside(self, element: etree._Element) -> None:
        if element.text:
            self._parts.append(element.text)
        for child in element:
            tag = child.tag
            if tag == "table":
                self._flush()
                self._table(child)
            elif self._chrome.is_part(child):
                break_cells(child)
                self.out.aside("chrome", cell_text(child)[:2000])
            elif tag == "img":
                self._pictures += chrome.large(child)
            elif tag in BLOCK:
                self._flush()
                if drawn := drawn_rows(child):
                    self.out.grid(place([[(text, 1, 1) for text in row] for row in drawn]), spans_known=False)
                else:
                    self._level = _HEADINGS.get(tag, 0)
                    self._inside(child)
                    self._flush()
                    self._level = _HEADINGS.get(element.tag, 0)
            else:
                self._inside(child)
            if child.tail:
                self._parts.append(child.tail)

    def _flush(self) -> None:
        text = "".join(self._parts)
        if text.strip().endswith(CLING):
            return  # the number of a list's item waits for its text
        if text:
            for line in fold(text).split("\n"):
                self.out.paragraph(line, self._level)
            self._parts.clear()

    def _table(self, table: etree._Element) -> None:
        nested = list(table.iter("table"))[1:]
        cells = [] if nested and not boxes(table, nested) else place(rows(table, bool(nested)))
        if is_layout(cells):
            self._inside(table)
            self._flush()
            return
        for caption in table.iter("caption"):
            break_cells(caption)
            self.out.paragraph(cell_text(caption))
        self.out.grid(cells)
