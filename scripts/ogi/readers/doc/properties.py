"""The property lists of a binary Word file («sprms») -> what a reader of text and tables must know.

Comes in: raw lists. Goes out: Properties. Must not know: text.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes of the operand, by the top three bits; 0: a length stands before it
_HUGE = (0x6645, 0x6646)  # the list goes on in the Data stream
_DEFINE = 0xD608
_READ = frozenset(
    (*_HUGE, 0x2416, 0x2417, 0x6649, 0x244B, 0x244C, _DEFINE, 0xD62B, 0x5624, 0x2640, 0x460B, 0x260A)
)


@dataclass(frozen=True, slots=True)
class Row:
    """What the mark at a row's end says: the cells' borders in twips, and how each cell is merged."""

    edges: tuple[int, ...]
    across: tuple[int, ...]  # per cell: 0, or the sign of a horizontal merge
    down: tuple[int, ...]  # per cell: 0, 1 goes on the cell above, 2 begins a vertical merge


class Properties(NamedTuple):
    """`depth` is 0 outside of tables; `cell_end` ends a cell of a table inside of another one."""

    depth: int = 0
    row_end: bool = False
    cell_end: bool = False
    row: Row | None = None
    outline: int | None = None
    list_number: int | None = None
    list_level: int = 0


def sprms(raw: bytes, wanted: frozenset[int]) -> Iterator[tuple[int, bytes]]:
    """Code and operand of each property that is wanted, of the hundreds there are; a list that breaks off ends."""
    at, end = 0, len(raw)
    while at + 2 <= end:
        code = raw[at] | raw[at + 1] << 8
        at += 2
        size = _SIZES[code >> 13]
        if not size:
            if code == _DEFINE or code == 0xD606:
                if at + 2 > end:
                    return
                size = (raw[at] | raw[at + 1] << 8) - 1
                at += 2
            elif at < end:
                size = raw[at]
                at += 1
                if code == 0xC615 and size == 255:
                    deleted = raw[at] if at < end else 0
                    added = raw[at + 1 + 4 * deleted] if at + 1 + 4 * deleted < end else 0
                    size = 2 + 4 * deleted + 3 * added
        if size < 0 or at + size > end:
            return
        if code in wanted:
            yield code, raw[at : at + size]
        at += size


def from_list(raw: bytes, data: bytes) -> Properties:
    """What a list says; parts of it may lie in the Data stream."""
    return _said(tuple(_all(raw, data)))


@lru_cache(maxsize=256)
def _said(entries: tuple[tuple[int, bytes], ...]) -> Properties:
    """What entries say, later ones over earlier ones; rows of one table have the same."""
    in_table = row_end = inner_row = inner_cell = False
    depth: int | None = None
    row: Row | None = None
    outline = number = None
    level = 0
    for code, operand in entries:
        if code == 0x2416:
            in_table = operand[0] == 1
        elif code == 0x2417:
            row_end = operand[0] == 1
        elif code == 0x6649:
            depth = min(max(struct.unpack("<i", operand)[0], 0), 20)
        elif code == 0x244B:
            inner_cell = operand[0] == 1
        elif code == 0x244C:
            inner_row = operand[0] == 1
        elif code == _DEFINE:
            row = _row(operand) or row
        elif code == 0xD62B and row is not None and len(operand) == 2 and operand[0] < len(row.down):
            down = list(row.down)
            down[operand[0]] = {1: 1, 2: 2, 3: 2}.get(operand[1], 0)
            row = Row(row.edges, row.across, tuple(down))
        elif code == 0x5624 and row is not None:
            across = list(row.across)
            for cell in range(operand[0], min(operand[1], len(across))):
                across[cell] = 1 if cell == operand[0] else 2
            row = Row(row.edges, tuple(across), row.down)
        elif code == 0x2640:
            outline = operand[0]
        elif code == 0x460B:
            number = struct.unpack("<h", operand)[0]
        elif code == 0x260A:
            level = min(operand[0], 8)
    if depth is None:
        depth = 1 if in_table or row_end else 0
    return Properties(depth, row_end or inner_row, inner_cell, row, outline, number, level)


def _all(raw: bytes, data: bytes) -> Iterator[tuple[int, bytes]]:
    for code, operand in sprms(raw, _READ):
        if code in _HUGE:
            at = int.from_bytes(operand, "little")
            size = int.from_bytes(data[at : at + 2], "little")
            yield from _listed(data[at + 2 : at + 2 + size])
        else:
            yield code, operand


@lru_cache(maxsize=256)
def _listed(raw: bytes) -> tuple[tuple[int, bytes], ...]:
    """A whole list; rows of one table have the same."""
    return tuple(sprms(raw, _READ))


@lru_cache(maxsize=256)
def _row(operand: bytes) -> Row | None:
    """Edges of n cells, then 20 bytes a cell, of which the first two hold the merges."""
    count = operand[0] if operand else 0
    if not 0 < count <= 64 or len(operand) < 1 + 2 * (count + 1):
        return None
    edges = struct.unpack_from(f"<{count + 1}h", operand, 1)
    flags = [0] * count
    for cell in range(count):
        at = 1 + 2 * (count + 1) + 20 * cell
        if at + 2 <= len(operand):
            flags[cell] = operand[at] | operand[at + 1] << 8
    return Row(
        edges,
        tuple(flag & 3 for flag in flags),
        tuple(0 if not flag & 0x60 else 2 if flag & 0x40 else 1 for flag in flags),
    )
