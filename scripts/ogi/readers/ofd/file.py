"""The parts of an OFD package: which pages there are, what each draws on, where its pictures lie.

Comes in: the zip. Goes out: the XML of pages with the templates they stand on. Must not know: text, geometry.
Names in an OFD are only looked up in the zip, never on the disk.
"""

from __future__ import annotations

import math
import posixpath
from dataclasses import dataclass

from lxml import etree

from ogi.errors import Unreadable
from ogi.readers.remedies import FETCH
from ogi.readers.zips import Archive


@dataclass(frozen=True, slots=True)
class Page:
    """`layers` are the contents in drawing order, templates first; `box` is the page's in millimetres."""

    box: str
    layers: tuple[etree._Element, ...]
    folder: str


class Package:
    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        root = archive.xml("OFD.xml")
        place = root.findtext(".//{*}DocBody/{*}DocRoot")
        if not place:
            found = "文件里没有写明正文在哪里（DocRoot） it names no document inside (DocRoot)"
            raise Unreadable("ofd", found, FETCH)
        self._document_name = _joined("", place)
        self._document = archive.xml(self._document_name)
        self._folder = posixpath.dirname(self._document_name)

    def pages(self) -> list[Page]:
        templates = {t.get("ID"): t.get("BaseLoc", "") for t in self._document.iterfind(".//{*}TemplatePage")}
        box = self._document.findtext(".//{*}CommonData/{*}PageArea/{*}PhysicalBox") or "0 0 210 297"
        out = []
        for entry in self._document.iterfind("./{*}Pages/{*}Page"):
            name = _joined(self._folder, entry.get("BaseLoc", ""))
            content = self._archive.xml(name)
            under: list[etree._Element] = []
            over: list[etree._Element] = []
            for used in content.iterfind("./{*}Template"):
                place = templates.get(used.get("TemplateID"))
                if place:
                    template = self._archive.xml(_joined(self._folder, place))
                    (over if used.get("ZOrder") == "Foreground" else under).append(template)
            own = content.findtext("./{*}Area/{*}PhysicalBox")
            out.append(Page(own or box, (*under, content, *over), posixpath.dirname(name)))
        return out

    def picture(self, page: Page) -> bytes | None:
        """The bytes of the largest picture on the page, if it is png or jpg."""
        files = self._media(page)
        best, size = None, 0.0
        for layer in page.layers:
            for image in layer.iterfind(".//{*}ImageObject"):
                _, _, width, height = floats(image.get("Boundary"), 4, (0.0, 0.0, 0.0, 0.0))
                area = width * height
                if area > size and image.get("ResourceID") in files:
                    best, size = files[image.get("ResourceID", "")], area
        return self._archive.read(best) if best and best in self._archive else None

    def _media(self, page: Page) -> dict[str, str]:
        out: dict[str, str] = {}
        names = [_joined(self._folder, e.text or "") for tag in ("PublicRes", "DocumentRes")
                 for e in self._document.iterfind(f".//{{*}}{tag}")]
        names += [_joined(page.folder, e.text or "") for layer in page.layers for e in layer.iterfind("./{*}PageRes")]
        for name in names:
            if name not in self._archive:
                continue
            root = self._archive.xml(name)
            folder = _joined(posixpath.dirname(name), root.get("BaseLoc", ""))
            for media in root.iterfind(".//{*}MultiMedia"):
                place = media.findtext("./{*}MediaFile")
                if place and media.get("ID"):
                    out[media.get("ID", "")] = _joined(folder, place.strip())
        return out


def _joined(folder: str, place: str) -> str:
    place = place.strip()
    return posixpath.normpath(place.lstrip("/") if place.startswith("/") else posixpath.join(folder, place))


def floats(text: str | None, count: int, default: tuple[float, ...]) -> tuple[float, ...]:
    """So many numbers, or the default where there are not as many."""
    parts = (text or "").split()
    return tuple(number(part, 0.0) for part in parts) if len(parts) == count else default


def number(text: str | None, default: float) -> float:
    """Finite and of a sane size; the default for anything else."""
    try:
        value = float(text) if text is not None else default
    except ValueError:
        return default
    return value if math.isfinite(value) and abs(value) < 1e6 else default
