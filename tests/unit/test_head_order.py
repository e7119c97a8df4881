"""Heads in an order of their own: where they stand in one line they are followed, and where nothing tells it they are doubted."""

from __future__ import annotations

import pytest

from ogi.model import Reading
from ogi.understanding import understand

TITLE = "青岚市水利局2021年政府信息公开工作年度报告"
PARTS = ["商业企业", "自然人", "法律服务机构", "科研机构", "社会公益组织", "其他", "总计"]
TWO_LINES = ["自然人", "总计", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
REQUESTS = ["一、本年新收政府信息公开申请数量", *"1200003"]
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
SUITS = ["行政诉讼", "行政复议", "未经复议直接起诉", "复议后起诉"]
BLOCK_HEADS = ["行政复议", "未经复议直接起诉", "复议后起诉"]
BLOCKS = [*"10001", *"02002", *"00303"]


def html(heading: str, *rows: str) -> Reading:
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    page = f"<h1>{TITLE}</h1><p>{heading}</p><table>{table}</table>"
    return understand(page.encode(), "a.html")


def text(heading: str, rows: list[list[str]], between: str) -> Reading:
    lines = [TITLE, heading, *(between.join(row) for row in rows)]
    return understand("\n".join(lines).encode(), "a.txt")


def numbers(reading: Reading) -> dict[str, str]:
    return {f"{c.item}.{c.measure}": str(c.value) for c in reading.cells if c.table != "disclosures"}


def doubts(reading: Reading) -> set[str]:
    return {key for issue in reading.issues if issue.severity != "info" for key in issue.cells}


def test_heads_in_one_line_without_the_one_that_spans_others_are_followed() -> None:
    heads = "".join(f"<td>{head}</td>" for head in ["（勾稽关系）", *PARTS])
    row = "".join(f"<td>{cell}</td>" for cell in REQUESTS)
    reading = html("三、收到和处理政府信息公开申请情况", heads, row)
    shown = numbers(reading)
    assert (shown["new_received.business"], shown["new_received.natural_person"]) == ("1", "2")
    assert "requests.new_received.*" not in doubts(reading)


@pytest.mark.parametrize(("heads", "doubted"), [(PARTS, True), (TWO_LINES, False)])
def test_heads_one_below_the_other_tell_no_order(heads: list[str], doubted: bool) -> None:
    """Those under a head that is lost come last where they stand a line below the others, as in the form."""
    reading = text("三、收到和处理政府信息公开申请情况", [heads, REQUESTS], "\n")
    assert ("requests.new_received.*" in doubts(reading)) == doubted
    assert numbers(reading)["new_received.natural_person"] == "1"


@pytest.mark.parametrize(("heads", "doubted"), [
    (["总计", "自燃人", *TWO_LINES[2:]], True),
    (["总计", "自然人", "商业企叶", *TWO_LINES[3:]], True),
    (["自燃人", *TWO_LINES[2:], "总计"], False),
])
def test_heads_in_another_order_of_which_one_is_misprinted_are_a_doubt(heads: list[str], doubted: bool) -> None:
    cells = ["".join(f"<td>{cell}</td>" for cell in row) for row in (["（勾稽关系）", *heads], REQUESTS)]
    for reading in (
        html("三、收到和处理政府信息公开申请情况", *cells),
        text("三、收到和处理政府信息公开申请情况", [["（勾稽关系）", *heads], REQUESTS], "\t"),
    ):
        assert ("requests.new_received.*" in doubts(reading)) == doubted


def test_a_row_of_text_that_prints_a_number_less_than_the_others_is_a_doubt() -> None:
    """They have a column more than the form, and this one may have lost an empty cell."""
    rows = [["二、上年结转政府信息公开申请数量", *"10000015"], ["（一）予以公开", *"20000023"], ["（七）总计", *"20000023"]]
    own = ["一、本年新收政府信息公开申请数量", *"1000001"]
    reading = text("三、收到和处理政府信息公开申请情况", [["申请人情况"], own, *rows], "\t")
    assert "requests.new_received.*" in doubts(reading)
    assert "requests.new_received.*" not in doubts(text("三、收到和处理政府信息公开申请情况", [["申请人情况"], own], "\t"))


def test_blocks_below_each_other_are_named_with_the_word_for_lawsuits_before_them() -> None:
    names = ["行政复议", "行政诉讼—未经复议直接起诉", "行政诉讼：复议后起诉"]
    rows = [["类别", *OUTCOMES], *([name, *BLOCKS[at * 5 : at * 5 + 5]] for at, name in enumerate(names))]
    reading = html("四、政府信息公开行政复议、行政诉讼情况", *("".join(f"<td>{cell}</td>" for cell in row) for row in rows))
    assert [numbers(reading)[f"{block}.total"] for block in ("review", "direct", "after_review")] == ["1", "2", "3"]
    assert not any(key.startswith("reviews") for key in doubts(reading))


@pytest.mark.parametrize(
    "names", [BLOCK_HEADS, BLOCK_HEADS[::-1], ["行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）"]]
)
def test_outcomes_below_each_other_under_blocks_side_by_side(names: list[str]) -> None:
    numbers_of = dict(zip(BLOCK_HEADS, (BLOCKS[:5], BLOCKS[5:10], BLOCKS[10:]), strict=True))
    columns = [next(n for block, n in numbers_of.items() if block in name.split("（")[-1]) for name in names]
    rows = [["结果", *names], *([outcome, *row] for outcome, *row in zip(OUTCOMES, *columns, strict=True))]
    reading = html("四、政府信息公开行政复议、行政诉讼情况", *("".join(f"<td>{cell}</td>" for cell in row) for row in rows))
    assert [numbers(reading)[f"{block}.total"] for block in ("review", "direct", "after_review")] == ["1", "2", "3"]
    assert not any(key.startswith("reviews") for key in doubts(reading))


@pytest.mark.parametrize("down", [True, False])
def test_names_of_block_and_outcome_in_one_are_followed(down: bool) -> None:
    """In any order: each number has its own."""
    order = [OUTCOMES[-1], *OUTCOMES[:-1]]
    names = [f"{block}{outcome}" for block in BLOCK_HEADS for outcome in order]
    cells = [BLOCKS[at + n] for at in (0, 5, 10) for n in (4, 0, 1, 2, 3)]
    rows = [list(pair) for pair in zip(names, cells, strict=True)] if down else [names, cells]
    reading = html("四、政府信息公开行政复议、行政诉讼情况", *("".join(f"<td>{cell}</td>" for cell in row) for row in rows))
    assert [numbers(reading)[f"{block}.total"] for block in ("review", "direct", "after_review")] == ["1", "2", "3"]
    assert not any(key.startswith("reviews") for key in doubts(reading))


def test_lawsuits_left_of_the_reviews_keep_their_numbers() -> None:
    heads = [
        f'<td colspan="10">{SUITS[0]}</td><td colspan="5" rowspan="2">{SUITS[1]}</td>',
        f'<td colspan="5">{SUITS[2]}</td><td colspan="5">{SUITS[3]}</td>',
    ]
    rows = ["".join(f"<td>{cell}</td>" for cell in cells) for cells in (OUTCOMES * 3, BLOCKS)]
    reading = html("四、政府信息公开行政复议、行政诉讼情况", *heads, *rows)
    shown = numbers(reading)
    assert [shown[f"{block}.total"] for block in ("direct", "after_review", "review")] == ["1", "2", "3"]
    assert not any(key.startswith("reviews") for key in doubts(reading))


@pytest.mark.parametrize(("between", "doubted"), [("\t", False), ("\n", True)])
def test_the_head_of_the_lawsuits_before_that_of_the_reviews_is_followed_in_a_line_only(between: str, doubted: bool) -> None:
    """A page prints the head of the reviews, two lines high, below that of the lawsuits; cells one below the other may too."""
    rows = [SUITS[:2], SUITS[2:], OUTCOMES * 3, BLOCKS]
    reading = text("四、政府信息公开行政复议、行政诉讼情况", rows, between)
    assert numbers(reading)["review.total"] == ("1" if doubted else "3")
    assert ("reviews.review.*" in doubts(reading)) == doubted


def test_reviews_left_of_the_lawsuits_whose_head_is_a_line_higher_stay_there() -> None:
    high = [["", *[""] * 4, SUITS[0]], [SUITS[1], *[""] * 4, ""], ["", *[""] * 4, SUITS[2], *[""] * 4, SUITS[3]]]
    rows = [*high, OUTCOMES * 3, BLOCKS]
    reading = text("四、政府信息公开行政复议、行政诉讼情况", rows, "\t")
    assert numbers(reading)["review.total"] == "1"
    assert not any(key.startswith("reviews") for key in doubts(reading))


@pytest.mark.parametrize(
    ("heads", "doubted"),
    [
        ("本年新|本年新|对外公开总数量", True),
        ("本年制发件数|本年废止件数|对外公开总数量", True),
        ("本年制发件数|本年废止件数|现行有效件数", False),
        ("本年新制作|本年废止|现行有效件数", False),
    ],
)
def test_a_head_of_another_form_doubts_the_row(heads: str, doubted: bool) -> None:
    """Columns of 2019 in a table whose other parts are those of 2021: their numbers are others."""
    page = (
        "黑河市气象局2021年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第(一)项 | ||||\n"
        f"信息内容 | {heads.replace('|', ' | ')} | |\n规章 | 0 | 0 | 3 | |\n规范性文件 | 0 | 0 | 5 | |\n"
        "第二十条第(五)项 | ||||\n信息内容 | 本年处理决定数量 | |||\n行政许可 | 2 | |||\n第二十条第(六)项 | ||||\n"
        "信息内容 | 本年处理决定数量 | |||\n行政处罚 | 0 | |||\n行政强制 | 0 | |||\n第二十条第(八)项 | ||||\n"
        "信息内容 | 本年收费金额(单位:万元) | |||\n行政事业性收费 | 0 |\n"
    )
    reading = understand(page.encode(), "x.txt")
    rows = {key.split(".")[1] for i in reading.issues if i.code == "column-unclear" for key in i.cells}
    assert rows == ({"regulations", "normative_documents"} if doubted else set())


@pytest.mark.parametrize(("heads", "doubted"), [("上一年项目数量 | 本年增/减", True), ("采购项目数量 | 采购总金额", False)])
def test_heads_of_another_row_doubt_the_row(heads: str, doubted: bool) -> None:
    """A count of changes is no amount of money."""
    page = (
        "黑河市气象局2020年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第(八)项 | ||\n"
        "信息内容 | 上一年项目数量 | 本年增/减 |\n行政事业性收费 | 0 | 0 |\n第二十条第(九)项 | ||\n"
        f"信息内容 | {heads} |\n政府集中采购 | 5 | 2 |\n"
    )
    reading = understand(page.encode(), "x.txt")
    about = {key for issue in reading.issues if issue.code == "column-unclear" for key in issue.cells}
    assert ("disclosures.procurement.*" in about) == doubted


def requests_with_the_total_first(total: str) -> Reading:
    heads = "".join(f"<td>{head}</td>" for head in ["（勾稽关系）", total, "自然人", *PARTS[:1], *PARTS[3:5], PARTS[2], "其他"])
    row = "".join(f"<td>{cell}</td>" for cell in [REQUESTS[0], *"3120000"])
    return html("三、收到和处理政府信息公开申请情况", heads, row)


@pytest.mark.parametrize("total", ["总数", "共计", "合计数"])
def test_other_words_for_the_total(total: str) -> None:
    reading = requests_with_the_total_first(total)
    assert [numbers(reading)[f"new_received.{m}"] for m in ("natural_person", "business", "total")] == ["1", "2", "3"]


def test_a_head_that_is_not_known_leaves_the_others_over_other_numbers() -> None:
    assert "requests.new_received.*" in doubts(requests_with_the_total_first("全部"))
    assert "requests.new_received.*" not in doubts(requests_with_the_total_first("总数"))


HEADS = ["自然人", *TWO_LINES[2:], "总计"]


def test_numbers_beside_heads_in_one_line_are_in_their_order() -> None:
    """A page without rules may put the numbers of some rows a column beside the heads."""
    rows = [["法人或其他组织"], ["", "", *HEADS], [REQUESTS[0], "", *"1200003"], ["（一）予以公开", *"1100002"]]
    reading = text("三、收到和处理政府信息公开申请情况", rows, "\t")
    shown = numbers(reading)
    assert [shown[f"{item}.natural_person"] for item in ("new_received", "granted")] == ["1", "1"]
    assert not doubts(reading) & {"requests.new_received.*", "requests.granted.*"}


def test_heads_of_two_lines_are_no_line_of_heads_beside_their_numbers() -> None:
    """The tallest head begins a line higher, in the first column."""
    rows = [
        ["第二十条第（六）项"], ["本年增/减"], ["信息内容", "上一年项目数量", "处理决定数量"], ["行政强制", "442", "-74", "7"],
    ]
    reading = text("二、主动公开政府信息情况", rows, "\t")
    shown = {cell.measure: str(cell.value) for cell in reading.cells if cell.item == "coercion"}
    assert shown.get("change") != "442" or "disclosures.coercion.*" in doubts(reading)


@pytest.mark.parametrize(("row", "doubted"), [("1200003", True), ("1111116", False), ("0000000", False)])
def test_an_order_that_only_lines_of_heads_tell_is_a_doubt(row: str, doubted: bool) -> None:
    """No sum shows which of its parts is whose; where they are alike it does not matter."""
    heads = [*TWO_LINES[2:], "自然人", "总计"]
    rows = [["法人或其他组织"], *([head] for head in heads), [REQUESTS[0], *row]]
    reading = text("三、收到和处理政府信息公开申请情况", rows, "\t")
    assert ("requests.new_received.*" in doubts(reading)) == doubted


def test_outcomes_over_their_numbers_are_followed_where_those_of_a_block_break_over_lines() -> None:
    rows = [
        ["行政复议", "", "其他结果", "", "", "未经复议直接起诉", *[""] * 4, "复议后起诉"],
        ["结果维持", "结果纠正", "", *OUTCOMES[3:], *OUTCOMES, *OUTCOMES],
        BLOCKS,
    ]
    reading = text("四、政府信息公开行政复议、行政诉讼情况", rows, "\t")
    shown = numbers(reading)
    assert [shown[f"review.{outcome}"] for outcome in ("upheld", "other", "total")] == ["1", "0", "1"]
