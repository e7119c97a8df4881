"""A second opinion on a PDF: pdfplumber's own reading of the tables, held against ours.

Comes in: the bytes of a PDF. Goes out: one sentence for each table row in which the two differ. For benchmarks
and CI on a sample, not for every build: it is five to ten times slower. Needs pdfplumber, which no reader does.
Must not know: forms.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter

from ogi.model import Grid, GridCell
from ogi.readers import pdf

_PAGE = re.compile(r"page=(\d+)")


def second_opinion(data: bytes) -> list[str]:
    """Rows of numbers that one reads and the other does not, page by page; none where they agree.

    A row is its texts without blanks, empty cells left out: where rows are cut by a page break, and how an empty
    cell is told, the two differ by design.
    """
    ours, theirs = _ours(data), _theirs(data)
    out = []
    for page in sorted(ours.keys() | theirs.keys()):
        mine, other = ours.get(page, Counter()), theirs.get(page, Counter())
        out += [f"page {page}: only our reading has {' | '.join(row)}" for row in sorted((mine - other).elements())]
        out += [f"page {page}: only pdfplumber has {' | '.join(row)}" for row in sorted((other - mine).elements())]
    return out


Rows = dict[int, Counter[tuple[str, ...]]]


def _ours(data: bytes) -> Rows:
    found: Rows = {}
    for block in pdf.read(data).blocks:
        if isinstance(block, Grid):
            for row in block.rows():
                _add(found, row)
    return found


def _add(found: Rows, row: list[GridCell]) -> None:
    pages = {int(page) for cell in row for page in _PAGE.findall(cell.locator) if cell.rowspan == 1}
    texts = _numbers([cell.text for cell in row])
    if texts and len(pages) == 1:
        found.setdefault(pages.pop(), Counter())[texts] += 1


def _theirs(data: bytes) -> Rows:
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    found: Rows = {}
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages[:pdf.MOST_PAGES]:
            for table in page.extract_tables():
                for row in table:
                    texts = _numbers([text or "" for text in row])
                    if texts:
                        found.setdefault(page.page_number, Counter())[texts] += 1
    return found


def _numbers(texts: list[str]) -> tuple[str, ...]:
    """The numbers of a row, where it has any: labels wrap and radicals fold differently."""
    plain = ("".join(text.split()) for text in texts)
    return tuple(text for text in plain if text and re.fullmatch(r"[-+\d.,/—]+", text))
