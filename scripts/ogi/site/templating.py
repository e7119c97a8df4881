"""The templates beside this file, compiled once, with escaping always on.

Comes in: nothing. Goes out: `render(name, **values)`. Must not know: what the pages are about.
"""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from ogi.messages import beside, place
from ogi.paths import PACKAGE
from ogi.site.book import TextRow
from ogi.site.text import number, paragraphs, percent, plain, safe, size

ROWS = frozenset((dict, TextRow))


@cache
def template(name: str) -> Template:
    return _environment().get_template(name)


def render(name: str, **values: object) -> Markup:
    return Markup(template(name).render(values))


@cache
def _environment() -> Environment:
    environment = _Environment(
        loader=FileSystemLoader(PACKAGE / "site" / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(t=safe, plain=plain, p=paragraphs, n=number, percent=percent, size=size)
    environment.filters.update(place=place, beside=beside)
    return environment


class _Environment(Environment):
    """`row.year` in a template is the row's column: asked for at once, not after an attribute of this name is missed."""

    def getattr(self, obj: object, attribute: str) -> object:
        if obj.__class__ in ROWS and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)
