"""The PDF reader on drawn pages: every fix that mattered, every guard."""

from __future__ import annotations

import io
import re
import time
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest
from lxml import html
from pdfplumber import table
from read_blocks import grids
from sheets import Sheet, assemble, pdf

from ogi.errors import Unreadable
from ogi.extract.numbers import read_number
from ogi.model import Document, Grid, Paragraph
from ogi.readers import pdf as reader
from ogi.readers.marked import UNREAD
from ogi.readers.page.glyphs import Glyph, cell_text
from ogi.readers.page.ruled import Rule, lattices
from ogi.readers.paged import MOST_PAGES
from ogi.readers.pdf.file import MOST_PIXELS, opened
from ogi.readers.pdf.opinion import second_opinion
from ogi.readers.pdf.shapes import without_shapes

CUT = Path(__file__).parents[1] / "fixtures" / "pdf"
WIDTHS = (60.0, 140.0, 60.0, 60.0)


def rows(grid: Grid) -> list[list[str]]:
    return [["".join(cell.text.split()) for cell in row] for row in grid.rows()]


def read(*sheets: Sheet, **how: object) -> Document:
    return reader.read(pdf(sheets, **how))  # type: ignore[arg-type]


def test_a_plain_table_gives_its_cells_with_spans_and_boxes() -> None:
    """Spans are known, an empty cell is there with empty text, and a covered place has no cell."""
    sheet = Sheet()
    sheet.text(100, 60, "一、总体情况")
    sheet.table(80, 100, WIDTHS, [["（三）不\n予公开", "1.属于国家秘密", "0", "12"], ["^", "2.其他", "", "3"],
                                  ["总计", "<", "7", "15"]])
    document = read(sheet)
    (grid,) = grids(document)
    assert [(c.text, c.row, c.col, c.rowspan, c.colspan) for c in grid.cells] == [
        ("（三）不\n予公开", 1, 1, 2, 1), ("1.属于国家秘密", 1, 2, 1, 1), ("0", 1, 3, 1, 1), ("12", 1, 4, 1, 1),
        ("2.其他", 2, 2, 1, 1), ("", 2, 3, 1, 1), ("3", 2, 4, 1, 1),
        ("总计", 3, 1, 1, 2), ("7", 3, 3, 1, 1), ("15", 3, 4, 1, 1)]
    assert grid.cells[3].locator == "page=1;table=1;row=1;col=4;bbox=340,100,400,124"
    assert grid.spans_known
    assert isinstance(document.blocks[0], Paragraph) and document.blocks[0].text == "一、总体情况"
    assert document.blocks[0].locator.startswith("page=1;line=1;bbox=100,")


def test_a_page_cut_without_rules_is_closed() -> None:
    """A browser draws no rule where a page cuts a table: the row at the cut is there all the same."""
    first, second = Sheet(), Sheet()
    first.table(80, 700, WIDTHS, [["一", "甲项目名称", "1", "2"], ["二", "乙项目名称", "3", "4"]], skip=["bottom"])
    second.table(80, 60, WIDTHS, [["三", "丙项目名称", "5", "6"], ["四", "丁项目名称", "7", "8"]], skip=["top"])
    (grid,) = grids(read(first, second))
    assert rows(grid) == [["一", "甲项目名称", "1", "2"], ["二", "乙项目名称", "3", "4"],
                          ["三", "丙项目名称", "5", "6"], ["四", "丁项目名称", "7", "8"]]


def test_a_page_cut_is_closed_where_the_table_has_no_sides() -> None:
    """A table without rules at its left and right is cut by a page: the cells at the corners have a rule on two sides only."""
    lines = [[f"{n}", "某某项目名称", f"1{n}", f"2{n}"] for n in range(6)]
    first, second = Sheet(), Sheet()
    first.table(80, 700, WIDTHS, lines[:3], skip=["bottom", "left", "right"])
    second.table(80, 60, WIDTHS, lines[3:], skip=["top", "left", "right"])
    document = read(first, second)
    assert [row for grid in grids(document) for row in rows(grid)] == lines and not document.issues


def test_a_page_cut_is_closed_over_columns_that_begin_below() -> None:
    """The first label of a page runs over two columns whose border begins with the next row: it is a cell too."""
    first, second = Sheet(), Sheet()
    widths = (40.0, 70.0, 120.0, 60.0, 60.0)
    first.table(80, 700, widths, [["三", "（一）予以公开", "<", "1", "2"]], skip=["bottom"])
    second.table(80, 60, widths, [["", "（二）部分公开", "<", "3", "4"], ["^", "（三）不予", "1.属于国家秘密", "5", "6"],
                                  ["^", "^", "2.其他", "7", "8"]], skip=["top"], height=20)
    (grid,) = grids(read(first, second))
    assert rows(grid)[1:] == [["（二）部分公开", "3", "4"], ["（三）不予", "1.属于国家秘密", "5", "6"],
                              ["2.其他", "7", "8"]]


def test_a_heading_right_below_a_table_is_none_of_its_text() -> None:
    """It stands at the pitch of the last label's lines and crosses a column's side: it is no line of that cell."""
    sheet = Sheet()
    edge = sheet.table(80, 100, (110.0, 110.0), [["项目", "数量"], ["行政事业\n性收费", "233"]], height=28)
    sheet.text(85, edge + 10, "三、收到和处理政府信息公开申请情况")
    sheet.table(80, edge + 40, WIDTHS, [["一", "甲", "1", "2"]])
    document = read(sheet)
    assert rows(grids(document)[0])[1] == ["行政事业性收费", "233"]
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == ["三、收到和处理政府信息公开申请情况"]


def test_a_heading_at_the_foot_of_a_page_is_no_line_of_a_full_label() -> None:
    """It begins where the label of the last row does, which fills its cell, but far below it."""
    sheet = Sheet()
    edge = sheet.table(80, 100, (110.0, 110.0), [["项目", "数量"], ["政府信息公开集中采", "233"]])
    sheet.text(85, edge + 26, "三、收到和处理情况")
    document = read(sheet)
    assert rows(grids(document)[0])[1] == ["政府信息公开集中采", "233"]
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == ["三、收到和处理情况"]


def test_a_page_number_below_a_cut_cell_is_none_of_its_lines() -> None:
    """The label of a cut row runs to the foot of the page, where the page number stands at the pitch of its lines."""
    sheet = Sheet()
    sheet.table(80, 750, (60.0, 60.0, 60.0), [["结果\n维持", "结果\n纠正", "其他\n结果"]], height=28)
    sheet.text(85, 788, "- 3 -")
    (grid,) = grids(read(sheet))
    assert rows(grid) == [["结果维持", "结果纠正", "其他结果"]]


@pytest.mark.parametrize("mark", ["-", "/", "—", "无"])
def test_marks_under_a_header_are_no_rest_of_it(mark: str) -> None:
    """A header of narrow columns at the foot of a page and a row of marks on the next are two rows."""
    first, second = Sheet(), Sheet()
    first.table(80, 750, (32.0,) * 4, [["结果\n维持", "结果\n纠正", "其他\n结果", "尚未\n审结"]], height=30)
    second.table(80, 60, (32.0,) * 4, [[mark] * 4])
    (grid,) = grids(read(first, second))
    assert rows(grid) == [["结果维持", "结果纠正", "其他结果", "尚未审结"], [mark] * 4]


def test_a_row_cut_by_the_page_break_is_one_row() -> None:
    """The label stands in two pieces and the numbers in one: they are one row, its label with two places."""
    first, second = Sheet(), Sheet()
    first.table(80, 700, WIDTHS, [["一", "1.第一个项目", "1", "2"], ["二", "2.要求行政机关确认或重", "", ""]])
    second.table(80, 60, WIDTHS, [["", "新出具已获取信息", "3", "4"], ["三", "3.第三个项目", "5", "6"]])
    (grid,) = grids(read(first, second))
    assert rows(grid) == [["一", "1.第一个项目", "1", "2"], ["二", "2.要求行政机关确认或重新出具已获取信息", "3", "4"],
                          ["三", "3.第三个项目", "5", "6"]]
    label = next(cell for cell in grid.cells if cell.row == 2 and cell.col == 2)
    assert re.fullmatch(r"page=1;table=1;row=2;col=2;bbox=\S+ \+ page=2;table=1;row=2;col=2;bbox=\S+", label.locator)


def test_rows_whose_blanks_fit_into_each_other_stay_two() -> None:
    """Short labels that look like a beginning and a rest make no cut row where both have numbers, in different columns."""
    first, second = Sheet(), Sheet()
    first.table(80, 750, (32.0, 80.0, 80.0, 80.0), [["规章", "", "23", ""]])
    second.table(80, 60, (32.0, 80.0, 80.0, 80.0), [["规范\n文件", "58", "", "24"]])
    (grid,) = grids(read(first, second))
    assert rows(grid) == [["规章", "", "23", ""], ["规范文件", "58", "", "24"]]


def test_a_label_that_ends_in_a_short_line_does_not_go_on_below_the_break() -> None:
    """A head and the blank row under it have labels that a narrow column wraps: the head's last line is not full."""
    first, second = Sheet(), Sheet()
    first.table(80, 750, (37.0, 200.0), [["信息内\n容", "本年处理决定数量"]], height=32)
    second.table(80, 60, (37.0, 200.0), [["行政许\n可", ""], ["行政处\n罚", "3"]], height=32)
    (grid,) = grids(read(first, second))
    assert rows(grid) == [["信息内容", "本年处理决定数量"], ["行政许可", ""], ["行政处罚", "3"]]


def test_blank_rows_at_a_break_stay_rows() -> None:
    """A row whose numbers are blank is not joined with the next row, which has a label of its own."""
    first, second = Sheet(), Sheet()
    first.table(80, 700, WIDTHS, [["一", "1.属于国家秘密", "1", "2"], ["二", "2.属于行政查询事项其他", "", ""]])
    second.table(80, 60, WIDTHS, [["三", "3.属于行政执法案卷", "3", "4"], ["四", "4.其他事项", "5", "6"]])
    (grid,) = grids(read(first, second))
    assert [row[2:] for row in rows(grid)] == [["1", "2"], ["", ""], ["3", "4"], ["5", "6"]]


def test_a_blank_row_of_numbers_under_a_header_stays_a_row() -> None:
    """A header at the foot of a page and an empty row on the next are two rows: the cells are blank, not lost."""
    first, second = Sheet(), Sheet()
    first.table(80, 750, WIDTHS, [["结果维持", "结果纠正", "其他结果", "尚未审结"]])
    second.table(80, 60, WIDTHS, [["", "", "", ""]])
    second.text(80, 300, "五、存在的主要问题及改进情况")
    first.text(80, 700, "四、行政复议情况")
    got = grids(read(first, second))
    assert [rows(grid) for grid in got] == [[["结果维持", "结果纠正", "其他结果", "尚未审结"], ["", "", "", ""]]]


def test_a_group_label_split_over_pages_is_whole() -> None:
    """«（四）无 / 法提供» is one cell over the rows of both pages."""
    first, second = Sheet(), Sheet()
    first.table(80, 700, WIDTHS, [["（三）", "8.属于行政查询事项", "1", "2"], ["（四）无", "1.本机关不掌握", "3", "4"]])
    second.table(80, 60, WIDTHS, [["法提供", "2.没有现成信息", "5", "6"], ["^", "3.补正后仍不明确", "7", "8"]])
    (grid,) = grids(read(first, second))
    group = next(cell for cell in grid.cells if "法提供" in cell.text)
    assert ("".join(group.text.split()), group.row, group.rowspan) == ("（四）无法提供", 2, 3)
    assert [len(row) for row in grid.rows()] == [4, 4, 3, 3]


def test_repeated_header_rows_go_to_the_furniture() -> None:
    """A header that the program repeats after the break does not double rows, and is not lost."""
    header = ["项目", "信息内容", "本年", "累计"]
    first, second = Sheet(), Sheet()
    first.table(80, 700, WIDTHS, [header, ["一", "甲项目名称", "1", "2"]])
    second.table(80, 60, WIDTHS, [header, ["二", "乙项目名称", "3", "4"]])
    document = read(first, second)
    (grid,) = grids(document)
    assert rows(grid) == [header, ["一", "甲项目名称", "1", "2"], ["二", "乙项目名称", "3", "4"]]
    assert [paragraph.text for paragraph in document.furniture] == header


def test_a_continuation_page_needs_no_words() -> None:
    """Pages are chosen by their rulings: numbers alone on a page are found."""
    first, second = Sheet(), Sheet()
    first.table(80, 750, (60.0, 60.0, 60.0), [["甲", "乙", "丙"]])
    second.table(80, 60, (60.0, 60.0, 60.0), [["11", "22", "33"]])
    (grid,) = grids(read(first, second))
    assert rows(grid) == [["甲", "乙", "丙"], ["11", "22", "33"]]


def test_labels_one_character_a_line_are_read_downwards() -> None:
    """A narrow label cell gives its characters in order, with the line breaks kept."""
    sheet = Sheet()
    sheet.table(80, 100, (18.0, 100.0, 50.0), [["本\n年\n度\n办\n理", "（一）予以公开", "5"], ["^", "（二）部分公开", "6"]],
                height=40)
    assert grids(read(sheet))[0].cells[0].text == "本\n年\n度\n办\n理"


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_rotated_pages_read_alike(rotate: int) -> None:
    """Whatever /Rotate says, a page that is shown upright or on its side gives the same rows."""
    sheet = Sheet()
    sheet.table(80, 100, WIDTHS, [["一", "1.属于国家秘密", "1", "2"], ["二", "2.其他事项说明", "30", "45"]])
    (grid,) = grids(read(sheet, rotate=rotate))
    assert rows(grid) == [["一", "1.属于国家秘密", "1", "2"], ["二", "2.其他事项说明", "30", "45"]]


def test_a_table_laid_on_its_side_has_locators_as_shown() -> None:
    """Text drawn at a right angle is read upright; a locator is where the cell stands on the page as shown."""
    sheet = Sheet(842.0, 595.0)
    sheet.table(80, 100, WIDTHS, [["一", "1.属于国家秘密", "1", "2"], ["二", "2.其他事项说明", "30", "45"]])
    (grid,) = grids(read(sheet, turn=1))
    assert rows(grid) == [["一", "1.属于国家秘密", "1", "2"], ["二", "2.其他事项说明", "30", "45"]]
    assert grid.cells[0].locator == "page=1;table=1;row=1;col=1;bbox=100,702,124,762"
    (upright,) = grids(read(sheet, turn=1, rotate=90))
    assert rows(upright) == rows(grid)
    assert upright.cells[0].locator == "page=1;table=1;row=1;col=1;bbox=80,100,140,124"


def test_content_in_a_form_is_in_its_place() -> None:
    """Rules and text drawn through a form XObject with a matrix give the same locators as drawn directly."""
    sheet = Sheet()
    sheet.table(80, 100, WIDTHS, [["一", "1.属于国家秘密", "1", "2"], ["二", "2.其他事项说明", "30", "45"]])
    assert read(sheet, in_form=True).blocks == read(sheet).blocks


def test_what_is_clipped_away_is_no_rule() -> None:
    """A line outside its clip does not cut a cell, and a wide box clipped to a hair is a rule."""
    sheet = Sheet()
    sheet.table(80, 100, (100.0, 50.0), [["1.属于国家秘密", "1"], ["2.其他事项说明", "2"]])
    hidden = b"\nq 0 0 20 20 re W n 105 742 m 105 690 l S Q"
    assert rows(grids(read(sheet, extra=hidden))[0]) == [["1.属于国家秘密", "1"], ["2.其他事项说明", "2"]]
    hair = b"\nq 205 694 1 48 re W n 190 600 40 200 re f Q"
    assert [len(row) for row in grids(read(sheet, extra=hair))[0].rows()] == [3, 3]


def test_backgrounds_do_not_cut_cells() -> None:
    """White boxes behind text and a highlight in a cell leave the grid as its rules draw it."""
    sheet = Sheet()
    sheet.fill(85, 105, 130, 118, "1 1 1")
    sheet.fill(80, 100, 230, 124)
    sheet.fill(183, 128, 200, 146, "1 1 0")
    sheet.table(80, 100, (100.0, 50.0), [["1.属于国家秘密", "1"], ["2.其他事项说明", "2"]])
    assert rows(grids(read(sheet))[0]) == [["1.属于国家秘密", "1"], ["2.其他事项说明", "2"]]


@pytest.mark.parametrize(("cell", "ground"), [("0.8 0.9 1", ""), ("1 1 1", "0.6 0.6 0.6")])
def test_a_table_of_boxes_without_rules_is_a_table(cell: str, ground: str) -> None:
    """Coloured boxes parted by paper are cells; so are boxes of paper on a coloured ground."""
    sheet = Sheet()
    if ground:
        sheet.fill(79, 99, 280, 148, ground)
    for r, row in enumerate((["1.属于国家秘密", "1"], ["2.其他事项说明", "2"])):
        for c, text in enumerate(row):
            sheet.fill(80 + 100 * c, 100 + 24 * r, 179 + 100 * c, 123 + 24 * r, cell)
            sheet.text(85 + 100 * c, 115 + 24 * r, text)
    assert rows(grids(read(sheet))[0]) == [["1.属于国家秘密", "1"], ["2.其他事项说明", "2"]]


def test_page_numbers_and_running_heads_are_furniture() -> None:
    """A page number, and a line at the same place of every page, stand apart from the text."""
    sheets = [Sheet() for _ in range(3)]
    for number, sheet in enumerate(sheets, 1):
        sheet.text(250, 40, "年度报告")
        sheet.text(80, 200, f"第{number}段正文。")
        sheet.text(290, 810, f"- {number} -")
    document = read(*sheets)
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        "第1段正文。", "第2段正文。", "第3段正文。"]
    assert [p.text for p in document.furniture] == ["年度报告", "- 1 -", "年度报告", "- 2 -", "年度报告", "- 3 -"]


@pytest.mark.parametrize(("first", "second", "counted"), [
    ("1", "2", 2), ("57", "58", 2), ("- 57 -", "- 58 -", 2), ("73", "0", 0), ("73", "2", 1), ("-67", "12", 0),
])
def test_a_number_alone_at_the_foot_of_a_page_counts_pages_or_is_text(first: str, second: str, counted: int) -> None:
    """A table without rules may end a page with a number in a line of its own."""
    sheets = [Sheet(), Sheet()]
    for sheet, number in zip(sheets, (first, second), strict=True):
        sheet.text(80, 200, "本页的正文到此为止。")
        sheet.text(290, 810, number)
    assert len(read(*sheets).furniture) == counted


def test_rows_of_numbers_at_the_top_of_pages_are_no_running_head() -> None:
    """They stand at the same place of each page, and are alike but for their digits."""
    sheets = [Sheet() for _ in range(3)]
    for sheet in sheets:
        for n in range(7):
            sheet.text(200 + 40 * n, 60, "0")
        sheet.text(80, 200, "本页的正文到此为止。")
    assert not read(*sheets).furniture


def test_wrapped_lines_are_one_paragraph_also_over_a_page_break() -> None:
    """Lines that run to the margin go on in the next line; an indented line begins a paragraph."""
    first, second = Sheet(), Sheet()
    line = "政府信息公开工作年度报告" * 4
    first.text(101, 700, line[:39])
    first.text(80, 720, line[:41])
    second.text(80, 100, line[:41])
    second.text(80, 120, "完。")
    second.text(101, 140, "另起一段。")
    texts = [block.text for block in read(first, second).blocks if isinstance(block, Paragraph)]
    assert texts == [line[:39] + line[:41] * 2 + "完。", "另起一段。"]


def test_a_heading_below_the_longest_line_is_a_paragraph_of_its_own() -> None:
    """Between two tables no line may be full; a sentence is not, above a list mark."""
    sheet = Sheet()
    for baseline, text in ((60, "本机关认真开展政府信息公开工作，健全制度，明确责任。"), (80, "二、主动公开政府信息情况")):
        sheet.text(80, baseline, text)
    assert [block.text[:2] for block in read(sheet).blocks] == ["本机", "二、"]


def test_a_heading_goes_on_with_neither_title_nor_heading() -> None:
    """Close above it, and as long as the longest line of the page."""
    sheet = Sheet()
    sheet.text(80, 100, "清河市教育局二〇二一年政府信息公开工作年度报告", 17)
    sheet.text(80, 122, "三、收到和处理政府信息公开申请情况的各项数据统计说明如下", 14)
    sheet.text(80, 140, "四、政府信息公开行政复议、行政诉讼情况", 14)
    assert [block.text[:2] for block in read(sheet).blocks if isinstance(block, Paragraph)] == ["清河", "三、", "四、"]


def test_a_mark_that_hangs_over_the_margin_parts_no_paragraph() -> None:
    """A line two characters short of the margin goes on, though a comma elsewhere reaches one beyond it."""
    sheet = Sheet()
    for n, text in enumerate(("本报告由某某区某某乡人民政府结合本年", "度有关统计数据编制而成。",
                              "本年度报告中所列数据的统计期限自一月起，", "至年末止。")):
        sheet.text(80, 100 + 18 * n, text)
    assert [b.text for b in read(sheet).blocks if isinstance(b, Paragraph)] == [
        "本报告由某某区某某乡人民政府结合本年度有关统计数据编制而成。", "本年度报告中所列数据的统计期限自一月起，至年末止。"]


def test_without_rules_words_far_apart_are_parted_by_tabs() -> None:
    """A borderless table comes as lines with tabs, so that the text extraction can serve."""
    sheet = Sheet()
    for r, row in enumerate((["项目", "本年", "累计"], ["主动公开", "163", "400"])):
        for c, text in enumerate(row):
            sheet.text(80 + 120 * c, 100 + 20 * r, text)
    assert [block.text for block in read(sheet).blocks if isinstance(block, Paragraph)] == [
        "项目\t本年\t累计", "主动公开\t163\t400"]


def test_what_runs_askew_over_a_table_is_no_number_of_it() -> None:
    """A watermark's digits fall into cells; they are furniture, and the cells keep what is printed in them."""
    sheet = Sheet()
    sheet.table(80, 100, WIDTHS, [["一", "甲项目名称", "1", "2"], ["二", "乙项目名称", "3", "4"]])
    mark = b"".join(b"\nBT /F 14 Tf .87 .5 -.5 .87 %d %d Tm <003%d> Tj ET " % (100 + 40 * n, 700 + 9 * n, n) for n in range(6))
    document = read(sheet, extra=mark)
    assert rows(grids(document)[0]) == [["一", "甲项目名称", "1", "2"], ["二", "乙项目名称", "3", "4"]]
    assert [block.text for block in document.furniture] == ["012345"]


def test_what_is_too_faint_to_read_is_no_number_of_a_table() -> None:
    """Light text over a table is furniture; white text on a dark head is the head."""
    sheet = Sheet()
    sheet.fill(80, 100, 400, 124, "0 0.3 0.6")
    sheet.table(80, 100, WIDTHS, [["", "", "", ""], ["二", "乙项目名称", "3", "4"]])
    light = b"\n0.9 g BT /F 14 Tf 1 0 0 1 200 704 Tm <00370038> Tj ET 1 g BT /F 10 Tf 1 0 0 1 85 728 Tm <75320031> Tj ET 0 g"
    document = read(sheet, extra=light)
    assert rows(grids(document)[0]) == [["甲1", "", "", ""], ["二", "乙项目名称", "3", "4"]]
    assert [block.text for block in document.furniture] == ["78"]


def test_rules_of_dots_are_rules() -> None:
    """A browser draws a dotted border as small squares."""
    sheet = Sheet()
    for n in range(0, 201, 2):
        for y in (100, 130, 160):
            sheet.fill(80 + n, y, 81 + n, y + 1, "0 0 0")
        for x in (80, 180, 280):
            if n <= 60:
                sheet.fill(x, 100 + n, x + 1, 101 + n, "0 0 0")
    for x, y, text in ((90, 120, "甲"), (190, 120, "1"), (90, 150, "乙"), (190, 150, "2")):
        sheet.text(x, y, text)
    (grid,) = grids(read(sheet))
    assert rows(grid) == [["甲", "1"], ["乙", "2"]]


@pytest.mark.parametrize("gap", [4, 5])
def test_cells_that_stand_apart_are_one_table(gap: int) -> None:
    """Each cell has a frame of its own, some points from the next one's."""
    sheet = Sheet()
    for r in range(5):
        for c in range(3):
            sheet.table(80 + (80 + gap) * c, 100 + (20 + gap) * r, (80.0,), [[f"{r}{c}"]], height=20)
    (grid,) = grids(read(sheet))
    assert rows(grid) == [[f"{r}{c}" for c in range(3)] for r in range(5)]


def test_double_walls_are_walls() -> None:
    """Word's fat double border leaves the inner lines short of the outer frame."""
    sheet = Sheet()
    for r in range(4):
        for c in range(2):
            sheet.table(80 + 100 * c, 100 + 30 * r, (94.0,), [[f"{r}{c}"]], height=24)
    for x0, y0, x1, y1 in ((70, 90, 284, 90), (76, 96, 278, 96), (70, 218, 284, 218), (76, 218, 278, 218)):
        sheet.line(x0, y0, x1, y1)
    for x in (70, 76, 278, 284):
        sheet.line(x, 90, x, 218)
    (grid,) = grids(read(sheet))
    assert rows(grid) == [[f"{r}{c}" for c in range(2)] for r in range(4)]


def test_what_a_row_cuts_off_is_still_its_cells() -> None:
    """A row of fixed height hides a second line, which would else stand in the row below; a page's own edge hides none."""
    sheet = Sheet()
    sheet.table(80, 100, (120.0, 60.0), [["", "1"], ["甲", "2"]])
    text = "\nq %s re W n BT /F 10.5 Tf 1 0 0 1 85 %d Tm <%s> Tj ET Q"
    cell, page = "80 718 120 24", "20 20 500 800"
    extra = [text % (cell, 729, "672C5E74"), text % (cell, 709, "65B06536"), text % (page, 15, "9875")]
    document = read(sheet, extra="".join(extra).encode())
    assert rows(grids(document)[0]) == [["本年新收", "1"], ["甲", "2"]]
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["页"]


def test_letters_drawn_as_shapes_are_no_cells() -> None:
    """A watermark in outlines gives no coloured boxes; a table of coloured boxes stays what it is."""
    sheet = Sheet()
    for r in range(3):
        for c in range(3):
            sheet.fill(80 + 60 * c, 100 + 20 * r, 140 + 60 * c, 120 + 20 * r)
            sheet.text(90 + 60 * c, 115 + 20 * r, f"{r}{c}")
    shapes = b"\n0.8 g 90 700 m 130 690 l 170 720 l 160 760 l 120 730 l 100 745 l h f 0 g"
    (grid,) = grids(read(sheet, extra=shapes))
    assert rows(grid) == [[f"{r}{c}" for c in range(3)] for r in range(3)]


@pytest.mark.parametrize(("pitch", "number"), [(14.0, "58"), (10.5, "5 8")])
def test_letter_spaced_digits_are_one_number_where_all_text_is_spaced(pitch: float, number: str) -> None:
    """Digits as far apart as the ideographs beside them are one number; apart between dense ideographs they are two."""
    sheet = Sheet()
    sheet.table(80, 100, (120.0, 60.0), [["", ""]])
    for n, char in enumerate("行政许可"):
        sheet.text(85 + pitch * n, 115, char)
    for n, char in enumerate("58"):
        sheet.text(205 + 8.8 * n, 115, char)
    (grid,) = grids(read(sheet))
    assert [cell.text for cell in grid.cells] == ["行政许可", number]


def test_a_unit_below_its_number_is_part_of_it_where_no_rules_are() -> None:
    """A narrow column leaves no room for it."""
    sheet = Sheet()
    for n in range(10):
        for col, text in enumerate((f"{n}.项目名称", str(n), "682690000.00")):
            sheet.text(80 + 120 * col, 100 + 32 * n, text)
        sheet.text(350, 113 + 32 * n, "元")
    assert rows(grids(read(sheet))[0])[3] == ["3.项目名称", "3", "682690000.00元"]


@pytest.mark.parametrize(("shift", "loose"), [(0, False), (35, True)])
def test_numbers_that_stand_in_no_columns_may_lack_an_empty_one(shift: float, loose: bool) -> None:
    """Where each cell is aligned in its own way, an empty place leaves no trace."""
    sheet = Sheet()
    for n in range(10):
        for col, text in enumerate((f"{n}.项目名称", str(n), "17", "5")):
            if (n, col) != (4, 2):
                sheet.text(80 + 80 * col + (col and (n + col) % 3 * shift), 100 + 20 * n, text)
    (grid,) = grids(read(sheet))
    assert grid.drops_empty == loose


def test_words_and_numbers_in_columns_are_a_table_without_rules() -> None:
    """Rows of words and numbers side by side are rows of cells with their places, near numbers each a cell of its own; a
    frame around them changes nothing, and prose before and after stays prose."""
    sheet = Sheet()
    sheet.text(80, 60, "以下各项数量均为本年数，由各科室报送后汇总，未经审计。")
    sheet.line(75, 85, 420, 85)
    sheet.line(75, 305, 420, 305)
    sheet.line(75, 85, 75, 305)
    sheet.line(420, 85, 420, 305)
    for n in range(10):
        for x, text in ((80, f"{n}.项目名称"), (200, str(n)), (260, "17"), (281, "5")):
            sheet.text(x, 100 + 20 * n, text)
    sheet.text(80, 330, "五、公开工作存在的主要问题和改进的情况如下面各段所述。")
    document = read(sheet)
    (grid,) = grids(document)
    assert rows(grid) == [[f"{n}.项目名称", str(n), "17", "5"] for n in range(10)] and not grid.spans_known
    assert grid.cells[4].locator.startswith("page=1;line=3;bbox=80,")
    assert len([block for block in document.blocks if isinstance(block, Paragraph)]) == 2


def test_a_number_across_a_rule_is_a_doubt() -> None:
    """Digits printed across a rule may belong to either cell: both are named in an issue."""
    sheet = Sheet()
    sheet.table(80, 100, (100.0, 30.0, 30.0), [["1.属于国家秘密", "", "7"], ["2.其他事项说明", "2", "3"]])
    sheet.text(185, 118, "1234567")
    document = read(sheet)
    (doubt,) = document.issues
    assert (doubt.code, doubt.severity) == ("text-crosses-rule", "warning")
    assert all(any(f"row=1;col={col};" in place for place in doubt.cells) for col in (2, 3))
    assert not any("row=2;" in place for place in doubt.cells)


@pytest.mark.parametrize(("first", "crosses"), [(204.6, True), (196.0, False)])
def test_digits_that_touch_across_a_rule_are_a_doubt(first: float, crosses: bool) -> None:
    """The digits of «12» that a rule parts look like one number in neither cell; where they stand apart they are two."""
    sheet = Sheet()
    sheet.table(80, 100, (100.0, 30.0, 30.0), [["1.属于国家秘密", "", ""], ["2.其他事项说明", "2", "3"]])
    sheet.text(first, 118, "1")
    sheet.text(210.4, 118, "2")
    assert [issue.code for issue in read(sheet).issues] == ["text-crosses-rule"] * crosses


def test_an_empty_cell_at_the_side_of_the_page_is_a_doubt() -> None:
    """A table wider than its page is cut there, and the number of the cell with it."""
    sheet = Sheet(width=250.0)
    sheet.table(80, 100, (100.0, 30.0, 60.0), [["1.属于国家秘密", "5", ""], ["2.其他事项说明", "2", "3"]])
    (doubt,) = read(sheet).issues
    assert doubt.code == "text-crosses-rule" and any("row=1;col=3" in place for place in doubt.cells)
    assert not any("row=2" in place for place in doubt.cells)


@pytest.mark.parametrize(
    ("skip", "last", "doubted"),
    [(["right"], "36", True), (["right"], "3", False), (["right"], "", True), ([], "", False)])
def test_a_last_column_that_goes_on_beyond_its_table_is_a_doubt(skip: list[str], last: str, doubted: bool) -> None:
    """What a margin cuts off of a wide table leaves no side, and half a character or an empty column."""
    sheet = Sheet()
    heads = ["信息内容", "数", ""]
    sheet.table(80, 100, (100.0, 30.0, 15.0), [heads, ["规章", "0", last], ["行政规范性文件", "7", last]], skip=skip)
    places = {place for issue in read(sheet).issues for place in issue.cells if issue.code == "text-crosses-rule"}
    assert ("col=3" in {place.split(";")[3] for place in places}) == doubted


def test_a_number_right_outside_of_the_table_is_a_doubt_on_its_row() -> None:
    """The numbers of the row may each stand one cell too far."""
    sheet = Sheet()
    sheet.table(80, 100, (100.0, 30.0, 30.0), [["1.属于国家秘密", "", "7"], ["2.其他事项说明", "2", "3"]])
    sheet.text(242, 118, "8")
    (doubt,) = read(sheet).issues
    assert doubt.code == "text-crosses-rule" and {place.split(";")[2] for place in doubt.cells} == {"row=1"}


def test_what_is_struck_out_keeps_its_stroke() -> None:
    """A rule through two digits of a cell, as a printed revision leaves it, stays with them; an underline or a wall does not."""
    sheet = Sheet()
    sheet.table(80, 100, WIDTHS, [["一", "1.属于国家秘密", "340", "2"], ["二", "2.其他事项说明", "30", "45"]])
    sheet.line(285, 109.5, 295.5, 109.5)
    sheet.line(285, 139, 295.5, 139)
    found = rows(grids(read(sheet))[0])
    assert found == [["一", "1.属于国家秘密", "3\u03364\u03360", "2"], ["二", "2.其他事项说明", "30", "45"]]
    assert read_number(found[0][2]).code == "number-struck-out"


def test_a_stroke_from_wall_to_wall_parts_no_cell() -> None:
    """What is struck out in a narrow cell is marked, and stays in its row."""
    sheet = Sheet()
    sheet.table(80, 100, (40.0, 100.0, 11.0, 40.0), [["一", "1.属于国家秘密", "", "2"], ["二", "2.其他事项说明", "", "45"]])
    sheet.text(222.5, 113.5, "9")
    sheet.line(222, 110, 229, 110)
    found = rows(grids(read(sheet))[0])
    assert found[0] == ["一", "1.属于国家秘密", "9\u0336", "2"] and len(found) == 2


def test_a_raised_digit_behind_a_number_is_a_notes() -> None:
    """The number of a note above the line, smaller or as large, or smaller and below it, joins no number; a smaller one on the
    line does."""
    sheet = Sheet()
    body = [["一", "1.属于国家秘密", "", ""], ["二", "2.其他事项说明", "", ""]]
    sheet.table(80, 100, WIDTHS, body)
    sheet.text(345, 115.5, "34")
    sheet.text(355.5, 111.5, "1")
    sheet.text(345, 137.5, "30")
    sheet.text(355.5, 140, "6", 6)
    sheet.text(285, 113.5, "34")
    sheet.text(295.5, 110, "1", 6)
    sheet.text(285, 137.5, "30")
    sheet.text(295.5, 137.5, "6", 8)
    found = rows(grids(read(sheet))[0])
    assert [row[2:] for row in found] == [["34¹", "34¹"], ["306", "30₆"]]


def test_a_raised_digit_drawn_before_its_number_is_a_notes() -> None:
    """A page may draw its characters in any order; two small digits are both the note's, and one on the line is the number's."""
    sheet = Sheet()
    body = [["一", "1.属于国家秘密", "", ""], ["二", "2.其他事项说明", "", ""]]
    for x, y, size, text in ((295.6, 110, 5.5, "1"), (355.6, 110, 5.5, "12"), (295.6, 137.5, 5.5, "6")):
        sheet.text(x, y, text, size)
    sheet.table(80, 100, WIDTHS, body)
    for x, y, text in ((285, 113.5, "34"), (345, 113.5, "34"), (285, 137.5, "30"), (345, 137.5, "30")):
        sheet.text(x, y, text)
    found = rows(grids(read(sheet))[0])
    assert [row[2:] for row in found] == [["34¹", "34¹²"], ["306", "30"]]


def test_characters_of_a_font_that_counts_twice_their_height_stand_in_their_line() -> None:
    """A word processor's second font reaches far above its characters: what stands on one line is one line."""
    box = [("（", 97, 723.4, 734.8), ("七", 109, 712.0, 735.1), ("）", 121, 723.4, 734.8), ("总", 133, 723.6, 734.6)]
    glyphs = [Glyph(x, top, x + 12, bottom, text) for text, x, top, bottom in box]
    assert cell_text(glyphs, (90, 719, 262, 737)).text == "（七）总"


def test_a_frame_around_text_is_no_table() -> None:
    """A single box is running text."""
    sheet = Sheet()
    sheet.table(80, 100, (400.0,), [["根据条例要求编制本报告。"]])
    document = read(sheet)
    assert not grids(document)
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["根据条例要求编制本报告。"]


def test_radicals_are_read_as_the_ideographs_they_stand_for() -> None:
    """A font that gives radical forms (⾏, ⻓) does not change the text."""
    sheet = Sheet()
    sheet.text(80, 100, "⾏政⻓期⽂件")
    assert read(sheet).blocks[0].text == "行政长期文件"  # type: ignore[union-attr]


@pytest.mark.parametrize("lines", [("地址：\U00020bb7野家路一百号", "邮编：一"), ("http://www.example-", "site.gov.cn/")])
def test_rare_characters_and_a_hyphen_at_a_lines_end_are_kept(lines: tuple[str, str]) -> None:
    """pdfium gives an ideograph beyond the basic plane in two halves, and a hyphen at a line's end as a sign of its own."""
    sheet = Sheet()
    for n, line in enumerate(lines):
        sheet.text(80, 100 + 18 * n, line)
    assert "".join(block.text for block in read(sheet).blocks) == "".join(lines)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"%PDF-1.4\n", "cut off or damaged"),
        (pdf([Sheet()])[:200], "cut off or damaged"),
        (assemble([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]), "no pages"),
        (pdf([Sheet()], encrypt=(
            b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + b"31" * 32 + b">/U<" + b"32" * 32 + b">>>"
            b"/ID[<31><31>]")), "encrypted"),
    ],
)
def test_what_cannot_be_opened_says_why(data: bytes, found: str) -> None:
    """Cut off, without pages, encrypted: an error that names the cause and a remedy."""
    with pytest.raises(Unreadable) as caught:
        reader.read(data)
    assert found in caught.value.found and caught.value.remedy


def test_a_stream_that_unpacks_without_end_is_refused() -> None:
    """A page description packed a thousand times is refused before pdfium unpacks it."""
    with pytest.raises(Unreadable, match="unpacks"):
        reader.read(pdf([Sheet()], extra=b"0 0 m " * 20_000_000))


def test_more_pages_than_a_report_has_are_left_out_with_an_issue() -> None:
    """Of a file with hundreds of pages the first hundred are read, and the issue says so."""
    sheet = Sheet()
    sheet.text(80, 100, "正文。")
    document = read(*[sheet] * (MOST_PAGES + 5))
    assert [issue.code for issue in document.issues] == ["too-many-pages"]
    assert "page=100;" in document.blocks[-1].locator and f"{MOST_PAGES + 5} pages" in document.issues[0].message


def test_the_bytes_alone_decide_the_result() -> None:
    """The same bytes give the same document, with their hash and size."""
    sheet = Sheet()
    sheet.table(80, 100, WIDTHS, [["一", "1.属于国家秘密", "1", "2"], ["二", "2.其他事项说明", "30", "45"]])
    data = pdf([sheet])
    assert reader.read(data) == reader.read(data)
    assert reader.read(data).size == len(data) and len(reader.read(data).sha256) == 64
    assert reader.sniff(data) and not reader.sniff(b"PK\x03\x04")


def test_the_second_opinion_agrees_on_a_ruled_page_and_names_a_lost_row() -> None:
    """pdfplumber's own reading gives the same rows; where a rule is missing at a page cut, it loses one."""
    drawn = [["一", "1.属于国家秘密", "1", "2"], ["二", "2.其他事项说明", "30", "45"]]
    whole, cut = Sheet(), Sheet()
    whole.table(80, 100, WIDTHS, drawn)
    assert second_opinion(pdf([whole]), "a.pdf") == (2, (), ())
    cut.table(80, 700, WIDTHS, drawn, skip=["bottom"])
    assert second_opinion(pdf([cut]), "a.pdf") == (1, ("30 | 45",), ())
    assert second_opinion(b"a text", "a.txt") is None


def test_the_second_opinion_names_a_row_that_only_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where our reading loses a row, the second has it."""
    sheet = Sheet()
    sheet.table(80, 100, WIDTHS, [["一", "1.属于国家秘密", "1", "2"], ["二", "2.其他事项说明", "30", "45"]])
    whole = reader.read(pdf([sheet]))
    (grid,) = whole.blocks
    kept = replace(whole, blocks=(replace(grid, cells=tuple(cell for cell in grid.cells if cell.row == 1)),))
    monkeypatch.setattr(reader, "read", lambda data: kept)
    assert second_opinion(pdf([sheet]), "a.pdf") == (1, (), ("30 | 45",))


def test_our_grid_is_the_one_that_the_geometry_of_pdfplumber_gives() -> None:
    """On closed tables the cells equal those of pdfplumber's undocumented functions, which are the reference."""
    sheet = Sheet()
    sheet.table(80, 100, WIDTHS, [["甲", "<", "1", "2"], ["^", "^", "3", "4"], ["乙", "丙", "<", "5"]])
    with pdfplumber.open(io.BytesIO(pdf([sheet]))) as document:
        edges = table.merge_edges(document.pages[0].edges, 3, 3, 3, 3)
        points = table.edges_to_intersections(edges, 3, 3)
        (theirs,) = table.cells_to_tables(table.intersections_to_cells(points))
    (ours,) = lattices([Rule(e["top"], e["x0"], e["x1"]) for e in edges if e["orientation"] == "h"],
                       [Rule(e["x0"], e["top"], e["bottom"]) for e in edges if e["orientation"] == "v"])
    assert sorted(tuple(round(v, 1) for v in cell.box) for cell in ours.cells) == sorted(
        tuple(round(float(v), 1) for v in cell) for cell in theirs)


@pytest.mark.parametrize("name", ["browser.pdf", "office.pdf"])
def test_tables_that_real_programs_cut_are_whole(name: str) -> None:
    """A table printed over two pages by Chromium and by LibreOffice has the cells and spans of its source."""
    expected, taken = [], set()
    for r, row in enumerate(html.parse(str(CUT / "cut.html")).getroot().iterfind(".//tr")):
        c = 0
        for cell in row.iterfind("td"):
            while (r, c) in taken:
                c += 1
            down, across = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            taken |= {(r + i, c + k) for i in range(down) for k in range(across)}
            expected.append((cell.text_content(), r + 1, c + 1, down, across))
    document = reader.read((CUT / name).read_bytes())
    (grid,) = grids(document)
    assert [("".join(c.text.split()), c.row, c.col, c.rowspan, c.colspan) for c in grid.cells] == expected
    assert " + page=2;" in grid.locator
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["三公开", "五、公开。"]


def test_shapes_of_characters_are_left_out_of_reading_but_not_of_pictures() -> None:
    """Chromium's characters, each a page of its own, lose their shapes in place; pages are pictured with them."""
    data = (CUT / "browser.pdf").read_bytes()
    light = without_shapes(data)
    assert len(light) == len(data) and light.count(b"/CharProcs<</g0 ") == data.count(b"/Type3") > 0
    assert without_shapes(light) == light
    with opened(data) as file:
        assert len(file.draw(1).glyphs) > 50
        assert sum(file.picture(1).convert("1").histogram()[:1]) > 5_000


def test_shapes_of_fonts_that_lead_nowhere_stay_and_are_not_looked_for_without_end() -> None:
    """Fonts whose shapes are not where they say are left alone; of thousands of scales only a few are followed."""
    font = (b"/FontMatrix [%d]\n/FirstChar 0\n/Widths [0 500]\n/Encoding <</Type /Encoding\n/Differences [0 /g0 /gA]>>\n"
            b"/CharProcs <</g0 9 0 R\n/gA 10 0 R>>\n")
    fonts = b"".join(font % n for n in range(20_000))
    before = time.process_time()
    assert without_shapes(fonts) == fonts
    assert time.process_time() - before < 5


def test_a_page_as_large_as_a_field_is_rendered_small() -> None:
    """A MediaBox of two square kilometres gives a picture within the limit of pixels, not an error of memory."""
    with opened(pdf([Sheet(width=4e6, height=4e6)])) as file:
        picture = file.picture(1)
    assert picture.width * picture.height <= 1.01 * MOST_PIXELS


@pytest.mark.parametrize("turn", [0, 1])
def test_a_cell_with_only_a_picture_is_not_blank(turn: int) -> None:
    """The picture may show a number; one that is larger than its cell, as a stamp or a background, says nothing."""
    sheet = Sheet()
    sheet.table(80, 100, WIDTHS, [["一", "1.属于国家秘密", "", "2"], ["二", "2.其他事项说明", "", ""]])
    sheet.text(80, 60, "三、收到和处理政府信息公开申请情况如下表所示")
    shown = b"q %d 0 0 %d %d %d cm BI /W 1 /H 1 /BPC 8 /CS /G /F /AHx ID 00> EI Q\n"
    pictures = shown % (20, 12, 300, 842 - 118) + shown % (90, 90, 310, 842 - 180)
    if turn:
        pictures = b"\nq 0 1 -1 0 842 0 cm\n" + pictures + b"Q"
    found = rows(grids(read(sheet, turn=turn, extra=pictures))[0])
    assert [row[2:] for row in found] == [[UNREAD, "2"], ["", ""]]
