"""Strips of OFD pages (GB/T 33190) as small SVG pictures: their characters and lines where the file puts them.

Comes in: the bytes of an OFD. Goes out: SVG that holds escaped text and numbers, nothing else of the file. Must not
know: tables, cells. Runs only inside of `crop_process`.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from html import escape
from typing import NamedTuple

from lxml import etree

Strip = tuple[int, float, float]
Drawn = tuple[dict[str, float | int], bytes]
Shown = tuple[float, float, float, float, str]
Matrix = tuple[float, float, float, float, float, float]
POINTS = 72 / 25.4
SCALE = 1.6
LARGEST_PART = 30_000_000
MOST_OBJECTS = 100_000
DEEPEST = 12  # units within units
LARGEST_STRIP = 100_000
WIDEST = 3_000.0
EDGE = 4.0  # points beside the ink
_WORD = re.compile(r"[MLCBQASZ]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?")
_SVG = {"S": "M", "B": "C", "C": "Z"}
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


class Page(NamedTuple):
    """`units` are what the page's objects draw by reference."""

    content: etree._Element
    templates: list[etree._Element]
    units: dict[str, etree._Element]


def draw_ofd(data: bytes, strips: list[Strip]) -> Iterator[Drawn]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    seen: dict[int, list[Shown]] = {}
    for number, top, bottom in strips:
        if number not in seen:
            seen = {number: list(_objects(_page(archive, number)))}
        yield _strip(seen[number], top, bottom)


def _strip(objects: list[Shown], top: float, bottom: float) -> Drawn:
    inside = [o for o in objects if o[1] < bottom and o[3] > top]
    if not inside:
        raise ValueError("nothing is drawn there")
    left = min(o[0] for o in objects) - EDGE
    wide, tall = max(o[2] for o in objects) + EDGE - left, bottom - top
    body = "".join(o[4] for o in inside)
    if not (0 < wide < WIDEST and len(body) < LARGEST_STRIP):
        raise ValueError("too large to be a row of a table")
    pixels = round(wide * SCALE), round(tall * SCALE)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:.2f} {top:.2f} {wide:.2f} {tall:.2f}" '
        f'width="{pixels[0]}" height="{pixels[1]}" font-family="SimSun,Songti SC,Noto Serif CJK SC,serif">'
        f'<rect x="{left:.2f}" y="{top:.2f}" width="{wide:.2f}" height="{tall:.2f}" fill="#fff"/>{body}</svg>'
    ).encode()
    about = {"x": left, "y": top, "scale": SCALE, "width": pixels[0], "height": pixels[1], "bytes": len(svg)}
    return about, svg


def _objects(page: Page) -> Iterator[Shown]:
    """(box in points, SVG) of each text and path, templates and units included; pictures are left out."""
    box = page.content.find(".//{*}PhysicalBox")
    corner = _numbers(box.text if box is not None else "")[:2] or [0.0, 0.0]
    paper: Matrix = (POINTS, 0.0, 0.0, POINTS, -corner[0] * POINTS, -corner[1] * POINTS)
    count = 0
    for sheet in (*page.templates, page.content):
        for layer in sheet.iterfind("./{*}Content/{*}Layer"):
            for obj, around in _walk(layer, paper, page.units, DEEPEST):
                count += 1
                if count > MOST_OBJECTS:
                    raise ValueError("too many objects on a page")
                drawn = _text(obj) if etree.QName(obj).localname == "TextObject" else _path(obj)
                if drawn:
                    move = " ".join(f"{m:.4f}" for m in _composed(_own(obj), around))
                    yield (*_box(_numbers(obj.get("Boundary")), around), f'<g transform="matrix({move})">{drawn}</g>')


def _walk(
    block: etree._Element, around: Matrix, units: Mapping[str, etree._Element], depth: int
) -> Iterator[tuple[etree._Element, Matrix]]:
    for obj in block.iterchildren(tag=etree.Element):
        if obj.get("Visible") == "false":
            continue
        kind = etree.QName(obj).localname
        if kind == "PageBlock" and depth:
            yield from _walk(obj, around, units, depth - 1)
        elif len(_numbers(obj.get("Boundary"))) != 4:
            continue
        elif kind in ("TextObject", "PathObject"):
            yield obj, around
        elif kind == "CompositeObject" and depth and obj.get("ResourceID") in units:
            for content in units[obj.get("ResourceID", "")].iterfind("./{*}Content"):
                yield from _walk(content, _composed(_own(obj), around), units, depth - 1)


def _own(obj: etree._Element) -> Matrix:
    x, y = _numbers(obj.get("Boundary"))[:2]
    own = _numbers(obj.get("CTM"))
    a, b, c, d, e, f = own if len(own) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return a, b, c, d, e + x, f + y


def _composed(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _box(boundary: list[float], around: Matrix) -> tuple[float, float, float, float]:
    x, y, wide, tall = boundary
    a, b, c, d, e, f = around
    corners = [(a * u + c * v + e, b * u + d * v + f) for u in (x, x + wide) for v in (y, y + tall)]
    across, down = [u for u, _ in corners], [v for _, v in corners]
    return min(across), min(down), max(across), max(down)


def _text(obj: etree._Element) -> str:
    size = (_numbers(obj.get("Size")) or [3.175])[0]
    out = []
    x = y = 0.0
    for code in obj.iterfind("./{*}TextCode"):
        text = _CONTROL.sub(" ", code.text or "")
        x, y = (_numbers(code.get("X")) or [x])[0], (_numbers(code.get("Y")) or [y])[0]
        across, down = (_deltas(code.get(name) or "", len(text)) for name in ("DeltaX", "DeltaY"))
        places, at, level = [], x, y
        for i, char in enumerate(text):
            places.append((f"{at:.2f}", f"{level:.2f}"))
            wide = 0.0 if down else size * (0.5 if char.isascii() else 1.0)
            at += across[min(i, len(across) - 1)] if across else wide
            level += down[min(i, len(down) - 1)] if down else 0.0
        if places:
            levels = {level for _, level in places}
            lines = " ".join(level for _, level in places) if len(levels) > 1 else places[0][1]
            spread = " ".join(at for at, _ in places)
            out.append(f'<text x="{spread}" y="{lines}" font-size="{size:.2f}">{escape(text)}</text>')
    return "".join(out)


def _path(obj: etree._Element) -> str:
    data = obj.find("./{*}AbbreviatedData")
    words = _WORD.findall(data.text or "") if data is not None else []
    wide = (_numbers(obj.get("LineWidth")) or [0.353])[0]
    fill = "#ddd" if obj.get("Fill") == "true" else "none"
    shape = " ".join(_SVG.get(word, word) for word in words)
    return (
        f'<path d="{shape}" fill="{fill}" stroke="#000" stroke-width="{max(wide, 0.1):.2f}"/>'
        if words
        else ""
    )


def _deltas(text: str, count: int) -> list[float]:
    """`3 g 4 2.5` is 3, then four times 2.5."""
    out: list[float] = []
    words = iter(text.split())
    for word in words:
        if word == "g":
            times = min(int(float(next(words, "0"))), count)
            out += [float(next(words, "0"))] * times
        else:
            out.append(float(word))
    return out[:count]


def _numbers(text: str | None) -> list[float]:
    return [float(word) for word in (text or "").split()]


def _page(archive: zipfile.ZipFile, number: int) -> Page:
    root = _part(archive, "OFD.xml").findtext(".//{*}DocRoot", "").strip().lstrip("/")
    folder, document = posixpath.dirname(root), _part(archive, root)
    places = {t.get("ID"): _joined(folder, t.get("BaseLoc", "")) for t in document.iterfind(".//{*}TemplatePage")}
    entry = document.findall(".//{*}Pages/{*}Page")[number - 1]
    content = _part(archive, _joined(folder, entry.get("BaseLoc", "")))
    used = [places.get(t.get("TemplateID")) for t in content.iterfind("./{*}Template")]
    units: dict[str, etree._Element] = {}
    for tag in ("PublicRes", "DocumentRes"):
        for named in document.iterfind(f".//{{*}}{tag}"):
            with suppress(KeyError):
                found = _part(archive, _joined(folder, named.text or "")).iterfind(".//{*}CompositeGraphicUnit")
                units.update((unit.get("ID", ""), unit) for unit in found)
    return Page(content, [_part(archive, place) for place in used if place], units)


def _joined(folder: str, place: str) -> str:
    place = place.strip()
    return posixpath.normpath(place.lstrip("/") if place.startswith("/") else posixpath.join(folder, place))


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element:
    """Large and small letters of its name are the same, as for programs that show these files."""
    names = {known.lower(): known for known in archive.namelist()}
    with archive.open(name if name in archive.NameToInfo else names.get(name.lower(), name)) as part:
        data = part.read(LARGEST_PART + 1)
    if len(data) > LARGEST_PART:
        raise ValueError("a part of it unpacks to too much")
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
