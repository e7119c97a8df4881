"""A number in a cell that is merged over two rows of the form belongs to one of them, or to both: it is doubted in each."""

from __future__ import annotations

import pytest

from ogi.model import Reading
from ogi.understanding import understand


def read(number: str, below: str) -> Reading:
    rows = (
        "<tr><td colspan=2>第二十条第（六）项</td></tr><tr><td>信息内容</td><td>本年处理决定数量</td></tr>"
        f"<tr><td>行政处罚</td><td rowspan=2>{number}</td></tr><tr><td>{below}</td></tr>"
        "<tr><td colspan=2>第二十条第（八）项</td></tr>"
    )
    page = f"<h1>青岚市水利局2021年年度报告</h1><p>二、主动公开政府信息情况</p><table>{rows}</table>"
    return understand(page.encode(), "a.html")


@pytest.mark.parametrize(("number", "below", "doubted"), [("7", "行政强制", True), ("0", "行政强制", False), ("7", "", False)])
def test_a_number_merged_over_rows_is_doubted(number: str, below: str, doubted: bool) -> None:
    """But for 0, which leaves nothing for either row, and where the row below is none."""
    reading = read(number, below)
    doubts = {key for issue in reading.issues if issue.code == "cell-over-rows" for key in issue.cells}
    assert ("disclosures.penalties.decisions" in doubts) == doubted
    assert [str(cell.value) for cell in reading.cells if cell.item == "penalties"] == [number]


def test_what_the_sums_make_of_a_cell_below_a_merged_zero_is_doubted() -> None:
    """The page prints 0 in both rows, and the sums need a 1 in the second."""
    heads = ["申请人情况", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    rows = [heads, ["（一）予以公开", *"1000001"], ["（七）总计", *"1000001"], ["四、结转下年度继续办理", *"0000000"]]
    lines = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    merged = "<td>一、本年新收政府信息公开申请数量</td><td rowspan=2>0</td>" + "<td>0</td>" * 6
    below = "<td>二、上年结转政府信息公开申请数量</td>" + "<td>0</td>" * 5 + "<td>1</td>"
    page = "<h1>青岚市水利局2021年年度报告</h1><p>三、收到和处理政府信息公开申请情况</p><table>"
    body = "".join(f"<tr>{line}</tr>" for line in (lines[0], merged, below, *lines[1:]))
    reading = understand(f"{page}{body}</table>".encode(), "a.html")
    (made,) = [cell for cell in reading.cells if cell.item == "carried_in" and cell.measure == "natural_person"]
    doubts = {key for issue in reading.issues if issue.code == "cell-over-rows" for key in issue.cells}
    assert made.value == 1 and doubts == {"requests.carried_in.natural_person"}
