"""Rows of a ruled table that a page break cuts: joined where the page proves it, else two rows."""

from __future__ import annotations

from sheets import Sheet, pdf

from ogi.model import Grid
from ogi.readers import pdf as reader
from ogi.readers.page.dealing import deal
from ogi.readers.page.glyphs import Glyph, rows
from ogi.readers.page.ruled import Rule, lattices

NARROW = (90.0, 27.0, 27.0, 27.0)


def broken(
    above: list[str], below: list[str], widths: tuple[float, ...] = NARROW, height: float = 24.0
) -> list[list[str]]:
    """The rows read of a table that begins and ends with a plain row, the two given ones right at the page break."""
    first, second = Sheet(), Sheet()
    first.table(80, 700, widths, [["1.属于国家", *"123"], above], height)
    second.table(80, 60, widths, [below, ["9.其他事项", *"456"]], height)
    (grid,) = [block for block in reader.read(pdf([first, second])).blocks if isinstance(block, Grid)]
    return [["".join(cell.text.split()) for cell in row] for row in grid.rows()][1:-1]


def test_numbers_that_wrap_over_the_break_with_their_label_are_whole() -> None:
    """Two numbers fill their cells and go on below beside the rest of the label, the third has nothing below."""
    found = broken(["5.要求行政机关确", "602", "89", "773"], ["认或重新出具", "1", "", "4"])
    assert found == [["5.要求行政机关确认或重新出具", "6021", "89", "7734"]]


def test_numbers_under_all_numbers_of_a_full_label_stay_a_row() -> None:
    """Nothing tells the rest of numbers from numbers where all columns have some, or where a shorter one went on."""
    for above, below in (
        (["602", "891", "773"], ["1", "2", "4"]),
        (["602", "89", "773"], ["", "2", ""]),
        (["602", "", "773"], ["1", "5", "4"]),
    ):
        assert broken(["要求行政机关确认", *above], ["认或重新出具", *below]) == [
            ["要求行政机关确认", *above],
            ["认或重新出具", *below],
        ]


def test_numbers_alone_under_longer_numbers_are_their_ends() -> None:
    """A row without a label of which only one cell holds a number goes on from the row above; where that number left room
    for it, the two stand on two lines of one cell."""
    assert broken(["2.有关的项目", "60", "7", "8"], ["", "2", "", ""], (90.0, 22.0, 22.0, 22.0)) == [
        ["2.有关的项目", "602", "7", "8"]
    ]
    first, second = Sheet(), Sheet()
    first.table(80, 700, (90.0, 60.0, 60.0), [["1.属于国家", "1", "2"], ["2.有关的项目", "3", "4"]])
    second.table(80, 60, (90.0, 60.0, 60.0), [["", "3", ""], ["3.其他事项", "5", "6"]])
    (grid,) = [block for block in reader.read(pdf([first, second])).blocks if isinstance(block, Grid)]
    assert [cell.text for cell in grid.cells if cell.row == 2] == ["2.有关的项目", "3\n3", "4"]


def test_a_head_that_the_table_prints_again_is_whole_at_the_break() -> None:
    """«信息内容» fills its cell above the break as the label below does: it stood in the table before, so nothing is cut."""
    first, second = Sheet(), Sheet()
    widths = (46.0, 160.0)
    first.table(
        80, 700, widths, [["信息内容", "本年发件数"], ["行政规章", "1"], ["信息内容", "本年处理决定数量"]]
    )
    second.table(80, 60, widths, [["行政处罚", ""], ["行政强制", "23"]])
    (grid,) = [block for block in reader.read(pdf([first, second])).blocks if isinstance(block, Grid)]
    assert [row[0].text for row in grid.rows()][2:] == ["信息内容", "行政处罚", "行政强制"]


def test_a_label_does_not_go_on_after_its_note() -> None:
    """A row of empty cells whose label ends with a bracket, however full its line, is no beginning of the next row."""
    found = broken(["规章（市应提供）", "", "", ""], ["规范性的文件", "4", "5", "6"])
    assert found == [["规章（市应提供）", "", "", ""], ["规范性的文件", "4", "5", "6"]]
    assert broken(["（三）", "", "", ""], ["不予", "4", "5", "6"], (36.0, 27.0, 27.0, 27.0)) == [
        ["（三）不予", "4", "5", "6"]
    ]


def test_a_label_with_room_for_one_more_does_not_go_on_over_the_break() -> None:
    """A last line one character shorter than those before it is the end: the row of empty cells below is another."""
    found = broken(["规范性文件与规章\n规范性文件等文", "15", "25", ""], ["其他主动公开", "", "", ""])
    assert found == [["规范性文件与规章规范性文件等文", "15", "25", ""], ["其他主动公开", "", "", ""]]
    found = broken(["规范性文件与规章\n规范性文件等文件", "15", "25", ""], ["其他主动公开", "", "", ""])
    assert found == [["规范性文件与规章规范性文件等文件其他主动公开", "15", "25", ""]]


def test_a_label_that_the_lines_below_show_to_have_room_is_whole() -> None:
    """«规章» in a column of three characters, its cells empty, is no beginning of «规范性文件»; the lone mark of a list is."""
    widths = (36.0, 27.0, 27.0, 27.0)
    empty, numbers = ["", "", ""], ["4", "5", "6"]
    assert broken(["规章", *empty], ["规范性\n文件", *numbers], widths) == [["规章", *empty], ["规范性文件", *numbers]]
    assert broken(["1.属", *empty], ["于国家\n秘密", *numbers], widths) == [["1.属于国家秘密", *numbers]]


def test_what_is_lower_than_its_neighbours_does_not_go_on_where_they_end() -> None:
    """A head of two lines beside heads of four, all above the break, is whole: below it begins the first row."""
    heads = ["信息\n内容", *["本年\n制发\n件数\n共计"] * 3]
    assert broken(heads, ["规章", "", "", ""], (27.0, 27.0, 27.0, 27.0), 60.0) == [
        ["信息内容", *["本年制发件数共计"] * 3], ["规章", "", "", ""],
    ]


def test_small_digits_belong_to_the_line_whose_band_holds_them() -> None:
    """Characters of a font with tall boxes stand over digits of another: the next line below is no nearer for standing beside."""
    head = [Glyph(65 + 12 * n, 28, 77 + 12 * n, 51, char) for n, char in enumerate("和平区人民政府")]
    year = [Glyph(151 + 7 * n, 41, 158 + 7 * n, 52, char) for n, char in enumerate("2018")]
    title = [Glyph(109 + 18 * n, 53, 127 + 18 * n, 87, char) for n, char in enumerate("和平区人民政府信息公开年度报告")]
    assert ["".join(glyph.text for glyph in row) for row in rows([*head, *year, *title])] == [
        "和平区人民政府2018", "和平区人民政府信息公开年度报告",
    ]  # fmt: skip


def test_a_wide_column_that_goes_on_over_both_breaks_stays_with_a_wide_table() -> None:
    """No rule touches its outer side on a page in the middle; across a page in landscape columns are as wide as that."""
    pages = [Sheet(width=842, height=595) for _ in range(3)]
    widths = (96.0, 200.0, 200.0, 200.0)
    for n, (page, skip) in enumerate(zip(pages, (["bottom"], ["top", "bottom"], ["top"]), strict=True)):
        top, lines = (500 if n == 0 else 30), (3 if n == 0 else 20)
        body = [["^", f"{n}{k}号事项", f"{k}", "7"] for k in range(lines)]
        page.table(80, top, widths, body, skip=skip)
    pages[0].line(80, 500, 176, 500)
    pages[2].line(80, 30 + 20 * 24, 176, 30 + 20 * 24)
    found = [block for block in reader.read(pdf(pages)).blocks if isinstance(block, Grid)]
    assert [len(block.rows()) for block in found] == [43]
    assert {len(row) for row in found[0].rows()[1:]} == {3}


def digits(y: float, numbers: str) -> list[Glyph]:
    """One number in each column of 20 points from 100 on, 16 points high."""
    return [Glyph(104.0 + 20 * n, y, 112.0 + 20 * n, y + 16, text) for n, text in enumerate(numbers)]


def test_numbers_right_below_the_numbers_of_a_table_are_another_row() -> None:
    """Where only every other row is shaded, the next one has no rules: its numbers are not the ends of those above."""
    rules = [Rule(80.0, 0.0, 180.0), Rule(98.0, 0.0, 180.0)]
    sides = [Rule(x, 80.0, 98.0) for x in (0.0, 100.0, 120.0, 140.0, 160.0, 180.0)]
    found = lattices(rules, sides)
    label = [Glyph(4.0 + 12 * n, 81.0, 16.0 + 12 * n, 97.0, text) for n, text in enumerate("总计")]
    for below, kept in (("1021", [*"4308"]), ("1", ["41", *"308"])):  # a lone digit may be the end of a number
        (texts,), outside = deal([*label, *digits(81.0, "4308"), *digits(97.0, below)], found)
        assert [cell.text for cell in texts][1:] == kept
        assert len(outside) == (4 if len(below) > 1 else 0)
