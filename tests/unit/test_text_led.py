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


def test_cells_that_all_have_their_bar_come_one_by_one() -> None:
    """Nothing tells where a row begins."""
    text = "\n".join(f"| {cell}" for row in ROWS for cell in row if cell)
    assert paragraphs(read(text.encode(), "a.txt")) == [cell for row in ROWS for cell in row if cell]


def test_a_few_lines_with_a_bar_in_front_are_no_table() -> None:
    text = "\n".join(["| 一", "| 二", "三 | 四 |", *["五 | 六 |"] * 9])
    assert len(texts(grids(read(text.encode(), "a.txt"))[0])) == 10
