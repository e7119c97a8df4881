"""With what colour and how opaque an OFD object is painted: its own, or that of the drawing parameters it names.

Comes in: an object and what it stands in (GB/T 33190-2016, 8.2 and 8.3). Goes out: colour and opacity. Must not know: places.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from ogi.readers.marked import Colour
from ogi.readers.ofd.file import number
from ogi.readers.ofd.scene import Thing

BLACK: Colour = (0, 0, 0)
MOST_RELATIVES = 8


class Look(NamedTuple):
    """`colour` is None for a pattern or a shading; `opacity` of 255."""

    colour: Colour | None
    opacity: float


def filled(thing: Thing, looks: Mapping[str, etree._Element]) -> Look:
    colour = next(_said(thing, looks), None)
    if colour is None:
        return Look(BLACK, thing.around.opacity)
    own = number(colour.get("Alpha"), 255.0)
    return Look(_colour(colour), thing.around.opacity * min(255.0, max(0.0, own)) / 255.0)


def _said(thing: Thing, looks: Mapping[str, etree._Element]) -> Iterator[etree._Element]:
    """The colours to fill with, the nearest first."""
    source, name = thing.element, thing.around.look
    for _ in range(MOST_RELATIVES):
        yield from source.iterfind("./{*}FillColor")
        if name not in looks:
            return
        source = looks[name]
        name = source.get("Relative", "")


def _colour(said: etree._Element) -> Colour | None:
    """By the number of its parts grey, RGB or CMYK, in eight bits."""
    parts = [int(p[1:], 16) if p[:1] == "#" and p[1:].isalnum() else number(p, 0.0) for p in (said.get("Value") or "").split()]
    whole = [min(255, max(0, round(part))) for part in parts]
    if len(whole) == 1:
        return whole[0], whole[0], whole[0]
    if len(whole) == 3:
        return whole[0], whole[1], whole[2]
    if len(whole) == 4:
        cyan, magenta, yellow, black = (255 - part for part in whole)
        return cyan * black // 255, magenta * black // 255, yellow * black // 255
    return None if len(said) else BLACK
