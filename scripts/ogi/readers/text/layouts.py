"""Lines of text -> paragraphs and grids, by the marks that a converter left.

Comes in: lines. Goes out: blocks in reading order. Must not know: bytes, any form or label.
Layouts met: a tab before every cell and an empty line after every row; tabs between the cells of a line; bars (`barred.py`), or a
bar in front of each cell on a line of its own (`led.py`);
several blanks between them; one blank, merged cells printed again; whole tables on one line; cells apart by three line ends and
rows by five; cells apart by one empty line. Text without marks stays paragraphs: what belongs
together there only a form can tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from ogi.model import Block, Grid
from ogi.readers.marked import UNREAD
from ogi.readers.text.aligned import aligned_run, cells_of, is_aligned, repeated_run
from ogi.readers.text.barred import barred, bars_close, broken_off, one_line, unstacked
from ogi.readers.text.bordered import bordered, is_bordered
from ogi.readers.text.led import is_led, led
from ogi.readers.text.lines import Line, Placed, grid, numeric, paragraph, split, worded

SHORT = 60  # characters of a line that goes on a cell
WRAPPED = 6  # lines over which a cell may go on
AIRY = 60  # lines apart by empty ones, from which on empty lines part cells
AIRY_CELLS = 20  # so many are enough where half of the lines have no more characters than this
CELL = 10
NEAR = 12  # lines among which two numbers above a number make it one of a table
SAME_WIDTH = 3  # rows of one width, from which on a shorter one at the end of the text is not whole
LONG_ROW = 5  # lines of numbers that are a row
ROWS = 10  # rows of one width, and at least this part of all, where every line is a cell, the empty ones too
MOST = 0.8
HEADS = 3  # words side by side that are a row of heads
COVERED = 2  # columns of labels that a span covers
WIDEST = 60  # marks in a line, from which on it is no row but a whole table


def blocks(lines: list[Line]) -> Iterator[Block]:
    lines = _unfinished(lines)
    texts = [line.text for line in lines]
    gaps, aligned = Counter(_gaps(lines)), is_aligned(texts)
    if gaps[3] >= 20 and gaps[5] >= 5 and gaps[3] > gaps[2] and not aligned:
        yield from _spaced(lines)
        return
    if _tabs_and_ends(texts):
        yield from (paragraph(Line(line.number, part)) for line in lines for part in line.text.split("\t") if part.strip())
        return
    if is_bordered(lines):
        yield from bordered(lines)
        return
    if is_led(lines):
        yield from led(lines)
        return
    if not aligned and not any("\t" in text or "|" in text for text in texts):
        few = (
            AIRY_CELLS
            if median([len(text.strip()) for text in texts if text.strip()] or [0]) <= CELL
            else AIRY
        )
        if gaps.total() - gaps[1] >= few and gaps.total() > 5 * gaps[1]:
            yield from _airy(lines)
            return
        if _empty_is_cell(lines):
            yield grid([[(text.strip(), f"line={n}")] for n, text in enumerate(texts, start=1)], 1)
            return
    lines = unstacked(lines)
    texts = [line.text for line in lines]
    closed = bars_close(lines)
    lines = broken_off(lines) if closed else lines
    at = 0
    while at < len(lines):
        mark = max("\t|", key=texts[at].count)
        if texts[at].count(mark) >= WIDEST:
            yield from one_line(lines[at], mark)
            at += 1
            continue
        stop = _table_end(lines, at, "\t")
        if stop > at:
            yield from _tabbed(lines[at:stop], broken_off=all(line.blank for line in lines[stop:]))
            at = stop
            continue
        stop = _table_end(lines, at, "|")
        if stop > at:
            yield from barred(lines[at:stop], closed)
            at = stop
            continue
        stop = repeated_run(texts, at)
        if stop > at:
            yield grid([split(line, " ") for line in lines[at:stop]], lines[at].number)
            at = stop
            continue
        stop = aligned_run(texts, at) if aligned else at
        if stop > at:
            yield grid([_apart(line) for line in lines[at:stop]], lines[at].number, drops_empty=True)
            at = stop
            continue
        if not lines[at].blank:
            yield paragraph(lines[at])
        at += 1


def _tabs_and_ends(texts: Sequence[str]) -> bool:
    """Whether two tabs part some of the cells and line ends the others, as where cells hold paragraphs: each is one by one, since
    neither tells where a row ends."""
    tabs = [run for text in texts for run in re.findall("\t+", text)]
    alone = sum(bool(text.strip()) and numeric(text) and "\t\t" not in text.strip() for text in texts)
    return len(tabs) >= AIRY_CELLS and all(len(run) % 2 == 0 for run in tabs) and alone >= AIRY_CELLS


def _unfinished(lines: list[Line]) -> list[Line]:
    """The lines with the sign for what cannot be read behind a number below numbers at the very end: no report ends so, and the
    number on which a text breaks off may go on. None that begins with 0 does."""
    at = max((n for n, line in enumerate(lines) if not line.blank), default=0)
    above = [line for line in lines[max(0, at - NEAR) : at] if not line.blank]
    if (
        not lines
        or not lines[at].text.strip().strip("0").isdigit()
        or sum(numeric(line.text) for line in above) < 2
    ):
        return lines
    return [*lines[:at], Line(lines[at].number, lines[at].text.rstrip() + UNREAD), *lines[at + 1 :]]


def _apart(line: Line) -> list[tuple[str, str]]:
    """The cells of a line that blanks hold apart, or the line as one."""
    found = [
        (line.text[start:end], f"line={line.number};chars={start + 1}-{end}")
        for start, end in cells_of(line.text)
    ]
    return found or [(line.text.strip(), f"line={line.number}")]


def _table_end(lines: list[Line], at: int, mark: str) -> int:
    """The end of the run of lines that carry `mark`, over empty lines and, after tab cells, over continued cells."""
    if mark not in lines[at].text:
        return at
    end = at + 1
    while end < len(lines):
        line = lines[end]
        if mark in line.text:
            end += 1
        elif not line.blank:
            if mark == "\t" and not lines[end - 1].blank and _soft(lines, end):
                end += 1
                continue
            break
        else:
            ahead = end
            while ahead < len(lines) and lines[ahead].blank and mark not in lines[ahead].text:
                ahead += 1
            if ahead == len(lines) or mark not in lines[ahead].text:
                break
            end = ahead
    return end


def _soft(lines: list[Line], at: int) -> bool:
    """Whether an unmarked line goes on a cell of the line-a-cell layout: short, and after at most a few such lines the
    next cell or the end of the row."""
    for line in lines[at : at + WRAPPED]:
        if _opens(line) or line.text == "":
            return line is not lines[at]
        if len(line.text.strip()) > SHORT:
            return False
    return False


def _opens(line: Line) -> bool:
    """Whether a line is a cell that a tab opens; several tabs and nothing else are a row of empty cells."""
    return line.text.startswith("\t") and (not line.blank or line.text.count("\t") == 1)


def _tabbed(lines: list[Line], broken_off: bool) -> Iterator[Grid]:
    """`broken_off`: the text ends here, so that a last row that is shorter than all others is not whole."""
    within = (line.text.strip() and line.text.count("\t") >= 2 for line in lines)
    if any(within) or not any(map(_opens, lines)):
        rows = _unpadded([split(line, "\t") for line in lines if line.text])
        widths = {len(row) for row in rows[:-1]}
        if broken_off and len(widths) == 1 and len(rows) > SAME_WIDTH:
            rows[-1] += [(UNREAD, rows[-1][-1][1])] * (widths.pop() - len(rows[-1]))
    else:
        rows = _cell_a_line(lines)
    yield grid(rows, lines[0].number)


def _unpadded(rows: list[list[Placed]]) -> list[list[Placed]]:
    """Rows without the tab that closes each of them: it does where it closes rows of heads, too."""
    wide = [row for row in rows if len(row) > 1]
    while (
        wide
        and not any(row[-1][0] for row in wide)
        and any(len(row) > HEADS and all(worded(text) for text, _ in row[:-1]) for row in wide)
    ):
        rows = [row[:-1] if len(row) > 1 else row for row in rows]
        wide = [row for row in rows if len(row) > 1]
    return rows


def _cell_a_line(lines: list[Line]) -> list[list[tuple[str, str]]]:
    """A tab opens a cell, a line without one goes on with it, an empty line ends the row."""
    rows: list[list[tuple[str, str]]] = [[]]
    for line in lines:
        if line.text.startswith("\t"):
            rows[-1].append((line.text[1:].strip(), f"line={line.number}"))
        elif line.blank:
            rows.append([])
        elif rows[-1]:
            text, locator = rows[-1][-1]
            rows[-1][-1] = (f"{text}\n{line.text.strip()}", locator)
        else:
            rows[-1].append((line.text.strip(), f"line={line.number}"))
    return [row for row in rows if row]


def _gaps(lines: list[Line]) -> Iterator[int]:
    last = 0
    for line in lines:
        if line.is_cell:
            if last:
                yield line.number - last
            last = line.number


def _spaced(lines: list[Line]) -> Iterator[Block]:
    """Three line ends between cells, five between rows; three more for every empty cell; six open or close a table."""
    words = [line for line in lines if line.text]
    rows: list[list[tuple[str, str]]] = []
    last = 0
    for at, line in enumerate(words):
        gap, last = line.number - last if last else 1, line.number
        cell = (line.text.strip(), f"line={line.number}")
        ends = gap > 3 and gap % 3 != 2 and worded(line.text)
        if ends and rows and gap > 6:
            rows[-1] += [("", f"line={line.number}")] * ((gap - 6) // 3)
        if gap >= 3 and rows and not ends:
            if gap % 3 == 0:
                rows[-1] += [("", f"line={line.number}")] * (gap // 3 - 1)
                rows[-1].append(cell)
            else:  # empty cells at a row's edge: a row that starts with a number starts with them
                empties = [("", f"line={line.number}")] * ((gap - 5) // 3)
                front = not worded(line.text)
                if not front and LONG_ROW <= len(rows[-1]) <= len(empties):
                    rows.append(empties[1:])  # under its heads, a row of its own
                else:
                    rows[-1] += [] if front else empties
                rows.append([*(empties if front else []), cell])
        elif rows and rows[-1][-1][0] and gap == 1 and at + 1 < len(words) and words[at + 1].number - line.number >= 3:
            text, locator = rows[-1][-1]
            rows[-1][-1] = (f"{text}\n{cell[0]}", locator)
        else:
            if rows:
                yield grid(rows, int(rows[0][0][1].removeprefix("line=")))
                rows = []
            if gap >= 5 and at + 1 < len(words) and words[at + 1].number - line.number >= 3:
                rows = [[cell]]
            else:
                yield paragraph(line)
    if rows:
        yield grid(rows, int(rows[0][0][1].removeprefix("line=")))


def _airy(lines: list[Line]) -> Iterator[Block]:
    """One empty line between cells, one more for every empty cell that is not there: a grid of one column, rows not known."""
    last = 0
    rows: list[list[tuple[str, str]]] = []
    for line in lines:
        if not line.is_cell:
            continue
        empties = max(0, line.number - last - 2) if last else 0
        rows += [[("", f"line={line.number - 1}")]] * empties
        rows.append([(line.text.strip(), f"line={line.number}")])
        last = line.number
    yield grid(rows, 1)


def _empty_is_cell(lines: list[Line]) -> bool:
    """Whether a cell stands on each line and an empty line is an empty cell: only with them have the rows of numbers one width,
    but for the places before the next label that a span covers."""
    runs: list[list[bool]] = []  # of each run of numbers, which of its lines are filled
    start = 0
    for at, line in enumerate([*lines, Line(0, "end")]):
        if not line.blank and not numeric(line.text):
            if at - start >= LONG_ROW:
                runs.append([not line.blank for line in lines[start:at]])
            start = at + 1
    widths = Counter(len(run) - run[::-1].index(True) for run in runs if any(run))
    width = max((width for width, count in widths.items() if count > 1), default=0)
    rows = [run for run in runs if width <= len(run) <= width + COVERED and not any(run[width:])]
    return len(rows) >= max(ROWS, MOST * len(runs)) and not all(all(run[:width]) for run in rows)
