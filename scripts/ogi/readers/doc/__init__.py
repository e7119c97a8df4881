"""Word's binary .doc, and Kingsoft's .wps, which is the same container -> Document.

Comes in: bytes. Goes out: paragraphs and innermost tables in reading order, text boxes after them,
headers and notes as furniture. Must not know: any form. A broken file is doubted aloud: cell and row
marks are counted against what the file says of its tables.
"""

from __future__ import annotations

import io

import olefile

from ogi.errors import Unreadable
from ogi.model import Document
from ogi.readers.blocks import Blocks
from ogi.readers.doc.file import WordFile
from ogi.readers.doc.legacy import through_office
from ogi.readers.doc.parts import AGAIN, OldWord
from ogi.readers.doc.tables import Tables
from ogi.readers.formats import AS_DOCX, AS_PDF, OLE

FORMAT = "doc"

_OTHERS = (
    (
        "EncryptedPackage",
        "it is encrypted with a password",
        "open it with its password and save it without one",
    ),
    ("PowerPoint Document", "a PowerPoint presentation, which is not read here", AS_PDF),
    ("MatOST", "a document of Microsoft Works, which is not read here", AS_DOCX),
    ("FileHeader", "a document of Hangul, which is not read here", AS_DOCX),
    ("VisioDocument", "a Visio drawing, which is not read here", AS_PDF),
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
        return through_office(data, "doc", "docx", "a document of Word 6 or 95")
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
            "The file's text and what it says of its paragraphs do not fit; it may be "
            "damaged. Download it again, or open it in Word or WPS and compare.",
        )
    for width, height in word.pictures():
        if width >= _LARGE[0] and height >= _LARGE[1]:
            out.issue(
                "table-is-picture",
                "info",
                f"A picture or embedded object of {width // 567} x {height // 567} cm is in "
                "the document; a table inside of it is not read. If one is missing, add it as PDF.",
            )
    return out.document(FORMAT, data)


def _streams(data: bytes) -> dict[str, bytes]:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            names = {path[0] for path in ole.listdir() if len(path) == 1}
            wanted = names & {"WordDocument", "0Table", "1Table", "Data"}
            found = {name: ole.openstream(name).read() for name in sorted(wanted)}
            return found | dict.fromkeys(names - wanted, b"")
    except (OSError, ValueError, IndexError, TypeError, AttributeError, KeyError, OverflowError, RecursionError) as failure:
        raise Unreadable("", f"the document is cut off or damaged ({str(failure)[:80]})", AGAIN) from failure


def _another(streams: dict[str, bytes], data: bytes) -> Document:
    if "Workbook" in streams or "Book" in streams:
        return through_office(data, "xls", "xlsx", "an old Excel workbook")
    for name, found, remedy in _OTHERS:
        if name in streams:
            raise Unreadable("", found, remedy)
    raise Unreadable("", "an OLE container without a Word document in it", AS_DOCX)
