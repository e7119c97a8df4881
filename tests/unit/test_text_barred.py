"""Bars as extractors of web pages leave them: rows end where the bars say so, and what they do not tell is not made up."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from benchmarks.generate import generate
from benchmarks.generate.writers.text_web import EMPTIES, STYLES, web_text
from benchmarks.measure import score
from ogi.extract import extract
from ogi.forms import load
from ogi.model import Grid, Reading
from ogi.readers.text import read
from ogi.readers.text.lines import worded

TITLE = "青岚市水利局2020年政府信息公开工作年度报告\n二、主动公开政府信息情况\n"
ARTICLE = "第二十条第(一)项 |\n||||\n信息内容 |\n本年新制作数量 |\n本年新公开数量 |\n对外公开总数量 |\n|\n"


def rows(text: str) -> list[list[str]]:
    """The rows of every grid of a text."""
    return [
        [c.text for c in row] for b in read(text.encode()).blocks if isinstance(b, Grid) for row in b.rows()
    ]


def reading(text: str) -> Reading:
    """What the whole program makes of a text."""
    return extract(read((TITLE + text).encode()), load())


def values(text: str, item: str) -> list[str]:
    """The cells of a row of the disclosures: numbers, «~» for a blank, «?» for what cannot be told."""
    marks = {"blank": "~", "unreadable": "?"}
    cells = [c for c in reading(text).cells if c.item == item]
    return [marks.get(c.status, str(c.value)) for c in cells]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("empties", EMPTIES)
def test_no_number_stands_in_another_cell(style: str, empties: str) -> None:
    """Whatever became of the empty cells, no value is wrong, invented or lost without a word; kept ones are read."""
    counts: Counter[str] = Counter()
    for seed in (3, 7, 14, 21, 37, 52, 1003, 1018, 1058):
        made = generate(seed)
        got = score(extract(read(web_text(made, style, empties).encode()), load()), made.truth)
        assert not [f for f in got.findings if f.verdict in ("silent", "lost", "flagged")], seed
        counts += got.counts
    assert counts["right"] >= (0.96 if empties == "kept" else 0.5) * counts.total()


def test_bars_that_fill_a_row_up_end_it() -> None:
    """A cell a line: a row without numbers of its own below does not go on with the one before."""
    block = "第二十条第(八)项 |\n||||\n信息内容 |\n上一年项目数量 |\n本年增/减 |\n||\n行政事业性收费 |\n4 |\n3 |\n||\n"
    last = (
        "第二十条第(九)项 |\n||||\n信息内容 |\n采购项目数量 |\n采购总金额 |\n||\n政府集中采购 |\n7 |\n1.5 |\n"
    )
    assert values(block + last, "fees") == ["4", "3"]
    assert values(block + last, "procurement") == ["7", "1.5"]


def test_a_row_as_wide_as_the_table_needs_no_mark() -> None:
    """Four columns: the heads fill the row, and the row below begins with its label."""
    head = "第二十条第(一)项 |\n|||\n信息内容 |\n本年制发件数 |\n本年废止件数 |\n现行有效件数 |\n"
    text = TITLE + head + "规章 |\n0 |\n1 |\n2 |\n行政许可 |\n5 |\n||\n行政处罚 |\n6 |\n||\n"
    assert ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"] in rows(text)
    assert ["规章", "0", "1", "2"] in rows(text)


def test_tables_of_other_widths_one_below_the_other() -> None:
    """Three pieces of four, five and three columns: each is as wide as the row of words that opens it."""
    names = "信息内容 |\n上一年项目数量 |\n本年增/减 |\n处理决定数量 |\n"
    text = f"{ARTICLE}规章 |\n0 |\n1 |\n2 |\n|\n第二十条第(五)项 |\n|||\n{names}行政许可 |\n3 |\n4 |\n5 |\n"
    text += "第二十条第(八)项 |\n||\n信息内容 |\n上一年项目数量 |\n本年增/减 |\n行政事业性收费 |\n6 |\n7 |\n"
    assert [values(text, item) for item in ("regulations", "licensing", "fees")] == [
        ["0", "1", "2"],
        ["3", "4", "5"],
        ["6", "7"],
    ]


def test_a_bar_alone_is_an_empty_cell_between_numbers() -> None:
    """In a row that bars fill up, each bar alone is an empty cell; the last one may be a filler and is left out."""
    text = ARTICLE + "规章 |\n0 |\n|\n2 |\n|\n规范性文件 |\n5 |\n6 |\n7 |\n|\n"
    assert values(text, "regulations") == ["0", "~", "2"]
    assert values(text, "normative_documents") == ["5", "6", "7"]


def test_a_bar_alone_opens_rows_or_is_an_empty_cell() -> None:
    """Where each row is opened by a bar, two of them in a row are an empty cell and the next row."""
    head = "|\n第二十条第(一)项 | |||\n|\n信息内容 |\n本年新制作数量 |\n本年新公开数量 |\n对外公开总数量 |\n"
    text = head + "|\n规章 |\n4 |\n3 |\n|\n|\n规范性文件 |\n|\n6 |\n7 |\n|\n行政许可 |\n1 |\n减2 |\n3 |\n"
    assert values(text, "regulations") == ["4", "3", "~"]
    assert values(text, "normative_documents") == ["~", "6", "7"]
    assert values(text, "licensing") == ["1", "-2", "3"]


@pytest.mark.parametrize("row", ["规范性文件 | 0 | 5 | ||", "规范性文件 | 5 | |||"])
def test_cells_that_left_no_trace_are_not_placed(row: str) -> None:
    """A row a line, filled up to five columns: numbers that are too few may stand anywhere, and say so."""
    head = "第二十条第(一)项 | ||||\n信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 | |\n"
    text = f"{head}规章 | 1 | 2 | 3 | |\n{row}\n"
    assert values(text, "regulations") == ["1", "2", "3"]
    assert values(text, "normative_documents") == ["?", "?", "?"]
    assert any(i.code == "cells-lost" and i.severity == "warning" for i in reading(text).issues)


def test_a_sum_does_not_fill_a_cell_that_was_empty() -> None:
    """Where a converter leaves out empty cells, one that is missing was empty: no zero is derived for it."""
    text = web_text(generate(5, "2021-30", ()), "row", "dropped")
    whole, short = (
        "7.属于行政执法案卷 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||",
        "7.属于行政执法案卷 | 0 | 0 | 0 | 0 | 0 | 0 | |||",
    )
    assert whole in text
    cells = extract(read(text.replace(whole, short).encode()), load()).cells
    assert {c.status for c in cells if c.item == "refused_enforcement_file"} == {"unreadable"}


def test_a_number_between_bars_is_no_run_of_digits() -> None:
    """A bar ends every cell: the one number of a row of three cells is whole, whatever became of the other two."""
    head = "第二十条第(一)项 |\n信息内容 |\n本年新制作数量 |\n本年新公开数量 |\n对外公开总数量 |\n"
    assert values(f"{head}规章 |\n规范性文件 |\n350 |\n第二十条第(五)项 |\n", "normative_documents") == [
        "?",
        "?",
        "?",
    ]


def test_a_label_alone_has_no_zeros() -> None:
    """A row of which nothing is printed but its label may have been empty: the sums fill nothing in."""
    text = re.sub(r"(?m)(?<=\|) \|+$", "", web_text(generate(5, "2021-30", ()), "row"))
    whole, label = "7.属于行政执法案卷 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |", "7.属于行政执法案卷 |"
    assert whole in text
    cells = extract(read(text.replace(whole, label).encode()), load()).cells
    assert {c.status for c in cells if c.item == "refused_enforcement_file"} == {"unreadable"}


def test_a_label_and_nothing_but_bars_is_a_blank_row() -> None:
    """A row whose cells are all empty holds blanks, however many bars stand for them."""
    head = "第二十条第(一)项 | |||\n信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n"
    assert values(head + "规章 | |||\n规范性文件 | 1 | 2 | 3 |\n", "regulations") == ["~", "~", "~"]


def test_bars_below_their_cells() -> None:
    """A bar on the line below each cell ends it, and one more is an empty cell."""
    cells = ["第二十条第(一)项", "信息内容", "本年\n新制作\n数量", "本年新公开数量", "对外公开总数量"]
    text = "".join(f"{c}\n|\n" for c in cells) + "规章\n|\n0\n|\n|\n2\n|\n规范性文件\n|\n5\n|\n6\n|\n7\n|\n"
    text += "".join(
        f"{c}\n|\n" for c in "第二十条第(五)项 信息内容 上一年项目数量 本年增/减 处理决定数量".split()
    )
    text += "行政许可\n|\n1\n|\n2\n|\n3\n|\n其他对外管理服务事项\n|\n4\n|\n5\n|\n6\n|\n"
    assert ["本年新制作数量"] in rows(text)
    assert values(text, "regulations") == ["0", "~", "2"]
    assert values(text, "other_services") == ["4", "5", "6"]


@pytest.mark.parametrize(
    "text", ["规章", "3.其他", "（三）不予公开 1.属于国家秘密", "处理决定数量 (指2020年办件量)"]
)
def test_labels_are_words(text: str) -> None:
    assert worded(text)


@pytest.mark.parametrize(
    "text", ["", "0", "减4", "增加65", "12件", "251000元", "2.5万元", "22（其中修订16件）", "/", "无"]
)
def test_numbers_with_notes_are_no_words(text: str) -> None:
    assert not worded(text)


@pytest.mark.parametrize(
    ("number", "end", "seen"),
    [("46", " |\n", "46"), ("46", "\n", "?"), ("46", "", "?"), ("0", "", "0"), ("40", "", "?")],
)
def test_a_number_at_the_very_end_may_go_on(number: str, end: str, seen: str) -> None:
    """Where a bar closes every cell, the number on which the text breaks off has one too, or is not whole."""
    head = "第二十条第(一)项 | |||\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 0 | 1 | 2 |\n"
    rows = "行政规范性文件 | 0 | 1 | 2 |\n第二十条第(五)项 | |||\n信息内容 | 本年处理决定数量 | ||\n行政许可 | 5 | ||\n"
    text = f"{head}{rows}第二十条第(六)项 | |||\n信息内容 | 本年处理决定数量 | ||\n行政处罚 | {number}{end}"
    assert values(text, "licensing") == ["5"]
    assert values(text, "penalties") == [seen]


@pytest.mark.parametrize(("lost", "seen"), [("", ["~", "0"]), ("|\n", ["?", "?"])])
def test_empty_cells_that_end_a_line(lost: str, seen: list[str]) -> None:
    """The next line has its bar in front and goes on with the row, where all such rows have as many cells."""
    head = "三、收到和处理政府信息公开申请情况\n自然人 | 法人或其他组织 | 总计 |\n"
    head += "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |\n"
    text = f"{head}一、本年新收政府信息公开申请数量 | 8 | 2 |\n|\n| 1 |\n| 11 |\n"
    text += f"二、上年结转政府信息公开申请数量 |\n|\n|\n|\n|\n|\n{lost}| 0 |\n"
    text += "三、本年度办理结果 | （一）予以公开 | 4 | 1 |\n|\n|\n|\n| 5 |\n"
    assert values(text, "carried_in")[::6] == seen
    if not lost:
        assert values(text, "new_received") == ["8", "2", "~", "~", "1", "~", "11"]
        assert values(text, "granted") == ["4", "1", "~", "~", "~", "~", "5"]


def test_a_row_of_plain_text_beside_rows_in_bars() -> None:
    """As torn Markdown has it: a label, a blank, its number."""
    text = "第二十条第（五）项\n信息内容本年处理决定数量\n行政许可 97\n第二十条第（六）项\n信息内容本年处理决定数量\n行政处罚 0\n"
    table = "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n|---|---|---|---|\n| 规章 | 0 | 0 | 0 |\n"
    assert [values(text + table, item) for item in ("licensing", "penalties", "regulations")] == [["97"], ["0"], ["0"] * 3]
    assert values(f"{text}第二十条第（一）项\n规章 368\n", "regulations") == ["?"] * 3  # blanks part cells here


@pytest.mark.parametrize(("torn", "seen"), [("", "2"), ("| 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n", "?"), ("1.属于国家秘密\n", "?")])
def test_the_label_of_a_torn_row_is_the_only_one_it_can_have(torn: str, seen: str) -> None:
    """A line of text, numbers without a label, and on both sides their neighbours in the form: nothing else is torn."""
    head = "三、收到和处理政府信息公开申请情况\n| 自然人 | 法人或其他组织 | 总计 |\n|---|---|---|\n"
    text = f"{head}| （一）予以公开 | 9 | 0 | 0 | 0 | 0 | 0 | 9 |\n\n（二）部分公开（区分处理的，只计这一情形）\n{torn}"
    text += "| 2 | 0 | 0 | 0 | 0 | 0 | 2 |\n|---|---|---|---|---|---|---|\n| 1.属于国家秘密 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n"
    assert values(text, "partly_granted")[0] == seen


def test_numbers_in_one_cell_beside_empty_ones() -> None:
    """As a cell a row has them: those of the reviews are as many as their cells; those behind a label may be any of the row."""
    heads = "| 行政复议 行政诉讼 |  |\n|---|---|\n| 结果维持 结果纠正 其他结果 尚未审结 总计 未经复议直接起诉 复议后起诉 |  |\n"
    text = f"四、政府信息公开行政复议、行政诉讼情况\n{heads}| 21 0 17 0 38 0 0 0 0 0 0 0 0 0 0 |  |\n"
    assert [values(text, item) for item in ("review", "direct")] == [["21", "0", "17", "0", "38"], ["0"] * 5]
    table = "| 信息内容 | 采购项目数量 | 采购总金额 |\n|---|---|---|\n| 政府集中采购 33 0 |  |  |\n| 规章 |  |  |\n"
    doubts = [i.cells for i in reading(f"第二十条第(九)项\n{table}").issues if i.code == "label-unclear"]
    assert doubts == [("disclosures.procurement.*",)]
