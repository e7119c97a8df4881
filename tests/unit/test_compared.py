"""A small table that compares years, or prints totals alone, is none of the form's and puts no doubt on the form's own."""

from __future__ import annotations

import pytest

from ogi.errors import Unreadable
from ogi.model import Reading
from ogi.understanding import understand

ROWS = [
    ["一、本年新收政府信息公开申请数量", *"3000003"],
    ["二、上年结转政府信息公开申请数量", *"0000000"],
    ["（一）予以公开", *"2000002"],
    ["（二）部分公开", *"1000001"],
    ["（七）总计", *"3000003"],
]
NAMES = [row[0] for row in ROWS]


def table(rows: list[list[str]]) -> str:
    return "<table>" + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows) + "</table>"


def read(*tables: list[list[str]]) -> Reading:
    heads = ["申请人情况", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    parts = [table([heads, *rows] if len(rows[0]) > 7 else rows) for rows in tables]
    page = f"<h1>青岚市水利局2021年年度报告</h1><p>三、收到和处理政府信息公开申请情况</p>{'<p>如下：</p>'.join(parts)}"
    return understand(page.encode(), "a.html")


def values(reading: Reading) -> list[str]:
    return [str(cell.value) for cell in reading.cells if cell.measure == "total" and cell.item == "granted"]


def doubted(reading: Reading) -> bool:
    doubts = {key for issue in reading.issues if issue.severity != "info" for key in issue.cells}
    return bool(doubts & {"requests.*.*", "requests.granted.*"})


@pytest.mark.parametrize("aside", [
    [[name, "7", "9"] for name in NAMES[:3]],
    [[name, "7", "9", "-2"] for name in NAMES[1:3]],
    [[name, "7"] for name in NAMES[:4]],
])
@pytest.mark.parametrize("before", [True, False])
def test_a_table_of_other_columns_is_left_out(aside: list[list[str]], before: bool) -> None:
    reading = read(aside, ROWS) if before else read(ROWS, aside)
    assert values(reading) == ["2"] and not doubted(reading)
    (note,) = [issue for issue in reading.issues if issue.code == "second-table"]
    assert note.severity == "info"


@pytest.mark.parametrize("other", [
    [[name, *"1234567"] for name in NAMES],
    [[name, "0000000"] for name in NAMES[:4]],
    [[name, "7", "9"] for name in NAMES],
])
def test_a_table_that_may_be_the_publishers_own_is_not(other: list[list[str]]) -> None:
    """One of the form's columns, one whose cells may be lost in a run of digits, one with as many rows."""
    assert doubted(read(ROWS, other))


@pytest.mark.parametrize(("caption", "sure"), [("附：2020年办理情况", False), ("2021年办理情况", True), ("（续表）", True)])
def test_the_only_table_under_another_year_is_doubted(caption: str, sure: bool) -> None:
    """The report's own may be one that could not be read."""
    above = ["青岚市水利局2021年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况", caption]
    page = "".join(f"<p>{line}</p>" for line in above) + table(ROWS)
    reading = understand(page.encode(), "a.html")
    assert doubted(reading) != sure


def test_rows_that_no_other_table_prints_are_kept() -> None:
    reading = read(ROWS, [["四、结转下年度继续办理", "7", "9"]])
    assert not any(issue.code == "second-table" for issue in reading.issues)


@pytest.mark.parametrize("gap", [[], [""]])
@pytest.mark.parametrize("check", ["0", "3", "√"])
@pytest.mark.parametrize("numbers", ["3000003", "1-1-1-3"])
def test_numbers_without_a_head_behind_the_columns_are_none_of_the_form(gap: list[str], check: str, numbers: str) -> None:
    """An agency's own check of its sums beside the table, where rows may have empty cells."""
    rows = [[ROWS[0][0], *numbers.replace("-", " "), *gap, check], *ROWS[1:]]
    reading = read(rows)
    shown = [str(cell.value or 0) for cell in reading.cells if cell.item == "new_received"]
    assert "".join(shown) == numbers.replace("-", "0")
    assert not any("requests.new_received.*" in issue.cells and issue.severity != "info" for issue in reading.issues)


def test_a_row_that_does_not_add_up_before_a_number_without_a_head_is_doubted() -> None:
    """A stray cell may have pushed the row to the right."""
    reading = read([[ROWS[0][0], "", *ROWS[0][1:]], *ROWS[1:]])
    assert any("requests.new_received.*" in issue.cells for issue in reading.issues if issue.severity != "info") or [
        str(cell.value) for cell in reading.cells if cell.item == "new_received"
    ] == [*"3000003"]


def test_a_row_of_zeros_a_place_too_far_on_is_doubted() -> None:
    """Its sum proves nothing, and the first cell under the heads is empty."""
    reading = read([ROWS[0], [ROWS[1][0], "", *"0000000"], *ROWS[2:]])
    assert any("requests.carried_in.*" in issue.cells for issue in reading.issues if issue.severity != "info")


@pytest.mark.parametrize("head, refused", [("年份: 2023 vs 2024", True), ("2023年对比2024年", True), ("年份: 2024", False)])
def test_two_years_side_by_side_are_no_report(head: str, refused: bool) -> None:
    sections = "一、总体情况\n工作平稳。\n五、存在的主要问题及改进情况\n无。\n六、其他需要报告的事项\n无。"
    text = f"青岚市水利局政务公开年报\n{head}\n{sections}"
    if refused:
        with pytest.raises(Unreadable, match="side by side"):
            understand(text.encode(), "a.txt")
    else:
        assert understand(text.encode(), "a.txt").sections


@pytest.mark.parametrize("head", ["文字解读：", "【图解】", "一图读懂"])
def test_a_guide_to_a_report_is_no_report(head: str) -> None:
    """A page that explains a report prints its headings, and none of its tables."""
    sections = "一、总体情况\n工作平稳。\n五、存在的主要问题及改进情况\n无。\n六、其他需要报告的事项\n无。"
    with pytest.raises(Unreadable, match="a guide to an annual report"):
        understand(f"{head}青岚市水利局2022年政府信息公开工作年度报告\n{sections}".encode(), "a.txt")
