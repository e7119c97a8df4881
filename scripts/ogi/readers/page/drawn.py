"""What is drawn on a page -> its lines and tables; serves PDF, OFD and scans alike.

Comes in: characters, rules, coloured boxes and pictures in points as the page is shown. Goes out: leaves, and the
document they make. Must not know: file formats, forms.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from ogi.model import Document, Issue
from ogi.readers.marked import UNREAD
from ogi.readers.page.dealing import deal
from ogi.readers.page.frames import by_room, may_frame, parted, within
from ogi.readers.page.glyphs import CellText, Glyph, Line, page_lines
from ogi.readers.page.halfruled import undrawn_walls
from ogi.readers.page.leaves import Leaf, Table, bind
from ogi.readers.page.places import union
from ogi.readers.page.ruled import SHORTEST, SNAP, Box, Lattice, Rule, lattices
from ogi.readers.page.strokes import without_strokes
from ogi.readers.page.turns import (
    Backs,
    Sheet,
    laid_back,
    placed_back,
    upright_box,
    upright_glyphs,
    upright_rules,
)

THIN = 3.0  # a filled box thinner than this is a rule
FEW = 20  # characters beside a picture of the page: a stamp, a page number
GARBAGE = 0.3
DIGITS = 0.3  # of the characters without Unicode: with fewer digits beside them, those are the digits
HAIR = 0.3  # points
HEADED = 3  # rows of a table that has a head
EDGE = 2.0  # points from the side of the page at which a table may go on beyond
THICKEST = 9.0  # points that the lines of one wall may stand apart
SLANT = 0.09  # a text layer may lie askew with its picture by less, some five degrees
FAINT = 160  # of 255, the opacity below which text is a watermark
LIGHT = 200  # of 255, each part of a colour of text that paper does not tell from white
WHITE = 245  # of 255, each part of a colour of a box that is paper
GROUNDS, INLAID = 200, 4  # coloured boxes asked for the ground of one of paper; boxes of paper on such grounds that draw a table
UNPAINTED = 0.8  # of a page's texts: the layer that a recogniser put over a picture


@dataclass(slots=True)
class Drawn:
    """`fills` are coloured boxes, `inlaid` those of paper that lie upon them; `aside` are characters of text that runs askew or
    is faint, as a watermark is; `cut` are characters beside the window through which they would be seen; `garbage` counts those
    whose font tells no Unicode; `hidden` says that the text is an invisible layer over a picture; `forms` that some is drawn by
    pages within it; `turned` is the quarter turns against the clock of most text."""

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    horizontals: list[Rule] = field(default_factory=list)
    verticals: list[Rule] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    inlaid: list[Box] = field(default_factory=list)
    aside: list[Glyph] = field(default_factory=list)
    cut: list[tuple[Glyph, Box]] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    garbage: int = 0
    hidden: bool = False
    forms: bool = False
    turned: int = 0

    def rule(self, x0: float, top: float, x1: float, bottom: float) -> None:
        """A thin box, as the rule it looks like; a dot may belong to one of either direction."""
        wide, high = x1 - x0, bottom - top
        if 2 * wide > high:
            self.horizontals.append(Rule((top + bottom) / 2, x0, x1))
        if 2 * high > wide:
            self.verticals.append(Rule((x0 + x1) / 2, top, bottom))

    def fill(self, box: Box, coloured: bool) -> None:
        """A filled box; one of paper is seen where it lies upon a coloured one."""
        if coloured:
            self.fills.append(box)
        elif any(within(box, ground) for ground in self.fills[:GROUNDS]):
            self.inlaid.append(box)

    @property
    def sheet(self) -> Sheet:
        return Sheet(self.width, self.height, self.turned)


def unread(drawn: Drawn) -> str:
    """Why the text of the page cannot be taken as it is, as the code of an issue; '' if it can."""
    if len(drawn.glyphs) > FEW and drawn.garbage > GARBAGE * len(drawn.glyphs):
        return "text-layer-garbage"
    area = sum((x1 - x0) * (bottom - top) for x0, top, x1, bottom in drawn.pictures)
    if area > 0.5 * drawn.width * drawn.height and (len(drawn.glyphs) <= FEW or drawn.hidden):
        return "page-is-picture"
    return ""


def without_digits(drawn: Drawn) -> bool:
    """Whether the digits are in a font that tells no Unicode: many characters are, and hardly a digit is not."""
    unknown = sum(glyph.text == UNREAD for glyph in drawn.glyphs) if drawn.garbage > FEW else 0
    return unknown > FEW and sum(glyph.text.isdecimal() for glyph in drawn.glyphs) < DIGITS * unknown


def leaf(number: int, drawn: Drawn) -> Leaf:
    """The page's lines and tables, upright."""
    if drawn.turned:
        drawn = _upright(drawn)
    glyphs, across = without_strokes(drawn.glyphs, drawn.horizontals)
    drawn = replace(drawn, glyphs=glyphs, horizontals=across)
    found, frames = _lattices(drawn)
    texts, outside = deal(drawn.glyphs, found, drawn.cut)
    tables = tuple(
        Table(lattice, _cut_by_page(lattice, _pictured(lattice, cells, drawn), drawn), _frame_lines(lattice, drawn))
        for lattice, cells in zip(found, texts, strict=True)
    )
    rooms, beside = by_room(outside, frames, found)
    lines = tuple(line for room in rooms for line in page_lines(room))
    return Leaf(number, drawn.width, drawn.height, lines, tables, _aside([*drawn.aside, *beside]), tuple(frames))


def _pictured(lattice: Lattice, texts: Sequence[CellText], drawn: Drawn) -> Sequence[CellText]:
    """The texts; an empty cell that holds a picture is not blank: it may show a number."""
    held = {lattice.at((x0 + x1) / 2, (top + bottom) / 2): (x0, top, x1, bottom) for x0, top, x1, bottom in drawn.pictures
            if min(x1 - x0, bottom - top) > THIN}
    return [text._replace(text=UNREAD) if not text.text and n in held and within(held[n], lattice.cells[n].box) else text
            for n, text in enumerate(texts)] if held else texts


def _cut_by_page(lattice: Lattice, texts: Sequence[CellText], drawn: Drawn) -> tuple[CellText, ...]:
    """The texts, those marked that may be cut off: empty cells at the side of the page, and all of a last column that goes on
    where neither wall nor margin lets it."""
    left, _, right, _ = lattice.box
    beyond = [left <= EDGE, right >= drawn.width - EDGE]
    cut = _goes_on(lattice, texts, drawn)
    if not cut and not any(beyond):
        return tuple(texts)
    at_side = [(beyond[0] and cell.box[0] == left, cell.box[2] == right) for cell in lattice.cells]
    return tuple(
        text._replace(spilled=True) if (last and cut) or (not text.text and (first or (last and beyond[1]))) else text
        for text, (first, last) in zip(texts, at_side, strict=True)
    )


def _goes_on(lattice: Lattice, texts: Sequence[CellText], drawn: Drawn) -> bool:
    """Whether no rule draws the right side of a table, and a character stands across it, or nothing in the last column."""
    _, top, right, bottom = lattice.box
    if any(abs(wall.at - right) <= SNAP and wall.start < bottom and wall.end > top for wall in drawn.verticals):
        return False
    last = [text for text, cell in zip(texts, lattice.cells, strict=True) if cell.box[2] == right and cell.colspan == 1]
    glyphs = [*drawn.glyphs, *(glyph for glyph, _ in drawn.cut)]
    across = any(g[0] < right - HAIR and right + HAIR < g[2] and top < g[1] and g[3] < bottom for g in glyphs)
    return across or (len(last) >= HEADED and not any(text.text for text in last))


def _aside(glyphs: Sequence[Glyph]) -> tuple[Line, ...]:
    """What is no part of the text, in the order in which it is printed."""
    if not glyphs:
        return ()
    return (Line("".join(g.text for g in glyphs), union([g[:4] for g in glyphs]), glyphs[0].bottom - glyphs[0].top),)


def document(
    form: str, data: bytes, leaves: Sequence[Leaf], backs: Backs, issues: Sequence[Issue]
) -> Document:
    """The leaves bound; `backs` leads from boxes as read to boxes as shown, for pages that were turned."""
    bound = bind(leaves)
    made = Document(form, hashlib.sha256(data).hexdigest(), len(data), tuple(bound.blocks), tuple(bound.furniture),
                    (*issues, *bound.issues))
    if not backs:
        return made
    return replace(
        made, blocks=tuple(laid_back(block, backs) for block in made.blocks),
        furniture=tuple(placed_back(paragraph, backs) for paragraph in made.furniture),
        issues=tuple(placed_back(issue, backs) for issue in made.issues),
    )


def _upright(drawn: Drawn) -> Drawn:
    sheet = drawn.sheet
    across, down = upright_rules(drawn.horizontals, drawn.verticals, sheet)
    width, height = (sheet.width, sheet.height) if sheet.turns == 2 else (sheet.height, sheet.width)
    return Drawn(width, height, upright_glyphs(drawn.glyphs, sheet), across, down,
                 [upright_box(fill, sheet) for fill in drawn.fills], [upright_box(box, sheet) for box in drawn.inlaid],
                 upright_glyphs(drawn.aside, sheet),
                 [(glyph, upright_box(window, sheet)) for glyph, window in drawn.cut],
                 [upright_box(picture, sheet) for picture in drawn.pictures])


def _frame_lines(lattice: Lattice, drawn: Drawn) -> tuple[Line, ...]:
    """What stands in a lattice that may be a frame, room by room."""
    if not may_frame(lattice):
        return ()
    rooms, _ = by_room([g for g in drawn.glyphs if lattice.at((g.x0 + g.x1) / 2, (g.top + g.bottom) / 2) >= 0], [lattice], ())
    return tuple(line for room in rooms for line in page_lines(room))


def _snap(rules: Sequence[Rule]) -> float:
    """How far apart the lines of one wall may stand: further where most walls are double, or cells have frames of their
    own, so that every few lines close together a row follows."""
    places = sorted({rule.at for rule in rules if rule.end - rule.start > SHORTEST})
    cuts = [0, *(n for n, (a, b) in enumerate(pairwise(places), 1) if b - a >= THICKEST), len(places)]
    walls = [(places[a], places[b - 1]) for a, b in pairwise(cuts) if a < b]
    thick = [bottom - top for top, bottom in walls if bottom - top > THIN / 2]
    if len(thick) < 3 or 3 * len(thick) < len(walls) or 5 * sum(width > THICKEST for width in thick) > len(thick):
        return SNAP
    rows = [below - above for (_, above), (below, _) in pairwise(walls)]
    return max(SNAP, min(1.8 * median(thick), 0.7 * max(rows)))


def _lattices(drawn: Drawn) -> tuple[list[Lattice], list[Lattice]]:
    """Tables, and the frames that they stand in."""
    snap = _snap(drawn.horizontals)
    tables, frames = parted(lattices(drawn.horizontals, drawn.verticals, snap))
    walls = [wall for table in tables for wall in undrawn_walls(table, drawn.glyphs, drawn.horizontals)]
    if walls:
        tables, frames = parted(lattices(drawn.horizontals, drawn.verticals + walls, snap))
    # boxes that stand out count as cells only where no rules draw the table: else a highlight would split a cell
    inlaid = drawn.inlaid if len(drawn.inlaid) >= INLAID else ()
    free = [(x0, top, x1, bottom) for x0, top, x1, bottom in (*drawn.fills, *inlaid)
            if not any(lattice.box[0] <= (x0 + x1) / 2 <= lattice.box[2]
                       and lattice.box[1] <= (top + bottom) / 2 <= lattice.box[3] for lattice in tables)]
    if not free:
        return tables, frames
    across = [Rule(y, x0, x1) for x0, top, x1, bottom in free for y in (top, bottom)]
    down = [Rule(x, top, bottom) for x0, top, x1, bottom in free for x in (x0, x1)]
    return parted(lattices(drawn.horizontals + across, drawn.verticals + down, snap))
