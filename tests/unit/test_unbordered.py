"""Text without borders between cells: numbers that may stand in a wrong place are doubted, those that are proven are not."""

from __future__ import annotations

import pytest

from ogi.extract import extract
from ogi.forms import load
from ogi.model import Reading
from ogi.readers import read
from tests.unit.office_files import docx, p

TITLE = "青岚市水利局2021年政府信息公开工作年度报告"
DISCLOSURES, REQUESTS, REVIEWS = (
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
)
OLD = ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]
COLUMNS = "申请人情况 自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他".split()
OUTCOMES = "结果维持 结果纠正 其他结果 尚未审结 总计".split()
HEADS = ["行政复议", "行政诉讼", *OUTCOMES, "未经复议直接起诉", "复议后起诉", *OUTCOMES, *OUTCOMES]
NEW, CARRIED = "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"


def lines(*parts: str) -> Reading:
    return extract(read("\n".join([TITLE, *parts, "六、其他需要报告的事项"]).encode(), "a.txt"), load())


def doubted(reading: Reading, code: str = "column-unclear") -> set[str]:
    return {key for i in reading.issues if i.code == code and i.severity == "warning" for key in i.cells}


@pytest.mark.parametrize(
    ("printed", "doubts"),
    [
        ("72 64 178 37 351 13 4 8 1 26 12 1 1 6 20", set()),
        (
            "72 64 178 37 12 351 13 4 8 1 26 1 1 6 20",
            {"review", "direct", "after_review"},
        ),  # one stands too far on
        ("72 64 178 351 37 13 4 8 1 26 12 1 1 6 20", {"review"}),  # the total stands elsewhere
        ("72 64 178 37 350 13 4 8 1 26 12 1 1 6 20", set()),  # the agency added wrongly
    ],
)
def test_reviews_in_another_order_are_doubted(printed: str, doubts: set[str]) -> None:
    """Several blocks that do not add up, or a total that stands elsewhere in its block."""
    found = doubted(lines(REVIEWS, *HEADS, *printed.split()))
    assert {key.split(".")[1] for key in found} >= doubts and bool(found) == bool(doubts)


def test_numbers_beside_a_row_that_lacks_some_are_doubted() -> None:
    """A page that was read by columns: the row below has the number that the one above lacks; one before other heads has not."""
    rows = [
        "行政处罚",
        "3",
        "+11",
        "行政强制",
        "5",
        "7",
        "11",
        "第二十条第（五）项",
        *OLD,
        "行政许可",
        "1",
        "2",
        "3",
    ]
    found = doubted(lines(DISCLOSURES, "第二十条第（六）项", *OLD, *rows))
    assert found == {"disclosures.coercion.*"}


def test_numbers_that_stand_above_their_labels_are_doubted() -> None:
    """A number without a label, and each label below it with the number of the next row."""
    rows = ["693957", "行政处罚", "2154", "行政强制"]
    found = doubted(lines(DISCLOSURES, "第二十条第（六）项", "信息内容", "本年处理决定数量", *rows))
    assert found == {"disclosures.penalties.*"}


def test_a_row_that_adds_up_is_proven_beside_one_that_lacks_some() -> None:
    """Unless most of the table is not read at all."""
    short, whole = [NEW, "3", "3"], [CARRIED, *"5000005"]
    assert not doubted(lines(REQUESTS, *COLUMNS, *whole, "四、结转下年度继续办理", *"1000001", *short))
    assert doubted(lines(REQUESTS, *COLUMNS, *short, *whole)) == {"requests.carried_in.*"}


def test_numbers_broken_over_lines_are_no_cells() -> None:
    """«813» as 81 and 3 below it, between lines with several numbers: as many lines as cells, and none of them one."""
    broken = ["813", "121", "53", "37", "6", "1", "1031"]
    parts = ["81", "3", "12", "1", "53 37 6 1", "10", "31"]
    reading = lines(
        REQUESTS, *COLUMNS, NEW, *parts, CARRIED, *"0000000", "四、结转下年度继续办理", *"0000000"
    )
    cells = [c for c in reading.cells if c.item == "new_received"]
    assert len(parts) == len(broken) == len(cells)
    assert all(c.value is None or str(c.value) == number for c, number in zip(cells, broken, strict=True))


def test_a_row_that_does_not_add_up_is_doubted() -> None:
    """Parts of broken numbers may be as many as cells."""
    rows = [
        [NEW, "82", "1", "35", "2", "1", "85", "9"],
        [CARRIED, *"1000001"],
        ["四、结转下年度继续办理", *"1000001"],
    ]
    assert doubted(lines(REQUESTS, *COLUMNS, *(text for row in rows for text in row))) == {
        "requests.new_received.*"
    }


def test_columns_of_a_form_that_nothing_tells_are_doubted() -> None:
    """«规章» has three numbers in either form; heads in pieces do not tell of which."""
    assert doubted(lines(DISCLOSURES, "信息内", "容", "规章", "0", "1", "2")) == {"disclosures.regulations.*"}
    assert not doubted(
        lines(DISCLOSURES, "信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "规章", "0", "1", "2")
    )


def test_heads_in_another_order_in_text_are_a_doubt() -> None:
    """Heads of several lines come in the order of their lines; only a grid shows over which numbers they stand."""
    moved = ["信息内容", "本年增/减", "上一年项目数量", "处理决定数量"]
    reading = lines(DISCLOSURES, "第二十条第（五）项", *moved, "行政许可", "55", "-2", "20")
    assert doubted(reading, "columns-moved") == {"disclosures.licensing.*"}


def test_one_number_on_a_line_is_no_run_of_two() -> None:
    """«10» below the label of two cells: ten, the other cell being lost, as well as 1 and 0."""
    reading = lines(DISCLOSURES, "第二十条第（八）项", "上一年项目数量", "本年增/减", "行政事业性收费", "10")
    assert doubted(reading, "cells-run-together") == {"disclosures.fees.*"}


def test_radicals_in_what_was_converted_from_a_page_are_read() -> None:
    """Text, a page and a Word file made of a PDF that gives radicals (⾏, ⼀) for ideographs."""
    text = f"{TITLE}\n⼀、总体情况\n⽆⾏政复议。"
    page = f"<html><body>{''.join(f'<p>{line}</p>' for line in text.split(chr(10)))}</body></html>"
    for data, name in (
        (text.encode(), "a.txt"),
        (page.encode(), "a.html"),
        (docx("".join(map(p, text.split("\n")))), "a.docx"),
    ):
        assert [block.text for block in read(data, name).blocks] == [TITLE, "一、总体情况", "无行政复议。"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("printed", "value"), [("14||5|0 0|0 0|19|", 14), ("14||5|0 0|0 0|18|", 14), ("14|5 0||||19|", None)]
)
def test_several_numbers_in_one_cell_beside_an_empty_one_are_cells_of_their_own(
    printed: str, value: int | None
) -> None:
    """A page whose columns a converter merged: as many numbers as the form has, in order; doubted where they do not add up."""
    rows = f"| {NEW} |{printed}\n| {CARRIED} |0|0|0|0|0|0|0|\n| 四、结转下年度继续办理 |0|0|0|0|0|0|0|"
    reading = lines(REQUESTS, *COLUMNS, rows)
    (first, *_, total) = [c for c in reading.cells if c.item == "new_received"]
    assert (first.value, total.value) == (value, value and int(printed.split("|")[-2]))
    told = any(i.severity == "warning" and "requests.new_received.*" in i.cells for i in reading.issues)
    assert told == (value is None or total.value != 19)


def test_a_number_on_a_line_beside_a_row_with_an_empty_cell_may_be_its_own() -> None:
    """«36» above «| 政府集中采购 | | 55793.4万元 |»."""
    rows = "| 信息内容 | 采购项目数量 | 采购总金额 |\n36\n| 政府集中采购 |  | 55793.4万元 |"
    assert doubted(lines(DISCLOSURES, rows), "row-unknown") == {"disclosures.procurement.*"}


def test_numbers_of_two_lines_of_text_are_in_no_order() -> None:
    """A long number on the line above, since its unit goes below: it is not the first of the two."""
    rows = [
        "信息内容     采购项目数量     采购总金额",
        "政府集                     3957069.81",
        "中采购       0",
        "                           万元",
    ]
    more = [f"第{n}条          {n}              {n}" for n in range(1, 9)]
    reading = lines(DISCLOSURES, "第二十条第（九）项", *rows, "三、收到和处理政府信息公开申请情况", *more)
    assert all(c.value is None for c in reading.cells if c.item == "procurement")


@pytest.mark.parametrize(
    ("cut", "doubts"), [("行政规范性文件 0 0", set()), ("行政规范性文件 0 0 行政许可", {"disclosures.regulations.*"})]
)
def test_a_row_in_which_the_text_breaks_off_doubts_no_other(cut: str, doubts: set[str]) -> None:
    """Where it goes on behind the row, the number may stand elsewhere."""
    heads = ["第二十条第（一）项", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
    text = "\n".join([TITLE, DISCLOSURES, *heads, "规章", "1", "2", "3", *cut.split()])
    assert doubted(extract(read(text.encode(), "a.txt"), load())) == doubts
