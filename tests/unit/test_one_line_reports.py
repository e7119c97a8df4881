"""Reports whose page came as a single line: headings in other words, what follows a table, an empty cell among runs of digits."""

from __future__ import annotations

import re

import pytest

from ogi import forms
from ogi.model import Reading
from ogi.understanding import understand

REQUESTS = forms.load().table("2021-30", "requests")
SECOND, THIRD, FOURTH = "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"


def report(
    second: str = SECOND, third: str = THIRD, fourth: str = FOURTH, coercion: str = "0", fees: str = "9116.36", end: str = "无"
) -> str:
    """A report of 2023 on one line, its rows run together; two applications, both refused."""
    disclosed = (
        "第二十条第（一）项信息内容本年制发件数本年废止件数现行有效件数规章000行政规范性文件000"
        "第二十条第（五）项信息内容本年处理决定数量行政许可97第二十条第（六）项信息内容本年处理决定数量行政处罚12"
        f"行政强制{coercion}第二十条第（八）项信息内容本年收费金额（单位：万元）行政事业性收费{fees}"
    )
    rows = "".join(f"{item.labels[0]}{_digits(item.code)}" for item in REQUESTS.items)
    heads = "申请人情况自然人法人或其他组织总计商业企业科研机构社会公益组织法律服务机构其他"
    outcomes = "结果维持结果纠正其他结果尚未审结总计"
    reviews = f"行政复议行政诉讼{outcomes}未经复议直接起诉复议后起诉{outcomes}{outcomes}"
    return (
        f"青岚市水利局2023年政府信息公开工作年度报告 一、总体情况 工作平稳。{second}{disclosed}{third}{heads}{rows}"
        f"{fourth}{reviews}000000000000000五、存在的主要问题及改进情况 无。六、其他需要报告的事项{end}"
    )


def _digits(code: str) -> str:
    return "2000002" if code in ("new_received", "refused_process", "total_disposed") else "0000000"


def read(**parts: str) -> Reading:
    return understand(report(**parts).encode(), "a.txt")


def values(reading: Reading) -> dict[str, int]:
    return {cell.key: int(cell.value) for cell in reading.cells if cell.value}


def doubted(reading: Reading) -> set[str]:
    return {issue.code for issue in reading.issues if issue.severity in ("warning", "error")}


ALL = {
    "disclosures.licensing.decisions": 97,
    "disclosures.penalties.decisions": 12,
    "disclosures.fees.amount": 9116,
    **{
        f"requests.{row}.{column}": 2
        for row in ("new_received", "refused_process", "total_disposed")
        for column in ("natural_person", "total")
    },
}


@pytest.mark.parametrize(
    "parts",
    [
        {},
        *({"second": f"二、{words}"} for words in ("主动公开政府信息的情况", "主动公开情况", "政府信息主动公开情况")),
        *({"third": f"三、{words}"} for words in ("收到及处理政府信息公开申请情况", "政府信息公开申请收到和处理情况")),
        *(
            {"fourth": f"四、{words}"}
            for words in (
                "政府信息公开行政复议与行政诉讼情况",
                "因政府信息公开申请行政复议、提起行政诉讼情况",
                "政府信息公开行政复议，行政诉讼的情况",
                "政府信息公开复议、诉讼情况",
            )
        ),
    ],
    ids=lambda parts: next(iter(parts.values()), "as the form has it"),
)
def test_headings_in_other_words_end_the_table_before_them(parts: dict[str, str]) -> None:
    reading = read(**parts)
    assert values(reading) == ALL
    assert not doubted(reading)


def test_a_signature_behind_the_tables_heads_none_of_them() -> None:
    reading = read(end="无 青岚市水利局 2024年1月17日")
    assert values(reading) == ALL
    assert not doubted(reading)


@pytest.mark.parametrize("apart", ["", " "])
def test_what_goes_on_behind_the_last_number_is_no_part_of_its_row(apart: str) -> None:
    reading = read(fees=f"9116.36{apart}(二)主动公开政府信息的主要类别 2023年主动公开123条政府信息。")
    assert values(reading) == ALL
    assert not doubted(reading)


def test_an_empty_cell_leaves_open_only_what_it_may_have_changed() -> None:
    """«2000002» adds up in seven numbers and in no fewer; fifteen zeros are fifteen cells."""
    reading = read(coercion="")
    assert values(reading) == ALL
    assert len([cell for cell in reading.cells if cell.table == "reviews" and cell.value == 0]) == 15
    assert {cell.key: cell.status for cell in reading.cells if cell.value is None} == {"disclosures.coercion.decisions": "blank"}


def test_where_no_number_was_kept_nothing_is_an_empty_cell() -> None:
    cells = understand(re.sub(r"(?<=[\u4e00-\u9fff”）])[0-9.]+(?=[\u4e00-\u9fff])", "", report()[16:]).encode(), "a.txt").cells
    assert cells and {cell.status for cell in cells} == {"unreadable"}


def test_where_totals_may_be_empty_a_run_proves_nothing() -> None:
    """10, four zeros, 1 and an empty total look like 1, 0, 0, 0, 0, 0, 1."""
    text = report().replace("2000002", "1000001").replace("0000000", "000000")
    requests = [cell for cell in understand(text.encode(), "a.txt").cells if cell.table == "requests"]
    assert {cell.value for cell in requests} == {None}


@pytest.mark.parametrize("printed, read_as", [("15-15", [15, -15]), ("0+18", [0, 18]), ("1518", [None, None])])
def test_the_sign_of_a_change_parts_two_numbers(printed: str, read_as: list[int | None]) -> None:
    text = (
        "青岚市水利局2020年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（一）项信息内容本年新制作数量本年新公开数量对外公开总数量规章000"
        f"规范性文件335第二十条第（八）项信息内容上一年项目数量本年增/减行政事业性收费{printed}第二十条第（九）项信息内容采购项目数量采购总金额政府集中采购00"
    )
    cells = understand(text.encode(), "a.txt").cells
    assert [cell.value for cell in cells if cell.item == "fees"] == read_as
    assert [cell.value for cell in cells if cell.item == "normative_documents"] == [3, 3, 5]


def test_a_label_that_a_merged_cell_repeats_has_no_empty_row() -> None:
    text = report().replace("行政强制0", "行政强制行政强制7")
    cells = understand(text.encode(), "a.txt").cells
    assert [cell.value for cell in cells if cell.item == "coercion"] == [7]


def test_numbers_of_reviews_that_blanks_part_are_not_single_digits() -> None:
    """13 numbers with 15 digits: two cells are empty, and nothing tells which."""
    text = report().replace("000000000000000五、", "0 0 3 0 3 0 20 0 30 2 3 0 5五、")
    cells = [cell for cell in understand(text.encode(), "a.txt").cells if cell.table == "reviews"]
    assert cells and {cell.value for cell in cells} == {None}


def test_the_running_head_of_a_bulletin_heads_no_table() -> None:
    """It names a year of its own, on every page, beside the page's number."""
    rows = [f"{item.labels[0]}  {'  '.join(_digits(item.code))}" for item in REQUESTS.items]
    head = ["", "—1—", "青岚市人民政府公报 2024 年第 3 期", ""]
    first = ["青岚市水利局2023年政府信息公开工作年度报告", "一、总体情况", "工作平稳。"]
    lines = [*first, *head, THIRD, *rows[:9], *head, *rows[9:], "四、结束"]
    reading = understand("\n".join(lines).encode(), "a.txt")
    assert values(reading) == {key: value for key, value in ALL.items() if key.startswith("requests")}
    assert "second-table" not in doubted(reading)
    another = [line.replace("公报 2024 年第 3 期", "2022年") for line in lines if line != "—1—"]
    assert "second-table" in doubted(understand("\n".join(another).encode(), "a.txt"))


def test_the_name_of_a_group_right_before_its_first_row_is_no_row_of_an_older_form() -> None:
    """«（六）其他处理» has rows of its own since 2021, here with marks behind their labels that hide where they end."""
    group, first = "（六）其他处理", "申请人无正当理由逾期不补正"
    text = report().replace(group, "").replace(first, f"{group}1.{first}")
    reading = understand(text.replace("其政府信息公开申请0000000", "其政府信息公开申请无00000").encode(), "a.txt")
    assert reading.templates["requests"] == "2021-30"
