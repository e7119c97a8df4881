"""Which format some bytes are: the content decides, the name is only compared with it.

Comes in: bytes. Goes out: a Format, or Unreadable with a remedy for what is known and not read. Must
not know: how any format is read. A reader's module is imported only when the first bytes could be its
own.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePosixPath
from types import ModuleType

from ogi.errors import Unreadable


@dataclass(frozen=True, slots=True)
class Format:
    """`marks`: one of them stands in the first `within` bytes; none asked for where the list is empty."""

    name: str
    module: str
    endings: tuple[str, ...]
    marks: tuple[bytes, ...] = ()
    within: int = 0

    def load(self) -> ModuleType:
        return import_module(f"ogi.readers.{self.module}")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# In the order in which they are asked; text is the last resort.
FORMATS = (
    Format("pdf", "pdf", (".pdf",), (b"%PDF-",), 1024),
    Format("docx", "docx", (".docx", ".docm", ".dotx"), (b"PK",), 2),
    Format("xlsx", "xlsx", (".xlsx", ".xlsm"), (b"PK",), 2),
    Format("ofd", "ofd", (".ofd",), (b"PK",), 2),
    Format("doc", "doc", (".doc", ".dot", ".wps", ".wpt"), (OLE,), 8),
    Format("doc", "doc.legacy", (".rtf", ".doc", ".xml"), (b"{\\rtf", b"mso-application"), 400),
    Format("scan", "scan", (".png", ".jpg", ".jpeg"), (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"), 8),
    Format("html", "html", (".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml")),
    Format("txt", "text", (".txt", ".md", ".text")),
)

_WHOLE = "download it again and add the whole file"
AS_DOCX = "open it in Word or WPS, save it as .docx and add that"
AS_PDF = "export it as PDF and add that"
AS_PNG = "save the picture as PNG and add that"

KNOWN_BUT_NOT_READ: tuple[tuple[bytes, str, str], ...] = (
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it and add the report inside"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it and add the report inside"),
    (b"\x1f\x8b", "a gzip archive", "unpack it and add the report inside"),
    (b"II*\x00", "a TIFF picture", AS_PNG),
    (b"MM\x00*", "a TIFF picture", AS_PNG),
    (b"GIF8", "a GIF picture", AS_PNG),
    (b"BM", "a BMP picture", AS_PNG),
    (b"RIFF", "a WebP picture or a film", AS_PNG),
    (b"CAJ\x00", "a CAJ file", AS_PDF),
    (b"AT&TFORM", "a DjVu file", AS_PDF),
    (b"\xdb\xa5", "a document of Word 2", AS_DOCX),
    (b"\xfe\x37\x00", "a document of Word 1", AS_DOCX),
    (b"%!PS", "PostScript", AS_PDF),
)


def recognise(data: bytes) -> Format:
    """The format of the bytes; Unreadable (without a place) for none."""
    if not data:
        raise Unreadable("", "the file is empty (0 bytes)", _WHOLE)
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable("", "the file holds nothing but blanks or zeros", _WHOLE)
    for mark, what, remedy in KNOWN_BUT_NOT_READ:
        if data.startswith(mark) and (len(mark) > 2 or b"\0" in data[:32]):
            raise Unreadable("", f"{what}, which is not read here", remedy)
    for form in FORMATS:
        if form.marks and not any(mark in data[: form.within] for mark in form.marks):
            continue
        if form.load().sniff(data):
            return form
    raise _refusal(data)


def disagreement(name: str, form: Format) -> str | None:
    """The name's ending, where it promises another format than the content is."""
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    known = any(ending in other.endings for other in FORMATS)
    return ending if known and ending not in form.endings else None


def _refusal(data: bytes) -> Unreadable:
    if b"application/vnd.oasis.opendocument" in data[:100]:
        return Unreadable("", "an OpenDocument file (odt, ods), which is not read here", AS_DOCX)
    if data[:2] == b"PK":
        from ogi.readers import zips

        count = len(zips.Archive(data).names)
        found = f"a zip of {count} files that is neither docx, xlsx nor ofd"
        return Unreadable("", found, "unpack it and add the report inside")
    found = "the content is of no known format (docx, doc, wps, html, pdf, png, jpg, xlsx, ofd or text)"
    return Unreadable("", found, "check that the download is whole, or add it in one of these formats")
