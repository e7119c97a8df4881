"""The parts of an OFD package: which pages there are, what each draws on, what its objects refer to.

Comes in: the zip. Goes out: the XML of pages with the templates they stand on, and their resources. Must not know: text,
geometry. Names in an OFD are only looked up in the zip, never on the disk.
"""

from __future__ import annotations

import math
import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from ogi.errors import Unreadable
from ogi.readers.remedies import FETCH
from ogi.readers.zips import Archive


@dataclass(frozen=True, slots=True)
class Parts:
    """What objects refer to by number: files of pictures, units drawn from several places, drawing parameters."""

    media: dict[str, str] = field(default_factory=dict)
    units: dict[str, etree._Element] = field(default_factory=dict)
    looks: dict[str, etree._Element] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """`layers` are the contents in drawing order, templates first; `box` is the page's in millimetres; `missing` names the
    parts that it refers to and the zip does not hold whole."""

    box: str
    layers: tuple[etree._Element, ...]
    parts: Parts
    missing: tuple[str, ...] = ()


class Package:
    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        root = self._archive.xml("OFD.xml")
        place = root.findtext(".//{*}DocBody/{*}DocRoot")
        if not place:
            found = "文件里没有写明正文在哪里（DocRoot） it names no document inside (DocRoot)"
            raise Unreadable("ofd", found, FETCH)
        self.documents = len(root.findall(".//{*}DocBody/{*}DocRoot"))
        name = _joined("", place)
        self._document = self._archive.xml(name)
        self._folder = posixpath.dirname(name)
        self._templates = {t.get("ID"): t for t in self._document.iterfind(".//{*}TemplatePage")}
        self._entries = self._document.findall("./{*}Pages/{*}Page")
        self._kept: dict[str, etree._Element] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def page(self, number: int) -> Page:
        """Counted from 1; Unreadable where its own content is missing or broken."""
        name = _joined(self._folder, self._entries[number - 1].get("BaseLoc", ""))
        content = self._archive.xml(name)
        missing: list[str] = []
        under: list[etree._Element] = []
        over: list[etree._Element] = []
        for used in content.iterfind("./{*}Template"):
            template = self._templates.get(used.get("TemplateID"))
            place = _joined(self._folder, template.get("BaseLoc", "")) if template is not None else ""
            try:
                part = self._common(place)
            except Unreadable:
                missing.append(place or f"TemplateID {used.get('TemplateID')}")
                continue
            order = used.get("ZOrder") or (template.get("ZOrder") if template is not None else None)
            (over if order == "Foreground" else under).append(part)
        own = [_joined(posixpath.dirname(name), e.text or "") for e in content.iterfind("./{*}PageRes")]
        parts = self._parts(own, self._shared) if own else self._shared
        box = content.findtext("./{*}Area/{*}PhysicalBox") or self._box
        return Page(box, (*under, content, *over), parts, tuple(missing))

    def media(self, page: Page, resource: str) -> bytes | None:
        """The bytes of a picture; None where the package does not hold it."""
        name = page.parts.media.get(resource, "")
        return self._archive.read(name) if name in self._archive else None

    @cached_property
    def _box(self) -> str:
        return self._document.findtext(".//{*}CommonData/{*}PageArea/{*}PhysicalBox") or "0 0 210 297"

    @cached_property
    def _shared(self) -> Parts:
        names = [_joined(self._folder, e.text or "") for tag in ("PublicRes", "DocumentRes")
                 for e in self._document.iterfind(f".//{{*}}{tag}")]
        return self._parts(names, Parts())

    def _parts(self, names: Iterable[str], more: Parts) -> Parts:
        out = Parts(dict(more.media), dict(more.units), dict(more.looks))
        for name in names:
            if name not in self._archive:
                continue
            root = self._archive.xml(name)
            folder = _joined(posixpath.dirname(name), root.get("BaseLoc", ""))
            for media in root.iterfind(".//{*}MultiMedia"):
                out.media[media.get("ID", "")] = _joined(folder, media.findtext("./{*}MediaFile") or "")
            out.units.update((unit.get("ID", ""), unit) for unit in root.iterfind(".//{*}CompositeGraphicUnit"))
            out.looks.update((look.get("ID", ""), look) for look in root.iterfind(".//{*}DrawParam"))
        return out

    def _common(self, name: str) -> etree._Element:
        if name not in self._kept:
            self._kept[name] = self._archive.xml(name)
        return self._kept[name]


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
