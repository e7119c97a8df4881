"""The text of a binary Word file, and where in the file each stretch of it lies ([MS-DOC], 2.4.1).

Comes in: the parts. Goes out: the text, and ways from its positions (CP, counting characters) to those of the main stream
(FC, counting bytes) and back. Must not know: what the text says.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator

from ogi.errors import Unreadable
from ogi.readers.doc.parts import Parts
from ogi.readers.doc.shown import DELETED, HIDDEN, SHIFTED, STRUCK, STRUCK_TWICE
from ogi.readers.remedies import SAVE_AS_DOCX

_CLX = 33

_CUT_OFF = "文件残缺，缺少一部分正文 the document is cut off: part of its text is missing"


# Properties that a piece of text may carry in its own two bytes, of those that decide what is printed ([MS-DOC], 2.9.215)
_SHORT = {0x41: DELETED, 0x57: STRUCK, 0x5C: HIDDEN, 0x68: SHIFTED, 0x73: STRUCK_TWICE}


class Pieces:
    """`stretches`: first CP, end CP, first FC and bytes a character of each piece, in the order of the text; `said`: first and
    end CP of those that carry properties of their own, as a file saved fast has them, with the list."""

    def __init__(self, parts: Parts) -> None:
        """Raises Unreadable where the text is shorter than the file says."""
        texts: list[str] = []
        self.stretches: list[tuple[int, int, int, int]] = []
        self.said: list[tuple[int, int, bytes]] = []
        for start, end, fc, wide, said in _table(parts.part(_CLX)):
            if said:
                self.said.append((start, end, said))
            raw = parts.main[fc : fc + (end - start) * wide]
            if end < start or len(raw) != (end - start) * wide:
                raise Unreadable("", _CUT_OFF, SAVE_AS_DOCX)
            self.stretches.append((start, end, fc, wide))
            texts.append(_narrow(raw) if wide == 1 else _wide(raw))
        self.text = "".join(texts)
        self._cps = [start for start, *_ in self.stretches]
        if len(self.text) < sum(parts.counts) or not self._cps or self._cps[0] != 0:
            raise Unreadable("", _CUT_OFF, SAVE_AS_DOCX)

    def fc(self, cp: int) -> int:
        start, _, fc, wide = self.stretches[bisect_right(self._cps, cp) - 1]
        return fc + (cp - start) * wide

    def between(self, first_fc: int, end_fc: int) -> Iterator[tuple[int, int]]:
        """The stretches of text, first and end CP, that lie between two FCs."""
        for cp, stop, fc, wide in self.stretches:
            first, last = max(first_fc, fc), min(end_fc, fc + (stop - cp) * wide)
            if first < last:
                yield cp + (first - fc) // wide, cp + (last - fc) // wide


def _table(clx: bytes) -> Iterator[tuple[int, int, int, int, bytes]]:
    """The table of pieces, behind lists of properties: first and end CP, FC, bytes a character, its own properties."""
    at = 0
    lists: list[bytes] = []
    while at < len(clx) and clx[at] == 1:
        (size,) = struct.unpack_from("<H", clx, at + 1)
        lists.append(clx[at + 3 : at + 3 + size])
        at += 3 + size
    if at >= len(clx) or clx[at] != 2:
        found = "文件已损坏，缺少正文的目录 the document is damaged: the table of its text is missing"
        raise Unreadable("", found, SAVE_AS_DOCX)
    (size,) = struct.unpack_from("<I", clx, at + 1)
    count = (size - 4) // 12
    cps = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
    for n in range(count):
        fc, own = struct.unpack_from("<IH", clx, at + 5 + 4 * (count + 1) + 8 * n + 2)
        narrow = fc & 0x40000000
        place, wide = (fc & 0x3FFFFFFF) // (2 if narrow else 1), 1 if narrow else 2
        yield cps[n], cps[n + 1], place, wide, _own(own, lists) if own else b""


def _own(prm: int, lists: list[bytes]) -> bytes:
    """One of the lists, or a list of the one property that two bytes hold."""
    if prm & 1:
        return lists[prm >> 1] if prm >> 1 < len(lists) else b""
    code = _SHORT.get(prm >> 1 & 0x7F)
    return struct.pack("<HB", code, prm >> 8) if code else b""


def _narrow(raw: bytes) -> str:
    """Windows-1252, its few unassigned bytes kept as they are."""
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in raw)


def _wide(raw: bytes) -> str:
    """UTF-16, one character a unit, so that CPs stay what they are."""
    text = raw.decode("utf-16-le", "surrogatepass")
    return text if 2 * len(text) == len(raw) else "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw)))
