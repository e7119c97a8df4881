"""Columns of numbers where no rules are drawn, the heads above them, and the columns of labels beside them.

Comes in: lines, each parted in words and numbers. Goes out: where the columns stand, or nothing where that is in doubt;
the text of their heads. Must not know: rows, file formats.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ogi.readers.page.glyphs import Part

COMMON = 0.3  # of the narrower that a line and the head below it have in common at the least
NEAR = 0.5  # of a character that a head may stand beside numbers at the side of its column
TOUCH = 1.0  # points between characters of one head
UNDER = 0.9  # of its height that a unit may stand below its number
ALIGNED = 3.0  # points that the lines of one head may be off
_UNIT = re.compile("万?元|[件条项个]")


@dataclass(slots=True)
class Placed:
    """A line: words, then numbers; from `top` to `bottom` on the pages one below the other."""

    words: list[Part]
    numbers: list[Part]
    top: float
    bottom: float
    size: float

    @property
    def holds_numbers(self) -> bool:
        return bool(self.numbers) or any(part.text.isdigit() for part in self.words)


@dataclass(slots=True)
class Text:
    """Lines of a cell from `top` to `bottom`, the last of which ends at `reach`; labels have their columns in `first`, `last`."""

    text: str
    x0: float
    reach: float
    top: float
    bottom: float
    first: int = 0
    last: int = 0
    beside: set[int] = field(default_factory=set)  # columns of the numbers in the lines of a label

    def add(self, part: Part, top: float, bottom: float, between: str = "\n") -> None:
        self.text += between + part.text
        self.x0, self.reach = min(self.x0, part.x0), part.x1
        self.top, self.bottom = min(self.top, top), max(self.bottom, bottom)


@dataclass(slots=True)
class Column:
    x0: float
    x1: float
    headed: bool = False

    def holds(self, part: Part) -> bool:
        return self.x0 < part.x1 and self.x1 > part.x0


def with_units(lines: list[Placed]) -> list[Placed]:
    """A unit alone in a line belongs to the number right above it, whose column was too narrow for both."""
    for above, line in pairwise(lines):
        near = line.top - above.bottom < UNDER * (line.bottom - line.top)
        unit = line.words[0] if near and len(line.words) == 1 and not line.numbers else None
        if unit and _UNIT.fullmatch(unit.text):
            for n, part in enumerate(above.numbers):
                if part.x0 < unit.x1 and unit.x0 < part.x1:
                    both = min(part.x0, unit.x0), max(part.x1, unit.x1)
                    above.numbers[n] = Part(part.text + unit.text, *both, (*part.glyphs, *unit.glyphs))
                    line.words = []
    return lines


def columns_of(head: Sequence[Placed], body: Sequence[Placed]) -> list[Column]:
    """The columns of numbers; none where a line has two numbers in one of them, or where neither the head nor the longest row
    tells how many there are."""
    numbers = [line.numbers for line in body if line.numbers]
    columns: list[Column] = []
    for part in sorted((part for row in numbers for part in row), key=lambda part: part.x0):
        if columns and part.x0 < columns[-1].x1:
            columns[-1].x1 = max(columns[-1].x1, part.x1)
        else:
            columns.append(Column(part.x0, part.x1))
    labels = max((part.x1 for line in body if line.numbers for part in line.words), default=0.0)
    for line in reversed(head):
        if line.holds_numbers:
            break
        over = [part for part in line.words if part.x0 >= labels]
        for part in over:
            alone = not any(abs(part.x0 - beside.x1) < TOUCH or abs(beside.x0 - part.x1) < TOUCH for beside in over)
            columns = _headed(columns, part, numbers, fresh=len(over) > 1 and alone)
    known = len(columns) == max(map(len, numbers)) or all(column.headed for column in columns)
    once = all(sum(map(column.holds, row)) < 2 for row in numbers for column in columns)
    return columns if known and once else []


def _headed(
    columns: list[Column], head: Part, numbers: Sequence[Sequence[Part]], fresh: bool
) -> list[Column]:
    """The columns with a head above them: it may be that of an empty one (`fresh`), or of numbers that stand left and right in
    it; the head of several columns tells nothing."""
    near = NEAR * (head.x1 - head.x0) / len(head.text)
    under = [c for c in columns if c.holds(head)] or [c for c in columns if c.x0 - near < head.x1 and head.x0 < c.x1 + near]
    if not under:
        return sorted([*columns, *([Column(head.x0, head.x1, True)] if fresh else [])], key=lambda c: c.x0)
    if len(under) == 1:
        under[0].headed = True
        return columns
    beside = any(sum(any(map(column.holds, row)) for column in under) > 1 for row in numbers)
    if beside or sum(column.headed for column in under) > 1:
        return columns
    whole = Column(under[0].x0, under[-1].x1, True)
    return sorted([*(column for column in columns if column not in under), whole], key=lambda c: c.x0)


def heads_of(lines: Sequence[Placed], columns: Sequence[Column]) -> dict[int, Text]:
    """The heads right above the columns, line under line, taken out of their lines; none where one reaches over several columns,
    since nothing tells how many, or where a column has none."""
    ends = [(column.x0, column.x1) for column in columns]
    heads: dict[int, Text] = {}
    taken: list[tuple[Placed, Part]] = []
    for line in reversed(lines):
        if line.holds_numbers:
            break
        for part in line.words:
            over = [
                n for n, (x0, x1) in enumerate(ends) if _above(part, x0, x1, COMMON if n in heads else 0.0)
            ]
            if len(over) > 1:
                return {}
            below = heads.get(over[0]) if over else None
            if not over or (below and not _aligned(part, below)):
                continue
            if below:
                below.text, below.x0, below.reach = f"{part.text}\n{below.text}", part.x0, part.x1
            else:
                heads[over[0]] = Text(part.text, part.x0, part.x1, line.top, line.bottom)
            ends[over[0]] = min(ends[over[0]][0], part.x0), max(ends[over[0]][1], part.x1)
            taken.append((line, part))
    if len(heads) < len(columns):
        return {}
    for line, part in taken:
        line.words.remove(part)
    return heads


def _above(part: Part, x0: float, x1: float, common: float) -> bool:
    return min(part.x1, x1) - max(part.x0, x0) > common * min(part.x1 - part.x0, x1 - x0)


def _aligned(part: Part, text: Text) -> bool:
    return min(abs(part.x0 - text.x0), abs(part.x0 + part.x1 - text.x0 - text.reach) / 2) < ALIGNED


def gutters_of(lines: Sequence[Sequence[Part]]) -> list[tuple[float, float]]:
    """Places between columns of labels, and where the next column starts: where the gaps of most lines that have gaps meet."""
    gaps = [(a.x1, b.x0) for words in lines for a, b in pairwise(words) if a.x1 < b.x0]
    found = []
    while gaps:
        best = max((x for _, x in gaps), key=lambda x: sum(a < x <= b for a, b in gaps))
        here = [(a, b) for a, b in gaps if a < best <= b]
        start = min(b for _, b in here)
        found.append(((max(a for a, _ in here) + start) / 2, start))
        gaps = [gap for gap in gaps if gap not in here]
    return sorted(found)
