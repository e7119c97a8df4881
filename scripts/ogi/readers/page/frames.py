"""Frames around text and tables, told from tables: a box, or a few beside and above each other, in which other tables stand.

Comes in: the lattices of a page. Goes out: which are tables, and the characters by the room of the frame they stand in. Must not
know: file formats, texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ogi.readers.page.cuts import SAME
from ogi.readers.page.glyphs import Glyph
from ogi.readers.page.ruled import SNAP, Box, Lattice

ROOMS = 6  # of a frame, at the most


def parted(found: Sequence[Lattice]) -> tuple[list[Lattice], list[Lattice]]:
    """Tables, and the frames they stand in."""
    frames = [f for f in found if len(f.cells) <= ROOMS and any(_room_of(f, other) for other in found if other is not f)]
    return [lattice for lattice in found if lattice not in frames], frames


def may_frame(lattice: Lattice) -> bool:
    """Whether the lattice has so few cells that it may frame text only."""
    return len(lattice.cells) <= ROOMS


def alike(one: Lattice, other: Lattice) -> bool:
    """Whether they have the same walls from top to bottom, as pieces of one frame on several pages have."""
    return len(one.xs) == len(other.xs) and all(abs(a - b) <= SAME for a, b in zip(one.xs, other.xs, strict=True))


def by_room(
    glyphs: Sequence[Glyph], frames: Sequence[Lattice], tables: Sequence[Lattice]
) -> tuple[list[list[Glyph]], list[Glyph]]:
    """The characters of each room, and of the page around; those of a room beside one that holds a table are apart, as a site's
    menu is."""
    if not frames:
        return [list(glyphs)], []
    rooms = sorted(_rooms(frames, tables), key=lambda room: _area(room[0]))
    kept: dict[Box | None, list[Glyph]] = {}
    aside: list[Glyph] = []
    for glyph in glyphs:
        x, y = (glyph[0] + glyph[2]) / 2, (glyph[1] + glyph[3]) / 2
        box, beside = next(
            ((box, beside) for box, beside in rooms if box[0] <= x < box[2] and box[1] <= y < box[3]), (None, False)
        )
        if beside:
            aside.append(glyph)
        else:
            kept.setdefault(box, []).append(glyph)
    return list(kept.values()), aside


def _rooms(frames: Sequence[Lattice], tables: Sequence[Lattice]) -> Iterator[tuple[Box, bool]]:
    """Every room of every frame, and whether it is empty of tables beside one that is not."""
    inner = [other.box for other in (*tables, *frames)]
    for frame in frames:
        full = [cell.box for cell in frame.cells if any(within(box, cell.box) for box in inner)]
        for cell in frame.cells:
            _, top, _, bottom = cell.box
            yield cell.box, cell.box not in full and any(high < bottom and top < low for _, high, _, low in full)


def _room_of(frame: Lattice, other: Lattice) -> bool:
    """Whether a room of the frame holds the other; a single box in a cell of many is no table."""
    return len(other.cells) >= min(len(frame.cells), 2) and any(within(other.box, cell.box) for cell in frame.cells)


def within(inner: Box, outer: Box) -> bool:
    return (
        inner != outer
        and inner[0] >= outer[0] - SNAP and inner[1] >= outer[1] - SNAP
        and inner[2] <= outer[2] + SNAP and inner[3] <= outer[3] + SNAP
    )  # fmt: skip


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
