"""Document -> lines: one order of cells for every layout, so that the stages after it know no format.

Comes in: Document. Goes out: `Line`s, each the real cells of one grid row or one paragraph. Text that a converter ran together is
cut before section headings, so that a heading always opens a line. Must not know: tables, items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

from ogi.extract.numbers import bare, is_number, is_value, words
from ogi.extract.rows.headings import LONG, inside, is_numbered, opening, section_of
from ogi.extract.rows.labels import letters, number_of
from ogi.model import Document, Grid, GridCell, Paragraph

_PAGE_NUMBER = re.compile(
    r"[-—–－]\s*[0-9]{1,3}\s*[-—–－]|第\s*[0-9]{1,3}\s*页(?:\s*[,，/]?\s*共\s*[0-9]{1,3}\s*页)?"
)
_UNITS_SAID = re.compile(r"单位:([件条个人次项部、/,;元千万亿]{1,12})[)]?")


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
    return tuple(_believed([line for at, block in enumerate(document.blocks) for line in _lines(block, at)]))


def _believed(lines: Sequence[Line]) -> Iterator[Line]:
    """Where a section's heading is numbered (五、), lines of the same words without its number are no heading of it; where it is
    not, one that has its text behind it («其他需要报告的事项：无») is cut in two."""
    said = [(line.heading, bool(line.heading) and is_numbered(line.text)) for line in lines]
    ends = pairwise([*said, (None, False)])
    numbered = {code for (code, own), (_, again) in ends if own and not again}  # no list of contents
    for line, (code, own) in zip(lines, said, strict=True):
        if code in numbered and not own:
            yield line._replace(heading=None)
        elif code is None and line.shape is None and len(line.cells) == 1 and (at := opening(line.text)):
            parts = [line._replace(cells=(cell,)) for cell in _parted(line.cells[0], at)]
            code = section_of(parts[0].text)
            yield from (line,) if code in numbered else (parts[0]._replace(heading=code), parts[1])
        else:
            yield line


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


def is_page_number(text: str) -> bool:
    """Whether a line is the number of a page: «- 3 -», «第 3 页 共 5 页»."""
    return _PAGE_NUMBER.fullmatch(text.strip()) is not None


def are_values(text: str) -> bool:
    """Whether a line is a row of numbers and marks («64 9 / 1 / / 74»)."""
    return not is_page_number(text) and all(is_value(word.group()) for word in words(text))


def stated_money(line: Line) -> str | None:
    """The one unit of money among those that a line above a table ends with: «单位：件、万元»."""
    text = line.cells[0].text
    said = list(_UNITS_SAID.finditer(bare(text))) if len(line.cells) == 1 and "单位" in text and len(text) <= LONG else []
    units = set(re.findall("[千万亿]?元", said[-1][1])) if said and said[-1].end() == len(bare(text)) else set()
    return units.pop() if len(units) == 1 else None


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
    for _, part in groupby(rows, lambda row: len(row) > 1):  # a line alone parts tables that text joined
        stretch = list(part)
        widths = set() if block.spans_known else {len(row) for row in stretch if any(c.text.strip() for c in row)}
        shape = None if single else Shape(block.spans_known, widths.pop() if len(widths) == 1 else None)
        for row in stretch:
            if single or len(row) > 1 or row[0].text.strip():
                yield Line(tuple(row), at, shape, _heading(row), drops_empty=block.drops_empty)


def _cut(block: Paragraph) -> Iterator[tuple[str, str]]:
    """A paragraph cut behind the numbered heading that opens it; a long one before and after those that ran into it."""
    text = block.text
    first = opening(text) if is_numbered(text) else None
    if first is None and len(text) <= LONG:
        yield text.strip(), block.locator
        return
    marks = [0, *(first or ())]
    if len(text) > LONG:
        marks += [at for span in inside(text) if span[0] >= marks[-1] for at in span]
    for start, end in pairwise([*marks, len(text)]):
        part = text[start:end]
        if part.strip() and (start, end) != first:
            lead = len(part) - len(part.lstrip())
            yield part.strip(), place(block.locator, start + lead, start + len(part.rstrip()))


def _parted(cell: GridCell, at: tuple[int, int]) -> tuple[GridCell, GridCell]:
    """A cell's heading and its text."""
    text, end = cell.text, at[1]
    head = cell._replace(text=text[: at[0]], locator=place(cell.locator, 0, at[0]))
    return head, cell._replace(text=text[end:], locator=place(cell.locator, end, len(text)))


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
