"""The paragraph styles of a binary Word file: what they say of headings and lists.

Comes in: the raw style sheet. Goes out: per style its outline level and list, those of its base where
it has none. Must not know: text.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ogi.readers.doc.properties import Row, from_list, sprms
from ogi.readers.doc.shown import ON, TOGGLES

_NONE = 0xFFF


@dataclass(frozen=True, slots=True)
class Style:
    """`heading` 1 to 9, 0 for text; `contents`: a table of contents' line; `number` 0 is no list; `looks`: of the properties that
    hide text or strike it out, those it says, and whether they are on."""

    heading: int = 0
    contents: bool = False
    number: int | None = None
    level: int = 0
    looks: tuple[tuple[int, bool], ...] = ()


class Format(NamedTuple):
    """What holds for a paragraph, its style's word where it has none of its own: `depth` 0 is outside of tables, `cell_end`
    ends a cell of a table inside of another one; `heading` 1 to 9, 0 for text; `list`: number of its list, and level; `looks`:
    what hides text or strikes it out by the paragraph's style, where the text does not say otherwise."""

    depth: int
    row_end: bool
    cell_end: bool
    row: Row | None
    heading: int
    contents: bool
    list: tuple[str, int] | None
    looks: frozenset[int]


class Formats(dict[bytes, Format]):
    """Raw properties (a style's number, then a list) and what they say: most paragraphs share theirs with others."""

    def __init__(self, styles: Sequence[Style], data: bytes) -> None:
        self._styles = styles
        self._data = data

    def __missing__(self, raw: bytes) -> Format:
        own, which = from_list(raw[2:], self._data), raw[0] | raw[1] << 8 if len(raw) >= 2 else 0
        style = self._styles[which] if which < len(self._styles) else Style()
        outline, number, level = own.outline, own.list_number, own.list_level
        heading = style.heading if outline is None else outline + 1 if outline < 9 else 0
        if number is None:
            number, level = style.number, level or style.level
        listed = (str(number), level) if number else None
        self[raw] = Format(
            own.depth, own.row_end, own.cell_end, own.row, heading, style.contents, listed,
            frozenset(code for code, on in style.looks if on),
        )
        return self[raw]


def read_styles(raw: bytes, data: bytes) -> list[Style]:
    """The styles by their number; an unreadable sheet gives none, since text and tables do not hang on it."""
    try:
        own = _own(raw, data)
    except (struct.error, IndexError):
        return []
    return [_whole(n, own) for n in range(len(own))]


def _own(raw: bytes, data: bytes) -> list[tuple[int, Style]]:
    """The base of each style and what it says itself."""
    if len(raw) < 6:
        return []
    size, count, base_size = struct.unpack_from("<HHH", raw)
    at = 2 + size
    styles: list[tuple[int, Style]] = []
    for _ in range(min(count, 4_000)):
        (length,) = struct.unpack_from("<H", raw, at)
        at += 2
        styles.append(_one(raw[at : at + length], base_size, data) if length else (_NONE, Style()))
        at += length + (length & 1)
    return styles


def _one(raw: bytes, base_size: int, data: bytes) -> tuple[int, Style]:
    identity, kind = struct.unpack_from("<HH", raw)
    identity &= 0xFFF
    base = kind >> 4
    if kind & 0xF != 1:
        return _NONE, Style()
    (name_length,) = struct.unpack_from("<H", raw, base_size)
    at = base_size + 2 + 2 * name_length + 2
    at += at & 1
    (size,) = struct.unpack_from("<H", raw, at)
    said = from_list(raw[at + 4 : at + 2 + size], data)
    heading = identity if 1 <= identity <= 9 else 0
    if said.outline is not None:
        heading = said.outline + 1 if said.outline < 9 else 0
    return base, Style(heading, 19 <= identity <= 27, said.list_number, said.list_level, _looks(raw, at + 2 + size))


def _looks(raw: bytes, at: int) -> tuple[tuple[int, bool], ...]:
    """What the list of a style's characters says, which follows that of its paragraphs."""
    at += at & 1
    if at + 2 > len(raw):
        return ()
    (size,) = struct.unpack_from("<H", raw, at)
    return tuple((code, value[:1] in ON) for code, value in sprms(raw[at + 2 : at + 2 + size], TOGGLES))


def _whole(number: int, own: list[tuple[int, Style]]) -> Style:
    seen: set[int] = set()
    heading, contents, list_number, level = 0, False, None, 0
    looks: dict[int, bool] = {}
    while 0 <= number < len(own) and number not in seen:
        seen.add(number)
        base, style = own[number]
        heading, contents = heading or style.heading, contents or style.contents
        if list_number is None and style.number is not None:
            list_number, level = style.number, style.level
        looks = dict(style.looks) | looks
        number = base
    return Style(heading, contents, list_number, level, tuple(looks.items()))
