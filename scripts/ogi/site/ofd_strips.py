"""Strips of OFD pages (GB/T 33190) as small SVG pictures: their characters and lines where the file puts them.

Comes in: the bytes of an OFD. Goes out: SVG that holds escaped text and numbers, nothing else of the file. Must not
know: tables, cells. Runs only inside of `crop_process`.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from html import escape

from lxml import etree

Strip = tuple[int, float, float]
Drawn = tuple[dict[str, float | int], bytes]
POINTS = 72 / 25.4
SCALE = 1.6
LARGEST_PART = 30_000_000
MOST_OBJECTS = 100_000
LARGEST_STRIP = 100_000
WIDEST = 3_000.0
EDGE = 4.0  # points beside the ink
_WORD = re.compile(r"[MLCBQASZ]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?")
_SVG = {"S": "M", "B": "C", "C": "Z"}
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def draw_ofd(data: bytes, strips: list[Strip]) -> Iterator[Drawn]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    pages = _pages(archive)
    seen: dict[int, list[tuple[float, float, float, float, str]]] = {}
    for number, top, bottom in strips:
        if number not in seen:
            seen = {number: list(_objects(_part(archive, pages[number - 1])))}
        yield _strip(seen[number], top, bottom)


def _strip(objects: list[tuple[float, float, float, float, str]], top: float, bottom: float) -> Drawn:
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


def _objects(page: etree._Element) -> Iterator[tuple[float, float, float, float, str]]:
    """(box in points, SVG) of each text and path; pictures are left out."""
    box = page.find(".//{*}PhysicalBox")
    corner = _numbers(box.text if box is not None else "")[:2] or [0.0, 0.0]
    for count, obj in enumerate(page.iter("{*}TextObject", "{*}PathObject")):
        if count > MOST_OBJECTS:
            raise ValueError("too many objects on a page")
        bounds = _numbers(obj.get("Boundary"))
        if len(bounds) != 4 or obj.get("Visible") == "false":
            continue
        x, y = (bounds[0] - corner[0]) * POINTS, (bounds[1] - corner[1]) * POINTS
        matrix = (_numbers(obj.get("CTM")) + [1.0, 0.0, 0.0, 1.0, 0.0, 0.0])[:6] if obj.get("CTM") else None
        move = f"translate({x:.2f} {y:.2f}) scale({POINTS:.4f})"
        if matrix:
            move += f" matrix({' '.join(f'{m:.4f}' for m in matrix)})"
        drawn = _text(obj) if etree.QName(obj).localname == "TextObject" else _path(obj)
        if drawn:
            size = bounds[2] * POINTS, bounds[3] * POINTS
            yield x, y, x + size[0], y + size[1], f'<g transform="{move}">{drawn}</g>'


def _text(obj: etree._Element) -> str:
    size = (_numbers(obj.get("Size")) or [3.175])[0]
    out = []
    x = y = 0.0
    for code in obj.iterfind("./{*}TextCode"):
        text = _CONTROL.sub(" ", code.text or "")
        x, y = (_numbers(code.get("X")) or [x])[0], (_numbers(code.get("Y")) or [y])[0]
        steps = _deltas(code.get("DeltaX") or "", len(text))
        places, at = [], x
        for step in [*steps, *[0.0] * len(text)][: len(text)]:
            places.append(f"{at:.2f}")
            at += step
        spread = " ".join(places) if steps else places[0] if places else "0"
        out.append(f'<text x="{spread}" y="{y:.2f}" font-size="{size:.2f}">{escape(text)}</text>')
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


def _pages(archive: zipfile.ZipFile) -> list[str]:
    root = _part(archive, "OFD.xml").findtext(".//{*}DocRoot", "").strip().lstrip("/")
    folder = posixpath.dirname(root)
    listed = _part(archive, root).findall(".//{*}Pages/{*}Page")
    return [
        posixpath.normpath(posixpath.join(folder, page.get("BaseLoc", "").lstrip("/"))) for page in listed
    ]


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element:
    with archive.open(name) as part:
        data = part.read(LARGEST_PART + 1)
    if len(data) > LARGEST_PART:
        raise ValueError("a part of it unpacks to too much")
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
