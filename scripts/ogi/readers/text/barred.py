"""Bars between cells: a row a line, a cell a line, or the bar on a line of its own.

Comes in: a run of lines that carry bars. Goes out: grids, and the cells one by one where no row is known. Must not know:
any form or label.
Converters of web pages end every cell with a bar, fill up each row with bars to the width of the table («行政许可 | 0 | ||»),
and some leave out cells that are empty: what follows the last cell of a row tells where it ends, not what was in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ogi.model import Block, Grid, Paragraph
from ogi.readers.marked import UNREAD
from ogi.readers.text.lines import Line, Placed, begun, grid, numeric, split, worded

OPEN_LINES = 3  # lines that end without a bar, from which on bars are taken to part cells only
ENDED = 8  # lines that end with a bar, from which on every cell has one
STACKED = 20  # cells with the bar on the line below them, from which on that is the layout
PIECE = 8  # characters of a line that goes on in the next one of its cell
MANY = 5  # one line in so many may hold two cells where a cell has a line of its own
JOINED = 5  # cells that hold the end of a row and the next row's label, from which on a table's rows are joined so
BROKEN = 3  # rows that lines with a bar in front go on, all of one width of at least this many numbers
LONG = 5
HEADS = 3  # more words in a row than labels stand before numbers

_RULE = re.compile(r"[\s|:+\-]*-{3,}[\s|:+\-]*")
_MARKDOWN = re.compile(r"(?<!-)(?<!- )\|(?:\s*:?-{3,}:?\s*\|)+(?!\s*:?-)")
_TWO_ROWS = re.compile(r"[\d.,]+\s+\S*[\u3400-\u9fff]{3}")  # the last number of a row and the label of the next one
_FILL = re.compile(r"(?:(?<=\| )|(?<=^))\|{2,}$")


class _Unit(NamedTuple):
    """What a bar ends: `fill`: one of the bars that fill up a row; `alone`: a bar on a line of its own, which may also be
    an empty cell, or open a row."""

    text: str
    place: str
    fill: bool = False
    alone: bool = False


def bars_close(lines: Sequence[Line]) -> bool:
    """Whether a bar at a line's end closes its last cell. Where lines end without one, bars only part cells, and what follows
    the last bar of a line is an empty cell."""
    barred = [line.text.strip() for line in lines if "|" in line.text]
    return sum(not text.startswith("|") and not text.endswith("|") for text in barred) < OPEN_LINES


def broken_off(lines: list[Line]) -> list[Line]:
    """The lines with the sign for what cannot be read behind a number at the very end that no bar closes: it may go on."""
    at = max((n for n, line in enumerate(lines) if not line.blank), default=0)
    text = lines[at].text.rstrip() if lines else ""
    in_table = "|" in text or (numeric(text) and "|" in lines[at - 1].text)
    whole = not text[-1:].isdigit() or re.search(r"(?<![\d.])0$", text)  # a lone 0 does not go on
    closed = sum(line.text.rstrip().endswith("|") for line in lines) >= ENDED
    if not in_table or whole or not closed:
        return lines
    return [*lines[:at], Line(lines[at].number, text + UNREAD), *lines[at + 1 :]]


def unstacked(lines: list[Line]) -> list[Line]:
    """The lines with the bars that stand below their cells put behind them, where the text is written so; a bar before such
    a cell («| 规章») opens its row."""
    below = sum(line.text.strip() == "|" and _open(before) for before, line in pairwise(lines))
    if (
        below < STACKED
        or sum("|" in line.text and not _open(line) for line in lines if not _only_bars(line)) > below
    ):
        return lines
    out: list[Line] = []
    cell: list[Line] = []  # the lines since the last one with a bar
    for line in lines:
        if _open(line):
            if "|" in line.text:
                out += [*cell, Line(line.number, "|")]
                cell = []
            cell.append(Line(line.number, line.text.replace("|", " ", 1)))
            continue
        pieces = bool(out) and "|" in out[-1].text
        pieces = pieces and all(len(part.text.strip()) <= PIECE for part in cell[:-1])
        if line.text.strip() == "|" and cell:
            whole = cell if pieces else cell[-1:]
            out += cell[: -len(whole)]
            text = whole[0].text.rstrip() + "".join(part.text.strip() for part in whole[1:])
            out.append(Line(whole[0].number, f"{text} |"))
        else:
            out += [*cell, line]
        cell = []
    return out + cell


def _open(line: Line) -> bool:
    """Whether no bar ends the text of a line."""
    return bool(line.text.strip().removeprefix("|")) and "|" not in line.text.strip()[1:]


def _only_bars(line: Line) -> bool:
    return "|" in line.text and not line.text.replace("|", "").strip()


def barred(lines: list[Line], closed: bool) -> Iterator[Block]:
    """The blocks of a run of lines; `closed`: a bar at a line's end closes its last cell."""
    lines = [line for line in lines if not line.blank and not _RULE.fullmatch(line.text)]
    whole = _gone_on(lines)
    if whole:
        yield _rows(whole, lines[0].number, filled=False)
        return
    several = sum(sum(bool(text) for text, _ in split(line, "|")) > 1 for line in lines)
    if several * MANY < len(lines):
        yield from _cell_a_line(lines)
    else:
        yield from _row_a_line(lines, closed)


def _gone_on(lines: Sequence[Line]) -> list[list[Placed]]:
    """The rows of lines of which an empty cell ended each, so that the next one has its bar in front; nothing where not all
    rows with such lines have as many cells behind their labels."""
    rows: list[list[Placed]] = []
    widths: list[int] = []
    for part in begun(lines):
        row = [*split(part[0], "|"), *(cell for line in part[1:] for cell in split(line, "|")[1:])]
        row = row if row[-1][0] else row[:-1]
        if not row or not worded(row[0][0]):
            return []
        label = max(n for n, (text, _) in enumerate(row) if worded(text))
        if len(part) > 1 and any(text for text, _ in row[label + 1 :]):
            widths.append(len(row) - label - 1)
        rows.append(row)
    return rows if len(widths) >= BROKEN and len(set(widths)) == 1 and widths[0] >= LONG else []


# ---- whole tables in a line ------------------------------------------------------------------------------


def one_line(line: Line, mark: str) -> Iterator[Block]:
    """The tables that the dashes below a Markdown table's head tell, each of its rows as wide as they; all else one by one."""
    cells, at = split(line, mark), 0
    rules = [(line.text.count("|", 0, m.start()), m[0].count("|") - 1) for m in _MARKDOWN.finditer(line.text)]
    heads = [rule - width for rule, width in rules]
    for head, (rule, width) in zip(heads, rules, strict=True):
        end = next((other - 1 for other in heads if other > rule), len(cells) - 1)
        if mark != "|" or head <= at:
            continue
        yield from _one_by_one(cells[at:head], line)
        rows, at = [cells[head:rule]], rule + width + 1
        while at + width < end and not cells[at][0]:
            rows.append(cells[at + 1 : at + 1 + width])
            at += width + 1
        yield grid(rows, line.number)
    yield from _one_by_one(cells[at:], line)


def _one_by_one(cells: Sequence[Placed], line: Line) -> Iterator[Block]:
    """Cells of which nothing tells where a row ends: those with text; where marks are missing between some, plain text."""
    filled = [cell for cell in cells if cell[0]]
    if sum(_TWO_ROWS.match(text) is not None for text, _ in filled) >= JOINED:
        yield Paragraph(" ".join(text for text, _ in filled), f"line={line.number}")
    elif filled:
        yield grid([[cell] for cell in filled], line.number)


# ---- a row a line ---------------------------------------------------------------------------------------


def _row_a_line(lines: list[Line], closed: bool) -> Iterator[Block]:
    """A line with a single cell and its bar is a cell whose row is not known."""
    filled = any(_FILL.search(line.text.rstrip()) for line in lines)
    rows: list[list[Placed]] = []
    first = lines[0].number if lines else 0
    for line in lines:
        if line.text.strip() == "|":
            continue
        closing = closed or line.text.startswith("|")
        cells = _cells(line, closing, filled)
        if len(cells) >= 2 or line.text.count("|") >= 2:
            rows.append(cells)
        else:
            if rows:
                yield _rows(rows, first, filled)
                rows = []
            first = line.number + 1
            yield from (Paragraph(text, place) for text, place in cells)
    if rows:
        yield _rows(rows, first, filled)


def _rows(rows: list[list[Placed]], first: int, filled: bool) -> Grid:
    """The rows as a grid; where all are as wide, no cell is left out."""
    return grid(rows, first, drops_empty=filled or len({len(row) for row in rows}) > 1)


def _cells(line: Line, closing: bool, filled: bool) -> list[Placed]:
    text = line.text.rstrip()
    fill = _FILL.search(text) if closing else None
    bare = text[: fill.start()] if fill else re.sub(r"\|{2,}$", "|", text) if closing else line.text
    cells = split(Line(line.number, bare), "|")
    if not cells[0][0] and line.text.startswith("|"):
        cells = cells[1:]
    if closing and len(cells) > 1 and not cells[-1][0]:
        cells = cells[:-1]
    if not filled or not closing:
        return cells
    empties = [("", f"line={line.number}")] * (len(fill[0]) if fill else 0)
    return _without_fill(cells, empties, not fill and len(cells) > 1 and not cells[-1][0])


def _without_fill(cells: list[Placed], fill: list[Placed], last_is_open: bool) -> list[Placed]:
    """A row with numbers without the bars that fill it up, of which a last empty cell may be one; a row without numbers with
    as many empty cells."""
    if all(not text or worded(text) for text, _ in cells):
        return [*cells, *fill]
    return cells[:-1] if last_is_open else cells


# ---- a cell a line --------------------------------------------------------------------------------------


def _cell_a_line(lines: list[Line]) -> Iterator[Block]:
    """Rows where bars open them or fill them up; else the cells one by one, the empty ones too."""
    units = [unit for line in lines for unit in _units(line)]
    if units[0].alone:
        rows = _opened(units)
    elif any(unit.fill for unit in units):
        rows = _filled_up(units)
    elif len(units) == 1:
        yield Paragraph(units[0].text, units[0].place)
        return
    else:
        rows = [[unit] for unit in units]
    own_line = any(_only_bars(line) and line.text.count("|") > 1 for line in lines)
    cells = [_row(row, own_line) for row in rows]
    yield grid([row for row in cells if row], lines[0].number, drops_empty=True)


def _units(line: Line) -> Iterator[_Unit]:
    if line.text.rstrip() == "|":
        yield _Unit("", f"line={line.number}", alone=True)
        return
    *parts, (rest, at) = split(line, "|")
    words = max((n for n, (text, _) in enumerate(parts) if text), default=-1)
    empty = words < 0 and re.match(r"\s*\|\s+\||\s+\|$", line.text) is not None
    for n, (text, place) in enumerate(parts):
        yield _Unit(text, place, fill=n > max(words, empty - 1), alone=empty and n == 0 and len(parts) > 1)
    if rest:
        yield _Unit(rest, at)


def _opened(units: Sequence[_Unit]) -> list[list[_Unit]]:
    """A bar alone opens a row, unless what follows it is a number or one more such bar: then it is an empty cell."""
    rows: list[list[_Unit]] = []
    for unit, after in zip(units, [*units[1:], _Unit("", "")], strict=True):
        heads = not rows or len(rows[-1]) > HEADS and all(worded(u.text) or u.fill for u in rows[-1])
        if unit.alone and (heads or worded(after.text) or not (after.text or after.alone or after.fill)):
            rows.append([])
        else:
            rows[-1].append(unit)
    return rows


def _filled_up(units: Sequence[_Unit]) -> list[list[_Unit]]:
    """A row ends with the bars that fill it up, before the words that follow its numbers, and where it has the width of its
    table: that of the row of words above it that bars fill up, else of most such rows."""
    width = _width(units)
    rows: list[list[_Unit]] = [[]]
    for unit in units:
        row = rows[-1]
        ended = row and not unit.fill and (row[-1].fill or len(row) == width)
        if ended or (worded(unit.text) and any(not worded(u.text) for u in row)):
            if row[-1].fill and all(worded(u.text) or u.fill for u in row):
                width = len(row)
            rows.append([])
        rows[-1].append(unit)
    return rows


def _width(units: Sequence[_Unit]) -> int:
    """The units from one row's fill to the next one's, in most cases."""
    found: Counter[int] = Counter()
    count = 0
    for unit, after in zip(units, [*units[1:], _Unit("", "")], strict=True):
        count += 1
        if unit.fill and not after.fill:
            found[count] += 1
            count = 0
    return max(found, key=lambda width: (found[width], -width))


def _row(units: Sequence[_Unit], own_line: bool) -> list[Placed]:
    """`own_line`: the bars that fill up rows have lines of their own, so that a bar alone may be one."""
    cells = [(u.text, u.place) for u in units if not u.fill]
    fill = [(u.text, u.place) for u in units if u.fill]
    return _without_fill(cells, fill, bool(units) and own_line and units[-1].alone)
