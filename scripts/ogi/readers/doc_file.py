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
from operator import le
from typing import NamedTuple

from ogi.errors import Unreadable
from ogi.readers.doc_lists import read_lists
from ogi.readers.doc_parts import AGAIN, Parts
from ogi.readers.doc_properties import PLAIN, Properties, properties
from ogi.readers.doc_shown import LOOKED_FOR, shown
from ogi.readers.doc_styles import read_styles

_CLX, _STYLES, _CHARACTERS, _PARAGRAPHS, _LISTS, _OVERRIDES, _SHAPES, _BOXES = 33, 1, 12, 13, 73, 74, 40, 56
_MARKS = re.compile("[\r\x07\x0c]")
_HALVES = re.compile("[\ud800-\udfff]")
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


class Paragraph(NamedTuple):
    """`mark` is the character that ended it, `gone` that its mark was deleted; `contents`: in a table of
    contents; `boxes`: the ranges of the text boxes anchored in it."""

    text: str
    mark: str
    properties: Properties
    gone: bool
    contents: bool
    boxes: tuple[tuple[int, int], ...] = ()


class WordFile:
    _text: str

    def __init__(self, streams: dict[str, bytes]) -> None:
        try:
            self._parts = Parts(streams)
            self._open()
        except (struct.error, IndexError) as failure:
            found = "the document is cut off or damaged: its own directory points outside of it"
            raise Unreadable("", found, AGAIN) from failure

    def _open(self) -> None:
        counts = self._parts.counts
        self._pieces(sum(counts))
        self.whole = len(self._text) - sum(counts) <= 1
        self._ranges(counts)
        self._known = _Known(self._parts.data)
        self._runs = self._paragraph_runs()
        self._starts = [first for first, _, _ in self._runs]
        self._ends = [last for _, last, _ in self._runs]
        apart = all(map(le, self._ends, self._starts[1:]))
        self._ended = {last: raw for first, last, raw in self._runs if first < last} if apart else {}
        self._marks = {
            at: fc + (at + 1 - cp) * wide
            for cp, stop, fc, wide in self._stretches()
            for at in [found.start() for found in _MARKS.finditer(self._text, cp, stop)]
        }  # the FC behind each mark
        self.whole = self.whole and self._fitting()
        self.styles = read_styles(self._parts.part(_STYLES), self._parts.data)
        parts = self._parts
        uses = parts.part(_OVERRIDES)
        self.lists = read_lists(parts.part(_LISTS), parts.table, parts.offset(_LISTS), uses)
        self._boxes = self._anchors()
        seen = shown(self._text, self._special_runs())
        self._text, self._gone, self._contents, self._picture_places = (
            seen.text,
            seen.gone,
            seen.contents,
            seen.pictures,
        )

    def texts(self, start: int, end: int) -> Iterator[str]:
        """The paragraphs of a range as plain text."""
        for paragraph in self.paragraphs(start, end):
            yield paragraph.text

    def paragraphs(self, start: int, end: int) -> Iterator[Paragraph]:
        """The paragraphs of a range; a page break ends one, except in a table."""
        begin = start
        for found in _MARKS.finditer(self._text, start, end):
            at, mark = found.start(), found[0]
            known = self._at(at)
            if mark == "\x0c" and known.depth:
                continue
            text = self._text[begin:at]
            if not text.isprintable():
                text = self._clean(text)
            contents = bool(self._contents) and any(first <= begin < last for first, last in self._contents)
            boxes = tuple(box for anchor, box in self._boxes if begin <= anchor <= at) if self._boxes else ()
            yield Paragraph(text, mark, known, at in self._gone, contents, boxes)
            begin = at + 1
        if begin < end and (text := self._text[begin:end].translate(_CLEAN)).strip():
            yield Paragraph(text, "\r", PLAIN, False, False)

    def _clean(self, text: str) -> str:
        """Without the signs that print nothing; the two halves of a rare character put together."""
        text = text.translate(_CLEAN)
        if _HALVES.search(text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return text

    def pictures(self) -> Iterator[tuple[int, int]]:
        """Width and height of inline pictures and embedded objects, in twips."""
        for at in self._picture_places:
            if at + 36 <= len(self._parts.data) and self._parts.data[at + 4 : at + 6] == b"\x44\0":
                width, height, scale_x, scale_y = struct.unpack_from("<hhHH", self._parts.data, at + 28)
                yield width * scale_x // 1000, height * scale_y // 1000

    def _pieces(self, length: int) -> None:
        """The text, and where each stretch of it lies: (first CP, FC, bytes a character)."""
        clx, at = self._parts.part(_CLX), 0
        while at < len(clx) and clx[at] == 1:
            at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
        if at >= len(clx) or clx[at] != 2:
            raise Unreadable("", "the document is damaged: the table of its text is missing", AGAIN)
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
            raw = self._parts.main[fc : fc + (end - start) * wide]
            if end < start or len(raw) != (end - start) * wide:
                raise Unreadable("", "the document is cut off: part of its text is missing", AGAIN)
            self._cps.append(start)
            self._fcs.append((fc, wide))
            texts.append(_narrow(raw) if narrow else _wide(raw))
        self._text = "".join(texts)
        if len(self._text) < length or not count or ends[0] != 0:
            raise Unreadable("", "the document is cut off: part of its text is missing", AGAIN)

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
        shapes, boxes = self._parts.part(_SHAPES), self._parts.part(_BOXES)
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

    def _stretches(self) -> Iterator[tuple[int, int, int, int]]:
        """First CP, end CP, first FC and bytes a character of each piece of text."""
        ends = [*self._cps[1:], len(self._text)]
        for cp, stop, (fc, wide) in zip(self._cps, ends, self._fcs, strict=True):
            yield cp, stop, fc, wide

    def _cp_ranges(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretches of text that lie between two FCs."""
        for cp, stop, fc, wide in self._stretches():
            first, last = max(start, fc), min(end, fc + (stop - cp) * wide)
            if first < last:
                yield cp + (first - fc) // wide, cp + (last - fc) // wide

    def _paragraph_runs(self) -> list[tuple[int, int, bytes]]:
        """First FC, end FC and raw properties of every paragraph, in order of FC."""
        runs: list[tuple[int, int, bytes]] = []
        for page in self._parts.pages(_PARAGRAPHS):
            count = min(page[-1], 29)
            fcs = self._ascending(struct.unpack_from(f"<{count + 1}I", page))
            words = page[4 * (count + 1) :: 13][:count]
            lists = {word: _listed(page, 2 * word) for word in {*words}}
            runs.extend(zip(fcs, fcs[1:], map(lists.__getitem__, words), strict=False))
        return sorted(runs)

    def _ascending(self, fcs: tuple[int, ...]) -> tuple[int, ...]:
        if list(fcs) != sorted(fcs):
            self.whole = False
        return fcs

    def _fitting(self) -> bool:
        """Whether paragraphs begin and end where their properties do; a shifted text does not."""
        if self._fc(0) not in self._starts:
            return False
        marks = [end for at, end in self._marks.items() if self._text[at] != "\x0c"]
        return sum(map({*self._ends}.__contains__, marks)) * 2 >= len(marks)

    def _at(self, cp: int) -> Properties:
        """What holds for the paragraph with this mark: the run that ends with it, or in a damaged file the one it lies in."""
        raw = self._ended.get(self._marks.get(cp))
        if raw is not None:
            return self._known[raw]
        fc = self._fc(cp)
        n = bisect_right(self._starts, fc) - 1
        return self._known[self._runs[n][2]] if n >= 0 and fc < self._runs[n][1] else PLAIN

    def _special_runs(self) -> Iterator[tuple[int, int, bytes]]:
        """The stretches of text whose properties hold one of those looked for."""
        for page in self._parts.pages(_CHARACTERS):
            if not LOOKED_FOR.search(page):
                continue
            count = min(page[-1], 101)
            fcs = self._ascending(struct.unpack_from(f"<{count + 1}I", page))
            words = page[4 * (count + 1) : 4 * (count + 1) + count]
            lists = {word: page[2 * word + 1 : 2 * word + 1 + page[2 * word]] for word in {*words} - {0}}
            found = {word: raw for word, raw in lists.items() if LOOKED_FOR.search(raw)}
            for word, start, end in zip(words, fcs, fcs[1:], strict=False):
                if word in found:
                    for first, last in self._cp_ranges(start, end):
                        yield first, last, found[word]


class _Known(dict[bytes, Properties]):
    """Raw properties and what they say: most paragraphs of a file share theirs with others."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __missing__(self, raw: bytes) -> Properties:
        self[raw] = properties(raw, self._data)
        return self[raw]


def _listed(page: bytes, at: int) -> bytes:
    """The properties at a place of a page, behind their length; none at its very beginning."""
    if not at:
        return b""
    size = page[at]
    begin, length = (at + 1, 2 * size - 1) if size else (at + 2, 2 * page[at + 1])
    return page[begin : begin + length]


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
