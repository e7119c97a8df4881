"""Copies of the collected reports with other numbers and rows, and what must then be read from them: for tests.

Comes in: a report's text. Goes out: the text in pieces of which each row of a table is one. Works by the two
layouts of these reports (a tab before each cell and an empty line after each row; tabs between the cells of a
line) and by the order of the form, which all five keep; shares nothing with the readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from ogi.forms import TableForm, load
from ogi.paths import REPORTS

FILES = tuple(sorted(REPORTS.glob("*/*/*.txt")))[:5]
FOREIGN = "9.属于本单位自行增设的情形"
FOREIGN_NUMBERS = tuple(range(90001, 90008))
STARTS = (
    ("disclosures", r"[二三2]、\s*主动公开政府信息情况(?=\s*\t|\s*第二十条)"),
    ("requests", r"[三四3]、\s*收到和处理"),
    ("reviews", r"[四五]、政府信息公开行政复议"),
    ("prose", r"[五六]、存在的主要问题"),
    ("statistics", r"统　计　指　标"),
)
NUMBER = re.compile(r"\d+(?:\.\d+)?(?=[^\d]*$)")


@dataclass(frozen=True)
class Row:
    """`parts` joined are the text of the row; `places` are those of its values. `lost`: values are missing."""

    table: str
    item: str | None
    parts: tuple[str, ...]
    places: tuple[int, ...]
    lost: bool = False

    @property
    def text(self) -> str:
        return "".join(self.parts)

    @property
    def values(self) -> tuple[int | None, ...]:
        found = [NUMBER.search(self.parts[at].replace("[bookmark: _GoBack]", "")) for at in self.places]
        return tuple(None if number is None else int(float(number[0])) for number in found)

    def filled(self, numbers: Iterator[int]) -> Row:
        """Other numbers where numbers stand; what is empty or a mark stays so."""
        parts = list(self.parts)
        for at in self.places:
            parts[at] = NUMBER.sub(lambda _: str(next(numbers)), parts[at])
        return replace(self, parts=tuple(parts))


@dataclass(frozen=True)
class Report:
    path: Path
    template: str
    pieces: tuple[str | Row, ...]

    @property
    def text(self) -> str:
        return "".join(p if isinstance(p, str) else p.text for p in self.pieces)

    @property
    def rows(self) -> list[Row]:
        return [piece for piece in self.pieces if isinstance(piece, Row)]

    def row(self, table: str, item: str) -> Row:
        return next(r for r in self.rows if (r.table, r.item) == (table, item))

    def expected(self) -> dict[str, int | None]:
        """The number of each cell by `table.item.measure`: None where none is printed or none can be told."""
        out: dict[str, int | None] = {}
        for row in self.rows:
            if row.table == "statistics":
                continue
            form = load().table(self.template, row.table)
            keys = [k for k in form.cells if row.table == "reviews" or k[0] == row.item]
            values = (None,) * len(keys) if row.lost else row.values
            out |= {f"{row.table}.{i}.{m}": v for (i, m), v in zip(keys, values, strict=True)}
        return out

    def renumbered(self, random: Random) -> Report:
        """Every number of the tables replaced by one that stands nowhere else."""
        numbers = iter(random.sample(range(11, 9000), 600))
        return replace(
            self, pieces=tuple(p if isinstance(p, str) else p.filled(numbers) for p in self.pieces)
        )

    def consistent(self, random: Random) -> Report:
        """Other numbers everywhere, and every sum that the form demands holds; an empty cell counts as zero."""
        numbers = {key: iter(values) for key, values in self._sums(random).items()}
        other = iter(random.sample(range(11, 9000), 600))
        return replace(self, pieces=tuple(
            p if isinstance(p, str) else p.filled(numbers.get((p.table, p.item), other)) for p in self.pieces
        ))

    def _sums(self, random: Random) -> dict[tuple[str, str | None], list[int]]:
        blank = {r.item for r in self.rows if r.table == "requests" and set(r.values) == {None}}
        items = [i.code for i in load().table(self.template, "requests").items]
        outcomes = items[items.index("granted") : items.index("total_disposed")]
        table = {i: [0 if i in blank else random.randrange(11, 99) for _ in range(6)] for i in outcomes}
        table["carried_in"] = [random.randrange(11, 99) for _ in range(6)]
        table["total_disposed"] = [sum(table[i][n] for i in outcomes) for n in range(6)]
        table["carried_out"] = [random.randrange(99, 999) for _ in range(6)]
        table["new_received"] = [
            table["total_disposed"][n] + table["carried_out"][n] - table["carried_in"][n] for n in range(6)
        ]
        sums: dict[tuple[str, str | None], list[int]] = {("requests", item): [*row, sum(row)] for item, row in table.items()}
        blocks = [[random.randrange(11, 99) for _ in range(4)] for _ in range(3)]
        sums["reviews", "reviews"] = [n for block in blocks for n in (*block, sum(block))]
        return {key: values for key, values in sums.items() if key[1] not in blank}

    def swapped(self, one: Row, two: Row) -> Report:
        other = {id(one): two, id(two): one}
        return replace(self, pieces=tuple(other.get(id(p), p) for p in self.pieces))

    def without(self, row: Row) -> Report:
        return replace(self, pieces=tuple(p for p in self.pieces if p is not row))

    def with_foreign_after(self, row: Row) -> Report:
        """A row that no form knows, printed as its neighbours are, after `row` of the requests."""
        numbers = [str(n) for n in FOREIGN_NUMBERS]
        if self.template == "2019-60":
            new = "\t".join(["", "", FOREIGN, *numbers[:5]]) + "\n"
        else:
            new = "".join(f"\t{cell}\n" for cell in ["", "", FOREIGN, *numbers]) + "\n"
        at = next(i for i, piece in enumerate(self.pieces) if piece is row)
        return replace(self, pieces=(*self.pieces[: at + 1], new, *self.pieces[at + 1 :]))

    def line_of(self, words: str) -> int:
        """The line, from 1, in which the words stand."""
        return self.text[: self.text.index(words)].count("\n") + 1


def taken_apart(path: Path) -> Report:
    """A collected report in pieces; every row that the form has is one of them."""
    text = path.read_text(encoding="utf-8")
    template = "2019-60" if "本年新制作数量" in text else "2021-30"
    found = [(name, m.start()) for name, m in ((n, re.search(p, text)) for n, p in STARTS) if m]
    pieces: list[str | Row] = [text[: found[0][1]]]
    for (table, start), end in zip(found, [*(at for _, at in found[1:]), len(text)], strict=True):
        part = text[start:end]
        if table == "prose":
            pieces.append(part)
        elif template == "2019-60":
            pieces += _by_lines(part, table, template)
        else:
            pieces += _by_cells(part, table, template)
    report = Report(path, template, tuple(pieces))
    assert report.text == text
    return report


def _by_cells(text: str, table: str, template: str) -> Iterator[str | Row]:
    """A tab before each cell, an empty line after each row."""
    items = _items(table, template)
    for chunk in re.findall(r"[^\n]*\n(?:[^\n]+\n)*\n*|[^\n]+\Z", text):
        lines = chunk.splitlines(keepends=True)
        filled = [at for at, line in enumerate(lines) if line.startswith("\t")]
        item, count = items[0] if items else (None, 1)
        places = tuple(filled[-count:])
        label = lines[filled[-count - 1]].strip() if len(filled) > count else ""
        printed = all(_is_value(lines[at]) for at in places)
        if table == "statistics" and len(filled) == 3 and NUMBER.fullmatch(lines[filled[-1]].strip()):
            yield Row(table, None, tuple(lines), places)
        elif items and printed and (label or (table == "reviews" and len(filled) == count)):
            yield Row(table, item, tuple(lines), places)
            items.pop(0)
        else:
            yield chunk


def _by_lines(text: str, table: str, template: str) -> Iterator[str | Row]:
    """Tabs between the cells of a line; a row whose values are fewer than the form's has lost some."""
    items = _items(table, template)
    for line in text.splitlines(keepends=True):
        parts = re.split(r"(\t)", line)
        places = tuple(at for at, part in enumerate(parts) if re.fullmatch(r"\d+(\.\d+ 万元)?\n?", part))
        if items and places:
            item, count = items.pop(0)
            yield Row(table, item, tuple(parts), places, lost=len(places) < count)
        else:
            yield line


def _items(table: str, template: str) -> list[tuple[str | None, int]]:
    """The rows of the table in the form's order, each with the number of its cells."""
    if table == "statistics":
        return []
    form: TableForm = load().table(template, table)
    if table == "reviews":
        return [("reviews", len(form.cells))]
    return [(item.code, len(item.measures)) for item in form.items]


def _is_value(line: str) -> bool:
    return re.fullmatch(r"\d*", line.replace("[bookmark: _GoBack]", "").strip()) is not None
