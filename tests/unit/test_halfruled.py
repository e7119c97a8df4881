"""Tables whose rows are ruled and whose columns are not: the walls follow the numbers, and only where they prove columns."""

from __future__ import annotations

from collections.abc import Sequence

from sheets import Sheet, pdf

from ogi.model import Document, Grid
from ogi.readers import pdf as reader

LEFT, GROUP, NUMBERS, RIGHT = 80.0, 120.0, (260.0, 300.0, 340.0), 380.0
DIGIT = 5.25
Row = tuple[str, str, Sequence[str]]  # group, label, numbers; a rule above a group runs from side to side


def sheet(rows: Sequence[Row], top: float = 100.0, framed: bool = True) -> Sheet:
    made = Sheet()
    for n, (group, label, numbers) in enumerate(rows):
        y = top + 24 * n
        made.line(LEFT if group else GROUP, y, RIGHT, y)
        made.text(LEFT + 4, y + 16, group)
        made.text(GROUP + 4, y + 16, label)
        for middle, text in zip(NUMBERS, numbers, strict=True):
            made.text(middle - len(text) * DIGIT / 2, y + 16, text)
    end = top + 24 * len(rows)
    made.line(LEFT, end, RIGHT, end)
    for x in (LEFT, RIGHT) if framed else ():
        made.line(x, top, x, end)
    return made


def read(*sheets: Sheet) -> Document:
    return reader.read(pdf(sheets))


def rows(document: Document) -> list[list[str]]:
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    return [["".join(cell.text.split()) for cell in row] for row in grid.rows()]


TABLE: list[Row] = [
    ("一、", "甲项目名称", "123"),
    ("三、", "（一）乙项目名称", "456"),
    ("", "（二）丙项目名称", "789"),
    ("", "（三）丁项目名称", "100"),
]


def test_numbers_in_columns_are_parted_and_a_group_is_one_cell() -> None:
    """Each row keeps its label and its numbers; what stands left of the rules of a group is the group's."""
    assert rows(read(sheet(TABLE))) == [
        ["一、", "甲项目名称", "1", "2", "3"],
        ["三、", "（一）乙项目名称", "4", "5", "6"],
        ["（二）丙项目名称", "7", "8", "9"],
        ["（三）丁项目名称", "1", "0", "0"],
    ]


def test_the_columns_of_two_pages_are_the_same() -> None:
    """Wide numbers on one page and narrow ones on the other make one table."""
    wide: list[Row] = [("四、", "戊项目名称", ("1000", "2", "30")), ("五、", "己项目名称", ("1", "200", "3"))]
    document = read(sheet(TABLE, top=700.0), sheet(wide, top=60.0))
    assert [row[-3:] for row in rows(document)[3:]] == [["1", "0", "0"], ["1000", "2", "30"], ["1", "200", "3"]]
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    assert len({cell.col for cell in grid.cells}) == 5


def test_two_numbers_in_one_cell_of_a_ruled_table_stay_there() -> None:
    """Walls beside the label show that this table draws its columns: «5 8» is one cell, whatever it means."""
    made = Sheet()
    made.table(80, 100, (100.0, 120.0), [["1.属于国家秘密", "5"], ["2.其他事项说明", ""], ["3.其他", "7"]])
    made.text(225, 113.5, "8")
    assert rows(read(made)) == [["1.属于国家秘密", "58"], ["2.其他事项说明", ""], ["3.其他", "7"]]


def test_numbers_of_several_columns_in_one_cell_that_cannot_be_told_apart_are_a_doubt() -> None:
    """A row without a label gives no columns; where a number goes on in a second line, the lines do not give its order."""
    made = Sheet()
    made.table(80, 100, (300.0,), [["行政复议 行政诉讼"], [""]], height=36)
    for n, number in enumerate("43003"):
        made.text(90 + 40 * n, 160, number)
    made.text(250, 150, "1")
    assert [issue.code for issue in read(made).issues] == ["text-crosses-rule"]
