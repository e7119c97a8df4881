"""What a docx says of its paragraph styles and lists.

Comes in: the archive. Goes out: styles by their key, and Lists. Must not know: paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from lxml import etree

from ogi.readers import zips
from ogi.readers.grid import whole
from ogi.readers.numbering import Level, Lists

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_BOUND = f'xmlns:w="{W[1:-1]}"'.encode()
_RUN, _END = b"<w:rPr>", b"</w:rPr>"
_LOOKS = (
    "rFonts|b|bCs|i|iCs|u|caps|smallCaps|outline|shadow|emboss|imprint|noProof|snapToGrid|w|kern|position|szCs|effect|bdr|em|"
    "lang|eastAsianLayout|fitText|spacing"
)
_DRESS = re.compile(rf'(?:<w:(?:(?:{_LOOKS})(?: [^<>]*)?|sz w:val="(?:[3-9]|[1-9]\d+)")/>)*'.encode())
_PPR, _VAL = f"{W}pPr", f"{W}val"


@dataclass(frozen=True, slots=True)
class Style:
    name: str
    based_on: str | None
    outline: int | None
    numbering: tuple[str, int] | None


def modern(data: bytes, part: str) -> etree._Element:
    """The root of a part with this content in the usual namespace, whichever of the two standards it follows."""
    if _STRICT in data:
        data = data.replace(_STRICT, W[1:-1].encode())
    return zips.parse_xml(_undressed(data), part)


def _undressed(data: bytes) -> bytes:
    """Without the properties of runs that say nothing but how text looks: often half of a part, and nobody asks for them."""
    if _BOUND not in data or data.count(b"xmlns:w=") > 1 or b"<![" in data:
        return data
    kept = cache(lambda said: b"" if _DRESS.fullmatch(said) else _RUN + said + _END)
    first, *runs = data.split(_RUN)
    parts = [first]
    for run in runs:
        said, end, rest = run.partition(_END)
        parts.append((kept(said) if end else _RUN + said) + rest)
    return b"".join(parts)


def num_pr(entry: etree._Element) -> tuple[str, int]:
    number, level = entry.find(f"{W}numId"), entry.find(f"{W}ilvl")
    return (
        (number.get(_VAL) or "0") if number is not None else "",
        min(whole(level.get(_VAL)) or 0, 8) if level is not None else 0,
    )


def read_styles(archive: zips.Archive, part: str) -> tuple[dict[str, Style], str]:
    styles: dict[str, Style] = {}
    default = ""
    if part not in archive:
        return styles, default
    for style in modern(archive.read(part), part).iter(f"{W}style"):
        if style.get(f"{W}type", "paragraph") != "paragraph":
            continue
        key = style.get(f"{W}styleId") or ""
        name, based_on = style.find(f"{W}name"), style.find(f"{W}basedOn")
        outline, numbering = style.find(f"{_PPR}/{W}outlineLvl"), style.find(f"{_PPR}/{W}numPr")
        styles[key] = Style(
            (name.get(_VAL) or "") if name is not None else "",
            based_on.get(_VAL) if based_on is not None else None,
            whole(outline.get(_VAL)) if outline is not None else None,
            num_pr(numbering) if numbering is not None else None,
        )
        if style.get(f"{W}default") in ("1", "true"):
            default = key
    return styles, default


def read_lists(archive: zips.Archive, part: str) -> Lists:
    lists = Lists()
    if part not in archive:
        return lists
    root = modern(archive.read(part), part)
    for abstract in root.iter(f"{W}abstractNum"):
        lists.patterns[abstract.get(f"{W}abstractNumId") or ""] = dict(_levels(abstract))
    for number in root.iter(f"{W}num"):
        key, link = number.get(f"{W}numId") or "", number.find(f"{W}abstractNumId")
        if link is None:
            continue
        lists.numbers[key] = link.get(_VAL) or ""
        for override in number.iter(f"{W}lvlOverride"):
            level = min(whole(override.get(f"{W}ilvl")) or 0, 8)
            start = override.find(f"{W}startOverride")
            if start is not None:
                lists.restarts[key, level] = whole(start.get(_VAL)) or 0
            for at, own in _levels(override):
                lists.overrides[key, at] = own
    return lists


def _levels(parent: etree._Element) -> Iterator[tuple[int, Level]]:
    for level in parent.iter(f"{W}lvl"):
        kind, text, start = (level.find(f"{W}{name}") for name in ("numFmt", "lvlText", "start"))
        yield (
            min(whole(level.get(f"{W}ilvl")) or 0, 8),
            Level(
                (kind.get(_VAL) or "") if kind is not None else "decimal",
                (text.get(_VAL) or "") if text is not None else "",
                (whole(start.get(_VAL)) or 0) if start is not None else 0,
            ),
        )
