"""Runs of a docx that nobody sees: of the colour of what lies behind them, or of one point and less; and prompts of empty fields.

Comes in: the archive and the name of its main part. Goes out: the root of that, such runs marked as hidden text. Must not know:
what is read of it. Colours count where a run, paragraph, cell or table states them; on what a style or shape paints, all is seen.
"""

from __future__ import annotations

import re

from lxml import etree

from ogi.readers import zips
from ogi.readers.docx.styles import W, modern
from ogi.readers.grid import whole
from ogi.readers.marked import PAPER, Colour, alike, hexed
from ogi.readers.radicals import folded_bytes

_TELLING = re.compile(rb':color [^>]*"(?!0{6}")[0-9A-Fa-f]{6}"|:sz \w+:val="[0-2]"')
_COLOUR, _SIZE, _SHADE, _VAL, _FILL = f"{W}color", f"{W}sz", f"{W}shd", f"{W}val", f"{W}fill"
_RUN, _PROPERTIES, _BOX = f"{W}r", f"{W}rPr", f"{W}txbxContent"
_SHADED = {_RUN: _PROPERTIES, f"{W}p": f"{W}pPr", f"{W}tc": f"{W}tcPr", f"{W}tbl": f"{W}tblPr"}
_SMALLEST = 2  # half points


def shown(archive: zips.Archive, main: str) -> etree._Element:
    content = folded_bytes(archive.read(main))
    root = modern(content, main)
    if _TELLING.search(content):
        styles = f"{main.rpartition('/')[0]}/styles.xml"
        _hide(root, styles in archive and _paints(modern(archive.read(styles), styles)))
    if b"showingPlcHdr" in content:
        _unprompt(root)
    return root


def _unprompt(root: etree._Element) -> None:
    """Empties the fields of a form that nobody filled in and that show their prompt («单击此处输入文字。»); digits stay."""
    for entry in root.iter(f"{W}showingPlcHdr"):
        field = next(entry.iterancestors(f"{W}sdt"), None)
        texts = [] if field is None or entry.get(_VAL) in ("0", "false") else list(field.iter(f"{W}t"))
        if not any(c.isdigit() for text in texts for c in text.text or ""):
            for text in texts:
                text.text = ""


def _hide(root: etree._Element, by_style: bool) -> None:
    for entry in root.iter(_COLOUR, _SIZE):
        properties = entry.getparent()
        if properties.tag != _PROPERTIES or properties.getparent().tag != _RUN:
            continue
        said = entry.get(_VAL, "")
        if entry.tag == _SIZE:
            size = whole(said)
            unseen = size is not None and size <= _SMALLEST
        else:
            unseen = alike(hexed(said), _behind(properties.getparent(), by_style))
        if unseen:
            etree.SubElement(properties, f"{W}vanish")


def _behind(run: etree._Element, by_style: bool) -> Colour | None:
    """The colour behind a run, paper where nothing is shaded; None where that is not known."""
    for outer in (run, *run.iterancestors(_BOX, *_SHADED)):
        if outer.tag == _BOX:
            return None
        for entry in next(outer.iterchildren(_SHADED[outer.tag]), ()):
            if entry.tag == f"{W}highlight" or (entry.tag == f"{W}tblStyle" and by_style):
                return None
            if entry.tag == _SHADE and _is_painted(entry):
                return hexed(entry.get(_FILL, "")) if entry.get(_VAL) == "clear" else None
    return PAPER


def _paints(styles: etree._Element) -> bool:
    """Whether any style of tables shades."""
    tables = (style for style in styles.iter(f"{W}style") if style.get(f"{W}type") == "table")
    return any(_is_painted(shade) for style in tables for shade in style.iter(_SHADE))


def _is_painted(shade: etree._Element) -> bool:
    return shade.get(_VAL) != "nil" and (shade.get(_VAL), shade.get(_FILL, "auto")) != ("clear", "auto")
