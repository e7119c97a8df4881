"""Word's binary .doc, and Kingsoft's .wps, which is the same container -> Document.

Comes in: bytes. Goes out: paragraphs and innermost tables in reading order, text boxes after them,
headers and notes as furniture. Must not know: any form. A broken file is doubted aloud: cell and row
marks are counted against what the file says of its tables.
"""

from __future__ import annotations

import io

import olefile

from ogi.errors import Unreadable
from ogi.messages import in_both
from ogi.model import Document
from ogi.readers.blocks import Blocks
from ogi.readers.doc.file import WordFile
from ogi.readers.doc.legacy import through_office
from ogi.readers.doc.parts import OldWord
from ogi.readers.doc.tables import Tables
from ogi.readers.formats import OLE, not_read
from ogi.readers.remedies import AS_DOCX, AS_PDF, ENCRYPTED, SAVE_AS_DOCX, UNLOCK

FORMAT = "doc"

_OTHERS = (
    ("EncryptedPackage", ENCRYPTED, UNLOCK),
    ("PowerPoint Document", not_read("PowerPoint 演示文稿", "a PowerPoint presentation"), AS_PDF),
    ("MatOST", not_read("Microsoft Works 文档", "a document of Microsoft Works"), AS_DOCX),
    ("FileHeader", not_read("Hangul 文档", "a document of Hangul"), AS_DOCX),
    ("VisioDocument", not_read("Visio 绘图", "a Visio drawing"), AS_PDF),
)
_LARGE = (4_536, 1_134)  # twips: 8 by 2 centimetres


def sniff(head: bytes) -> bool:
    """Any OLE container: `read` says which program's it is."""
    return head.startswith(OLE)


def read(data: bytes) -> Document:
    """Raises Unreadable for an encrypted, cut off or damaged file, and for another program's."""
    streams = _streams(data)
    if "WordDocument" not in streams:
        return _another(streams, data)
    try:
        word = WordFile(streams)
    except OldWord:
        return through_office(data, "doc", "docx", ("Word 6 或 95 文档", "a document of Word 6 or 95"))
    out = Blocks()
    tables = Tables(out, word)
    tables.blocks(*word.ranges["text"])
    for kind in ("header", "footnote", "endnote"):
        for text in word.texts(*word.ranges[kind]):
            out.aside(kind, text)
    if not word.whole:
        out.issue(
            "part-not-read",
            "warning",
            in_both(
                "文件的文字与它自己记的段落对不上，可能已损坏。请重新下载，或在 Word、WPS 里打开对照。",
                "The file's text and what it says of its paragraphs do not fit; it may be "
                "damaged. Download it again, or open it in Word or WPS and compare.",
            ),
        )
    for width, height in word.pictures():
        if width >= _LARGE[0] and height >= _LARGE[1]:
            out.issue(
                "table-is-picture",
                "info",
                in_both(
                    f"文件里有一张 {width // 567} × {height // 567} 厘米的图片或嵌入对象，里面如果有表，没有读。"
                    "缺表的，请改传 PDF。",
                    f"A picture or embedded object of {width // 567} x {height // 567} cm is in "
                    "the document; a table inside of it is not read. If one is missing, add it as PDF.",
                ),
            )
    return out.document(FORMAT, data)


def _streams(data: bytes) -> dict[str, bytes]:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            names = {path[0] for path in ole.listdir() if len(path) == 1}
            known = {name.lower(): name for name in ("WordDocument", "0Table", "1Table", "Data")}  # any case of letters
            wanted = {name for name in names if name.lower() in known}
            streams = {known[name.lower()]: ole.openstream(name).read() for name in sorted(wanted)}
            return streams | dict.fromkeys(names - wanted, b"")
    except (OSError, ValueError, IndexError, TypeError, AttributeError, KeyError, OverflowError, RecursionError) as failure:
        found = f"文件残缺或已损坏 the document is cut off or damaged ({str(failure)[:80]})"
        raise Unreadable("", found, SAVE_AS_DOCX) from failure


def _another(streams: dict[str, bytes], data: bytes) -> Document:
    if "Workbook" in streams or "Book" in streams:
        return through_office(data, "xls", "xlsx", ("Excel 旧版工作簿", "an old Excel workbook"))
    for name, found, remedy in _OTHERS:
        if name in streams:
            raise Unreadable("", found, remedy)
    found = "文件里没有 Word 文档 an OLE container without a Word document in it"
    raise Unreadable("", found, AS_DOCX)
