"""Document -> lines: one order of cells for every layout, so that the stages after it know no format.

Comes in: Document. Goes out: `Line`s, each the real cells of one grid row or one paragraph. Text that a converter ran together is
cut before section headings, so that a heading always opens a line. Must not know: tables, items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import yaml

from ogi.extract.numbers import bare, is_number, is_value
from ogi.extract.rows.labels import letters, number_of
from ogi.forms import LOADER
from ogi.model import Document, Grid, GridCell, Paragraph
from ogi.paths import FORMS

LONG = 60  # a paragraph longer than this is no label; it may hold several that ran together

_NUMBERED = r"(?:[一二三四五六七八九十]{1,2}|(?:^|(?<=[\s。]))[1-9])\s*[、.．]\s*"
_HEAD = re.compile(r"^[#\s]*(?:第?[一二三四五六七八九十\d]{1,2}\s*(?:部分)?\s*[、.．,，:：]?\s*)?")
_PLAIN = re.compile(r"[\s:：。.·#*]")


class Shape(NamedTuple):
    """What a line may know of the grid it stands in: whether covered places are told from empty ones; if not, the
    grid's width where every row has the same number of cells (a converter's padding), else None."""

    spans_known: bool
    padded: int | None


class Line(NamedTuple):
    """The real cells of one row, left to right. `shape` is None where no grid says which cells form a row."""

    cells: tuple[GridCell, ...]
    block: int
    shape: Shape | None = None
    heading: str | None = None
    joined: bool = False
    drops_empty: bool = False  # cells are apart, and an empty one may leave no trace

    @property
    def text(self) -> str:
        return " ".join(c.text for c in self.cells if c.text).strip()

    @property
    def locator(self) -> str:
        first, last = self.cells[0].locator, self.cells[-1].locator
        return first if first == last or not first.startswith("line=") else _span(first, last)


def lines_of(document: Document) -> tuple[Line, ...]:
    """All lines in reading order; `heading` names the section that a line opens."""
    return tuple(line for at, block in enumerate(document.blocks) for line in _lines(block, at))


def section_of(text: str) -> str | None:
    """The section that a heading opens, None if the text is no heading."""
    text = text.strip()
    return _section_named(text) if len(text) <= LONG else None


@lru_cache(maxsize=4096)
def _section_named(text: str) -> str | None:
    if "。" in text[:-1] or re.match(r"[#\s]*[（(]", text):
        return None
    section = _sections().fullmatch(_PLAIN.sub("", _HEAD.sub("", text)))
    return section.lastgroup if section else None


def split_row(line: Line) -> tuple[tuple[GridCell, ...], tuple[GridCell, ...]]:
    """The label cells of a row and the cells after the last of them; empty cells before a label are no values, nor is the
    number of the row before its label (序号). What is no number that can be read («约3») is a value all the same."""
    cells = _unnumbered(line.cells) if is_value(line.cells[0].text) else line.cells
    labels = 0
    for at, cell in enumerate(cells, start=1):
        if is_value(cell.text):
            if bare(cell.text):
                break
        elif labels and _unreadable(cell.text):
            break
        else:
            labels = at
    if labels == len(cells) < len(line.cells):
        return (), line.cells  # a number and a remark
    return tuple([c for c in cells[:labels] if bare(c.text)]), cells[labels:]


@lru_cache(maxsize=4096)
def _unreadable(text: str) -> bool:
    """Whether a text with digits has too few letters for a label, and is not the number of one («4、»)."""
    return any(map(str.isdigit, text)) and len(letters(text)) < 2 and number_of(text) is None


def _unnumbered(cells: tuple[GridCell, ...]) -> tuple[GridCell, ...]:
    """The cells from the label on, where a number stands before it."""
    filled = (at for at, cell in enumerate(cells) if bare(cell.text))
    first = next(filled, None)
    if first is not None and is_number(cells[first].text):
        second = next(filled, None)
        if second is not None and not is_value(cells[second].text):
            return cells[second:]
    return cells


def _heading(cells: Sequence[GridCell]) -> str | None:
    """The section that the only filled cell of a row opens."""
    filled = ""
    for cell in cells:
        if cell.text.strip():
            if filled:
                return None
            filled = cell.text
    return section_of(filled)


def _lines(block: Paragraph | Grid, at: int) -> Iterator[Line]:
    if isinstance(block, Paragraph):
        for text, locator in _cut(block):
            yield Line((GridCell(text, 1, 1, locator),), at, heading=section_of(text))
        return
    rows = [row for row in block.rows() if row]
    single = all(len(row) == 1 for row in rows) and len(rows) > 1
    widths = set() if block.spans_known else {len(row) for row in rows if any(c.text.strip() for c in row)}
    shape = None if single else Shape(block.spans_known, widths.pop() if len(widths) == 1 else None)
    for row in rows:
        if single or len(row) > 1 or row[0].text.strip():
            yield Line(tuple(row), at, shape, _heading(row), drops_empty=block.drops_empty)


def _cut(block: Paragraph) -> Iterator[tuple[str, str]]:
    """A long paragraph cut before and after the section headings that ran into it."""
    text = block.text
    if len(text) <= LONG:
        yield text.strip(), block.locator
        return
    marks = [0]
    for match in _inner().finditer(text):
        follows = text[match.end() : match.end() + 1]
        if follows not in tuple("、，,；;”》") and not text[: match.start()].rstrip().endswith(
            ("：", ":", "《", "“")
        ):
            marks += [match.start(), match.end()]
    for start, end in zip(marks, [*marks[1:], len(text)], strict=True):
        part = text[start:end]
        if part.strip():
            lead = len(part) - len(part.lstrip())
            yield part.strip(), place(block.locator, start + lead, start + len(part.rstrip()))


def place(locator: str, start: int, end: int) -> str:
    """The locator of `text[start:end]` inside a line that `locator` names; other formats keep theirs."""
    if not locator.startswith("line="):
        return locator
    line, _, chars = locator.partition(";chars=")
    shift = int(chars.split("-")[0]) - 1 if chars else 0
    return f"{line};chars={shift + start + 1}-{shift + end}"


def _span(first: str, last: str) -> str:
    line, _, chars = first.partition(";chars=")
    other, _, end = last.partition(";chars=")
    if line != other:
        return f"{line}-{other.removeprefix('line=')}"
    return f"{line};chars={chars.split('-')[0]}-{end.split('-')[-1]}" if chars and end else line


@cache
def _sections() -> re.Pattern[str]:
    """The words of every section, each under the section's code; the first that matches holds."""
    return re.compile("|".join(f"(?P<{s['code']}>{'|'.join(s['words'])})" for s in _section_data()))


def _section_data() -> list[dict]:
    return yaml.load((FORMS / "sections.yml").read_bytes(), LOADER)["sections"]  # noqa: S506  a safe loader


@cache
def _inner() -> re.Pattern[str]:
    """Headings inside running text: a number, a delimiter, the words of a section, and no sentence around them."""
    words = "|".join(s["inner"] for s in _section_data())
    return re.compile(rf"{_NUMBERED}(?:{words})")
