"""A second opinion on a PDF: pdfplumber's own reading of its tables, held against ours.

Comes in: the bytes of a PDF. Goes out: the rows of numbers that both have, and those that only one has. For what somebody adds,
not for every build: it is five to ten times slower than our reading, and shares no code with it. Must not know: forms.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from ogi.model import Grid
from ogi.readers import limits, pdf
from ogi.readers.paged import MOST_PAGES

Rows = Counter[tuple[str, ...]]
_NUMBER = re.compile(r"[-+\d.,/—]+")


class Opinion(NamedTuple):
    """`both` counts rows of numbers; the others are such rows, «5 | 0 | 12». What a page break cuts, pdfplumber often has not;
    what only pdfplumber has, we may have lost."""

    both: int
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


def second_opinion(data: bytes, name: str) -> Opinion | None:
    """None where pdfplumber finds no row of numbers: no PDF, a picture, a table without rules. Only for a worker: pdfplumber has
    no guard of its own, and may raise anything. `name` is for messages."""
    if not pdf.sniff(data):
        return None
    limits.enter("pdf")
    theirs = Counter(_theirs(data))
    if not theirs:
        return None
    ours = Counter(_ours(data))
    return Opinion((ours & theirs).total(), _told(ours - theirs), _told(theirs - ours))


def _ours(data: bytes) -> Iterator[tuple[str, ...]]:
    for block in pdf.read(data).blocks:
        if isinstance(block, Grid):
            yield from filter(None, (_numbers([cell.text for cell in row]) for row in block.rows()))


def _theirs(data: bytes) -> Iterator[tuple[str, ...]]:
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages[: MOST_PAGES]:
            for table in page.extract_tables():
                yield from filter(None, (_numbers([text or "" for text in row]) for row in table))


def _numbers(texts: list[str]) -> tuple[str, ...]:
    """The numbers of a row: labels wrap and radicals fold differently, and an empty cell is told in different ways."""
    plain = ("".join(text.split()) for text in texts)
    return tuple(text for text in plain if _NUMBER.fullmatch(text))


def _told(rows: Rows) -> tuple[str, ...]:
    return tuple(" | ".join(row) for row in sorted(rows.elements()))
