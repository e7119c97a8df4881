"""Rich Text and Word 2003 XML, which offices still save under .doc -> Document, by way of LibreOffice.

Comes in: bytes. Goes out: the Document of the docx that LibreOffice makes of them. Must not know: any
form.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from ogi.model import Document
from ogi.readers.doc import office

FORMAT = "doc"


def sniff(head: bytes) -> bool:
    return head.startswith(b"{\\rtf") or (
        head.startswith(b"<?xml") and b'progid="Word.Document"' in head[:400]
    )


def read(data: bytes) -> Document:
    """Raises Unreadable, with what a person can do instead, where LibreOffice is missing or fails."""
    if data.startswith(b"<"):
        return through_office(data, "xml", "docx", ("Word 2003 XML 文档", "a document in Word 2003 XML"))
    return through_office(data, "rtf", "docx", ("RTF 文档", "a document in Rich Text"))


def through_office(data: bytes, ending: str, wanted: str, what: tuple[str, str]) -> Document:
    """Converts, reads the result, and keeps the identity of the original."""
    converted = office.convert(data, ending, wanted, what)
    if wanted == "docx":
        from ogi.readers.docx import read as read_modern
    else:
        from ogi.readers.xlsx import read as read_modern
    document = read_modern(converted)
    return replace(document, format=FORMAT, sha256=hashlib.sha256(data).hexdigest(), size=len(data))
