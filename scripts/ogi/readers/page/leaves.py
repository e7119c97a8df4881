"""Pages -> blocks of a document: furniture apart, tables and paragraphs whole again over page breaks.

Comes in: leaves (one per page) of lines and tables in reading order. Goes out: paragraphs and grids with
locators, and the furniture. Must not know: file formats, forms, what a table means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from ogi.model import Block, Issue, Paragraph
from ogi.readers.page import columns
from ogi.readers.page.breaks import LongTable, continues
from ogi.readers.page.cuts import SAME
from ogi.readers.page.frames import alike
from ogi.readers.page.glyphs import CellText, Line
from ogi.readers.page.places import locator
from ogi.readers.page.prose import PlacedLine
from ogi.readers.page.ruled import Box, Lattice

MARGIN = 0.12  # of the page's height, where headers and footers stand
LEVEL = 10  # points that the same line may be off from page to page
PAGE_NUMBER = re.compile(r"[-—–－―·.\s]*(第\s*)?[0-9０-９]{1,3}(\s*页)?(\s*[/／,，共]+\s*[0-9０-９]{1,3}\s*页?)?[-—–－―·.\s]*")
_DIGITS = re.compile(r"\d+")
_LONE = re.compile(r"[-—–－―+]?\s*(\d{1,3})[.．]?")  # a page number, or a number of a table without rules


@dataclass(frozen=True, slots=True)
class Table:
    """`lines` are the same text as running text, where it may be a frame: one cell is no table unless a page break cut it."""

    lattice: Lattice
    texts: tuple[CellText, ...]
    lines: tuple[Line, ...] = ()

    @property
    def box(self) -> Box:
        return self.lattice.box


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page; `number` counts from 1, `lines` and `tables` in any order; `aside` is no part of the text, `frames` stand around
    it."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    aside: tuple[Line, ...] = ()
    frames: tuple[Lattice, ...] = ()


@dataclass(slots=True)
class Bound:
    blocks: list[Block] = field(default_factory=list)
    furniture: list[Paragraph] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


def bind(leaves: Sequence[Leaf]) -> Bound:
    """All leaves as one document."""
    bound = Bound()
    leaves = _without_frames(leaves)
    marginal = _marginal(leaves)
    pending: list[PlacedLine] = []
    long: LongTable | None = None
    tables = 0

    def end_prose() -> None:
        bound.blocks += columns.blocks(pending)
        pending.clear()

    def end_table() -> None:
        nonlocal long, tables
        if long is not None and not long.empty:
            tables += 1
            grid, dropped, issues = long.grid(tables)
            bound.blocks.append(grid)
            bound.issues += issues
            bound.furniture += dropped
            long = None

    for leaf in leaves:
        bound.furniture += [Paragraph(line.text, locator(leaf.number, line.box)) for line in leaf.aside]
        first = True
        for number, item in _reading_order(leaf):
            if isinstance(item, Table):
                end_prose()
                if long is not None and first and continues(long, item.lattice):
                    long.add(leaf.number, item.lattice, item.texts)
                else:
                    end_table()
                    long = LongTable(leaf.number, item.lattice, item.texts)
                first = False
            elif (leaf.number, number) in marginal:
                place = locator(leaf.number, item.box, line=number)
                bound.furniture.append(Paragraph(item.text, place))
            else:
                end_table()
                pending.append(PlacedLine(leaf.number, number, item))
                first = False
    end_prose()
    end_table()
    return bound


def _reading_order(leaf: Leaf) -> Iterable[tuple[int, Line | Table]]:
    items: list[Line | Table] = sorted([*leaf.lines, *leaf.tables], key=lambda item: (item.box[1], item.box[0]))
    number = 0
    for item in items:
        number += isinstance(item, Line)
        yield number, item


def _without_frames(leaves: Sequence[Leaf]) -> list[Leaf]:
    """A table of one cell stays only where it can be a piece of a table that goes on over the page break, and none stays that is
    a piece of a frame of another page, or goes on where such a frame holds rows."""
    marginal = _marginal(leaves)
    frames = [frame for leaf in leaves for frame in leaf.frames]
    body = [[item for n, item in _reading_order(leaf) if isinstance(item, Table) or (leaf.number, n) not in marginal]
            for leaf in leaves]

    def stays(i: int, table: Table) -> bool:
        if table.lines and any(alike(table.lattice, frame) for frame in frames):
            return False
        if len(table.texts) > 1:
            return True
        if columns.in_columns(table.lines):
            return False
        after = i + 1 < len(leaves) and body[i][-1] is table and body[i + 1][:1]
        before = i > 0 and body[i][0] is table and body[i - 1][-1:]
        beside = [other for side in (after, before) if side for other in side
                  if isinstance(other, Table) and abs(_width(other) - _width(table)) <= 2 * SAME]
        return bool(beside) and not any(len(other.texts) == 1 and columns.in_columns(other.lines) for other in beside)

    return [
        leaf if all(stays(i, table) for table in leaf.tables) else replace(
            leaf, tables=tuple(t for t in leaf.tables if stays(i, t)),
            lines=(*leaf.lines, *(line for t in leaf.tables if not stays(i, t) for line in t.lines)))
        for i, leaf in enumerate(leaves)
    ]


def _width(table: Table) -> float:
    return table.box[2] - table.box[0]


def _marginal(leaves: Sequence[Leaf]) -> set[tuple[int, int]]:
    """Lines (page, number) that are page numbers, or stand at the same place of a page near by."""
    zones = [_margin_lines(leaf) for leaf in leaves]
    found: set[tuple[int, int]] = set()
    for i, (leaf, lines) in enumerate(zip(leaves, zones, strict=True)):
        near = [(k - i, line) for k in (i - 2, i - 1, i + 1, i + 2) if 0 <= k < len(zones) for _, line in zones[k]]
        for number, line in lines:
            if lone := _LONE.fullmatch(line.text.strip()):
                known = _counts(leaf.number, int(lone[1]), line, near)
            else:
                known = bool(PAGE_NUMBER.fullmatch(line.text)) or any(_alike(line, other) for _, other in near)
            if known:
                found.add((leaf.number, number))
    return found


def _counts(page: int, number: int, line: Line, near: Sequence[tuple[int, Line]]) -> bool:
    """Whether a number alone is that of its page: it counts pages, after a cover at the most, or numbers at its height of pages
    near by go on as they do."""
    level = [(pages, _LONE.fullmatch(other.text.strip())) for pages, other in near if abs(other.box[1] - line.box[1]) <= LEVEL]
    return number in (page, page - 1 or page) or any(found and int(found[1]) == number + pages for pages, found in level)


def _margin_lines(leaf: Leaf) -> list[tuple[int, Line]]:
    lines = [(n, item) for n, item in _reading_order(leaf) if isinstance(item, Line)]
    return [(n, line) for n, line in lines[:3] + lines[max(3, len(lines) - 3):]
            if line.box[3] < MARGIN * leaf.height or line.box[1] > (1 - MARGIN) * leaf.height]


def _alike(a: Line, b: Line) -> bool:
    """The same line on another page: numbers may differ, and a recogniser errs now and then."""
    if abs(a.box[1] - b.box[1]) > LEVEL or abs(a.box[0] - b.box[0]) > 200:
        return False
    one, other = _DIGITS.sub("#", a.text), _DIGITS.sub("#", b.text)
    if one.split("\t").count("#") > 1:
        return False  # a row of a table
    return one == other or (min(len(one), len(other)) > 5 and SequenceMatcher(None, one, other).ratio() > 0.8)
