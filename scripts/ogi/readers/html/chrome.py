"""Which parts of a page are not the report: what sites put around every article.

Comes in: elements of a page as shown. Goes out: yes or no. Must not know: any form or label; a name in `class` or `id` is
believed only where nothing of weight (a data table, a heading, much of the page's text) would go with
it.
"""

from __future__ import annotations

import re

from lxml import etree

from ogi.readers.html.shown import all_text

_TAGS = frozenset(("nav", "aside"))
_OUTSIDE_ARTICLES = frozenset(("header", "footer"))
_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary"))
_NAMED = frozenset(("div", "ul", "ol", "dl", "section", "span", "p"))
_NAMES = """
nav navbar navigation menu breadcrumb breadcrumbs crumb crumbs mbx dqwz curpos position location footer foot
header head topbar sidebar share bshare copyright search toolbar pagination pager related friendlink
"""
_WORDS = frozenset(_NAMES.split())
_CONTENT = frozenset(("article", "content", "main", "title", "detail", "text", "body"))
_SPLIT = re.compile(r"[^a-z]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DATA_CELLS = 10
_MUCH = 0.4
_PIXELS = re.compile(r"\s*(\d{1,5})(?:px|\s*$)", re.I)


def large(image: etree._Element) -> bool:
    """Whether a picture could hold a table: no small size is given."""
    return not any(
        (size := _PIXELS.match(image.get(side) or "")) and int(size[1]) < least
        for side, least in (("width", 300), ("height", 100))
    )


class Chrome:
    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._total: int | None = None

    def is_part(self, element: etree._Element) -> bool:
        """Whether the element is navigation, a site's head or foot, a trail of links and the like."""
        tag = element.tag
        if tag in _TAGS or element.get("role") in _ROLES:
            return self._light(element)
        if tag in _OUTSIDE_ARTICLES:
            return next(element.iterancestors("article", "main"), None) is None and self._light(element)
        if tag not in _NAMED:
            return False
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        if name == " ":
            return False
        words = set(_SPLIT.split(_CAMEL.sub(" ", name).lower()))
        return bool(words & _WORDS) and not words & _CONTENT and self._light(element)

    def _light(self, element: etree._Element) -> bool:
        """Whether the report could do without it."""
        if (
            sum(1 for _ in element.iter("td", "th")) > _DATA_CELLS
            or next(element.iter("h1", "h2"), None) is not None
        ):
            return False
        if self._total is None:
            self._total = _length(self._root)
        return _length(element) <= max(_MUCH * self._total, 40)


def _length(element: etree._Element) -> int:
    """Characters that it shows, blanks not counted."""
    return len("".join(all_text(element).split()))
