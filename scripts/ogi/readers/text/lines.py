"""What the layouts of plain text share: numbered lines, their cells, and how blocks are made of them.

Comes in: lines. Goes out: cells with their places, grids, paragraphs. Must not know: any layout, form or label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ogi.model import Grid, GridCell, Paragraph

NAN = "NaN"  # as programs that hold a sheet as numbers write an empty cell
WORDS = 4  # letters that make words of a text with digits

Placed = tuple[str, str]  # the text of a cell and its locator

_NUMERIC = re.compile(r"(?:\[bookmark[^\]]*\])?[\s\d.,，+＋\-－−/／—–无]*")
_NUMBERED = re.compile(r"\s*(?:\d{1,2}\s*[.．、]|[（(]\s*\d{1,2}\s*[）)])(?!\d)")
_QUOTED = re.compile(r'^\s*"([^"]*)"\s*$')  # as sheets copy a text, and a number kept as text
_LETTER = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    text: str

    @property
    def blank(self) -> bool:
        return not self.text.strip()

    @property
    def is_cell(self) -> bool:
        """Whether it holds text, or the blank that stands for an empty cell (`numbered`)."""
        return bool(self.text.strip("\t\f"))


def numbered(texts: list[str]) -> list[Line]:
    """Lines from texts. Blanks in a line of their own are nothing, but for the empty cell of a page: a blank that never
    breaks, or any blank between two empty lines; not at the end, where what follows it is lost."""
    last = max((n for n, text in enumerate(texts) if text.strip()), default=0)
    lines = []
    for n, text in enumerate(texts):
        apart = not any((*texts[max(n - 1, 0) : n], *texts[n + 1 : n + 2]))
        nothing = n > last or (not apart and not text.strip(" "))
        lines.append(Line(n + 1, "" if nothing else text))
    return lines


def numeric(text: str) -> bool:
    """Whether a text is a number, a mark for none, or empty."""
    return _NUMERIC.fullmatch(text) is not None


def worded(text: str) -> bool:
    """Whether a text is words, and no number with its note: one that has digits begins with words or with a row's number."""
    if numeric(text):
        return False
    rest = _NUMBERED.sub("", text, count=1).lstrip()
    few = any(map(str.isdigit, rest)) and len(_LETTER.findall(rest)) < WORDS
    return not few and not rest[:1].isdigit()


def split(line: Line, mark: str) -> list[Placed]:
    """The parts of a line between the marks, each with its place."""
    cells, at = [], 0
    for part in line.text.split(mark):
        text = _QUOTED.sub(r"\1", part).strip()
        text = "" if text == NAN else text
        start = at + part.find(text) + 1
        place = f"line={line.number};chars={start}-{start + len(text) - 1}" if text else f"line={line.number}"
        cells.append((text, place))
        at += len(part) + 1
    return cells


def begun(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Rows, each with the lines below its first one that begin with a bar."""
    row: list[Line] = []
    for line in lines:
        if row and not line.text.lstrip().startswith("|"):
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def grid(rows: list[list[Placed]], first: int, *, drops_empty: bool = False) -> Grid:
    """Rows of cells as a grid that begins at line `first` and knows no spans."""
    cells = tuple(
        GridCell(text, r, c, locator)
        for r, row in enumerate(rows, start=1)
        for c, (text, locator) in enumerate(row, start=1)
    )
    return Grid(cells, f"line={first}", spans_known=False, drops_empty=drops_empty)


def paragraph(line: Line) -> Paragraph:
    """A line as a paragraph, or a heading where number signs stand before it."""
    heading = re.match(r"\s*(#{1,6})\s+(.*\S)", line.text)
    if heading:
        return Paragraph(heading[2], f"line={line.number}", len(heading[1]))
    return Paragraph(line.text.rstrip(), f"line={line.number}")
