"""Heads above columns of numbers that are torn over lines, and into each other, where no rules part them.

Comes in: the lines above the numbers, and where their columns stand. Goes out: the text of each column's head, taken out of
its lines, and the places of heads over several. Must not know: rows, file formats, any form or label.

Narrow cells wrap their heads, each in lines of its own height, so that a line of the page holds pieces of several heads, hardly
apart. Characters that touch are one piece; a piece over one column is of its head, and nothing above one over several is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ogi.readers.page.cuts import LIST_MARK
from ogi.readers.page.glyphs import Glyph, Part, rows
from ogi.readers.page.headed import Column, Placed, Text

TOUCH = 0.15  # of an em that characters of one piece may be apart
COMMON = 0.3  # of an em that a piece has in common with a column it stands over
LEADING = 1.2  # of their height that two lines of one head may be apart


class _Piece(NamedTuple):
    line: Placed
    glyphs: Sequence[Glyph]

    @property
    def x0(self) -> float:
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        return self.glyphs[-1].x1


class _Over:
    """A column with what was found of its head: from `x0` to `x1`, upwards to `top`; `done` where it does not go on."""

    def __init__(self, column: Column) -> None:
        self.x0, self.x1, self.top, self.done = column.x0, column.x1, 0.0, False
        self.pieces: list[_Piece] = []
        self.gaps: list[float] = []  # between its lines

    def meets(self, piece: _Piece, em: float) -> bool:
        return min(piece.x1, self.x1) - max(piece.x0, self.x0) > min(COMMON * em, 0.5 * (self.x1 - self.x0))

    def away(self, piece: _Piece) -> float:
        return max(piece.x0 - self.x1, self.x0 - piece.x1)

    def add(self, piece: _Piece) -> None:
        if self.pieces and piece.line.bottom < self.top:
            self.gaps.append(self.top - piece.line.bottom)
        self.pieces.append(piece)
        self.x0, self.x1, self.top = min(self.x0, piece.x0), max(self.x1, piece.x1), piece.line.top


def torn_heads(lines: Sequence[Placed], columns: Sequence[Column], labels: float) -> dict[int, Text]:
    """`labels`: how far the labels beside the numbers reach. Nothing where a column has no head."""
    apart = [gap for one in _found(lines, columns, labels, 1e3) for gap in one.gaps]
    over = _found(lines, columns, labels, 1.3 * min(apart, default=0.0))
    if not all(one.pieces for one in over):
        return {}
    for line in {id(piece.line): piece.line for one in over for piece in one.pieces}.values():
        taken = {glyph for one in over for piece in one.pieces if piece.line is line for glyph in piece.glyphs}
        line.words = [rest for part in line.words for rest in _without(part, taken)]
    return {n: _text(one.pieces) for n, one in enumerate(over)}


def _found(lines: Sequence[Placed], columns: Sequence[Column], labels: float, leading: float) -> list[_Over]:
    """`leading`: how far apart the lines of one head may be where that is more than usual."""
    over = [_Over(column) for column in columns]
    middles = [(column.x0 + column.x1) / 2 for column in columns]
    left = middles[0] - ((middles[1] - middles[0]) / 2 if len(columns) > 1 else 1e3)
    for line in reversed(lines):
        if line.holds_numbers:
            break
        crossing: list[_Over] = []
        within: list[tuple[_Over, _Piece]] = []
        for piece in _pieces(line):
            if (piece.x0 + piece.x1) / 2 < left or piece.x1 <= labels:
                continue
            met = [one for one in over if one.meets(piece, 0.8 * line.size)]
            one = met[0] if met else min(over, key=lambda one: one.away(piece))
            if len(met) > 1:
                crossing += met
            elif not one.done and not (one.pieces and one.top - line.bottom > max(leading, LEADING * line.size)):
                within.append((one, piece))
        if crossing:  # what is level with them, above a head, is none of its lines
            crossing += [one for one, _ in within if one.pieces]
            within = [(one, piece) for one, piece in within if not one.pieces]
        for one, piece in within:
            one.add(piece)
        for one in crossing:
            one.done = True
    return over


def _pieces(line: Placed) -> Iterator[_Piece]:
    for part in line.words:
        start = 0
        for n, (a, b) in enumerate(pairwise(part.glyphs), start=1):
            if b.x0 - a.x1 > TOUCH * 0.8 * (b.bottom - b.top):
                yield _Piece(line, part.glyphs[start:n])
                start = n
        if part.glyphs:
            yield _Piece(line, part.glyphs[start:])


def _without(part: Part, taken: set[Glyph]) -> list[Part]:
    if taken.isdisjoint(part.glyphs):
        return [part]
    rest = [glyph for glyph in part.glyphs if glyph not in taken]
    return [Part("".join(glyph.text for glyph in rest), rest[0].x0, rest[-1].x1, rest)] if rest else []


def _text(pieces: Sequence[_Piece]) -> Text:
    """Characters of one head are in lines of their own height, whatever lines of the page they were taken for."""
    found = [glyph for piece in pieces for glyph in piece.glyphs]
    text = "\n".join("".join(glyph.text for glyph in row) for row in rows(found))
    first, last = min(piece.line.top for piece in pieces), max(piece.line.bottom for piece in pieces)
    return Text(text, min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces), first, last)


def spanning_heads(line: Placed, columns: Sequence[Column]) -> tuple[list[Part], dict[int, Text]]:
    """What is left of a line above heads: what stands left of the columns, and heads, each by the first column it stands over or
    else the nearest; no heads where a list mark begins the line, as a heading's, or two stand over one column."""
    beside = [part for part in line.words if (part.x0 + part.x1) / 2 < columns[0].x0]
    found: dict[int, Text] = {}
    for part in line.words[len(beside) :] if not line.holds_numbers else ():
        met = [n for n, column in enumerate(columns) if column.holds(part)]
        at = met[0] if met else min(range(len(columns)), key=lambda n: max(part.x0 - columns[n].x1, columns[n].x0 - part.x1))
        if at in found or LIST_MARK.match(part.text):
            return beside, {}
        found[at] = Text(part.text, part.x0, part.x1, line.top, line.bottom)
    return beside, found
