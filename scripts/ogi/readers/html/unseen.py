"""Text of a page that nobody sees: of the colour of what lies behind it, or of one point and less.

Comes in: a page's source and tree. Goes out: the same tree without such text. Must not know: tables, what belongs to the report.
Most pages say nothing of white or of tiny text: only the others are looked through. Where style sheets lie outside of the page,
what lies behind its texts is not known.
"""

from __future__ import annotations

import re
from functools import lru_cache

import tinycss2
from lxml import etree
from tinycss2.color3 import RGBA, parse_color

from ogi.readers.html.styles import Look, looks
from ogi.readers.marked import PAPER, Colour, alike

_PALE = re.compile(rb"color(?<![-\w]color)\s*[:=][\s\"']*(?:#f|white|snow|ivory|rgba?\(2[45])")  # the word first: found at once
_SMALL = re.compile(rb"font-size\s*:\s*[01](?![\d.])")
_PROPERTIES = ("color", "background", "background-color", "font-size")
_SIZE = re.compile(r"([\d.]+)(p[tx])?")
_BLACK: Colour = (0, 0, 0)
_BLUE: Colour = (0, 0, 238)  # links, as browsers show them

_State = tuple[Colour | None, Colour | None, bool]  # of the text, behind it (None: not known), whether it is tiny


def hide(root: etree._Element, source: bytes) -> None:
    """`source` in lower case."""
    if not (_PALE.search(source) or _SMALL.search(source)) or b"stylesheet" in source:
        return
    said = dict(looks(root, _PROPERTIES))
    states: dict[etree._Element, _State] = {}
    for element in root.iter(etree.Element):
        inherited = states.get(element.getparent(), (_BLACK, PAPER, False))
        states[element] = colour, ground, tiny = _state(element, said.get(element, {}), *inherited)
        if tiny or alike(colour, ground):
            element.text = None
            for child in element:
                child.tail = None


def _state(element: etree._Element, look: Look, colour: Colour | None, ground: Colour | None, tiny: bool) -> _State:
    if element.tag == "a":
        colour = _BLUE
    if of_text := look.get("color") or (element.get("color") if element.tag == "font" else None):
        colour = _colour(of_text, colour)
    if element.get("background"):
        ground = None
    for behind in (element.get("bgcolor"), look.get("background"), look.get("background-color")):
        if behind:
            ground = _colour(behind, ground)
    if size := _SIZE.match(look.get("font-size", "")):
        tiny = not size[1].strip("0.") or (size[2] is not None and size[1] in ("1", "1.0"))
    return colour, ground, tiny


@lru_cache(maxsize=256)
def _colour(value: str, inherited: Colour | None) -> Colour | None:
    """The one colour that a value names, the inherited one where it names none; None where it paints anything else."""
    parts = tinycss2.parse_component_value_list(value, skip_comments=True)
    if any(part.type == "url" or (part.type == "function" and not part.lower_name.startswith("rgb")) for part in parts):
        return None
    named = [found for part in parts if isinstance(found := parse_color(part), RGBA) and found.alpha]
    return tuple(round(255 * part) for part in named[-1][:3]) if named else inherited
