"""Pages whose content lies on its side: upright for reading, and their locators laid back.

Comes in: what is drawn on a page, and by how many quarter turns (against the clock) its text stands. Goes out:
the same, upright; and locators as the page is shown. Must not know: tables, file formats.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from ogi.model import Block, Grid, Issue, Paragraph
from ogi.readers.page.glyphs import Glyph
from ogi.readers.page.places import Box, bbox
from ogi.readers.page.ruled import Rule

_PLACE = re.compile(r"page=(\d+)([^+]*?)bbox=([-\d.,]+)")
Located = TypeVar("Located", Paragraph, Issue)


class Sheet(NamedTuple):
    """A page as shown, and the quarter turns against the clock at which its text stands."""

    width: float
    height: float
    turns: int

    def back(self, box: Box) -> Box:
        return shown_box(box, self)


def upright_box(box: Box, sheet: Sheet) -> Box:
    """The box after the page is turned so that its text stands upright."""
    x0, top, x1, bottom = box
    if sheet.turns == 1:
        return sheet.height - bottom, x0, sheet.height - top, x1
    if sheet.turns == 2:
        return sheet.width - x1, sheet.height - bottom, sheet.width - x0, sheet.height - top
    if sheet.turns == 3:
        return top, sheet.width - x1, bottom, sheet.width - x0
    return box


def shown_box(box: Box, sheet: Sheet) -> Box:
    """Back from upright to the page as shown."""
    turned = (sheet.width, sheet.height) if sheet.turns % 2 == 0 else (sheet.height, sheet.width)
    return upright_box(box, Sheet(*turned, -sheet.turns % 4))


def upright_glyphs(glyphs: Sequence[Glyph], sheet: Sheet) -> list[Glyph]:
    return [Glyph(*upright_box(glyph[:4], sheet), glyph.text, glyph.score) for glyph in glyphs]


def upright_rules(
    horizontals: Sequence[Rule], verticals: Sequence[Rule], sheet: Sheet
) -> tuple[list[Rule], list[Rule]]:
    boxes = [upright_box((r.start, r.at, r.end, r.at), sheet) for r in horizontals]
    boxes += [upright_box((r.at, r.start, r.at, r.end), sheet) for r in verticals]
    across = [Rule(top, x0, x1) for x0, top, x1, bottom in boxes if x1 - x0 >= bottom - top]
    down = [Rule(x0, top, bottom) for x0, top, x1, bottom in boxes if x1 - x0 < bottom - top]
    return across, down


Backs = Mapping[int, Callable[[Box], Box]]  # by page: from the box as read to the box as shown


def laid_back(block: Block, backs: Backs) -> Block:
    """The block with locators as the pages are shown."""
    if isinstance(block, Grid):
        cells = tuple(cell._replace(locator=_back(cell.locator, backs)) for cell in block.cells)
        return replace(block, cells=cells, locator=_back(block.locator, backs))
    return placed_back(block, backs)


def placed_back(thing: Located, backs: Backs) -> Located:
    if isinstance(thing, Issue):
        cells = tuple(_back(cell, backs) for cell in thing.cells)
        return replace(thing, locator=_back(thing.locator, backs) if thing.locator else None, cells=cells)
    return replace(thing, locator=_back(thing.locator, backs))


def _back(locator: str, backs: Backs) -> str:
    def place(found: re.Match[str]) -> str:
        back = backs.get(int(found[1]))
        if back is None:
            return found[0]
        x0, top, x1, bottom = (float(value) for value in found[3].split(","))
        return f"page={found[1]}{found[2]}{bbox(back((x0, top, x1, bottom)))}"

    return _PLACE.sub(place, locator)
