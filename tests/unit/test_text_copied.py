"""Text copied from a page or a sheet, or taken from it by a script: what a browser and a sheet leave of cells."""

from __future__ import annotations

import re

import pytest

from ogi.extract import extract
from ogi.forms import load
from ogi.model import Grid, Reading
from ogi.readers.text import read as read_text
from tests.unit.read_blocks import grids, paragraphs, texts

TITLE = "青岚市水利局2021年政府信息公开工作年度报告"
HEADS = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
ROWS = [["规章", "0", "\xa0", "3"], ["行政\n\n规范性文件", "4", "5", "\xa0"], ["行政强制", "", "7", "8"]]
MANY = [[f"第{n}行", "1", "2", "3"] for n in range(10)]
REFUSED = [
    "（三）不予公开", "1.属于国家秘密", "2.其他法律行政止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益",
]  # fmt: skip


def shown(rows: list[list[str]]) -> str:
    """A table as `innerText` gives it: every cell a paragraph, or nothing."""
    return "\n".join("\t".join(f"\n\n{cell}\n\n" if cell else "" for cell in row) for row in rows).strip("\n")


def read(text: str) -> Reading:
    return extract(read_text(text.encode()), load())


def test_tabs_on_lines_of_their_own_part_the_cells_of_a_page() -> None:
    """Two tables and the prose around them: rows and cells as on the page, empty cells too, paragraphs outside of them."""
    between = ["三、收到和处理政府信息公开申请情况", "统计期限自2021年1月1日起。"]
    text = "\n\n".join(
        [TITLE, "一、总体情况", shown([HEADS, *ROWS, *MANY]), *between, shown([HEADS, *MANY]), "六、其他"]
    )
    document = read_text(text.encode())
    assert paragraphs(document) == [TITLE, "一、总体情况", *between, "六、其他"]
    filled = [[cell.strip().replace("\n\n", "\n") for cell in row] for row in ROWS]
    assert [texts(grid) for grid in grids(document)] == [[HEADS, *filled, *MANY], [HEADS, *MANY]]
    assert not any(grid.spans_known for grid in grids(document))


@pytest.mark.parametrize("empty", ["\xa0", " ", "\u3000"])
def test_a_blank_between_two_empty_lines_is_an_empty_cell(empty: str) -> None:
    """A cell a line, an empty one as the blank that the page has in it: it takes a line as every other cell does."""
    cells = [
        cell or empty
        for row in [["规章", "0", "", "3"], ["行政规范性文件", "", "5", ""]] * 12
        for cell in row
    ]
    document = read_text("\n\n".join([*cells, "六、其他"]).encode())
    (grid,) = document.blocks
    assert isinstance(grid, Grid) and [row[0].text for row in grid.rows()] == [
        *(c.strip() for c in cells),
        "六、其他",
    ]


def test_blanks_at_the_end_of_a_text_are_no_cells() -> None:
    """What stood behind them is lost, and an excerpt that breaks off there does not say that they are empty."""
    cut = read_text("\n\n".join(["规章", "0"] * 20 + [" "] * 6).encode())
    assert [cell.text for row in grids(cut)[0].rows() for cell in row] == ["规章", "0"] * 20


def test_indents_of_a_source_are_no_cells() -> None:
    """The text of a page with the line ends and indents of its source: three line ends part cells, five rows."""
    rows = [["规章", "0", "1", "2"], ["行政规范性文件", "3", "\xa0", "5"]] * 12
    text = "\n  \n \n \n  \n".join("\n  \n  \n".join(f"  {cell}" for cell in row) for row in rows)
    document = read_text(f"{TITLE}\n\n\n\n\n{text}\n  \n{'说明。' * 9}".encode())
    assert [texts(grid) for grid in grids(document)] == [[[cell.strip() for cell in row] for row in rows]]


def test_quotes_of_a_sheet_are_no_part_of_a_cell() -> None:
    """A sheet puts quotes around a number that is kept as text; quotes inside a cell stay."""
    (grid,) = grids(read_text('行政许可\t97\t"+82"\t" 179"\n危及"三安全一稳定"\t1\t2\t""\n'.encode()))
    assert texts(grid) == [["行政许可", "97", "+82", "179"], ['危及"三安全一稳定"', "1", "2", ""]]
    assert re.fullmatch(r"line=1;chars=10-12", next(iter(grid.rows()))[2].locator)


def test_a_misprinted_label_on_a_line_of_its_own_is_read_by_what_it_is_like() -> None:
    """As in a grid: the only row of the form that it is like, and a note; a numbered line without numbers stays prose."""
    rows = [[REFUSED[0]], *([label, *"1000001"] for label in REFUSED[1:])]
    heads = "自然人 法人或其他组织 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计".split()
    lines = [
        TITLE,
        "三、收到和处理政府信息公开申请情况",
        *heads,
        *(c for row in rows for c in row),
        "1.以上为全部申请。",
    ]
    reading = read("\n".join(lines))
    assert [c.value for c in reading.cells if c.item == "refused_other_law"] == [1, 0, 0, 0, 0, 0, 1]
    assert [(i.severity, i.cells) for i in reading.issues if i.code == "label-unclear"] == [
        ("info", ("requests.refused_other_law.*",))
    ]
    assert "1.以上为全部申请。" in "".join(section.text for section in reading.sections)


@pytest.mark.parametrize("mark", ["\t", " | "])
def test_a_merged_cell_printed_in_each_of_its_places_is_one_number(mark: str) -> None:
    """As scripts dump Word's tables, the head as often as the number; other numbers under one head are not one."""
    heads = ["信息内容", *["本年处理决定数量"] * 3]
    rows = [
        ["第二十条第（五）项"] * 4,
        heads,
        ["行政许可", "74", "74", "74"],
        ["第二十条第（六）项"] * 4,
        heads,
    ]
    rows += [["行政处罚", "5", "5", "6"], ["行政强制", "0", "0", "0"]]
    table = "\n".join(mark.join(row) for row in rows)
    reading = read(f"{TITLE}\n二、主动公开政府信息情况\n{table}\n六、其他需要报告的事项")
    assert {c.item: c.value for c in reading.cells} == {"licensing": 74, "penalties": None, "coercion": 0}


def test_two_cells_a_line_are_a_row() -> None:
    """One tab in each line, none before the first cell: no line goes on in the next."""
    (grid,) = grids(read_text("信息内容\t本年处理决定数量\n行政处罚\t3\n行政强制\t0\n".encode()))
    assert texts(grid) == [["信息内容", "本年处理决定数量"], ["行政处罚", "3"], ["行政强制", "0"]]


@pytest.mark.parametrize("empty", ["", " ", "\u3000", "\xa0\u3000"])
def test_a_cell_of_two_lines_goes_on_before_empty_ones_that_hold_blanks(empty: str) -> None:
    """A tab opens each cell, an empty line ends the row: a group and its first row stand in one cell."""
    rows = [["（四）无法提供\n1.本机关不掌握相关政府信息", *[empty] * 6, "2"], ["2.没有现成信息需要另行制作", *[empty] * 6, "0"]]
    lines = [*(f"\t{cell}" for cell in rows[0]), "", *(f"\t{cell}" for cell in rows[1]), ""]
    (grid,) = grids(read_text("\n".join([*lines, "六、其他"]).encode()))
    assert texts(grid) == [[cell.strip() for cell in row] for row in rows]


def test_nan_is_an_empty_cell() -> None:
    """A sheet through a program that holds it as numbers."""
    (grid,) = grids(
        read_text("| 规章 | NaN | 0 | NaN |\n|---|---|---|---|\n| 行政许可 | 3 | NaN | NaN |\n".encode())
    )
    assert texts(grid) == [["规章", "", "0", ""], ["行政许可", "3", "", ""]]


def test_a_line_of_tabs_is_a_row_of_empty_cells() -> None:
    """Below a table that has lines without a tab: those are rows too, and no cell goes on over them."""
    heads = "信息内容\t本年处理决定数量"
    rows = ["第二十条第（五）项", heads, "行政许可\t40", "第二十条第（六）项", heads]
    text = "\n".join([TITLE, "二、主动公开政府信息情况", *rows, "行政处罚\t23", "行政强制\t8", "\t\t\t", "三、其他"])
    decisions = {c.item: c.value for c in read(text).cells if c.measure == "decisions"}
    assert decisions == {"licensing": 40, "penalties": 23, "coercion": 8}


@pytest.mark.parametrize("row", ["3\t\t1\t\t\t\t4", "3\t0\t1\t0\t0\t0\t"])
def test_a_tab_that_closes_every_line_makes_no_column(row: str) -> None:
    """It does where it closes the rows of heads too; else it is an empty cell."""
    heads = ["（勾稽关系）\t申请人情况\t", "自然人\t法人或其他组织\t总计\t"]
    heads += ["商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t"]
    text = "\n".join([TITLE, "三、收到和处理政府信息公开申请情况", *heads, f"二、上年结转政府信息公开申请数量\t{row}\t"])
    cells = [c for c in read(text).cells if c.item == "carried_in"]
    assert ["" if c.value is None else str(c.value) for c in cells] == row.split("\t")
    assert {c.status for c in cells} == {"reported", "blank"}


def test_one_number_where_blanks_hold_cells_apart_is_no_run() -> None:
    """Blanks leave no trace of an empty cell: «214» behind them is one number, and whose nothing tells."""
    heads = ["信息内容     本年制发件数   本年废止件数   现行有效件数", "规章                  "]
    rows = ["行政规范性文件                     214", "第二十条第（五）项", "信息内容    本年处理决定数量", "行政许可     2523"]
    table = ["二、主动公开政府信息情况", "第二十条第（一）项", *heads, *rows]
    form = load().table("2021-30", "requests")
    requests = [f"{item.number}{item.labels[0]}   " + "   ".join("1000001") for item in form.items]
    text = "\n".join([TITLE, *table, "三、收到和处理政府信息公开申请情况", *requests, "四、其他"])
    cells = [c for c in read(text).cells if c.item == "normative_documents"]
    assert [c.status for c in cells] == ["unreadable"] * 3


@pytest.mark.parametrize("covered", ["", "\t"])
def test_a_column_that_most_rows_do_not_print_is_not_made_up(covered: str) -> None:
    """No tab behind the last number: the total of most rows may be empty; no 0 is derived, none moves into it from the left."""
    form = load().table("2021-30", "requests")
    whole = {"new_received", "carried_in", "total_disposed", "carried_out"}
    rows = [f"{item.labels[0]}\t{covered}" + "\t".join("0" * (6 + (item.code in whole))) for item in form.items]
    reading = read(f"{TITLE}\n三、收到和处理政府信息公开申请情况\n" + "\n\n".join(rows) + "\n四、其他")
    assert {cell.value for cell in reading.cells if cell.measure == "total" and cell.item not in whole} == {None}


@pytest.mark.parametrize(("styles", "shown"), [('lang="EN-US"', True), (".a #b", True), ('style="display: none"', False)])
def test_what_pandoc_writes_around_a_text_is_none_of_it(styles: str, shown: bool) -> None:
    """Its attributes: the text keeps its place; not where it may not be shown."""
    rows = [["第二十条第（一）项"], HEADS, ["规章", "21", "0", "199"], ["行政规范性文件", "41", "2", "43"]]
    text = "\n".join(" | ".join(f"[{cell}]{{{styles}}}" for cell in row) + " |" for row in rows)
    reading = read(f'{TITLE}\n[二、主动公开政府信息情况]{{lang="EN-US"}}\n{text}\n')
    found = [(str(cell.value), cell.locator) for cell in reading.cells if cell.item == "regulations"]
    start = text.split("\n")[2].index("199") + 1
    assert found[2:] == ([("199", f"line=5;chars={start}-{start + 2}")] if shown else [])


@pytest.mark.parametrize("note", ["456（其中修订 271件）", "减少83"])
def test_a_number_with_its_note_ends_no_table(note: str) -> None:
    """Three line ends part cells, five rows, three more for an empty cell: before words so many end the table."""
    rows = [HEADS, ["规章", "1", "2", "3"], ["行政规范性文件", "38", "", note], *(["行政强制", "4", "5", "6"] for _ in range(6))]
    text = "\n\n\n\n\n".join("\n\n\n".join(row) for row in rows)
    (found,) = grids(read_text(f"{TITLE}\n\n\n\n\n\n{text}\n".encode()))
    assert texts(found)[:-1] == rows[:-1]
