"""Text with one cell a line and the bar in front of each but the first of its row."""

from __future__ import annotations

import pytest
from read_blocks import grids, paragraphs, texts

from ogi.readers import read

ROWS = [["一、主动公开情况", "", ""], ["主动公开政府信息数", "条", "1683"], ["规范性文件数", "条", "4"], ["制发总数", "件", ""],
        ["政府公报", "条", "0"], ["政府网站", "条", "1683"], ["政务微博", "条", "0"], ["政务微信", "条", "1057"]]


def written(rows: list[list[str]], close: str) -> str:
    return "\n".join("\n".join([row[0], *(f"| {cell}".rstrip() for cell in row[1:])]) + close for row in rows)


@pytest.mark.parametrize("close", ["\n|", "\n|\n", ""])
def test_a_line_without_a_bar_begins_a_row(close: str) -> None:
    """A bar alone is an empty cell, or closes the row where it closes all."""
    document = read(f"附件\n{written(ROWS, close)}\n完\n".encode(), "a.txt")
    assert texts(grids(document)[0]) == ROWS and paragraphs(document) == ["附件", "完"]


@pytest.mark.parametrize("above", [[], ["附表"]])
def test_cells_that_all_have_their_bar_come_one_by_one(above: list[str]) -> None:
    """Nothing tells where a row begins, least of all a line without a bar above the table."""
    cells = [cell for row in ROWS for cell in row if cell]
    text = "\n".join([*above, *(f"| {cell}" for cell in cells)])
    assert paragraphs(read(text.encode(), "a.txt")) == [*above, *cells]


@pytest.mark.parametrize(("head", "empty"), [("件数", True), ("件数\n|", False)])
def test_empty_cells_among_cells_one_by_one(head: str, empty: bool) -> None:
    """A bar alone below words and above words closes rows; then nobody knows which other does."""
    text = f"附表\n| 行名\n| {head}\n" + "\n".join(f"| 第{sign}行\n| 4\n|\n|\n| 5" for sign in "一二三四五")
    cells = paragraphs(read(text.encode(), "a.txt"))
    assert cells[3:8] == (["第一行", "4", "", "", "5"] if empty else ["第一行", "4", "5", "第二行", "4"])


def test_a_few_lines_with_a_bar_in_front_are_no_table() -> None:
    text = "\n".join(["| 一", "| 二", "三 | 四 |", *["五 | 六 |"] * 9])
    assert len(texts(grids(read(text.encode(), "a.txt"))[0])) == 10
