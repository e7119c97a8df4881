"""Word's docx -> Document.

Comes in: bytes. Goes out: paragraphs and innermost tables in reading order; headers, footers, notes and
tables of contents as furniture. Must not know: any form. What Word prints counts: tracked insertions
are in, deletions and hidden text are not, the numbers of lists are written out, a cell covered by a
merge is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from lxml import etree

from ogi.errors import Unreadable
from ogi.messages import in_both
from ogi.model import Document
from ogi.readers import zips
from ogi.readers.blocks import Blocks
from ogi.readers.docx import tables as docx_tables
from ogi.readers.docx import text as docx_text
from ogi.readers.docx.styles import W, modern
from ogi.readers.docx.text import Paragraphs, children
from ogi.readers.docx.unseen import shown
from ogi.readers.grid import tidy
from ogi.readers.marked import UNREAD
from ogi.readers.remedies import ONE_REPORT

FORMAT = "docx"
MAX_CELLS = 100_000

_P, _TBL = f"{W}p", f"{W}tbl"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ASIDES = {"header": "header", "footer": "footer", "footnotes": "footnote", "endnotes": "endnote"}
_EMU_PER_CM = 360_000


def sniff(head: bytes) -> bool:
    """Whether this zip has Word's parts, or did before it was cut off: then `read` says so."""
    return zips.holds(head, "word/")


def read(data: bytes) -> Document:
    """Raises Unreadable for a damaged or encrypted zip, a DOCTYPE, anything over the caps."""
    archive = zips.Archive(data)
    main = _main(archive)
    relations = _relations(archive, main)
    body = shown(archive, main).find(f"{W}body")
    if body is None:
        remedy = "用 Word 或 WPS 打开，重新保存 open it in Word or WPS and save it again"
        raise Unreadable("", f"部件 {main} 里没有正文 the part {main} has no body", remedy)
    walk = _Walk(Paragraphs(archive, main.rpartition("/")[0]))
    walk.blocks(body)
    for kind, part in relations:
        if kind in _ASIDES and part in archive:
            for paragraph in modern(archive.read(part), part).iter(_P):
                walk.out.aside(_ASIDES[kind], walk.text.plain(paragraph).text)
    return walk.out.document(FORMAT, data)


def _main(archive: zips.Archive) -> str:
    if "_rels/.rels" in archive:
        for relation in archive.xml("_rels/.rels").iter(_RELATION):
            target = (relation.get("Target") or "").lstrip("/")
            if (relation.get("Type") or "").endswith("/officeDocument") and target in archive:
                return target
    return "word/document.xml"


def _relations(archive: zips.Archive, main: str) -> list[tuple[str, str]]:
    """Kind and part of what the main part refers to, in a fixed order."""
    folder, _, name = main.rpartition("/")
    index = f"{folder}/_rels/{name}.rels"
    if index not in archive:
        return []
    found = set()
    for relation in archive.xml(index).iter(_RELATION):
        target = relation.get("Target") or ""
        part = target[1:] if target.startswith("/") else f"{folder}/{target}"
        found.add(((relation.get("Type") or "").rpartition("/")[2], part))
    return sorted(found)


class _Walk:
    def __init__(self, text: Paragraphs) -> None:
        self.out = Blocks()
        self.text = text
        self._cells = 0

    def blocks(self, container: etree._Element) -> None:
        """Paragraphs and tables of a body, a cell of a layout table or a text box."""
        held = ""
        for child in children(container):
            if child.tag == _P:
                said = self.text.plain(child)
                text, held = held + said.text, ""
                if said.joined:  # its paragraph mark was deleted: it goes on in the next one
                    held = text
                elif said.contents:
                    self.out.aside("contents", text)
                else:
                    self.out.paragraph(text, said.level)
                self._beside(child, said)
            elif child.tag == _TBL:
                self._table(child)
            elif child.tag == f"{W}altChunk":
                self.out.issue(
                    "part-not-read",
                    "warning",
                    in_both(
                        "这里嵌入了整份文件，没有读；请用 Word 打开，另存为 .docx 再上传。",
                        "A whole document is embedded here and was not read; open the "
                        "file in Word, save it again as .docx, and add that.",
                    ),
                )
        self.out.paragraph(held)

    def _beside(self, paragraph: etree._Element, said: docx_text.Said) -> None:
        for box in said.boxes:
            self.blocks(box)
        if said.pictures:
            for width, height in docx_text.pictures(paragraph):
                if width >= 8 * _EMU_PER_CM and height >= 2 * _EMU_PER_CM:
                    self.out.issue(
                        "table-is-picture",
                        "info",
                        in_both(
                            f"这里有一张 {width // _EMU_PER_CM} × {height // _EMU_PER_CM} 厘米的图片，里面如果有表，没有读。"
                            "缺表的，请导出为 PDF 再上传。",
                            f"A picture of {width // _EMU_PER_CM} x {height // _EMU_PER_CM} cm stands here; "
                            "a table inside of it is not read. If one is missing, export it as PDF and add that.",
                        ),
                    )

    def _table(self, table: etree._Element) -> None:
        if (plain := docx_tables.plain(table, self.text)) is not None:
            self._counted(len(row.cells) for row in plain)
            self.out.grid(docx_tables.placed(plain, tidy))
            return
        nested = list(table.iter(_TBL))[1:]
        rows = docx_tables.rows(table)
        if nested and not docx_tables.boxes(table, nested):
            for row in rows:
                for cell in row.cells:
                    self.blocks(cell.content)
            return
        self._counted(len(row.cells) for row in rows)
        self.out.grid(docx_tables.placed(rows, partial(self._cell, boxed=bool(nested))))

    def _counted(self, cells: Iterable[int]) -> None:
        self._cells += sum(cells)
        if self._cells > MAX_CELLS:
            found = f"表格超过 {MAX_CELLS:,} 格 more than {MAX_CELLS:,} table cells"
            raise Unreadable("", found, ONE_REPORT)

    def _cell(self, cell: etree._Element, boxed: bool) -> str:
        """Its paragraphs, a line each; those of one-cell boxes inside too. A picture alone may be that of a number."""
        lines: list[str] = []
        pictures = False
        held = ""
        for paragraph in cell.iter(_P) if boxed else children(cell, _P):
            said = self.text.plain(paragraph)
            pictures = pictures or said.pictures
            for box in said.boxes:
                lines.extend(self.text.plain(inner).text for inner in box.iter(_P))
            if said.joined:
                held += said.text
                continue
            lines.append(held + said.text)
            held = ""
        if held:
            lines.append(held)
        return tidy("\n".join(lines)) or (UNREAD if pictures else "")
