"""Reviews of two years, a year a row: the last is the report's; and a block more than the form has moves no number."""

from __future__ import annotations

import pytest

from ogi.model import Reading
from ogi.understanding import understand

OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
BLOCKS = ["行政复议", "未经复议直接起诉", "复议后起诉"]
OWN, BEFORE = "1000102002", "9000909009"


def read(names: list[str], *rows: list[str]) -> Reading:
    heads = "".join(f'<td colspan="5">{name}</td>' for name in names)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    page = (
        "<h1>青岚市水利局2021年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>四、政府信息公开行政复议、行政诉讼情况</p><table>"
        f"<tr>{'<td></td>' * (len(rows[0]) % 5)}{heads}</tr>{body}</table>"
    )
    return understand(page.encode(), "a.html")


def totals(reading: Reading) -> list[str]:
    return [str(cell.value) for cell in reading.cells if cell.table == "reviews" and cell.measure == "total"]


def doubted(reading: Reading) -> bool:
    return any(key.startswith("reviews") for i in reading.issues if i.severity != "info" for key in i.cells)


@pytest.mark.parametrize("years", [("2021年", "2020年"), ("2021年", "上年"), ("2021年", "2020年度")])
@pytest.mark.parametrize("turned", [False, True])
def test_the_row_of_the_last_year_is_read(years: tuple[str, str], turned: bool) -> None:
    rows = [[years[0], *OWN, *"00000"], [years[1], *BEFORE, *"00000"]]
    reading = read(BLOCKS, ["年度", *OUTCOMES * 3], *(rows[::-1] if turned else rows))
    assert totals(reading) == ["1", "2", "0"] and not doubted(reading)


def test_a_row_of_the_year_before_alone_is_not_read() -> None:
    reading = read(BLOCKS, ["年度", *OUTCOMES * 3], ["上年度", *BEFORE, *"00000"])
    assert not totals(reading) and doubted(reading)


def test_the_year_before_fills_no_empty_row_of_the_last() -> None:
    reading = read(BLOCKS, ["年度", *OUTCOMES * 3], ["2021年", *[""] * 15], ["2020年", *BEFORE, *"00000"])
    assert "9" not in totals(reading) and doubted(reading)


def test_zeros_of_a_fourth_block_are_none_of_the_third() -> None:
    reading = read([*BLOCKS, "诉讼合计"], OUTCOMES * 4, [*[""] * 15, *"00000"])
    assert "0" not in totals(reading) and doubted(reading)
