"""Lines whose words and numbers stand in columns -> rows of cells, where no rules are drawn.

Comes in: lines with their parts, in reading order. Goes out: rows of cells; an empty place of a column is a cell without
text. Must not know: file formats, any form or label beyond list marks.

A stretch of lines has numbers on its right and labels to their left. First the columns of numbers are told, with the heads above
them; then labels, line by line; then each line of numbers goes to the label beside which it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ogi.readers.page.cuts import LIST_MARK, closed
from ogi.readers.page.glyphs import PADDING, Line, Part
from ogi.readers.page.glyphs import parts as parts_of
from ogi.readers.page.headed import Column, Placed, Text, columns_of, gutters_of, heads_of, with_units
from ogi.readers.page.torn import spanning_heads, torn_heads

HEAD = 9  # lines of a head above the first numbers
BEFORE = 3  # lines of a label above its numbers
LABELS = 3  # columns of labels at the most
MANY = 2  # labels of which the longest lines show where a column ends
MOST = 400  # lines of a stretch
BESIDE = 0.6  # of its height that a line has in common with one beside it
LEADING = 0.9  # of their height that lines of one number are apart at the most
SHORT = 1.7  # characters that a full line of a label may lack
WIDE = 3.0  # characters that the longest lines of labels that wrap may leave before the next column
PAGE = 1e5  # points from one page to the next, so that all lines stand below each other
ROOMY = ("、", "，", "；", "：", "。")
_BEGINS = re.compile(
    rf"{LIST_MARK.pattern}|[一二三四五六七八九十]$"
)  # the last where each character has a line
_VALUE = re.compile(
    r"(?:[增减][加少]?)?[-+−]?\d[\d,，]*(?:[.．]\d+)?\s*(?:万?元|[件条项个])?(?:[（(][^（()）]*[）)])?|[/／—–―－-]+|无"
)


@dataclass(slots=True)
class Row:
    """`at` is the line it begins with; `values` by column; `columns` is how many there are, 0 for a line as it stands, or one of
    heads over several columns. `loose`: its numbers stand in no columns, so that an empty one would leave no trace."""

    at: int
    labels: list[Text] = field(default_factory=list)
    values: dict[int, Text] = field(default_factory=dict)
    columns: int = 0
    loose: bool = False


def rows_of(lines: Sequence[Line], pages: Sequence[int]) -> list[Row]:
    """Every line is in one row."""
    parted = with_units(_side_by_side([placed(line, page) for line, page in zip(lines, pages, strict=True)]))
    out: list[Row] = []
    at = 0
    for start, stop in _stretches(parted):
        columns = columns_of(parted[max(start - HEAD, at) : start], parted[start:stop])
        if columns:
            beyond = (
                n for n in range(start, stop) if any(part.x1 > columns[0].x0 for part in parted[n].words)
            )
            stop = next(beyond, stop)
            above = parted[max(start - HEAD, at) : start]
            labels = max((part.x1 for line in parted[start:stop] for part in line.words), default=0.0)
            beside = {start - len(above) + n for n, line in enumerate(above) if len(line.words) > 1}
            heads = heads_of(above, columns) or torn_heads(above, columns, labels)
            out += _above(parted, range(at, start), columns if heads else (), beside)
            out += [Row(start, [], heads, len(columns)), *_Stretch(parted, start, stop, columns).rows]
            at = stop
    out += [_plain(n, parted[n]) for n in range(at, len(lines))]
    return [row for row in out if row.labels or row.values]


def placed(line: Line, page: int) -> Placed:
    """The parts of a line; where it was cut only because a mark leaves room, its halves are one."""
    parts = parts_of(line)
    for n in range(len(parts) - 1, 0, -1):
        a, b = parts[n - 1 : n + 1]
        if a.text.endswith(ROOMY) and b.x0 - a.x1 < line.size and not _VALUE.fullmatch(b.text):
            parts[n - 1 : n + 1] = [Part(a.text + b.text, a.x0, b.x1, (*a.glyphs, *b.glyphs))]
    n = len(parts)
    while n and _VALUE.fullmatch(parts[n - 1].text):
        n -= 1
    return Placed(parts[:n], parts[n:], page * PAGE + line.box[1], page * PAGE + line.box[3], line.size)


def _side_by_side(lines: list[Placed]) -> list[Placed]:
    """Of two lines beside each other, one a little lower, the parts are the second one's."""
    for a, b in pairwise(lines):
        common = min(a.bottom, b.bottom) - max(a.top, b.top)
        apart = all(
            p.x1 <= q.x0 or q.x1 <= p.x0 for p in (*a.words, *a.numbers) for q in (*b.words, *b.numbers)
        )
        clear = not a.numbers or all(word.x1 < a.numbers[0].x0 for word in b.words)
        if apart and clear and common > BESIDE * min(a.bottom - a.top, b.bottom - b.top):
            b.words, b.numbers = (
                sorted([*x, *y], key=lambda part: part.x0)
                for x, y in ((a.words, b.words), (a.numbers, b.numbers))
            )
            a.words, a.numbers = [], []
    return lines


def _above(lines: Sequence[Placed], at: range, columns: Sequence[Column], parted: set[int]) -> Iterator[Row]:
    """Lines above a stretch; heads over several of its `columns` in their places, where those of each are known and the line was
    `parted`."""
    first = at.stop
    while columns and first > max(at.start, at.stop - HEAD) and not lines[first - 1].holds_numbers:
        first -= 1
    for n in at:
        row = _plain(n, lines[n])
        beside, over = spanning_heads(lines[n], columns) if n >= first and n in parted else ([], {})
        yield Row(n, row.labels[: len(beside)], over) if over else row


def _plain(at: int, line: Placed) -> Row:
    texts = [Text(part.text, part.x0, part.x1, line.top, line.bottom) for part in (*line.words, *line.numbers)]
    return Row(at, texts, loose=len(line.numbers) > 1)


def _stretches(lines: Sequence[Placed]) -> Iterator[tuple[int, int]]:
    """Lines of numbers with labels to their left, and the lines of labels among them and right above."""
    at = last = 0
    while at < len(lines):
        first = lines[at]
        left, end, stop = min((part.x0 for part in first.numbers), default=0.0), 0.0, at
        while len(first.words) + len(first.numbers) > 1 and left and stop < min(len(lines), at + MOST):
            line = lines[stop]
            here = min([left, *(p.x0 for p in line.numbers)]), max([end, *(p.x1 for p in line.words)])
            if here[1] > here[0] or (len(line.words) > LABELS and not line.numbers):
                break
            (left, end), stop = here, stop + 1
        if stop > at:
            start = at
            while start > max(last, at - BEFORE) and _label_alone(lines[start - 1], left):
                start -= 1
            yield start, stop
            last = stop
        at = max(stop, at + 1)


def _label_alone(line: Placed, left: float) -> bool:
    return not line.numbers and len(line.words) < 2 and all(part.x1 < left for part in line.words)


class _Stretch:
    """The rows of a stretch: labels first, then the numbers beside them."""

    def __init__(self, lines: Sequence[Placed], start: int, stop: int, columns: Sequence[Column]) -> None:
        self.columns = columns
        self.rows: list[Row] = []
        body = lines[start:stop]
        self.gutters = gutters_of(
            [line.words for line in body]
            + [
                sorted([*a.words, *b.words], key=lambda part: part.x0)
                for a, b in pairwise(body)
                if b.top < a.bottom
            ]
        )
        self.latest: dict[int, Text] = {}
        self.reach: dict[
            int, list[float]
        ] = {}  # right ends of the lines of labels, by the column they end in
        for part in (part for line in body for part in line.words):
            self.reach.setdefault(self._span(part)[1], []).append(part.x1)
        begun = [self._label(start + n, line) for n, line in enumerate(body)]
        for n, line in enumerate(body):
            if line.numbers:
                self._number(start + n, line, begun[n], body[n + 1] if n + 1 < len(body) else None)
        self.rows.sort(key=lambda row: row.at)
        self._rejoin()

    def _rejoin(self) -> None:
        """Numbers wrapped beside a label of one line stand half above, half below it."""
        for above, row, below in list(zip(self.rows, self.rows[1:], self.rows[2:], strict=False)):
            halves = above.values.keys() == below.values.keys() and not above.labels and not below.labels
            if halves and row.labels and above.values and not above.values.keys() & row.values.keys():
                label = row.labels[-1]
                one, two = min(above.values.items())[1], min(below.values.items())[1]
                if one.top < label.top < one.bottom and two.top < label.bottom < two.bottom:
                    for place, text in above.values.items():
                        end = below.values[place]
                        self._add(text, Part(end.text, end.x0, end.reach), end.top, end.bottom)
                    row.values |= above.values
                    self.rows = [one for one in self.rows if one is not above and one is not below]

    def _span(self, part: Part) -> tuple[int, int]:
        return sum(part.x0 >= x for x, _ in self.gutters), sum(part.x1 > x for x, _ in self.gutters)

    def _label(self, at: int, line: Placed) -> Row | None:
        """Takes the words of a line; the row that begins with it, if one does."""
        row = Row(at, columns=len(self.columns))
        for part in line.words:
            first, last = self._span(part)
            before = self._goes_on(part, first, last, line)
            if before:
                before.add(part, line.top, line.bottom)
                before.beside |= {self._column(number) for number in line.numbers}
            else:
                row.labels.append(Text(part.text, part.x0, part.x1, line.top, line.bottom, first, last))
        if not row.labels:
            return None
        for label in row.labels:
            label.beside = {self._column(number) for number in line.numbers}
            self.latest.update(dict.fromkeys(range(label.first, label.last + 1), label))
        self.rows.append(row)
        return row

    def _goes_on(self, part: Part, first: int, last: int, line: Placed) -> Text | None:
        """The label that this part goes on with: the last one in its columns, if its line is full and no list mark begins here,
        and not both have numbers."""
        label = self.latest.get(first)
        if label is None or label is not self.latest.get(last) or _BEGINS.match(part.text):
            return None
        if part.x1 <= label.x0 or part.x0 >= label.reach:
            return None
        twice = last == len(self.gutters) and any(
            self._column(number) in label.beside for number in line.numbers
        )
        if twice or closed(label.text):
            return None
        return label if _open(label.text) or self._full_line(label, 0.9 * line.size) else None

    def _full_line(self, label: Text, em: float) -> bool:
        ends, starts = self.reach[label.last], [*(start for _, start in self.gutters), self.columns[0].x0]
        right, limit = starts[label.last], max(ends) - SHORT * em
        wrapping = right - max(ends) <= WIDE * em + PADDING and sum(end >= limit for end in ends) >= MANY
        return (wrapping and label.reach >= limit) or right - label.reach <= em + PADDING

    def _column(self, part: Part) -> int:
        return min(
            range(len(self.columns)),
            key=lambda n: abs(self.columns[n].x0 + self.columns[n].x1 - part.x0 - part.x1),
        )

    def _number(self, at: int, line: Placed, begun: Row | None, below: Placed | None) -> None:
        middle, edge = (line.top + line.bottom) / 2, len(self.gutters)
        beside = [
            row
            for row in self.rows
            if row.labels
            and row.labels[-1].last == edge
            and row.labels[-1].top < middle < row.labels[-1].bottom
        ]
        row = beside[0] if beside else begun or self._ended(line, below)
        if row and begun and row is not begun and _BEGINS.match(begun.labels[-1].text):
            taken = row.values.keys() & {self._column(part) for part in line.numbers}
            row = begun if taken else row  # a label that stands beside several rows has numbers of its own
        if row is None:
            row = Row(at, columns=len(self.columns))
            self.rows.append(row)
        self._write(row, line)

    def _ended(self, line: Placed, below: Placed | None) -> Row | None:
        """The row whose numbers end here, right below: they stand under numbers that left no room, others have none below, and
        the next label does not begin beside them."""
        row = max((row for row in self.rows if row.values), key=lambda row: row.at, default=None)
        ends = {self._column(part): part for part in line.numbers}
        if row is None or not ends.keys() < row.values.keys() or (below and below.top < line.bottom - 1):
            return None
        near = LEADING * (line.bottom - line.top)
        right = all(
            line.top - row.values[n].bottom < near and self._full(row.values[n], ends[n]) for n in ends
        )
        return row if right else None

    def _write(self, row: Row, line: Placed) -> None:
        for part in line.numbers:
            place = self._column(part)
            if place in row.values:
                self._add(row.values[place], part, line.top, line.bottom)
            else:
                row.values[place] = Text(part.text, part.x0, part.x1, line.top, line.bottom)

    def _add(self, number: Text, end: Part, top: float, bottom: float) -> None:
        number.add(end, top, bottom, "" if self._full(number, end) else "\n")

    def _full(self, number: Text, end: Part) -> bool:
        """Whether one more digit, as wide as those of the end, would not have stood in the line above."""
        room = min((b.x0 - a.x0 for a, b in pairwise(self.columns)), default=1e3)
        return room - (number.reach - number.x0) <= (end.x1 - end.x0) / len(end.text) + PADDING


def _open(text: str) -> bool:
    """Whether a bracket is opened that is not closed."""
    return max(text.rfind("（"), text.rfind("(")) > max(text.rfind("）"), text.rfind(")"))
