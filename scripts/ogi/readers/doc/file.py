"""The binary Word file: its text, and what holds for each paragraph of it ([MS-DOC], Word 97 and later).

Comes in: the streams of the container. Goes out: ranges of text, and paragraphs with their properties.
Must not know: how tables are put together. Positions: a CP counts characters of the text, an FC bytes
of the stream.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from operator import itemgetter, le

from ogi.errors import Unreadable
from ogi.readers.doc.lists import read_lists
from ogi.readers.doc.parts import PAGE, Parts
from ogi.readers.doc.pieces import Pieces
from ogi.readers.doc.shown import LOOKED_FOR, OPPOSITE, looked_for, shown
from ogi.readers.doc.styles import Format, Formats, read_styles
from ogi.readers.doc.unseen import shades
from ogi.readers.marked import UNREAD, struck
from ogi.readers.remedies import SAVE_AS_DOCX

_STYLES, _CHARACTERS, _PARAGRAPHS, _LISTS, _OVERRIDES, _SHAPES, _BOXES = 1, 12, 13, 73, 74, 40, 56
_MARKS = re.compile("([\r\x07\x0c])")
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


Range = tuple[int, int]  # first and end CP
# text; the character that ended it; what holds for it; whether that mark was deleted; whether it stands in a table of
# contents; the ranges of the text boxes anchored in it. A file has hundreds, so they are plain tuples.
Paragraph = tuple[str, str, Format, bool, bool, tuple[Range, ...]]


class WordFile:
    def __init__(self, streams: dict[str, bytes]) -> None:
        try:
            self._parts = Parts(streams)
            self._open()
        except (struct.error, IndexError) as failure:
            found = (
                "文件残缺或已损坏，目录指到了文件外面 "
                "the document is cut off or damaged: its own directory points outside of it"
            )
            raise Unreadable("", found, SAVE_AS_DOCX) from failure

    def _open(self) -> None:
        parts = self._parts
        self._pieces = Pieces(parts)
        self.whole = len(self._pieces.text) - sum(parts.counts) <= 1
        self._ranges(parts.counts)
        formats = Formats(read_styles(parts.part(_STYLES), parts.data), parts.data)
        self._plain = formats[b""]
        self._runs = self._paragraph_runs(formats)
        self._starts = [first for first, _, _ in self._runs]
        self._formats = self._formatted()
        uses = parts.part(_OVERRIDES)
        self.lists = read_lists(parts.part(_LISTS), parts.table, parts.offset(_LISTS), uses)
        self._boxes = self._anchors()
        seen = shown(self._pieces.text, self._special_runs(), cache(self._on_paper))
        self._text, self._gone, self._contents, self._picture_places, self._struck = (
            seen.text,
            seen.gone,
            seen.contents,
            seen.pictures,
            seen.struck,
        )

    def _on_paper(self) -> bool:
        """Whether no colour lies behind any text."""
        return not any(map(shades, (self._parts.main, self._parts.data, self._parts.table)))

    def texts(self, start: int, end: int) -> Iterator[str]:
        """The paragraphs of a range as plain text."""
        for text, *_ in self.paragraphs(start, end):
            yield text

    def paragraphs(self, start: int, end: int) -> Iterator[Paragraph]:
        """The paragraphs of a range; a page break ends one, except in a table."""
        *parts, rest = _MARKS.split(self._text[start:end])
        begin, held = start, ""
        for part, mark in zip(parts[::2], parts[1::2], strict=True):
            text = held + part
            at = begin + len(text)
            known = self._formats.get(at) or self._around(at)
            if mark == "\x0c" and known.depth:
                held = text + mark
                continue
            if self._struck:
                text = self._with_strokes(text, begin)
            if not text.isprintable():
                text = _clean(text)
            contents = (
                known.contents or any(a <= begin < b for a, b in self._contents)
                if self._contents
                else known.contents
            )
            boxes = tuple(box for anchor, box in self._boxes if begin <= anchor <= at) if self._boxes else ()
            yield text, mark, known, at in self._gone, contents, boxes
            begin, held = at + 1, ""
        if (text := (held + rest).translate(_CLEAN)).strip():
            yield text, "\r", self._plain, False, self._plain.contents, ()

    def _with_strokes(self, text: str, begin: int) -> str:
        """The text from this CP on, strokes through what is struck out."""
        through = {at for first, last in self._struck for at in range(max(first, begin), min(last, begin + len(text)))}
        return "".join(struck(c) if at in through and c != "\0" else c for at, c in enumerate(text, begin)) if through else text

    def pictures(self) -> Iterator[tuple[int, int]]:
        """Width and height of inline pictures and embedded objects, in twips."""
        for at in self._picture_places:
            if at + 36 <= len(self._parts.data) and self._parts.data[at + 4 : at + 6] == b"\x44\0":
                width, height, scale_x, scale_y = struct.unpack_from("<hhHH", self._parts.data, at + 28)
                yield width * scale_x // 1000, height * scale_y // 1000

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
        self.ranges: dict[str, Range] = {}
        at = 0
        for kind, size in sizes.items():
            self.ranges[kind] = (at, at + size)
            at += size

    def _anchors(self) -> list[tuple[int, Range]]:
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
        found: list[tuple[int, Range]] = []
        for n in range(count):
            start, end = struct.unpack_from("<II", boxes, 4 * n)
            (shape,) = struct.unpack_from("<I", boxes, 4 * (count + 1) + 22 * n + 14)
            if first + end <= last:
                found.append((at.get(shape, self.ranges["text"][1] - 1), (first + start, first + end)))
        return found

    def _paragraph_runs(self, formats: Formats) -> list[tuple[int, int, Format]]:
        """First FC, end FC and what holds for every paragraph, in order of FC."""
        runs: list[tuple[int, int, Format]] = []
        for page in self._parts.pages(_PARAGRAPHS):
            count = min(page[-1], 29)
            fcs = self._ascending(struct.unpack_from(f"<{count + 1}I", page))
            words = page[4 * (count + 1) :: 13][:count]
            known = {word: formats[_listed(page, 2 * word)] for word in {*words}}
            runs.extend(zip(fcs, fcs[1:], map(known.__getitem__, words), strict=False))
        return sorted(runs, key=itemgetter(0, 1))

    def _ascending(self, fcs: tuple[int, ...]) -> tuple[int, ...]:
        if list(fcs) != sorted(fcs):
            self.whole = False
        return fcs

    def _formatted(self) -> dict[int, Format]:
        """What holds for a paragraph by the CP of its mark, with which its run of properties ends; of a shifted text less than
        half the marks are such ends. Where runs overlap, their ends tell nothing."""
        text = self._pieces.text
        ends = {last: known for first, last, known in self._runs if first < last}
        fcs = sorted(ends)
        found: dict[int, Format] = {}
        for cp, stop, fc, wide in self._pieces.stretches:
            inside = fcs[bisect_right(fcs, fc) : bisect_right(fcs, fc + (stop - cp) * wide)]
            found |= {cp + (end - fc) // wide - 1: ends[end] for end in inside if (end - fc) % wide == 0}
        fitting, marks = sum(text[at] in "\r\x07" for at in found), text.count("\r") + text.count("\x07")
        if 2 * fitting < marks or not (self._begins_well() or (fitting == marks and len(self._pieces.stretches) > 1)):
            self.whole = False
        apart = all(map(le, (last for _, last, _ in self._runs), self._starts[1:]))
        return found if apart else {}

    def _begins_well(self) -> bool:
        """Whether the text begins where a paragraph does; Word lets the first one begin before the text, which begins a page."""
        fc = self._pieces.fc(0)
        return fc in self._starts or (fc % PAGE == 0 and self._starts[:1] == [self._parts.first])

    def _around(self, cp: int) -> Format:
        """What holds for the paragraph that a CP lies in."""
        fc = self._pieces.fc(cp)
        n = bisect_right(self._starts, fc) - 1
        return self._runs[n][2] if n >= 0 and fc < self._runs[n][1] else self._plain

    def _special_runs(self) -> Iterator[tuple[int, int, Sequence[tuple[int, bytes]]]]:
        """The stretches of text whose properties hold one of those looked for, with those."""
        for first, last, raw in self._pieces.said:
            if said := looked_for(raw):
                yield first, last, said
        for page in self._parts.pages(_CHARACTERS):
            if not LOOKED_FOR.search(page):
                continue
            count = min(page[-1], 101)
            fcs = self._ascending(struct.unpack_from(f"<{count + 1}I", page))
            words = page[4 * (count + 1) : 4 * (count + 1) + count]
            lists = {word: page[2 * word + 1 : 2 * word + 1 + page[2 * word]] for word in {*words} - {0}}
            found = {word: said for word, raw in lists.items() if (said := looked_for(raw))}
            for word, start, end in zip(words, fcs, fcs[1:], strict=False) if found else ():
                if word in found:
                    for first, last in self._pieces.between(start, end):
                        yield first, last, self._said(first, found[word])

    def _said(self, cp: int, said: Sequence[tuple[int, bytes]]) -> Sequence[tuple[int, bytes]]:
        """What properties say there: the opposite of a style that hides or strikes out is neither."""
        if any(value == OPPOSITE for _, value in said) and (looks := self._around(cp).looks):
            return [(code, value) for code, value in said if value != OPPOSITE or code not in looks]
        return said


def _clean(text: str) -> str:
    """Without the signs that print nothing, but for a picture alone; the two halves of a rare character put together."""
    picture = "\x01" in text
    text = text.translate(_CLEAN)
    if picture and not text.strip():
        return UNREAD
    if _HALVES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _listed(page: bytes, at: int) -> bytes:
    """The properties at a place of a page, behind their length; none at its very beginning."""
    if not at:
        return b""
    size = page[at]
    begin, length = (at + 1, 2 * size - 1) if size else (at + 2, 2 * page[at + 1])
    return page[begin : begin + length]
