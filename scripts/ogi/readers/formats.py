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
from ogi.readers.remedies import AS_DOCX, AS_PDF, AS_PNG, DOWNLOAD, UNPACK


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
    Format("doc", "doc.legacy", (".rtf", ".doc", ".xml", ".odt", ".ods"), (b"{\\rtf", b"mso-application", b"opendocument."), 400),
    Format("scan", "scan", (".png", ".jpg", ".jpeg"), (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"), 8),
    Format("html", "html", (".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml")),
    Format("txt", "text", (".txt", ".md", ".text")),
)

KNOWN_BUT_NOT_READ: tuple[tuple[bytes, str, str, str], ...] = (
    (b"Rar!\x1a\x07", "RAR 压缩包", "a RAR archive", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包", "a 7z archive", UNPACK),
    (b"\x1f\x8b", "gzip 压缩包", "a gzip archive", UNPACK),
    (b"II*\x00", "TIFF 图片", "a TIFF picture", AS_PNG),
    (b"MM\x00*", "TIFF 图片", "a TIFF picture", AS_PNG),
    (b"GIF8", "GIF 图片", "a GIF picture", AS_PNG),
    (b"BM", "BMP 图片", "a BMP picture", AS_PNG),
    (b"RIFF", "WebP 图片或视频", "a WebP picture or a film", AS_PNG),
    (b"CAJ\x00", "CAJ 文件", "a CAJ file", AS_PDF),
    (b"AT&TFORM", "DjVu 文件", "a DjVu file", AS_PDF),
    (b"\xdb\xa5", "Word 2 文档", "a document of Word 2", AS_DOCX),
    (b"\xfe\x37\x00", "Word 1 文档", "a document of Word 1", AS_DOCX),
    (b"%!PS", "PostScript 文件", "PostScript", AS_PDF),
)


def recognise(data: bytes) -> Format:
    """The format of the bytes; Unreadable (without a place) for none."""
    if not data:
        raise Unreadable("", "文件是空的（0 字节） the file is empty (0 bytes)", DOWNLOAD)
    if not data.strip(b"\0 \t\r\n"):
        found = "文件里只有空白或零 the file holds nothing but blanks or zeros"
        raise Unreadable("", found, DOWNLOAD)
    for mark, zh, en, remedy in KNOWN_BUT_NOT_READ:
        if data.startswith(mark) and (len(mark) > 2 or b"\0" in data[:32]):
            raise Unreadable("", not_read(zh, en), remedy)
    for form in FORMATS:
        if form.marks and not any(mark in data[: form.within] for mark in form.marks):
            continue
        if form.load().sniff(data):
            return form
    raise _refusal(data)


def not_read(zh: str, en: str) -> str:
    """What is found, where the content is of a kind that is known and not read."""
    return f"这是 {zh}，不支持读取 {en}, which is not read here"


def disagreement(name: str, form: Format) -> str | None:
    """The name's ending, where it promises another format than the content is."""
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    known = any(ending in other.endings for other in FORMATS)
    return ending if known and ending not in form.endings else None


def _refusal(data: bytes) -> Unreadable:
    if b"application/vnd.oasis.opendocument" in data[:100]:
        return Unreadable(
            "", not_read("OpenDocument 的演示文稿或绘图", "an OpenDocument presentation or drawing"), AS_PDF
        )
    if data[:2] == b"PK":
        from ogi.readers import zips

        count = len(zips.Archive(data).names)
        found = (
            f"这是装有 {count} 个文件的 zip 压缩包，不是 docx、xlsx 或 ofd "
            f"a zip of {count} files that is neither docx, xlsx nor ofd"
        )
        return Unreadable("", found, UNPACK)
    found = (
        "内容不是能读的格式（docx、doc、wps、html、pdf、png、jpg、xlsx、ofd、纯文本） "
        "the content is of no known format (docx, doc, wps, html, pdf, png, jpg, xlsx, ofd or text)"
    )
    remedy = (
        "检查下载是否完整，或换成上面的一种格式 "
        "check that the download is whole, or add it in one of these formats"
    )
    return Unreadable("", found, remedy)
