"""Made-up reports as trees of HTML, for tests that change single cells."""

from __future__ import annotations

from lxml import html
from lxml.html import HtmlElement

from benchmarks.generate import generate
from benchmarks.generate.writers import WRITERS


def made_up_page(seed: int) -> HtmlElement:
    """The report of a seed; what it declares of its encoding is left out."""
    data = WRITERS["html"]([generate(seed)])[0]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    page = html.document_fromstring(text.replace('encoding="', 'was="') if text.startswith("<?xml") else text)
    for declared in page.xpath("//meta"):
        declared.getparent().remove(declared)
    return page


def rows_of(page: HtmlElement) -> list[HtmlElement]:
    """The rows of the innermost tables, in order."""
    return [row for row in page.iter("tr") if not row.xpath(".//table")]
