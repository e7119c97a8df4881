"""The parts of a binary Word file, found by the directory at its beginning ([MS-DOC], Word 97 and later).

Comes in: the streams of the container. Goes out: raw parts and pages. Must not know: what stands in them.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from ogi.errors import Unreadable
from ogi.readers.remedies import ENCRYPTED, SAVE_AS_DOCX, UNLOCK

PAGE = 512


class OldWord(Exception):
    """A document of Word 6 or 95, whose layout is another one."""


class Parts:
    """`first`: where the text begins, as the file says.
    `counts`: characters of text, footnotes, headers, macros, comments, endnotes, boxes, boxes of headers."""

    def __init__(self, streams: dict[str, bytes]) -> None:
        self.main = streams["WordDocument"]
        self.data = streams.get("Data", b"")
        magic, version = struct.unpack_from("<HH", self.main)
        if magic in (0xA5DC, 0xA699) or (magic == 0xA5EC and version < 0xC1):
            raise OldWord
        if magic != 0xA5EC:
            found = (
                "文件已损坏，开头不是 Word 文档 the document is damaged: it does not begin as a Word document"
            )
            raise Unreadable("", found, SAVE_AS_DOCX)
        (flags,) = struct.unpack_from("<H", self.main, 10)
        (self.first,) = struct.unpack_from("<I", self.main, 24)
        if flags & 0x0100:
            raise Unreadable("", ENCRYPTED, UNLOCK)
        name = "1Table" if flags & 0x0200 else "0Table"
        if name not in streams:
            found = f"文件已损坏，缺少部件 {name} the document is damaged: its part {name} is missing"
            raise Unreadable("", found, SAVE_AS_DOCX)
        self.table = streams[name]
        (words,) = struct.unpack_from("<H", self.main, 32)
        longs_at = 34 + 2 * words + 2
        (longs,) = struct.unpack_from("<H", self.main, longs_at - 2)
        self._index = longs_at + 4 * longs + 2
        self.counts: tuple[int, ...] = struct.unpack_from("<8i", self.main, longs_at + 12)
        if min(self.counts) < 0:
            found = "文件已损坏，正文长度不合理 the document is damaged: its text has an impossible length"
            raise Unreadable("", found, SAVE_AS_DOCX)

    def offset(self, entry: int) -> int:
        """Where a part begins in the table stream."""
        return int(struct.unpack_from("<I", self.main, self._index + 8 * entry)[0])

    def part(self, entry: int) -> bytes:
        """The part that an entry of the directory points to; b'' where there is none."""
        (count,) = struct.unpack_from("<H", self.main, self._index - 2)
        if entry >= count:
            return b""
        at, size = struct.unpack_from("<II", self.main, self._index + 8 * entry)
        if size and at + size > len(self.table):
            found = (
                "文件残缺或已损坏，部件表不完整 "
                "the document is cut off or damaged: a table of its parts is not whole"
            )
            raise Unreadable("", found, SAVE_AS_DOCX)
        return self.table[at : at + size]

    def pages(self, entry: int) -> Iterator[bytes]:
        """The pages of 512 bytes that hold properties."""
        plc = self.part(entry)
        count = (len(plc) - 4) // 8
        for n in range(count):
            number = struct.unpack_from("<I", plc, 4 * (count + 1) + 4 * n)[0] & 0x3FFFFF
            page = self.main[number * PAGE : (number + 1) * PAGE]
            if len(page) < PAGE:
                found = (
                    "文件残缺，缺少文字的格式 the document is cut off: the properties of its text are missing"
                )
                raise Unreadable("", found, SAVE_AS_DOCX)
            yield page
