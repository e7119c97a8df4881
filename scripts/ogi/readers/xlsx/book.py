"""What the sheets of a workbook share: their order, the shared texts, the styles.

Comes in: the archive of an xlsx. Goes out: what a cell shows and whether it has a border. Must not
know: where cells stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from ogi.errors import Unreadable
from ogi.readers import zips
from ogi.readers.grid import whole
from ogi.readers.marked import PAPER, Colour, Marking, alike, hexed, lowered, raised, struck, unseen
from ogi.readers.xlsx.number_format import BUILT_IN, shown

_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Book:
    sheets: tuple[Sheet, ...]
    strings: tuple[str, ...]
    formats: tuple[str, ...]  # by style: the number format
    borders: tuple[bool, ...]  # by style: whether it draws any border
    markings: tuple[Marking | None, ...]  # by style: what its font makes of the text
    from_1904: bool

    def shown(self, cell: etree._Element, main: str) -> str:
        """The text that the sheet shows for a cell; '' for an empty one."""
        text = self._text(cell, main)
        style = whole(cell.get("s", "0")) if text and any(self.markings) else None
        marking = self.markings[style] if style is not None and style < len(self.markings) else None
        return marking(text) if marking else text

    def _text(self, cell: etree._Element, main: str) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find(f"{main}is")
            return _text(inline, main) if inline is not None else ""
        value = cell.find(f"{main}v")
        raw = (value.text or "") if value is not None else ""
        if not raw:
            return ""
        if kind == "s":
            at = whole(raw.strip())
            if at is None or at >= len(self.strings):
                where = cell.get("r")
                found = (
                    f"单元格 {where} 的文字不在文件里 the cell {where} points to a text that is not in the file"
                )
                remedy = "用 Excel 或 WPS 打开，重新保存 open it in Excel or WPS and save it again"
                raise Unreadable("", found, remedy)
            return self.strings[at]
        if kind == "b":
            return "TRUE" if raw == "1" else "FALSE"
        if kind in ("str", "e", "d"):
            return _ESCAPE.sub(_unescape, raw)
        style = whole(cell.get("s", "0"))
        code = self.formats[style] if style is not None and style < len(self.formats) else "General"
        return shown(raw, code, self.from_1904)

    def bordered(self, cell: etree._Element) -> bool:
        style = whole(cell.get("s", "0"))
        return style is not None and style < len(self.borders) and self.borders[style]


def open_book(archive: zips.Archive) -> Book:
    """Everything but the sheets themselves."""
    root = archive.xml("xl/workbook.xml")
    main = f"{{{etree.QName(root).namespace}}}"
    parts = _parts(archive)
    sheets = tuple(
        Sheet(
            sheet.get("name") or "",
            parts.get(sheet.get(f"{_OFFICE}id") or sheet.get(f"{_STRICT}id") or "", ""),
            sheet.get("state", "visible") != "visible",
        )
        for sheet in root.iter(f"{main}sheet")
    )
    dates = root.find(f"{main}workbookPr")
    formats, borders, markings = _styles(archive)
    return Book(
        sheets,
        _strings(archive),
        formats,
        borders,
        markings,
        dates is not None and dates.get("date1904") in ("1", "true"),
    )


def _parts(archive: zips.Archive) -> dict[str, str]:
    index = "xl/_rels/workbook.xml.rels"
    if index not in archive:
        return {}
    parts: dict[str, str] = {}
    for relation in archive.xml(index):
        target = relation.get("Target") or ""
        parts[relation.get("Id") or ""] = target[1:] if target.startswith("/") else f"xl/{target}"
    return parts


def _strings(archive: zips.Archive) -> tuple[str, ...]:
    if "xl/sharedStrings.xml" not in archive:
        return ()
    root = archive.xml("xl/sharedStrings.xml")
    main = f"{{{etree.QName(root).namespace}}}"
    return tuple(_text(entry, main) for entry in root.iter(f"{main}si"))


def _text(entry: etree._Element, main: str) -> str:
    """The runs of a text, without the phonetic guides beside them."""
    parts: list[str] = []
    for child in entry:
        if child.tag == f"{main}t":
            parts.append(child.text or "")
        elif child.tag == f"{main}r":
            run = "".join(text.text or "" for text in child.iter(f"{main}t"))
            for entry in child.iterfind(f"{main}rPr/*"):
                if marking := _look(entry, main):
                    run = marking(run)
            parts.append(run)
    text = "".join(parts)
    return _ESCAPE.sub(_unescape, text) if "_x" in text else text


def _look(entry: etree._Element, main: str) -> Marking | None:
    """What an entry of a font makes of the text."""
    if entry.tag == f"{main}strike":
        return struck if entry.get("val", "1") not in ("0", "false") else None
    return {"superscript": raised, "subscript": lowered}.get(entry.get("val", "")) if entry.tag == f"{main}vertAlign" else None


def _unescape(code: re.Match[str]) -> str:
    character = int(code[1], 16)
    return "\n" if character in (10, 13) else chr(character) if character >= 32 or character == 9 else ""


def _styles(archive: zips.Archive) -> tuple[tuple[str, ...], tuple[bool, ...], tuple[Marking | None, ...]]:
    """By style number: the number format, whether there is a border, and what the font makes of the text."""
    if "xl/styles.xml" not in archive:
        return (), (), ()
    root = archive.xml("xl/styles.xml")
    main = f"{{{etree.QName(root).namespace}}}"
    codes = dict(BUILT_IN)
    for entry in root.iter(f"{main}numFmt"):
        codes[entry.get("numFmtId") or ""] = entry.get("formatCode") or "General"
    drawn: list[bool] = []
    for borders in root.iterchildren(f"{main}borders"):
        drawn = [any(side.get("style", "none") != "none" for side in border) for border in borders]
    fonts = list(root.iterfind(f"{main}fonts/{main}font"))
    fills = list(root.iterfind(f"{main}fills/{main}fill"))
    formats: list[str] = []
    bordered: list[bool] = []
    markings: list[Marking | None] = []
    for styles in root.iterchildren(f"{main}cellXfs"):
        for style in styles:
            border, font, fill = (whole(style.get(f"{part}Id", "0")) for part in ("border", "font", "fill"))
            formats.append(codes.get(style.get("numFmtId", "0"), "General"))
            bordered.append(border is not None and border < len(drawn) and drawn[border])
            look = fonts[font] if font is not None and font < len(fonts) else ()
            ground = _behind(fills[fill], main) if fill is not None and fill < len(fills) else PAPER
            markings.append(_marking(look, ground, main))
    return tuple(formats), tuple(bordered), tuple(markings)


def _marking(font: Iterable[etree._Element], ground: Colour | None, main: str) -> Marking | None:
    if any(entry.tag == f"{main}color" and alike(_colour(entry), ground) for entry in font):
        return unseen
    return struck if any(_look(entry, main) is struck for entry in font) else None


def _behind(fill: etree._Element, main: str) -> Colour | None:
    """The colour that fills a cell, paper where none does; None where that is not known."""
    pattern = fill.find(f"{main}patternFill")
    kind = pattern.get("patternType", "none") if pattern is not None else "gradient" if len(fill) else "none"
    if kind == "none":
        return PAPER
    return _colour(pattern.find(f"{main}fgColor")) if kind == "solid" else None


def _colour(entry: etree._Element | None) -> Colour | None:
    if entry is None or entry.get("tint", "0").strip("-0."):
        return None
    if entry.get("theme") == "0" or entry.get("indexed") in ("1", "9"):
        return PAPER
    return hexed(entry.get("rgb", "")[-6:])
