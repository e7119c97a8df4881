"""The binary Word file: its text, and what holds for each paragraph of it ([MS-DOC], Word 97 and later).

Comes in: the streams of the container. Goes out: ranges of text, and paragraphs with their properties.
Must not know: how tables are put together. Positions: a CP counts characters of the text, an FC bytes
of the stream; pieces lead from one to the other.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ogi.errors import Unreadable
from ogi.readers.doc_lists import read_lists
from ogi.readers.doc_properties import PLAIN, Properties, properties, sprms
from ogi.readers.doc_styles import read_styles

_AGAIN = "download it again; if it stays so, open it in Word or WPS and save it as .docx"
_CLX, _STYLES, _CHARACTERS, _PARAGRAPHS, _LISTS, _OVERRIDES, _SHAPES, _BOXES = 33, 1, 12, 13, 73, 74, 40, 56
_PAGE = 512
_MARKS = re.compile("[\r\x07\x0c]")
_FIELDS = re.compile("[\x13-\x15]")
_CONTENTS = re.compile(r"\s*TOC\b")
_SIGNS = {
    **dict.fromkeys(map(chr, range(32))),
    "\t": "\t",
    "\n": "\n",
    "\x0b": "\n",
    "\x0c": "\n",
    "\x0e": "\n",
    "\x1e": "-",
    "\xad": None,
    "\xa0": " ",
}
_CLEAN = str.maketrans(_SIGNS)


class OldWord(Exception):
    """A document of Word 6 or 95, whose layout is another one."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`mark` is the character that ended it, `gone` that its mark was deleted; `contents`: in a table of
    contents; `boxes`: the ranges of the text boxes anchored in it."""

    text: str
    mark: str
    properties: Properties
    gone: bool
    contents: bool
    boxes: tuple[tuple[int, int], ...] = ()


class WordFile:
    def __init__(self, streams: dict[str, bytes]) -> None:
        self._main = streams["WordDocument"]
        self._data = streams.get("Data", b"")
        try:
            self._open(streams)
        except (struct.error, IndexError) as failure:
            raise Unreadable(
                "", "the document is cut off or damaged: its own directory points outside of it", _AGAIN
            ) from failure

    def _open(self, streams: dict[str, bytes]) -> None:
        magic, version = struct.unpack_from("<HH", self._main)
        if magic != 0xA5EC or version < 0xC1:
            if magic in (0xA5DC, 0xA5EC):
                raise OldWord
            raise Unreadable("", "the document is damaged: it does not begin as a Word document", _AGAIN)
        (flags,) = struct.unpack_from("<H", self._main, 10)
        if flags & 0x0100:
            raise Unreadable(
                "", "it is encrypted with a password", "open it with its password and save it without one"
            )
        name = "1Table" if flags & 0x0200 else "0Table"
        if name not in streams:
            raise Unreadable("", f"the document is damaged: its part {name} is missing", _AGAIN)
        self._table = streams[name]
        (words,) = struct.unpack_from("<H", self._main, 32)
        longs_at = 34 + 2 * words + 2
        (longs,) = struct.unpack_from("<H", self._main, longs_at - 2)
        self._index = longs_at + 4 * longs + 2
        counts = struct.unpack_from("<8i", self._main, longs_at + 12)
        if min(counts) < 0:
            raise Unreadable("", "the document is damaged: its text has an impossible length", _AGAIN)
        self._pieces(sum(counts))
        self.whole = len(self._text) - sum(counts) <= 1
        self._ranges(counts)
        self._runs = self._paragraph_runs()
        self._starts = [run[0] for run in self._runs]
        self.whole = self.whole and self._fitting()
        self.styles = read_styles(self._part(_STYLES), self._data)
        self.lists = read_lists(self._part(_LISTS), self._table, self._offset(_LISTS), self._part(_OVERRIDES))
        self._known: dict[bytes, Properties] = {}
        self._boxes = self._anchors()
        self._shown()

    def texts(self, start: int, end: int) -> Iterator[str]:
        """The paragraphs of a range as plain text."""
        for paragraph in self.paragraphs(start, end):
            yield paragraph.text

    def paragraphs(self, start: int, end: int) -> Iterator[Paragraph]:
        """The paragraphs of a range; a page break ends one, except in a table."""
        begin = start
        for found in _MARKS.finditer(self._text, start, end):
            at = found.start()
            known = self._at(at)
            if found[0] == "\x0c" and known.depth:
                continue
            text = self._text[begin:at].translate(_CLEAN)
            if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
                text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
            contents = any(first <= begin < last for first, last in self._contents)
            boxes = tuple(box for anchor, box in self._boxes if begin <= anchor <= at) if self._boxes else ()
            yield Paragraph(text, found[0], known, at in self._gone, contents, boxes)
            begin = at + 1
        if begin < end and self._text[begin:end].translate(_CLEAN).strip():
            yield Paragraph(self._text[begin:end].translate(_CLEAN), "\r", PLAIN, False, False)

    def pictures(self) -> Iterator[tuple[int, int]]:
        """Width and height of inline pictures and embedded objects, in twips."""
        for at in self._picture_places:
            if at + 36 <= len(self._data) and self._data[at + 4 : at + 6] == b"\x44\0":
                width, height, scale_x, scale_y = struct.unpack_from("<hhHH", self._data, at + 28)
                yield width * scale_x // 1000, height * scale_y // 1000

    def _offset(self, entry: int) -> int:
        return int(struct.unpack_from("<I", self._main, self._index + 8 * entry)[0])

    def _part(self, entry: int) -> bytes:
        (count,) = struct.unpack_from("<H", self._main, self._index - 2)
        if entry >= count:
            return b""
        at, size = struct.unpack_from("<II", self._main, self._index + 8 * entry)
        if size and at + size > len(self._table):
            raise Unreadable(
                "", "the document is cut off or damaged: a table of its parts is not whole", _AGAIN
            )
        return self._table[at : at + size]

    def _pieces(self, length: int) -> None:
        """The text, and where each stretch of it lies: (first CP, FC, bytes a character)."""
        clx, at = self._part(_CLX), 0
        while at < len(clx) and clx[at] == 1:
            at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
        if at >= len(clx) or clx[at] != 2:
            raise Unreadable("", "the document is damaged: the table of its text is missing", _AGAIN)
        (size,) = struct.unpack_from("<I", clx, at + 1)
        count = (size - 4) // 12
        ends = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
        self._cps: list[int] = []
        self._fcs: list[tuple[int, int]] = []
        texts: list[str] = []
        for n in range(count):
            start, end = ends[n], ends[n + 1]
            (fc,) = struct.unpack_from("<I", clx, at + 5 + 4 * (count + 1) + 8 * n + 2)
            narrow = bool(fc & 0x40000000)
            fc, wide = ((fc & 0x3FFFFFFF) // 2, 1) if narrow else (fc & 0x3FFFFFFF, 2)
            raw = self._main[fc : fc + (end - start) * wide]
            if end < start or len(raw) != (end - start) * wide:
                raise Unreadable("", "the document is cut off: part of its text is missing", _AGAIN)
            self._cps.append(start)
            self._fcs.append((fc, wide))
            texts.append(_narrow(raw) if narrow else _wide(raw))
        self._text = "".join(texts)
        if len(self._text) < length or not count or ends[0] != 0:
            raise Unreadable("", "the document is cut off: part of its text is missing", _AGAIN)

    def _ranges(self, counts: tuple[int, ...]) -> None:
        text, footnotes, headers, macros, comments, endnotes, boxes, _ = counts
        sizes = {
            "text": text,
            "footnote": footnotes,
            "header": headers,
            "macros": macros,
            "comments": comments,
            "endnote": endnotes,
            "boxes": boxes,
        }
        self.ranges: dict[str, tuple[int, int]] = {}
        at = 0
        for kind, size in sizes.items():
            self.ranges[kind] = (at, at + size)
            at += size

    def _anchors(self) -> list[tuple[int, tuple[int, int]]]:
        """Where each text box is anchored, and its range; one without an anchor comes last."""
        shapes, boxes = self._part(_SHAPES), self._part(_BOXES)
        count = max(len(shapes) - 4, 0) // 30
        at = {
            struct.unpack_from("<I", shapes, 4 * (count + 1) + 26 * n)[0]: struct.unpack_from(
                "<I", shapes, 4 * n
            )[0]
            for n in range(count)
        }
        count = max(len(boxes) - 4, 0) // 26
        first, last = self.ranges["boxes"]
        found: list[tuple[int, tuple[int, int]]] = []
        for n in range(count):
            start, end = struct.unpack_from("<II", boxes, 4 * n)
            (shape,) = struct.unpack_from("<I", boxes, 4 * (count + 1) + 22 * n + 14)
            if first + end <= last:
                found.append((at.get(shape, self.ranges["text"][1] - 1), (first + start, first + end)))
        return found

    def _fc(self, cp: int) -> int:
        n = bisect_right(self._cps, cp) - 1
        fc, wide = self._fcs[n]
        return fc + (cp - self._cps[n]) * wide

    def _cp_ranges(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretches of text that lie between two FCs."""
        ends = [*self._cps[1:], len(self._text)]
        for cp, (fc, wide), stop in zip(self._cps, self._fcs, ends, strict=True):
            first, last = max(start, fc), min(end, fc + (stop - cp) * wide)
            if first < last:
                yield cp + (first - fc) // wide, cp + (last - fc) // wide

    def _pages(self, entry: int) -> Iterator[bytes]:
        """The pages of 512 bytes that hold properties."""
        plc = self._part(entry)
        count = (len(plc) - 4) // 8
        for n in range(count):
            number = struct.unpack_from("<I", plc, 4 * (count + 1) + 4 * n)[0] & 0x3FFFFF
            page = self._main[number * _PAGE : (number + 1) * _PAGE]
            if len(page) < _PAGE:
                raise Unreadable(
                    "", "the document is cut off: the properties of its text are missing", _AGAIN
                )
            yield page

    def _paragraph_runs(self) -> list[tuple[int, int, bytes]]:
        """First FC, end FC and raw properties of every paragraph, in order of FC."""
        runs: list[tuple[int, int, bytes]] = []
        for page in self._pages(_PARAGRAPHS):
            count = min(page[-1], 29)
            fcs = self._ascending(struct.unpack_from(f"<{count + 1}I", page))
            for n in range(count):
                at = 2 * page[4 * (count + 1) + 13 * n]
                raw = b""
                if at:
                    size = page[at]
                    begin, length = (at + 1, 2 * size - 1) if size else (at + 2, 2 * page[at + 1])
                    raw = page[begin : begin + length]
                runs.append((fcs[n], fcs[n + 1], raw))
        return sorted(runs)

    def _ascending(self, fcs: tuple[int, ...]) -> tuple[int, ...]:
        if any(last < first for first, last in pairwise(fcs)):
            self.whole = False
        return fcs

    def _fitting(self) -> bool:
        """Whether paragraphs begin and end where their properties do; a shifted text does not."""
        if self._fc(0) not in self._starts:
            return False
        ends = {run[1] for run in self._runs}
        marks = [found.start() for found in re.finditer("[\r\x07]", self._text)]
        return sum(self._fc(at) + self._width(at) in ends for at in marks) * 2 >= len(marks)

    def _width(self, cp: int) -> int:
        return self._fcs[bisect_right(self._cps, cp) - 1][1]

    def _at(self, cp: int) -> Properties:
        fc = self._fc(cp)
        n = bisect_right(self._starts, fc) - 1
        if n < 0 or fc >= self._runs[n][1]:
            return PLAIN
        raw = self._runs[n][2]
        if raw not in self._known:
            self._known[raw] = properties(raw, self._data)
        return self._known[raw]

    def _shown(self) -> None:
        """Blanks out what is not printed: field codes, deleted and hidden text; and puts symbols in."""
        self._gone: set[int] = set()
        self._picture_places: list[int] = []
        self._contents: list[tuple[int, int]] = []
        out: list[tuple[int, int]] = list(self._field_codes())
        signs: dict[int, str] = {}
        for start, end, raw in self._special_runs():
            for code, operand in sprms(raw):
                if code in (0x0800, 0x083C) and operand[:1] == b"\x01":
                    for first, last in self._cp_ranges(start, end):
                        out.append((first, last))
                elif code == 0x6A03 and len(operand) == 4:
                    self._picture_places.append(int.from_bytes(operand, "little"))
                elif code == 0x6A09 and len(operand) == 4:
                    for first, last in self._cp_ranges(start, end):
                        signs.update(
                            dict.fromkeys(range(first, last), chr(int.from_bytes(operand[2:], "little")))
                        )
        if not out and not signs:
            return
        text = list(self._text)
        for cp, sign in signs.items():
            if text[cp] == "(":
                text[cp] = sign
        for first, last in out:
            for cp in range(first, last):
                if text[cp] == "\x07":
                    self._gone.add(cp)
                else:
                    text[cp] = "\0"
        self._text = "".join(text)

    def _special_runs(self) -> Iterator[tuple[int, int, bytes]]:
        """The runs of characters whose properties hold one of those looked for."""
        looked_for = (b"\x00\x08", b"\x3c\x08", b"\x03\x6a", b"\x09\x6a")
        for page in self._pages(_CHARACTERS):
            if not any(code in page for code in looked_for):
                continue
            count = min(page[-1], 101)
            fcs = self._ascending(struct.unpack_from(f"<{count + 1}I", page))
            for n in range(count):
                at = 2 * page[4 * (count + 1) + n]
                raw = page[at + 1 : at + 1 + page[at]] if at else b""
                if any(code in raw for code in looked_for):
                    yield fcs[n], fcs[n + 1], raw

    def _field_codes(self) -> Iterator[tuple[int, int]]:
        """From the beginning of each field to what it shows; to its end where it shows nothing."""
        open_: list[tuple[int, int | None]] = []
        for found in _FIELDS.finditer(self._text):
            at = found.start()
            if found[0] == "\x13":
                open_.append((at, None))
            elif open_ and found[0] == "\x14" and open_[-1][1] is None:
                open_[-1] = (open_[-1][0], at)
                yield open_[-1][0], at + 1
            elif open_ and found[0] == "\x15":
                begin, shows = open_.pop()
                if shows is None:
                    yield begin, at + 1
                elif _CONTENTS.match(self._text, begin + 1):
                    self._contents.append((begin, at))


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
