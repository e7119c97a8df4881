"""Rich Text and Word 2003 XML, which offices still save under .doc, and OpenDocument -> Document, by way of LibreOffice.

Comes in: bytes. Goes out: the Document of the docx or xlsx that LibreOffice makes of them. Must not know: any
form.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import NamedTuple

from ogi.model import Document
from ogi.readers import zips
from ogi.readers.doc import office

FORMAT = "doc"


class Kind(NamedTuple):
    """What is found in the first bytes; the ending that LibreOffice knows it by, and what it is to make of it; its name in both
    languages."""

    mark: re.Pattern[bytes]
    ending: str
    wanted: str
    name: tuple[str, str]


KINDS = (
    Kind(re.compile(rb"{\\rtf"), "rtf", "docx", ("RTF 文档", "a document in Rich Text")),
    Kind(re.compile(rb'<\?xml(?s:.*)progid="Word\.Document"'), "xml", "docx",
         ("Word 2003 XML 文档", "a document in Word 2003 XML")),
    Kind(re.compile(rb"PK(?s:.{28})mimetypeapplication/vnd\.oasis\.opendocument\.text"), "odt", "docx",
         ("OpenDocument 文档（odt）", "an OpenDocument text (odt)")),
    Kind(re.compile(rb"PK(?s:.{28})mimetypeapplication/vnd\.oasis\.opendocument\.spreadsheet"), "ods", "xlsx",
         ("OpenDocument 表格（ods）", "an OpenDocument sheet (ods)")),
)


def sniff(head: bytes) -> bool:
    return any(kind.mark.match(head, 0, 400) for kind in KINDS)


def read(data: bytes) -> Document:
    """Raises Unreadable, with what a person can do instead, where LibreOffice is missing or fails."""
    kind = next(kind for kind in KINDS if kind.mark.match(data, 0, 400))
    if data.startswith(b"PK"):
        zips.Archive(data)  # refuses what would unpack to too much
    return through_office(data, kind.ending, kind.wanted, kind.name)


def through_office(data: bytes, ending: str, wanted: str, what: tuple[str, str]) -> Document:
    """Converts, reads the result, and keeps the identity of the original."""
    converted = office.convert(data, ending, wanted, what)
    if wanted == "docx":
        from ogi.readers.docx import read as read_modern
    else:
        from ogi.readers.xlsx import read as read_modern
    document = read_modern(converted)
    return replace(document, format=FORMAT, sha256=hashlib.sha256(data).hexdigest(), size=len(data))
