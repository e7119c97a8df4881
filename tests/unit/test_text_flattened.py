"""Tables whose lines a converter joined: what marks still tell is read, and nothing is guessed for the rest."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.generate import generate
from benchmarks.generate.model import Layout, Made, Text
from benchmarks.measure import score
from ogi.extract import extract
from ogi.forms import load
from ogi.model import Grid, Reading
from ogi.readers.text import read

SEEDS = (3, 7, 14, 21, 37, 52, 1003, 1018, 1058)
TITLE = "青岚市水利局2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n"


def marked(made: Made, mark: str) -> str:
    """All texts and cells on one line, the mark between them; empty cells leave none."""
    pieces = [b.text if isinstance(b, Text) else mark.join(c for row in _cells(b) for c in row if c) for b in made.blocks]
    return mark.join(pieces).replace("\n", " ")


def markdown(made: Made) -> str:
    """Markdown whose line ends became blanks."""
    lines = []
    for block in made.blocks:
        if isinstance(block, Text):
            lines.append(block.text)
            continue
        rows = _cells(block)
        width = max(map(len, rows))
        first, *rest = (f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows)
        lines += [first, f"|{' --- |' * width}", *rest]
    return " ".join(lines).replace("\n", " ")


def _cells(block: Layout) -> list[list[str]]:
    return [[" ".join(box.text.split()) for box in row] for row in block.rows]


def read_back(made: Made, text: str) -> Counter[str]:
    got = score(extract(read(text.encode()), load()), made.truth)
    assert not [f for f in got.findings if f.verdict in ("silent", "lost", "flagged")], made.truth.seed
    return got.counts


@pytest.mark.parametrize("mark", ["\t", "|", " | "])
def test_cells_on_one_line_are_read_and_lost_ones_said(mark: str) -> None:
    counts: Counter[str] = sum((read_back(made, marked(made, mark)) for made in map(generate, SEEDS)), Counter())
    assert counts["right"] >= 0.4 * counts.total()


def test_the_dashes_of_markdown_tell_the_rows_of_one_line() -> None:
    counts: Counter[str] = sum((read_back(made, markdown(made)) for made in map(generate, SEEDS)), Counter())
    assert counts["right"] >= 0.75 * counts.total()


def test_markdown_on_one_line_keeps_what_stands_around_its_tables() -> None:
    text = "前文 | 甲 | 乙 | | --- | :---: | | 1 | | | | 2 | 其间 | 丙 | | --- | | 3 | 后文"
    blocks = read(f"{text} {'| ' * 60}".encode()).blocks
    found = [[[c.text for c in row] for row in b.rows()] if isinstance(b, Grid) else b for b in blocks]
    assert found[0] == [["前文"]]
    assert found[1] == [["甲", "乙"], ["1", ""], ["", "2"]]
    assert found[2:4] == [[["其间"]], [["丙"], ["3"]]]
    assert "后文" in str(found[4])


def reading(text: str) -> Reading:
    return extract(read((TITLE + text).encode()), load())


def test_cells_that_a_script_joined_by_blanks_are_the_rows_of_a_document() -> None:
    rows = [
        " ".join(["第二十条第（一）项"] * 7),
        "信息内容 本年制发件数 本年制发件数 本年废止件数 本年废止件数 现行有效件数 现行有效件数",
        "规章 0 0 19 19 259 259",
        "行政规范性文件   7 7 30 30",
    ]
    cells = [c.value for c in reading("\n".join(rows)).cells]
    assert cells == [0, 19, 259, None, 7, 30]


@pytest.mark.parametrize("numbers", ["0 0 19 19 259 259", "83 83 83 83", "0 0 83 83", "19 19"])
def test_numbers_that_blanks_part_are_no_run_of_digits(numbers: str) -> None:
    """«0 0 19 19 259 259» is neither 0, 0 and 1919259259 nor a row of single digits."""
    heads = "第二十条第（一）项 信息内容 本年制发件数 本年废止件数 现行有效件数"
    got = reading(f"{heads} 规章 {numbers} 行政规范性文件 0 0 0\n三、结束")
    assert {c.value for c in got.cells if c.item == "regulations"} <= {None}
    assert any("disclosures.regulations.*" in issue.cells for issue in got.issues if issue.severity == "warning")


@pytest.mark.parametrize("seed", SEEDS)
def test_tabs_between_some_cells_and_line_ends_between_others(seed: int) -> None:
    """As extractors of main texts write tables: a cell with a paragraph of its own ends its line."""
    made = generate(seed)
    out = []
    for block in made.blocks:
        if isinstance(block, Text):
            out.append(block.text)
            continue
        for n, row in enumerate(_cells(block)):
            out.append("".join(f"\n\n{c}\n\n" if (n + at) % 3 == 0 else f"\t\t{c}" for at, c in enumerate(row) if c).strip())
    counts = read_back(made, "\n".join(out))
    assert counts["right"] > 0.9 * counts.total() or {"blank", "totals"} & set("_".join(made.truth.oddities).split("_"))


def test_empty_lines_between_rows_of_a_page_keep_its_columns() -> None:
    rows = [
        "信息内容    本年制发件数    本年废止件数    现行有效件数",
        *(f"  {label}       {n}            0            1{n}" for n, label in enumerate(["规章", "行政规范性文件"] * 5)),
    ]
    text = "\n          \n".join(["第二十条第（一）项", *rows, *(["一段文字。"] * 80)])
    cells = {cell.key: cell.value for cell in reading(text).cells}
    assert cells["disclosures.regulations.made"] == 0 and cells["disclosures.normative_documents.in_force"] == 11
