"""A 统计表 that a converter ran into one line of text -> its rows, whether the form knows their labels or not.

Comes in: lines. Goes out: the lines without it, its rows, and what was seen of one and not understood. Must not know: sections,
the meaning of labels. «指标名称 计量单位 2013年度 历年累计», then «label unit numbers» again and again, is such a table wherever
it stands. The number of a label («002.政府公报公开数») belongs to the label, a date behind the last row to no row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ogi.extract.numbers import words
from ogi.extract.rows.labels import Index
from ogi.extract.rows.lines import Line, place
from ogi.extract.rows.locate import Row
from ogi.messages import in_both
from ogi.model import GridCell, Issue

FEWEST = 3  # rows that make a table
BETWEEN = 60  # characters between two rows that may be a heading or a row that cannot be read
LONGEST = 60  # characters of a label
LEAST = 30  # characters of heads and three rows

_UNITS = "人次|条|件|次|篇|个|人|元|万元|份|场|起|宗|项"
_HEAD = re.compile(r"(?:指\s*标|项\s*目)(?:\s*名\s*称)?\s*(?:计\s*量\s*)?单\s*位\s*")
_COLUMN = re.compile(
    r"\s*(?:(?P<cumulative>(?:历\s*年|本\s*年\s*度?)?\s*累\s*计\s*数?)"
    r"|(?P<year>20\d\d\s*年?\s*度?(?:统计数?)?|本\s*年\s*度?数?|年\s*末\s*统\s*计\s*数?|统\s*计\s*数|数\s*[量据值]|本期实际)"
    r"|备\s*注|(?P<other>(?:上|去)\s*年\s*度?数?|同\s*比|增\s*减))"
)
_KINDS = {"cumulative": "历年累计", "year": "统计数", "other": ""}
_NUMBER = (
    r"[（(]\s*(?:[一二三四五六七八九十]{1,2}|\d{1,2})\s*[)）]\s*[、.．]?"
    r"|[一二三四五六七八九十]{1,2}\s*[、.．]|\d{1,2}\s*[.．、]"
)
_ROW = re.compile(
    rf"\s*(?P<label>(?:其\s*中\s*[:：]?\s*)?(?:{_NUMBER})?\s*(?:[（(](?![一二三四五六七八九十]{{1,2}}[)）])[^（）()]{{0,40}}[)）]|[^\d。；;，,：:（(—–―]){{2,{LONGEST}}}?)"
    rf"\s*(?P<unit>{_UNITS})\s*(?=[\d/—–－-])"
)
_VALUES = re.compile(r"[\d.,，/—–－\s-]+")
_DATED = re.compile(r"20\d\d")
_NOTHING = " \t\u3000—–―"
_FILLED = re.compile(r"[数额]\s*(?:条|件|元|次)\s*\d")
_OF_LABEL = re.compile(r"(?:(?<=\s)\d{1,2}|(?<!\.)\d)\s*[.．]\s*$")  # of the label behind the numbers
_YEAR = re.compile(r"(?:19|20)\d\d\s*$")


Spans = tuple[tuple[int, int], ...]  # of label, unit and numbers of a row; of what stands between two rows


@dataclass
class Annexes:
    """`rows` of the tables found; `unread`: what looks like rows of one and could not be read, with its place."""

    lines: list[Line] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)
    headless: list[tuple[str, str]] = field(default_factory=list)  # tables of which no head tells the columns
    years: list[tuple[str, int]] = field(default_factory=list)  # of the heads

    def of_other_years(self, year: int | None, read: bool) -> Iterator[Issue]:
        """A doubt where the head of a table that was read names another year than the report's."""
        for at, named in self.years if read and year else ():
            if named != year:
                said = in_both(
                    f"统计表的表头写的是 {named} 年，报告是 {year} 年；数字照原文，请对照原件。",
                    f"{at}: the head of the statistics table says {named}, the report is of {year}; the numbers stay as printed.",
                )
                yield Issue("column-unclear", "warning", said, at, ("statistics.*.year",))

    def doubts(self, read: bool) -> Iterator[Issue]:
        """What is seen and not read, said; `read`: whether any number of such a table was."""
        for at, text in self.headless:
            said = in_both(
                f"「{text}…」像是统计表，但看不出各栏是什么，{'只读出一部分' if read else '没有读取'}；请对照原件。",
                f"{at}: «{text}…» looks like a statistics table whose columns are not known; it is "
                f"{'read in part' if read else 'not read'}. The original document would tell.",
            )
            yield Issue("table-missing", "warning", said, at, ("statistics.*.*",), text)
        for at, text in self.unread:
            said = in_both(
                f"统计表行间的「{text}」没有读出；请对照原件。",
                f"{at}: «{text}» between rows of the statistics table is not read. The original document would tell.",
            )
            yield Issue("cells-run-together", "warning", said, at, ("statistics.*.*",), text)


def annexed(lines: Sequence[Line]) -> Annexes:
    """Every line, those with a table in them cut round it."""
    found, index = Annexes(), Index.of_loaded()
    apart: list[tuple[Line, list[Spans]]] = []  # a head that is a line of its own, and lines of rows below it
    heads: tuple[str, ...] = ()
    for line in lines:
        text = line.cells[0].text if len(line.cells) == 1 and line.shape is None else ""
        rows = list(_rows(text, 0)) if apart and text else []
        if rows and len(rows[0]) > 1 and not text[: rows[0][0][0]].strip(_NOTHING):
            apart.append((line, rows))
            continue
        if apart and text and len(text) <= LONGEST and index.kinds(text, "statistics"):  # a part of the table
            apart.append((line, [((0, len(text)),)]))
            continue
        _below(found, apart, heads)
        apart = []
        head = _HEAD.search(text) if "单" in text else None
        at = head.end() if head else 0
        heads, end = _columns(text, at) if head else ((), 0)
        if head and heads and (year := _DATED.search(text, at, end)):
            found.years.append((line.locator, int(year[0])))
        if head and heads and end == len(text.rstrip()):
            apart = [(line, [])]
            continue
        rows = list(_rows(text, end)) if len(text) > LEAST and (head or len(_FILLED.findall(text)) >= FEWEST) else []
        full = [text[slice(*r[0])] for r in rows if len(r) > 1]
        known = [label for label in full if index.kinds(label, "statistics")]
        if len(full) < FEWEST or not (head or len(known) >= FEWEST):
            found.lines.append(line)
        elif not heads or (len(heads) == 1 and full[0] not in known):  # a head that is not known opens that label
            start = head.start() if head else rows[0][0][0]
            found.headless.append((line.locator, text[start : start + BETWEEN]))
            found.lines.append(line)
        else:
            _take(found, line, head.start() if head else 0, heads, rows)
    _below(found, apart, heads)
    return found


def _below(found: Annexes, apart: Sequence[tuple[Line, list[Spans]]], heads: tuple[str, ...]) -> None:
    """Lines of rows below a head, if there are enough of them."""
    enough = sum(len(r) > 1 for _, rows in apart for r in rows) >= FEWEST
    for line, rows in apart:
        if enough and rows:
            _take(found, line, 0, heads, rows)
        else:
            found.lines.append(line)


def _columns(text: str, at: int) -> tuple[tuple[str, ...], int]:
    """The columns that the heads name, none where they are not one of a kind, and where the heads end."""
    named: list[str] = []
    while match := _COLUMN.match(text, at):
        named += [name for kind, name in _KINDS.items() if match[kind]]
        at = match.end()
    return (tuple(named) if len(set(named)) == len(named) and set(named) <= {"统计数", "历年累计"} else ()), at


def _rows(text: str, at: int) -> Iterator[Spans]:
    """The places of label, unit and numbers of each row; one place alone for what stands between two rows."""
    while match := _ROW.search(text, at):
        gap = text[at : match.start()]
        if gap.strip(_NOTHING) and (len(gap) > BETWEEN or "。" in gap):
            return
        values = _VALUES.match(text, match.end())
        assert values
        numbered = re.match(r"(?:其\s*中\s*[:：]?\s*)?(\d{1,2})", match["label"])
        own = int(numbered[1]) if numbered else 0
        end = _end(text, values.start(), values.end(), own + 1)
        if gap.strip(_NOTHING):
            yield ((at, match.start()),)
        if text[match.end() : end].strip():
            yield match.span("label"), match.span("unit"), (match.end(), end)
        at = max(end, match.end())


def _end(text: str, start: int, end: int, following: int) -> int:
    """Where the numbers of a row end: before the number of the next label, which may be `following`, or before a date."""
    run, after = text[start:end], text[end : end + 1]
    if after in tuple("年月"):
        date = _YEAR.search(run) or re.search(r"\d{1,2}\s*$", run)
        return start + date.start() if date else end
    run = run + after if after in tuple("、．") else run
    number = _OF_LABEL.search(run.replace("、", "."))
    if number is None or not after:
        return end
    digits = run[: number.end()].rstrip(" .．、")
    return start + (len(digits) - 2 if following > 9 and digits.endswith(str(following)) else number.start())


def _take(found: Annexes, line: Line, start: int, heads: tuple[str, ...], rows: Sequence[Spans]) -> None:
    cell = line.cells[0]

    def part(span: tuple[int, int]) -> GridCell:
        return GridCell(cell.text[slice(*span)].strip(), 1, 1, place(cell.locator, *span))

    if cell.text[:start].strip(_NOTHING):
        found.lines.append(line._replace(cells=(part((0, start)),)))
    for spans in rows:
        label, *rest = map(part, spans)
        if not rest:
            if any(map(str.isdigit, label.text)):
                found.unread.append((label.locator, label.text))
            else:
                found.rows.append(Row("statistics", (label,), (), label.locator, line.block, heads=heads))
            continue
        unit = rest[0]
        at = spans[2][0]
        text = cell.text[slice(*spans[2])]
        values = tuple(part((at + m.start(), at + m.end())) for m in words(text))
        locator = place(cell.locator, spans[0][0], at + len(text.rstrip()))
        found.rows.append(Row("statistics", (label, unit), values, locator, line.block, joined=True, heads=heads))
    end = rows[-1][-1][1]
    if cell.text[end:].strip():
        found.lines.append(Line((part((end, len(cell.text))),), line.block))


