"""Statistics tables that were run into one line of text: every row is kept, and no two numbers are read as one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ogi.extract import extract
from ogi.forms import load
from ogi.model import Reading
from ogi.readers.text import read

TITLE = "青岚市水利局2013年政府信息公开工作年度报告\n一、总体情况\n2013年，我局政府信息公开工作平稳开展。\n"
OLD = (
    "主动公开信息数条15327其中：1.网站公开条14262.政府公报公开条05受理依申请公开信息总数条617其中：1.当面申请数条0122.网上申请数条33"
    "3.电子邮件申请数条02对申请的答复数条617行政复议数件00行政诉讼数件00"
)
BLANKS = (
    "主动公开文件数 条 41 206 其中：1、政府网站公开数 条 41 206 2、政府公报公开数 条 0 0 乡镇受理申请登记数 条 1 5 "
    "对申请的答复总数 条 1 5 政府信息公开收费减免金额 元 0 0 接受行政申述、举报数 件 0 0 行政诉讼数 件 1 1"
)


def reading(text: str) -> Reading:
    return extract(read((TITLE + text).encode()), load())


def numbers(found: Reading) -> dict[str, list[Decimal | None]]:
    out: dict[str, list[Decimal | None]] = {}
    for s in found.statistics:
        out.setdefault(s.label, []).append(s.value)
    return out


HEADS = ("指标名称计量单位2013年度历年累计", "指 标 名 称单位2013年历年累计", "指标名称 计量单位 2013年度 历年累计 ")


@pytest.mark.parametrize("before", ["附件1：青岚市2013年政府信息公开情况统计表", "七、附表 ", "", "五、政府信息公开情况统计表"])
@pytest.mark.parametrize("head", HEADS)
def test_two_columns_are_never_one_number(before: str, head: str) -> None:
    found = reading(before + head + OLD)
    told = numbers(found)
    assert len(told) == 10
    assert told["受理依申请公开信息总数"] == [None, None]
    assert told["其中：1.网站公开"] == [None, None]
    assert told["2.政府公报公开"] == [0, 5]
    assert told["其中：1.当面申请数"] == [0, 12]
    assert told["2.网上申请数"] == [3, 3]
    assert sum(i.code == "cells-run-together" for i in found.issues) == 4


def test_two_digits_are_one_number_or_two_where_a_cell_is_lost() -> None:
    told = numbers(reading(HEADS[0] + OLD.replace("行政诉讼数件00", "行政诉讼数件0")))
    assert told["2.网上申请数"] == [None, None]
    assert told["行政诉讼数"] == [None, None]
    assert told["行政复议数"] == [0, 0]
    assert told["其中：1.当面申请数"] == [0, 12]


@pytest.mark.parametrize("after", ["", " 附件下载", " 青岚市水利局2014年1月9日", " 2014年1月9日印发", "打印 关闭"])
def test_rows_with_other_labels_and_the_last_one_are_kept(after: str) -> None:
    told = numbers(reading("附表： 指 标 名 称 计量单位 2013年度 历年累计 " + BLANKS + after))
    assert told["乡镇受理申请登记数"] == [1, 5]
    assert told["2、政府公报公开数"] == [0, 0]
    assert told["政府信息公开收费减免金额"] == [0, 0]
    assert told["行政诉讼数"] == [1, 1]
    assert len(told) == 8


def test_one_column() -> None:
    rows = "主动公开信息数条152其中：1、网站公开条1482、政府公报公开条0行政复议数件3"
    told = numbers(reading("附表： 指标名称 计量单位 年末统计 " + rows))
    assert told == {"主动公开信息数": [152], "其中：1、网站公开": [148], "2、政府公报公开": [0], "行政复议数": [3]}


@pytest.mark.parametrize("head", ["上年数2013年度", "全县合计全部数", "2012年度2013年度"])
def test_columns_that_nobody_names_are_said(head: str) -> None:
    found = reading("附件指标名称计量单位" + head + OLD)
    assert [i for i in found.issues if i.code == "table-missing" and i.cells == ("statistics.*.*",)]
    assert not [v for values in numbers(found).values() for v in values if v is not None and v > 9]


def test_what_stands_between_rows_and_is_not_read_is_said() -> None:
    found = reading(HEADS[2] + BLANKS.replace("乡镇受理申请登记数 条 1 5", "乡镇受理申请登记数，1和5，"))
    assert [i for i in found.issues if "乡镇受理申请登记数，1和5" in i.message]


def test_the_number_of_a_label_is_no_digit_before_it() -> None:
    rows = "".join(f"{n}.第{'一二三四五六七八九十甲'[n - 1]}项工作数条{n}4" for n in range(1, 12))
    told = numbers(reading("附表指标名称计量单位年末统计主动公开信息数条152其中：" + rows))
    assert [v for values in told.values() for v in values] == [152, *(Decimal(f"{n}4") for n in range(1, 12))]


def test_rows_that_are_lines_below_a_head() -> None:
    """A head that is a line of its own, each row a line, or all rows one line."""
    lines = BLANKS.replace(" 其中", "\n其中").replace("206 2", "206\n2").replace("5 对", "5\n对").replace("0 行", "0\n行")
    for rows in (BLANKS, lines):
        told = numbers(reading("附表\n指标名称 单位 2013年度 历年累计\n" + rows))
        assert (len(told), told["乡镇受理申请登记数"], told["行政诉讼数"]) == (8, [1, 5], [1, 1])


def test_the_form_of_2014_with_a_row_of_its_own() -> None:
    text = (
        "统计指标单位统计数一、主动公开情况——（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）条216其中：主动公开规范性文件数条4"
        "（二）通过不同渠道和方式公开政府信息的情况——1.政府公报公开政府信息数条02.政府网站公开政府信息数条2123.政务头条号公开政府信息数"
        "条174.政务微博公开政府信息数条9二、回应解读情况——（一）回应公众关注热点或重大舆情数次3 附件下载"
    )
    told = numbers(reading(text))
    assert [v for values in told.values() for v in values] == [216, 4, 0, 212, 17, 9, 3]


def test_a_table_without_a_head_is_said() -> None:
    found = reading("附表 " + BLANKS)
    assert [i for i in found.issues if i.code == "table-missing" and i.cells == ("statistics.*.*",)]
    assert not any(numbers(found).values())


def test_a_head_of_another_year_is_doubted() -> None:
    doubts = [i.code for i in reading("附表 指标名称 单位 2012年度 历年累计 " + BLANKS).issues]
    assert "column-unclear" in doubts
    assert "column-unclear" not in [i.code for i in reading("附表 指标名称 单位 2013年度 历年累计 " + BLANKS).issues]


def test_a_row_without_a_number_is_blank() -> None:
    """An annex that was never filled in prints units and codes; nothing in it is unreadable."""
    rows = "\n".join(f"| {label} | 条 | | |" for label in ("主动公开信息数", "网站公开数", "网上申请数", "信函申请数"))
    found = reading(f"附表\n| 指标名称 | 计量单位 | 2013年度 | 历年累计 |\n|---|---|---|---|\n{rows}\n")
    assert {s.status for s in found.statistics} == {"blank"}
    assert "cells-run-together" not in [i.code for i in found.issues]


def test_rows_that_number_or_part_a_table_hold_nothing() -> None:
    """What counts the columns, and headings with a dash in each place, that of the unit too; a dash below the number's head alone
    is one of its row."""
    head = "统计表\n指标名称 | 计量单位 | 代码 | 本期实际 |\n甲 | 乙 | 丙 | 1 |\n一、主动公开情况 | —— | —— | —— |\n"
    rows = "主动公开信息数 | 条 | 01 | 15 |\n新增的行政规范性文件数 | 条 | 02 | —— |\n申请总数 | 条 | 10 | 7 |\n"
    found = reading(f"七、附表\n{head}{rows}")
    assert numbers(found) == {"主动公开信息数": [Decimal(15)], "新增的行政规范性文件数": [None], "申请总数": [Decimal(7)]}
    assert not [i for i in found.issues if i.code == "cells-run-together"]
