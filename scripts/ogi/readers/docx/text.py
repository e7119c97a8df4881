"""The text of Word's paragraphs, as Word prints it.

Comes in: w:p elements. Goes out: their text with list numbers, the text boxes anchored in them, their
heading level. Must not know: tables and pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from lxml import etree

from ogi.readers import zips
from ogi.readers.docx.styles import W, num_pr, read_lists, read_styles
from ogi.readers.grid import whole
from ogi.readers.marked import PRINTS, UNREAD, Marking, lowered, raised, struck

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_V = "{urn:schemas-microsoft-com:vml}"

_P, _R, _T, _PPR, _RPR, _VAL = f"{W}p", f"{W}r", f"{W}t", f"{W}pPr", f"{W}rPr", f"{W}val"
_STYLE, _OUTLINE, _NUMBERING, _VANISH = f"{W}pStyle", f"{W}outlineLvl", f"{W}numPr", f"{W}vanish"
FIELD, _CODE, _SIMPLE, _INSTR = f"{W}fldChar", f"{W}instrText", f"{W}fldSimple", f"{W}instr"
_SYMBOL, _RUBY = f"{W}sym", f"{W}ruby"
_STRUCK, _SHIFTED = (f"{W}strike", f"{W}dstrike"), f"{W}vertAlign"
LOOKS = (*_STRUCK, _SHIFTED)
CHOICE = f"{_MC}AlternateContent"
TRANSPARENT = frozenset(
    f"{W}{name}"
    for name in (
        "ins",
        "moveTo",
        "sdt",
        "sdtContent",
        "customXml",
        "smartTag",
        "hyperlink",
        "fldSimple",
        "dir",
        "bdo",
    )
)
_GONE = frozenset(f"{W}{name}" for name in ("del", "moveFrom"))
FORMULAS = frozenset((f"{_M}oMath", f"{_M}oMathPara"))
_DRAWN = frozenset(f"{W}{name}" for name in ("drawing", "pict", "object"))
SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
COUNTED = tuple(f"{W}{name}" for name in "pgNum dayShort dayLong monthShort monthLong yearShort yearLong".split())
_HEADING = re.compile(r"heading\s*([1-9])$", re.I)
_CONTENTS = re.compile(r"toc\s*[1-9]$|toc\s+heading$", re.I)
_POINTS = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+)\s*(pt|in|cm|mm|px)?", re.I)
_EMU = {"pt": 12_700, "in": 914_400, "cm": 360_000, "mm": 36_000, "px": 9_525, "": 9_525}


Styled = tuple[int, bool, tuple[str, int] | None]  # level, whether a line of contents, list and its level


@dataclass(slots=True)
class Said:
    """What one paragraph says. `joined`: its mark was deleted; `contents`: a line of a table of contents."""

    text: str = ""
    level: int = 0
    joined: bool = False
    contents: bool = False
    pictures: bool = False
    boxes: tuple[etree._Element, ...] = ()


def children(parent: etree._Element, tag: str | None = None) -> list[etree._Element]:
    """Children through the wrappers that print nothing themselves; of alternatives the first."""
    found: list[etree._Element] = []
    for child in parent:
        name = child.tag
        if name == tag:
            found.append(child)
        elif name in TRANSPARENT:
            found += children(child, tag)
        elif name == CHOICE:
            found += children(child[0], tag) if len(child) else ()
        elif tag is None:
            found.append(child)
    return found


def on(switch: etree._Element | None) -> bool:
    """Whether a yes-or-no property is there and not switched off."""
    return switch is not None and switch.get(_VAL) not in ("0", "false", "off", "none")


def look(entry: etree._Element) -> Marking | None:
    """What an entry of a run's properties makes of its text; None where it says nothing of that."""
    if entry.tag in _STRUCK:
        return struck if on(entry) else None
    return {"superscript": raised, "subscript": lowered}.get(entry.get(_VAL, "")) if entry.tag == _SHIFTED else None


def pictures(paragraph: etree._Element) -> Iterator[tuple[int, int]]:
    """Width and height of its pictures and embedded objects, in EMU (360,000 a centimetre)."""
    for extent in paragraph.iter(f"{_WP}extent"):
        try:
            yield int(extent.get("cx") or 0), int(extent.get("cy") or 0)
        except ValueError:
            continue
    for image in paragraph.iter(f"{_V}imagedata"):
        shape = image.getparent()
        sizes = {
            side.lower(): float(number) * _EMU[(unit or "").lower()]
            for side, number, unit in _POINTS.findall((shape.get("style") or "") if shape is not None else "")
            if number.count(".") <= 1 and number != "."
        }
        yield int(sizes.get("width", 0)), int(sizes.get("height", 0))


class Paragraphs:
    """Reads paragraphs in document order: list numbers count as it goes."""

    def __init__(self, archive: zips.Archive, folder: str) -> None:
        self._styles, self._default = read_styles(archive, f"{folder}/styles.xml")
        self._lists = read_lists(archive, f"{folder}/numbering.xml")
        self._code: str | None = None  # of the field that is open and has no result yet
        self._styled = cache(self._with_styles)
        self._unstyled = self._with_styles(self._default, None, None)

    def numbered(self, style: str | None) -> bool:
        """Whether a paragraph of this style (None: the document's usual one) bears the number of a list."""
        return self._styled(style or self._default, None, None)[2] is not None

    def plain(self, paragraph: etree._Element) -> Said:
        said = Said()
        parts: list[str] = []
        first = next(iter(paragraph), None)
        if first is not None and first.tag == _PPR:
            said.level, said.contents, numbering = self._format(first, said)
        else:
            said.level, said.contents, numbering = self._unstyled
        if numbering is not None:
            parts.append(self._lists.next(*numbering))
        self._runs(paragraph, said, parts)
        said.text = "".join(parts)
        return said

    def _format(self, format_: etree._Element, said: Said) -> Styled:
        style, outline, numbering = self._default, None, None
        for entry in format_:
            tag = entry.tag
            if tag == _STYLE:
                style = entry.get(_VAL) or style
            elif tag == _OUTLINE:
                outline = whole(entry.get(_VAL))
            elif tag == _NUMBERING:
                numbering = num_pr(entry)
            elif tag == _RPR:
                said.joined = entry.find(f"{W}del") is not None
        return self._styled(style, outline, numbering)

    def _with_styles(self, style: str, outline: int | None, numbering: tuple[str, int] | None) -> Styled:
        """Level, whether a line of contents, and list of a paragraph: its own, else those of its style and the bases of that."""
        contents = False
        seen: set[str] = set()
        at: str | None = style
        while at in self._styles and at not in seen:
            seen.add(at)
            known = self._styles[at]
            heading = _HEADING.match(known.name)
            if outline is None:
                outline = (
                    known.outline if known.outline is not None else int(heading[1]) - 1 if heading else None
                )
            if numbering is None or (not numbering[0] and known.numbering):
                numbering = known.numbering
            contents = contents or _CONTENTS.match(known.name) is not None
            at = known.based_on
        level = outline + 1 if outline is not None and 0 <= outline < 9 else 0
        return level, contents, numbering if numbering is not None and numbering[0] not in ("", "0") else None

    def _runs(self, parent: etree._Element, said: Said, parts: list[str]) -> None:
        for child in parent:
            tag = child.tag
            if tag == _R:
                self._run(child, said, parts)
            elif tag in TRANSPARENT:
                before = len(parts)
                self._runs(child, said, parts)
                if tag == _SIMPLE and len(parts) == before and PRINTS.match(child.get(_INSTR) or ""):
                    parts.append(UNREAD)
            elif tag == CHOICE:
                if len(child):
                    self._runs(child[0], said, parts)
            elif tag in FORMULAS:
                parts.extend(text.text or "" for text in child.iter(f"{_M}t"))

    def _run(self, run: etree._Element, said: Said, parts: list[str]) -> None:
        looks: list[Marking] = []
        for child in run:
            tag = child.tag
            if tag == _T:
                text = (child.text or "").replace("\n", " ")
                for marking in looks:
                    text = marking(text)
                parts.append(text)
            elif tag == _RPR:
                for entry in child:
                    if entry.tag == _VANISH and on(entry):
                        return
                    if entry.tag in LOOKS and (said_look := look(entry)):
                        looks.append(said_look)
            elif tag in SIGNS:
                parts.append(SIGNS[tag])
            elif tag == FIELD:
                parts.append(self._field(child.get(f"{W}fldCharType")))
            elif tag == _CODE and self._code is not None:
                self._code += child.text or ""
            elif tag == _SYMBOL:
                parts.append(_symbol(child.get(f"{W}char")))
            elif tag == _RUBY:
                for base in child.iter(f"{W}rubyBase"):
                    self._runs(base, said, parts)
            elif tag in _DRAWN:
                self._drawing(child, said)
            elif tag in COUNTED:  # the page's number, a part of the date
                parts.append(UNREAD)
            elif tag == CHOICE and len(child):
                for drawing in child[0]:
                    self._drawing(drawing, said)

    def _field(self, part: str | None) -> str:
        """What a part of a field adds to the text: the end of one without a result, that something stands there."""
        code, self._code = self._code, "" if part == "begin" else None
        return UNREAD if part == "end" and code is not None and PRINTS.match(code) else ""

    def _drawing(self, drawing: etree._Element, said: Said) -> None:
        boxes = [
            box
            for box in drawing.iter(f"{W}txbxContent")
            if not any(outer.tag == f"{W}txbxContent" for outer in _up_to(box, drawing))
        ]
        said.boxes += (*boxes,)
        said.pictures = said.pictures or not boxes


def _up_to(element: etree._Element, top: etree._Element) -> Iterator[etree._Element]:
    for outer in element.iterancestors():
        if outer is top:
            return
        yield outer


def _symbol(code: str | None) -> str:
    """A character of a symbol font; those of its private area stay what they are: signs no one can read."""
    try:
        return chr(int(code or "", 16))
    except (ValueError, OverflowError):
        return ""
