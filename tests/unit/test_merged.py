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
