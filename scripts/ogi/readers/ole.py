"""The streams of an OLE container ([MS-CFB]), in which binary Office files keep their parts.

Comes in: bytes. Goes out: the streams at its top by name. Must not know: what stands in them. A stream that breaks off gives
what there is of it: whether that is enough, its reader can tell.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator, Sequence
from sys import byteorder
from typing import NamedTuple

_ENTRY = 128  # bytes of a directory's entry
_STREAM, _ROOT = 2, 5


class _Entry(NamedTuple):
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


def streams(data: bytes, wanted: frozenset[str]) -> dict[str, bytes]:
    """The streams at the top, those not wanted without their bytes. Raises ValueError or struct.error."""
    shift, mini_shift = struct.unpack_from("<HH", data, 30)
    first_of_directory, _, cutoff, first_of_mini = struct.unpack_from("<4I", data, 48)
    if shift not in (9, 12) or mini_shift != 6:
        raise ValueError("sectors of an unknown size")
    sectors = _Sectors(data, 1 << shift, 1 << shift, _numbers(_table(data, 1 << shift)))
    entries = list(_entries(sectors.chain(first_of_directory)))
    if not entries or entries[0].kind != _ROOT:
        raise ValueError("a container without a root")
    root, top = entries[0], _beside(entries, entries[0].child)
    small = {entry.name for entry in top if entry.name in wanted and entry.size < cutoff}
    mini = sectors
    if small:
        own = sectors.chain(root.start)[: root.size]
        mini = _Sectors(own, 1 << mini_shift, 0, _numbers(sectors.chain(first_of_mini)))
    found = dict.fromkeys((entry.name for entry in top), b"")
    for entry in top:
        if entry.name in wanted:
            found[entry.name] = (mini if entry.name in small else sectors).chain(entry.start)[: entry.size]
    return found


class _Sectors(NamedTuple):
    """Sectors of one size from `begin` on, and for each the one that goes on with it."""

    data: bytes
    size: int
    begin: int
    next: Sequence[int]

    def chain(self, first: int) -> bytes:
        """What the sectors from this one on hold; a circle ends when it is as long as the file."""
        numbers: list[int] = []
        most = len(self.data) // self.size
        while first < len(self.next) and len(numbers) <= most:
            numbers.append(first)
            first = self.next[first]
        ends = [self.begin + (n + 1) * self.size for n in numbers]
        return b"".join([self.data[end - self.size : end] for end in ends])


def _table(data: bytes, size: int) -> bytes:
    """The table of all sectors; where it lies stands in the header, and if that has no room in a chain of its own."""
    numbers, most = _numbers(data[76:512]), len(data) // size
    (at,) = struct.unpack_from("<I", data, 68)
    while at < most and len(numbers) <= most:
        *more, at = _numbers(data[(at + 1) * size : (at + 2) * size])
        numbers.extend(more)
    return b"".join([data[(n + 1) * size : (n + 2) * size] for n in numbers if n < most])


def _numbers(raw: bytes) -> array[int]:
    numbers = array("I", raw[: len(raw) // 4 * 4])
    if byteorder == "big":
        numbers.byteswap()
    return numbers


def _entries(directory: bytes) -> Iterator[_Entry]:
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        name = directory[at : at + min(max(length - 2, 0), 64)].decode("utf-16-le", "replace")
        left, right, child = struct.unpack_from("<3I", directory, at + 68)
        start, size = struct.unpack_from("<2I", directory, at + 116)
        yield _Entry(name, kind, left, right, child, start, size)


def _beside(entries: Sequence[_Entry], first: int) -> list[_Entry]:
    """The streams of one level of the directory, which is a tree of its own."""
    found: list[_Entry] = []
    seen, ahead = {0}, [first]
    while ahead:
        number = ahead.pop()
        if number in seen or number >= len(entries):  # the number that stands for none is beyond all entries
            continue
        seen.add(number)
        ahead += entries[number].left, entries[number].right
        if entries[number].kind == _STREAM:
            found.append(entries[number])
    return found
